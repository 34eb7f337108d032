/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A header that occurs several times is one header to a rule, as it is to a server (RFC 9110, 5.3):
 * its values come together at its first place. Nothing is indexed: a message has some ten lines,
 * and comparing names by length and first letter costs less than a table; the bound on lines keeps
 * what hostile messages cost small.
 */
#include "http_lines.h"

static struct mf_span
span_of(const struct mf_buffer *buffer)
{
    return (struct mf_span){buffer->data != NULL ? buffer->data : (const uint8_t *)"",
                            buffer->length};
}

static bool
is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

static struct mf_span
without_line_end(struct mf_span span)
{
    while (span.length > 0 &&
           (span.data[span.length - 1] == '\n' || span.data[span.length - 1] == '\r'))
        span.length--;
    return span;
}

static struct mf_span
trim_end(struct mf_span span)
{
    while (span.length > 0 && is_blank(span.data[span.length - 1]))
        span.length--;
    return span;
}

static struct mf_span
trim(struct mf_span span)
{
    size_t n = 0;

    while (n < span.length && is_blank(span.data[n]))
        n++;
    return trim_end(mf_span_skip(span, n));
}

static bool
is_continuation(const struct mf_buffer *buffer)
{
    return buffer->id == MF_BUF_HTTP_HEADER_LINE && buffer->length > 0 && is_blank(buffer->data[0]);
}

/* The names of HTTP/2 that begin with a colon are names too. */
static void
split(struct mf_span text, struct mf_http_line *line)
{
    size_t skip = text.length > 0 && text.data[0] == ':', colon;

    text = without_line_end(text);
    colon = skip + mf_span_index(mf_span_skip(text, skip), ':');
    if (colon >= text.length) {
        line->name = (struct mf_span){text.data, 0};
        line->value = trim(text);
        return;
    }
    line->name = trim_end((struct mf_span){text.data, colon});
    line->value = trim(mf_span_skip(text, colon + 1));
}

bool
mf_http_line_next(const struct mf_message *message, unsigned *at, struct mf_http_line *line)
{
    unsigned end = MIN(message->n_buffers, MF_HTTP_LINES_MAX);

    for (; *at < end; ++*at) {
        const struct mf_buffer *buffer = &message->buffers[*at];

        if (buffer->id != MF_BUF_HTTP_HEADER_LINE || is_continuation(buffer))
            continue;
        split(span_of(buffer), line);
        line->at = (*at)++;
        return true;
    }
    return false;
}

bool
mf_http_name_equal(struct mf_span a, struct mf_span b)
{
    return a.length == b.length &&
           (a.length == 0 ||
            (g_ascii_tolower((char)a.data[0]) == g_ascii_tolower((char)b.data[0]) &&
             g_ascii_strncasecmp((const char *)a.data, (const char *)b.data, a.length) == 0));
}

bool
mf_http_line_is_first(const struct mf_message *message, const struct mf_http_line *line)
{
    struct mf_http_line other;
    unsigned at = 0;

    while (mf_http_line_next(message, &at, &other) && other.at < line->at)
        if (mf_http_name_equal(other.name, line->name))
            return false;
    return true;
}

static void
append(GByteArray *out, struct mf_span span)
{
    if (span.length > 0)
        g_byte_array_append(out, span.data, (guint)span.length);
}

/* The value with what continues it: its line ends are no part of it, its blanks are. */
static void
append_value(const struct mf_message *message, const struct mf_http_line *line, GByteArray *out)
{
    append(out, line->value);
    for (unsigned at = line->at + 1; at < message->n_buffers; at++) {
        if (!is_continuation(&message->buffers[at]))
            break;
        append(out, trim_end(without_line_end(span_of(&message->buffers[at]))));
    }
}

void
mf_http_line_append_values(const struct mf_message *message, const struct mf_http_line *line,
                           GByteArray *out)
{
    struct mf_http_line other;
    unsigned at = line->at + 1;

    append_value(message, line, out);
    while (mf_http_line_next(message, &at, &other)) {
        if (!mf_http_name_equal(other.name, line->name))
            continue;
        g_byte_array_append(out, (const guint8 *)", ", 2);
        append_value(message, &other, out);
    }
}

bool
mf_http_line_find(const struct mf_message *message, const char *name, struct mf_http_line *line)
{
    unsigned at = 0;

    while (mf_http_line_next(message, &at, line))
        if (mf_span_equals(line->name, name))
            return true;
    return false;
}

/* --- the start line --- */

bool
mf_http_start_line(const struct mf_message *message, struct mf_span *line)
{
    const struct mf_buffer *buffer = mf_message_find(message, MF_BUF_HTTP_START_LINE);

    if (buffer == NULL)
        return false;
    *line = without_line_end(span_of(buffer));
    return true;
}

/* Wireshark takes the second of two spaces behind the method for the target's end. */
bool
mf_http_target(const struct mf_message *message, struct mf_span *target)
{
    const struct mf_buffer *uri = mf_message_find(message, MF_BUF_HTTP_URI);
    struct mf_span line, method;

    if (uri == NULL && mf_message_find(message, MF_BUF_HTTP_METHOD) == NULL)
        return false;
    if (mf_http_start_line(message, &line))
        return mf_span_take_word(&line, &method) && mf_span_take_word(&line, target);
    if (uri != NULL)
        *target = span_of(uri);
    return uri != NULL;
}
