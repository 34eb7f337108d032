/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Wireshark did not give is inspected as if it had: as a packet that holds one HTTP message,
 * its lines being the buffers and its head the payload. Where only the body is news, only rules
 * that read the file's bytes are tried, since all others saw the message where Wireshark told of
 * it.
 */
#include "flow_body.h"

#include "http_body.h"
#include "http_buffers.h"

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

static GArray *
buffers_of(const struct mf_http_found *found)
{
    enum { USUAL = 32 };
    GArray *buffers = g_array_sized_new(FALSE, FALSE, sizeof(struct mf_buffer), USUAL);
    const struct mf_buffer layer = {.id = MF_BUF_HTTP},
                           body = {.id = MF_BUF_FILE_DATA,
                                   .data = found->body.data,
                                   .length = (uint32_t)found->body.length};

    g_array_append_val(buffers, layer);
    mf_http_buffers_add(buffers, mf_span_strip_front(found->head, MF_LINE_ENDS),
                        found->is_response);
    if (body.length > 0)
        g_array_append_val(buffers, body);
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
