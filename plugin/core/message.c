/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "message.h"

static bool
is_layer(const struct mf_buffer *buffer)
{
    return buffer->id < MF_BUFFER_COUNT && mf_buffer_kind(buffer->id) == MF_KIND_LAYER;
}

bool
mf_message_next(struct mf_message *message, unsigned *at)
{
    const struct mf_packet *packet = message->packet;
    unsigned end;

    if (*at >= packet->n_buffers)
        return false;
    message->layer = MF_BUFFER_COUNT;
    if (is_layer(&packet->buffers[*at]))
        message->layer = packet->buffers[(*at)++].id;
    for (end = *at; end < packet->n_buffers && !is_layer(&packet->buffers[end]); end++)
        ;
    message->buffers = packet->buffers + *at;
    message->n_buffers = end - *at;
    *at = end;
    return true;
}

const struct mf_buffer *
mf_message_find(const struct mf_message *message, enum mf_buffer_id id)
{
    for (unsigned i = 0; i < message->n_buffers; i++)
        if (message->buffers[i].id == id)
            return &message->buffers[i];
    return NULL;
}

uint64_t
mf_message_number(const struct mf_message *message, enum mf_buffer_id id, uint64_t otherwise)
{
    const struct mf_buffer *buffer = mf_message_find(message, id);

    return buffer != NULL ? buffer->number : otherwise;
}

enum mf_direction
mf_message_side(const struct mf_message *message)
{
    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        switch (buffer->id) {
        case MF_BUF_HTTP_METHOD:
        case MF_BUF_HTTP_IS_REQUEST:
            return MF_ORIG;
        case MF_BUF_HTTP_STATUS:
        case MF_BUF_HTTP_IS_RESPONSE:
            return MF_RESP;
        case MF_BUF_DNS_IS_RESPONSE:
        case MF_BUF_SMB_IS_RESPONSE:
            return buffer->number != 0 ? MF_RESP : MF_ORIG;
        default:
            break;
        }
    }
    return message->direction;
}
