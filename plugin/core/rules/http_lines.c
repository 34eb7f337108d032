/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A header that occurs several times is one header to a rule, as it is to a server (RFC 9110, 5.3):
 * its values come together at its first place. Nothing is indexed: a message has some ten lines,
 * and comparing names by their first letter costs less than a table; the bound on lines keeps what
 * hostile messages cost small.
 */
#include "http_lines.h"

#include <string.h>

#define NO_LINE G_MAXUINT

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
    return mf_span_strip_end(span, MF_LINE_ENDS);
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
        line->value = mf_span_strip(text, MF_BLANKS);
        return;
    }
    line->name = mf_span_strip_end((struct mf_span){text.data, colon}, MF_BLANKS);
    line->value = mf_span_strip(mf_span_skip(text, colon + 1), MF_BLANKS);
}

/* Whether split() would find NAME, which it found elsewhere, in a line. Nearly all lines are told
 * apart by their first letter. */
static bool
has_name(struct mf_span text, struct mf_span name)
{
    struct mf_http_line line;

    if (name.length == 0) {
        split(text, &line);
        return line.name.length == 0;
    }
    if (text.length <= name.length || (text.data[0] | 0x20) != (name.data[0] | 0x20))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (g_ascii_tolower((char)text.data[i]) != g_ascii_tolower((char)name.data[i]))
            return false;
    text = mf_span_strip_front(mf_span_skip(text, name.length), MF_BLANKS);
    return text.length > 0 && text.data[0] == ':';
}

/* The first line that continues no other at buffer AT or behind. */
static unsigned
seek(const struct mf_message *message, unsigned at)
{
    const unsigned end = MIN(message->n_buffers, MF_HTTP_LINES_MAX);

    while (at < end && (message->buffers[at].id != MF_BUF_HTTP_HEADER_LINE ||
                        is_continuation(&message->buffers[at])))
        at++;
    return at < end ? at : NO_LINE;
}

/* The first line with NAME at buffer AT or behind. */
static unsigned
seek_name(const struct mf_message *message, unsigned at, struct mf_span name)
{
    for (at = seek(message, at); at != NO_LINE; at = seek(message, at + 1))
        if (has_name(span_of(&message->buffers[at]), name))
            break;
    return at;
}

static bool
read_line(const struct mf_message *message, unsigned at, struct mf_http_line *line)
{
    if (at == NO_LINE)
        return false;
    split(span_of(&message->buffers[at]), line);
    line->at = at;
    return true;
}

bool
mf_http_line_next(const struct mf_message *message, unsigned *at, struct mf_http_line *line)
{
    if (!read_line(message, seek(message, *at), line))
        return false;
    *at = line->at + 1;
    return true;
}

bool
mf_http_line_is_first(const struct mf_message *message, const struct mf_http_line *line)
{
    for (unsigned at = seek(message, 0); at < line->at; at = seek(message, at + 1))
        if (has_name(span_of(&message->buffers[at]), line->name))
            return false;
    return true;
}

/* The value with what continues it: its line ends are no part of it, its blanks are. */
static void
append_value(const struct mf_message *message, const struct mf_http_line *line, GByteArray *out)
{
    mf_span_append(out, line->value);
    for (unsigned at = line->at + 1; at < message->n_buffers; at++) {
        if (!is_continuation(&message->buffers[at]))
            break;
        mf_span_append(
            out, mf_span_strip_end(without_line_end(span_of(&message->buffers[at])), MF_BLANKS));
    }
}

void
mf_http_line_append_values(const struct mf_message *message, const struct mf_http_line *line,
                           GByteArray *out)
{
    struct mf_http_line other = *line;

    append_value(message, line, out);
    while (read_line(message, seek_name(message, other.at + 1, line->name), &other)) {
        g_byte_array_append(out, (const guint8 *)", ", 2);
        append_value(message, &other, out);
    }
}

bool
mf_http_line_find(const struct mf_message *message, const char *name, struct mf_http_line *line)
{
    const struct mf_span span = {(const uint8_t *)name, strlen(name)};

    return read_line(message, seek_name(message, 0, span), line);
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
