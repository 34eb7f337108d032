/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Wireshark did not give is inspected as if it had: as a packet that holds one HTTP message,
 * its lines being the buffers and its head the payload. Where only the body is news, only rules
 * that read the file's bytes are tried, since all others saw the message where Wireshark told of
 * it.
 */
#include "flow_body.h"

#include "http_body.h"

#include <glib.h>

struct mf_flow_body {
    struct mf_inspector *inspector;
    const struct mf_session *session;
    struct mf_http_body *reader;
    uint32_t *frame;
    mf_flow_found found;
    void *user;
    uint8_t direction;
};

/* --- from a head to buffers --- */

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

static GArray *
buffers_of(const struct mf_http_found *found)
{
    enum { USUAL = 32 };
    GArray *buffers = g_array_sized_new(FALSE, FALSE, sizeof(struct mf_buffer), USUAL);
    struct mf_span rest = mf_span_strip_front(found->head, MF_LINE_ENDS);

    add_number(buffers, MF_BUF_HTTP, 0);
    add_start(buffers, mf_span_strip_end(take_line(&rest), MF_LINE_ENDS), found->is_response);
    while (rest.length > 0) {
        const struct mf_span line = take_line(&rest);

        if (mf_span_strip_end(line, MF_LINE_ENDS).length > 0)
            add_header(buffers, line);
    }
    if (found->body.length > 0)
        add_text(buffers, MF_BUF_FILE_DATA, found->body);
    return buffers;
}

/* --- the flow --- */

static void
found_body(void *user, const struct mf_http_found *found)
{
    const struct mf_flow_body *body = user;
    const struct mf_session *session = body->session;
    const enum mf_direction from = body->direction;
    GArray *buffers = buffers_of(found);
    const struct mf_packet packet = {
        .time = session->last,
        .frame = found->mark,
        .l4 = session->l4,
        .src = session->addr[from],
        .dst = session->addr[from ^ 1],
        .src_port = session->port[from],
        .dst_port = session->port[from ^ 1],
        .app = session->app,
        .payload = found->head.data,
        .payload_captured = (uint32_t)found->head.length,
        .payload_length = (uint32_t)found->head.length,
        .buffers = (const struct mf_buffer *)buffers->data,
        .n_buffers = buffers->len,
    };

    *body->frame = found->mark;
    mf_inspect_found(body->inspector, session, from, &packet, found->head_known);
    if (body->found != NULL && found->body.length > 0)
        body->found(body->user, session, from, found);
    g_array_free(buffers, TRUE);
}

struct mf_flow_body *
mf_flow_body_new(struct mf_inspector *inspector, const struct mf_session *session,
                 enum mf_direction direction, uint32_t *frame)
{
    struct mf_flow_body *body = g_new0(struct mf_flow_body, 1);

    body->inspector = inspector;
    body->session = session;
    body->direction = (uint8_t)direction;
    body->frame = frame;
    body->reader = mf_http_body_new(found_body, body);
    return body;
}

void
mf_flow_body_set_found(struct mf_flow_body *body, mf_flow_found found, void *user)
{
    body->found = found;
    body->user = user;
}

void
mf_flow_body_keep_rest(struct mf_flow_body *body, struct mf_kept_files *kept)
{
    if (body != NULL)
        mf_http_body_keep_rest(body->reader, kept);
}

bool
mf_flow_body_keeps_rest(const struct mf_flow_body *body)
{
    return body != NULL && mf_http_body_keeps_rest(body->reader);
}

void
mf_flow_body_free(struct mf_flow_body *body)
{
    if (body == NULL)
        return;
    mf_http_body_free(body->reader);
    g_free(body);
}

bool
mf_flow_body_feed(struct mf_flow_body *body, struct mf_span bytes, bool gap, uint32_t frame)
{
    return mf_http_body_feed(body->reader, bytes, gap, frame);
}

void
mf_flow_body_know(struct mf_flow_body *body, const struct mf_packet *packet)
{
    if (body == NULL)
        return;
    for (unsigned i = 0; i < packet->n_buffers; i++) {
        const struct mf_buffer *buffer = &packet->buffers[i];

        /* By its method: Wireshark calls NOTIFY and its like no request. */
        if (buffer->id == MF_BUF_HTTP_METHOD || buffer->id == MF_BUF_HTTP_IS_RESPONSE)
            mf_http_body_know_head(body->reader);
        if (buffer->id == MF_BUF_FILE_DATA && buffer->length > 0)
            mf_http_body_know_body(body->reader, (struct mf_span){buffer->data, buffer->length});
    }
    mf_http_body_settle(body->reader);
}

void
mf_flow_body_finish(struct mf_flow_body *body)
{
    if (body != NULL)
        mf_http_body_finish(body->reader);
}

size_t
mf_flow_body_size(const struct mf_flow_body *body)
{
    return body != NULL ? sizeof *body + mf_http_body_size(body->reader) : 0;
}
