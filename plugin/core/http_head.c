/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark reads the heads of HTTP messages as the standard has them. What hides a file writes
 * them otherwise ("Transfer-Encoding\0: chunked"), and browsers read on. Here a name is its letters
 * and hyphens, whatever stands between them, and a value what it mentions; whether the body then is
 * as its head says is seen in the body. ODD says that a stricter reader may see another body.
 * Cases: noxxi.de/research/http-evader.html; as Suricata's libhtp reads most of them.
 */
#include "http_head.h"

#include <glib.h>
#include <string.h>

enum { METHOD_MAX = 24 };

static enum mf_http_start
starts_response(struct mf_span data)
{
    static const char name[] = "HTTP/";

    for (size_t i = 0; i < strlen(name); i++) {
        if (i == data.length)
            return MF_HTTP_START_MAYBE;
        if (g_ascii_toupper(data.data[i]) != name[i])
            return MF_HTTP_START_NO;
    }
    return MF_HTTP_START_YES;
}

/* METHOD URI HTTP/: the whole line must be there, as many protocols begin with a word. */
static enum mf_http_start
starts_request(struct mf_span data)
{
    struct mf_span line = data;
    size_t method = 0, end = mf_span_index(data, '\n');

    while (method < data.length && g_ascii_isalpha(data.data[method]))
        method++;
    if (method == data.length && method <= METHOD_MAX)
        return MF_HTTP_START_MAYBE;
    if (method == 0 || method > METHOD_MAX || data.data[method] != ' ')
        return MF_HTTP_START_NO;
    if (end == data.length)
        return MF_HTTP_START_MAYBE;
    line.length = end;
    return mf_span_contains(line, " HTTP/") ? MF_HTTP_START_YES : MF_HTTP_START_NO;
}

static struct mf_span
skip_blanks(struct mf_span data)
{
    return mf_span_strip_front(data, MF_BLANKS MF_LINE_ENDS);
}

enum mf_http_start
mf_http_head_starts(struct mf_span data)
{
    enum mf_http_start response;

    data = skip_blanks(data);
    if (data.length == 0)
        return MF_HTTP_START_MAYBE;
    response = starts_response(data);
    return response != MF_HTTP_START_NO ? response : starts_request(data);
}

size_t
mf_http_head_end(struct mf_span data, size_t from)
{
    size_t begin = data.length - skip_blanks(data).length;

    for (size_t i = MAX(from, begin + 1); i < data.length; i++) {
        i += mf_span_index(mf_span_skip(data, i), '\n');
        if (i == data.length)
            break;
        if (data.data[i - 1] == '\n' ||
            (i >= begin + 2 && data.data[i - 1] == '\r' && data.data[i - 2] == '\n'))
            return i + 1;
    }
    return 0;
}

/* --- start line --- */

static void
parse_start(struct mf_span line, struct mf_http_head *head)
{
    struct mf_span rest = line, word;
    unsigned status = 0;

    head->is_response = starts_response(line) == MF_HTTP_START_YES;
    if (!head->is_response)
        return;
    if (!mf_span_starts(line, "HTTP/1.1 ") && !mf_span_starts(line, "HTTP/1.0 "))
        head->odd = true;
    if (!mf_span_take_word(&rest, &word) || !mf_span_take_word(&rest, &word))
        return;
    for (size_t i = 0; i < MIN(word.length, 3) && g_ascii_isdigit(word.data[i]); i++)
        status = status * 10 + (word.data[i] - '0');
    head->status = (uint16_t)status;
}

/* --- header lines --- */

/* The letters, digits and hyphens of TEXT, in lower case; what does not fit is left out. */
static void
bare(struct mf_span text, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < text.length && n + 1 < size; i++)
        if (g_ascii_isalnum(text.data[i]) || text.data[i] == '-')
            out[n++] = g_ascii_tolower(text.data[i]);
    out[n] = '\0';
}

static bool
is_plain_name(struct mf_span name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!g_ascii_isgraph(name.data[i]))
            return false;
    return name.length > 0;
}

static struct mf_span
trim(struct mf_span value)
{
    return mf_span_strip(value, " ");
}

static void
parse_transfer(struct mf_span value, struct mf_http_head *head)
{
    char word[128];

    bare(value, word, sizeof word);
    head->odd |= head->chunked || !mf_span_equals(trim(value), "chunked");
    head->chunked |= strstr(word, "chunked") != NULL;
}

/* Whether Wireshark undoes the coding; it gives no body behind others. */
static bool
is_common(const char *name)
{
    static const char *const codings[] = {"gzip", "x-gzip", "deflate", "br", NULL};

    return g_strv_contains(codings, name);
}

