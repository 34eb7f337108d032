/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark shows the parts of a message only where a dissector wants them, and leaves base64 as it
 * is; attachments are what malware comes in, so they are taken apart here, from the bytes. Each
 * level looks at every byte once, and levels are few.
 */
#include "mime.h"

#include <glib.h>
#include <string.h>

enum coding { CODING_NONE, CODING_BASE64, CODING_QUOTED };

/* What the header of a part says. */
struct head {
    struct mf_span type, boundary; /* borrowed */
    GString *name;
    enum coding coding;
};

struct walk {
    mf_mime_tell tell;
    void *user;
    unsigned n_parts;
};

static void
parse_message(struct walk *walk, struct mf_span message, unsigned depth);

/* TEXT without one end of line behind it. */
static struct mf_span
without_line_end(struct mf_span text)
{
    if (text.length > 0 && text.data[text.length - 1] == '\n')
        text.length--;
    if (text.length > 0 && text.data[text.length - 1] == '\r')
        text.length--;
    return text;
}

/* The next line without its end; false at the end. */
static bool
take_line(struct mf_span *rest, struct mf_span *line)
{
    const bool some = rest->length > 0;

    *line = without_line_end(mf_span_take(rest, mf_span_index(*rest, '\n') + 1));
    return some;
}

static struct mf_span
trim(struct mf_span span)
{
    return mf_span_strip(span, MF_SPACES);
}

/* --- headers --- */

/* Whether LINE is the header NAME (with its colon); VALUE is what follows. */
static bool
is_header(struct mf_span line, const char *name, struct mf_span *value)
{
    struct mf_span start = {line.data, MIN(line.length, strlen(name))};

    *value = mf_span_skip(line, start.length);
    return mf_span_equals(start, name);
}

/* Where parameter NAME of a header's value stands, quotes taken off; length 0: not there. */
static struct mf_span
parameter(struct mf_span value, const char *name)
{
    value = mf_span_skip(value, mf_span_index(value, ';'));
    while (value.length > 1) {
        struct mf_span key, text;
        size_t equals;

        value = trim(mf_span_skip(value, 1));
        equals = MIN(mf_span_index(value, '='), mf_span_index(value, ';'));
        key = trim((struct mf_span){value.data, equals});
        value = mf_span_skip(value, equals);
        text = (struct mf_span){value.data, 0};
        if (value.length > 0 && value.data[0] == '=') {
            bool quoted;

            value = trim(mf_span_skip(value, 1));
            quoted = value.length > 0 && value.data[0] == '"';
            value = mf_span_skip(value, quoted);
            text = (struct mf_span){value.data, mf_span_index(value, quoted ? '"' : ';')};
            value = mf_span_skip(value, text.length);
            value = mf_span_skip(value, mf_span_index(value, ';'));
            if (!quoted)
                text = trim(text);
        }
        if (mf_span_equals(key, name))
            return text;
    }
    return (struct mf_span){0};
}

static void
set_name(GString *name, struct mf_span text)
{
    g_string_truncate(name, 0);
    g_string_append_len(name, (const char *)text.data, (gssize)text.length);
}

/* "UTF-8''a%20b" (RFC 2231, 4) */
static void
set_extended_name(GString *name, struct mf_span text)
{
    for (unsigned i = 0; i < 2; i++)
        text = mf_span_skip(text, mf_span_index(text, '\'') + 1);
    g_string_truncate(name, 0);
    for (size_t i = 0; i < text.length; i++) {
        bool coded = text.data[i] == '%' && i + 2 < text.length &&
                     g_ascii_isxdigit(text.data[i + 1]) && g_ascii_isxdigit(text.data[i + 2]);

        if (coded) {
            g_string_append_c(name, (char)(g_ascii_xdigit_value((char)text.data[i + 1]) << 4 |
                                           g_ascii_xdigit_value((char)text.data[i + 2])));
            i += 2;
        } else {
            g_string_append_c(name, (char)text.data[i]);
        }
    }
}

/* The name as Content-Disposition has it goes before the one of Content-Type. */
static void
read_name(struct head *head, struct mf_span value, bool is_type)
{
    struct mf_span plain = parameter(value, is_type ? "name" : "filename");
    struct mf_span extended = parameter(value, is_type ? "name*" : "filename*");

    if (is_type && head->name->len > 0)
        return;
    if (plain.length > 0)
        set_name(head->name, plain);
    else if (extended.length > 0)
        set_extended_name(head->name, extended);
}

static void
read_header(struct head *head, struct mf_span line)
{
    struct mf_span value;

    if (is_header(line, "content-type:", &value)) {
        head->type = trim((struct mf_span){value.data, mf_span_index(value, ';')});
        head->boundary = parameter(value, "boundary");
        read_name(head, value, true);
    } else if (is_header(line, "content-disposition:", &value)) {
        read_name(head, value, false);
    } else if (is_header(line, "content-transfer-encoding:", &value)) {
        value = trim(value);
        head->coding = mf_span_equals(value, "base64")             ? CODING_BASE64
                       : mf_span_equals(value, "quoted-printable") ? CODING_QUOTED
                                                                   : CODING_NONE;
    }
}

