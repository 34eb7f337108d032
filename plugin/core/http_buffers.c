/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "http_buffers.h"

static void
add_text(GArray *buffers, enum mf_buffer_id id, struct mf_span text)
{
    const struct mf_buffer buffer = {.id = id, .data = text.data, .length = (uint32_t)text.length};

    g_array_append_val(buffers, buffer);
}

static void
add_number(GArray *buffers, enum mf_buffer_id id, uint64_t number)
{
    const struct mf_buffer buffer = {.id = id, .number = number};

    g_array_append_val(buffers, buffer);
}

static void
add_start(GArray *buffers, struct mf_span line, bool is_response)
{
    static const enum mf_buffer_id words[2][2] = {{MF_BUF_HTTP_METHOD, MF_BUF_HTTP_URI},
                                                  {MF_BUF_HTTP_PROTOCOL, MF_BUF_HTTP_STAT_CODE}};
    const enum mf_buffer_id last = is_response ? MF_BUF_HTTP_STAT_MSG : MF_BUF_HTTP_PROTOCOL;
    struct mf_span word;

    add_number(buffers, is_response ? MF_BUF_HTTP_IS_RESPONSE : MF_BUF_HTTP_IS_REQUEST, 1);
    add_text(buffers, MF_BUF_HTTP_START_LINE, line);
    for (unsigned i = 0; i < 2 && mf_span_take_word(&line, &word); i++)
        add_text(buffers, words[is_response][i], word);
    add_text(buffers, last, mf_span_strip_front(line, " "));
}

static void
add_header(GArray *buffers, struct mf_span line)
{
    static const struct {
        size_t length;
        const char *name;
        enum mf_buffer_id id;
    } headers[] = {
        {4, "Host", MF_BUF_HTTP_HOST},
        {12, "Content-Type", MF_BUF_HTTP_CONTENT_TYPE},
        {10, "User-Agent", MF_BUF_HTTP_USER_AGENT},
        {8, "Location", MF_BUF_HTTP_LOCATION},
        {7, "Referer", MF_BUF_HTTP_REFERER},
    };
    const struct mf_span name = {line.data, mf_span_index(line, ':')};

    add_text(buffers, MF_BUF_HTTP_HEADER_LINE, line);
    for (unsigned i = 0; i < G_N_ELEMENTS(headers); i++)
        if (name.length == headers[i].length && mf_span_equals(name, headers[i].name))
            add_text(buffers, headers[i].id,
                     mf_span_strip(mf_span_skip(line, name.length + 1), MF_SPACES));
}

/* LINE with what ends it, off REST. */
static struct mf_span
take_line(struct mf_span *rest)
{
    return mf_span_take(rest, mf_span_index(*rest, '\n') + 1);
}

void
mf_http_buffers_add(GArray *buffers, struct mf_span head, bool is_response)
{
    struct mf_span line;

    add_start(buffers, mf_span_strip_end(take_line(&head), MF_LINE_ENDS), is_response);
    while (head.length > 0) {
        line = take_line(&head);
        if (mf_span_strip_end(line, MF_LINE_ENDS).length == 0)
            return;
        add_header(buffers, line);
    }
}