static void
add_coding(struct mf_span word, struct mf_http_head *head)
{
    char name[32];
    bool gzip, deflate;

    bare(word, name, sizeof name);
    gzip = strstr(name, "gzip") != NULL;
    deflate = strstr(name, "deflate") != NULL;
    head->odd |= head->n_codings > 0 || strlen(name) != word.length || !is_common(name);
    if ((gzip || deflate) && head->n_codings < MF_HTTP_CODINGS_MAX)
        head->codings[head->n_codings++] = gzip ? MF_CODING_GZIP : MF_CODING_DEFLATE;
}

static void
parse_coding(struct mf_span value, struct mf_http_head *head)
{
    struct mf_span rest = trim(value), word;

    head->odd |= mf_span_index(rest, ',') < rest.length;
    while (rest.length > 0) {
        word = mf_span_take(&rest, mf_span_index(rest, ','));
        rest = mf_span_skip(rest, 1);
        add_coding(trim(word), head);
    }
}

/* The first number counts; with several different ones nobody knows. */
static void
parse_length(struct mf_span value, struct mf_http_head *head)
{
    uint64_t length = 0;
    size_t i = 0, from;

    while (i < value.length && !g_ascii_isdigit(value.data[i]))
        i++;
    for (from = i; i < value.length && g_ascii_isdigit(value.data[i]) && i - from < 18; i++)
        length = length * 10 + (value.data[i] - '0');
    head->odd |= i == from || trim(value).length != i - from;
    if (i == from)
        return;
    head->odd |= head->has_length && head->length != length;
    head->has_length = true;
    head->length = length;
}

static void
parse_header(struct mf_span line, struct mf_http_head *head)
{
    static const struct {
        const char *name;
        void (*parse)(struct mf_span value, struct mf_http_head *head);
    } headers[] = {
        {"transfer-encoding", parse_transfer},
        {"content-encoding", parse_coding},
        {"content-length", parse_length},
    };
    const size_t colon = mf_span_index(line, ':');
    const struct mf_span name = {line.data, colon};
    char word[32];

    head->odd |= colon == line.length || !is_plain_name(name);
    bare(name, word, sizeof word);
    for (unsigned i = 0; i < G_N_ELEMENTS(headers); i++)
        if (colon < line.length && strcmp(word, headers[i].name) == 0)
            headers[i].parse(mf_span_skip(line, colon + 1), head);
}

static struct mf_span
take_line(struct mf_span *rest, bool *odd)
{
    struct mf_span line = mf_span_take(rest, mf_span_index(*rest, '\n'));
    const bool ordinary = line.length > 0 && line.data[line.length - 1] == '\r';

    *rest = mf_span_skip(*rest, 1);
    *odd |= !ordinary;
    line.length -= ordinary;
    return line;
}

static bool
is_continued(struct mf_span rest)
{
    return rest.length > 0 && (rest.data[0] == ' ' || rest.data[0] == '\t');
}

/* Takes a line with those that continue it, which are put together in FOLDED. False at the end. */
static bool
take_folded(struct mf_span *rest, GByteArray *folded, struct mf_span *line, bool *odd)
{
    if (rest->length == 0)
        return false;
    *line = take_line(rest, odd);
    if (!is_continued(*rest))
        return true;
    g_byte_array_set_size(folded, 0);
    mf_span_append(folded, *line);
    while (is_continued(*rest))
        mf_span_append(folded, take_line(rest, odd));
    *line = (struct mf_span){folded->data, folded->len};
    *odd = true;
    return true;
}

void
mf_http_head_parse(struct mf_span data, struct mf_http_head *head)
{
    struct mf_span rest = skip_blanks(data), line;
    GByteArray *folded = g_byte_array_new();
    bool first = true;

    *head = (struct mf_http_head){.odd = rest.length != data.length};
    while (take_folded(&rest, folded, &line, &head->odd)) {
        if (first)
            parse_start(line, head);
        else if (line.length > 0)
            parse_header(line, head);
        first = false;
    }
    g_byte_array_unref(folded);
}

bool
mf_http_is_chunk_line(struct mf_span line)
{
    size_t digits = 0;

    line = mf_span_strip_front(line, MF_BLANKS);
    while (digits < line.length && g_ascii_isxdigit(line.data[digits]))
        digits++;
    if (digits == 0 || digits > 8)
        return false;
    return digits == line.length || !g_ascii_isalnum(line.data[digits]);
}