/* Takes the header of a part off REST: lines with those that continue them, up to an empty one. */
static void
read_head(struct mf_span *rest, struct head *head)
{
    struct mf_span line, more;

    while (take_line(rest, &line) && line.length > 0) {
        while (rest->length > 0 && (rest->data[0] == ' ' || rest->data[0] == '\t') &&
               take_line(rest, &more))
            line.length = (size_t)(more.data + more.length - line.data);
        read_header(head, line);
    }
}

/* --- bodies --- */

static void
decode_base64(struct mf_span body, GByteArray *out)
{
    gint state = 0;
    guint save = 0;

    g_byte_array_set_size(out, (guint)(body.length / 4 * 3 + 3));
    g_byte_array_set_size(out, (guint)g_base64_decode_step((const gchar *)body.data, body.length,
                                                           out->data, &state, &save));
}

static void
decode_quoted(struct mf_span body, GByteArray *out)
{
    for (size_t i = 0; i < body.length; i++) {
        guint8 byte = body.data[i];
        struct mf_span rest = mf_span_skip(body, i + 1);

        if (byte == '=' && rest.length >= 2 && g_ascii_isxdigit(rest.data[0]) &&
            g_ascii_isxdigit(rest.data[1])) {
            byte = (guint8)(g_ascii_xdigit_value((char)rest.data[0]) << 4 |
                            g_ascii_xdigit_value((char)rest.data[1]));
            i += 2;
        } else if (byte == '=' && rest.length >= 1 && rest.data[0] == '\n') {
            i++;
            continue;
        } else if (byte == '=' && rest.length >= 2 && rest.data[0] == '\r' &&
                   rest.data[1] == '\n') {
            i += 2;
            continue;
        }
        g_byte_array_append(out, &byte, 1);
    }
}

static void
tell_part(struct walk *walk, const struct head *head, struct mf_span body)
{
    struct mf_mime_part part = {.type = head->type,
                                .name = {(const uint8_t *)head->name->str, head->name->len}};
    GByteArray *decoded = g_byte_array_new();

    if (walk->n_parts++ < MF_MIME_PARTS && body.length <= G_MAXINT32) {
        if (head->coding == CODING_BASE64)
            decode_base64(body, decoded);
        else if (head->coding == CODING_QUOTED)
            decode_quoted(body, decoded);
        part.data =
            head->coding == CODING_NONE ? body : (struct mf_span){decoded->data, decoded->len};
        walk->tell(walk->user, &part);
    }
    g_byte_array_free(decoded, TRUE);
}

/* Whether LINE delimits the parts; IS_LAST: nothing comes after it (RFC 2046, 5.1.1). */
static bool
is_delimiter(struct mf_span line, struct mf_span boundary, bool *is_last)
{
    if (line.length < boundary.length + 2 || line.data[0] != '-' || line.data[1] != '-' ||
        !mf_span_same((struct mf_span){line.data + 2, boundary.length}, boundary))
        return false;
    line = mf_span_skip(line, boundary.length + 2);
    *is_last = line.length >= 2 && line.data[0] == '-' && line.data[1] == '-';
    return *is_last || trim(line).length == 0;
}

/* What stands between START and END; the end of line before a delimiter belongs to it. */
static struct mf_span
part_between(const uint8_t *start, const uint8_t *end)
{
    return without_line_end((struct mf_span){start, (size_t)(end - start)});
}

static void
parse_parts(struct walk *walk, struct mf_span body, struct mf_span boundary, unsigned depth)
{
    const uint8_t *start = NULL; /* of the part at hand */
    struct mf_span line, rest = body;
    bool is_last = false;

    while (!is_last && take_line(&rest, &line)) {
        if (!is_delimiter(line, boundary, &is_last))
            continue;
        if (start != NULL)
            parse_message(walk, part_between(start, line.data), depth);
        start = rest.data;
    }
    if (start != NULL && !is_last) /* it breaks off */
        parse_message(walk, (struct mf_span){start, (size_t)(body.data + body.length - start)},
                      depth);
}

static void
parse_message(struct walk *walk, struct mf_span message, unsigned depth)
{
    struct head head = {.name = g_string_new(NULL)};
    bool has_parts;

    read_head(&message, &head);
    has_parts = head.boundary.length > 0 && mf_span_contains(head.type, "multipart/");
    if (depth < MF_MIME_DEPTH && has_parts)
        parse_parts(walk, message, head.boundary, depth + 1);
    else if (depth < MF_MIME_DEPTH && head.coding == CODING_NONE &&
             mf_span_equals(head.type, "message/rfc822"))
        parse_message(walk, message, depth + 1);
    else
        tell_part(walk, &head, message);
    g_string_free(head.name, TRUE);
}

void
mf_mime_parse(struct mf_span message, mf_mime_tell tell, void *user)
{
    struct walk walk = {.tell = tell, .user = user};

    parse_message(&walk, message, 0);
}
