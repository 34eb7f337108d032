/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Heads of HTTP messages are read from their bytes: Wireshark has no field for a line that
 * continues another, and each field that somebody asks for costs it some 2,000 instructions per
 * message. That there is a head, and where, is Wireshark's finding: the item of the method, or of
 * the version of a response, begins it.
 */
#include "collect.h"
#include "core/http_buffers.h"

#include <string.h>

static GArray *buffers; /* of one head; reused */

/* The number that TEXT begins with; false: none, or something else behind it. */
static bool
read_number(struct mf_span text, uint64_t *number)
{
    enum { DIGITS = 18 };
    size_t n = 0;

    for (*number = 0; n < text.length && g_ascii_isdigit((char)text.data[n]) && n < DIGITS; n++)
        *number = *number * 10 + (text.data[n] - '0');
    return n > 0 && (n == text.length || g_ascii_isspace((char)text.data[n]));
}

/* Header LINE may tell the length of the body. */
static void
add_length(struct mf_collect *collect, struct mf_span line)
{
    static const char name[] = "Content-Length:";
    const size_t n = sizeof name - 1;
    uint64_t number;

    if (line.length <= n || (line.data[0] | 0x20) != 'c' ||
        g_ascii_strncasecmp((const char *)line.data, name, n) != 0)
        return;
    if (read_number(mf_span_strip_front(mf_span_skip(line, n), MF_BLANKS), &number))
        mf_collect_number(collect, MF_BUF_HTTP_CONTENT_LENGTH, number);
}

/* With what only numbers tell. */
static void
add(struct mf_collect *collect, const struct mf_buffer *buffer)
{
    const struct mf_span text = {buffer->data, buffer->length};
    uint64_t number;

    mf_collect_buffer(collect, buffer);
    if (buffer->id == MF_BUF_HTTP_HEADER_LINE)
        add_length(collect, text);
    else if (buffer->id == MF_BUF_HTTP_STAT_CODE && read_number(text, &number))
        mf_collect_number(collect, MF_BUF_HTTP_STATUS, number);
}

/* From ITEM to the end of what was captured of the message. */
static struct mf_span
bytes_of(const field_info *item)
{
    int length = item->ds_tvb != NULL && item->start >= 0
                     ? tvb_captured_length_remaining(item->ds_tvb, item->start)
                     : 0;

    if (length <= 0)
        return (struct mf_span){0};
    return (struct mf_span){tvb_get_ptr(item->ds_tvb, item->start, length), (size_t)length};
}

void
mf_form_http_head(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    const struct mf_span bytes = bytes_of(item);
    const bool is_response = strcmp(feed->row->field, "http.response.version") == 0;

    if (buffers == NULL)
        buffers = g_array_new(FALSE, FALSE, sizeof(struct mf_buffer));
    g_array_set_size(buffers, 0);
    mf_http_buffers_add(buffers, bytes, is_response);
    for (guint i = 0; i < buffers->len; i++)
        add(collect, &g_array_index(buffers, struct mf_buffer, i));
}
