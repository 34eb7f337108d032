/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Contexts are remembered of a session, as Suricata does it: of two pipes in one SMB session the
 * later bind holds. An interface counts from the bind on, until the answer refuses it.
 */
#include "dcerpc.h"

#include <string.h>

/* Contexts have 16 bits; the items of the last bind stand behind them, for its answer. */
enum { ITEMS = 1 << 16, MAX_ITEMS = 256 };

bool
mf_dcerpc_uuid(const char *text, size_t length, uint8_t uuid[16])
{
    enum { LENGTH = 36 };
    unsigned n = 0;

    if (length != LENGTH)
        return false;
    for (size_t i = 0; i < LENGTH; i++) {
        int high = g_ascii_xdigit_value(text[i]);

        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return false;
            continue;
        }
        if (high < 0)
            return false;
        uuid[n / 2] = (uint8_t)(n % 2 == 0 ? high << 4 : uuid[n / 2] | high);
        n++;
    }
    return true;
}

static bool
take_uuid(const struct mf_buffer *buffer, struct mf_iface *iface)
{
    return mf_dcerpc_uuid((const char *)buffer->data, buffer->length, iface->uuid);
}

/* Context items of a bind: context, interface, version, in this order. */
static void
learn_bind(struct mf_rule_state *state, const struct mf_message *message)
{
    uint32_t session = message->session->id, item = 0;
    struct mf_iface iface = {.version = 0};

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (buffer->id == MF_BUF_DCERPC_CONTEXT) {
            iface.context = (uint32_t)buffer->number & (ITEMS - 1);
        } else if (buffer->id == MF_BUF_DCERPC_IFACE && item < MAX_ITEMS) {
            iface.version = 0;
            if (take_uuid(buffer, &iface))
                mf_iface_set(state, session, iface.context, &iface);
            mf_iface_set(state, session, ITEMS + item++, &iface);
        } else if (buffer->id == MF_BUF_DCERPC_IFACE_VERSION && item > 0) {
            iface.version = (uint32_t)buffer->number;
            mf_iface_set(state, session, iface.context, &iface);
        }
    }
}

/* One result per item of the bind. */
static void
learn_answer(struct mf_rule_state *state, const struct mf_message *message)
{
    uint32_t session = message->session->id, item = 0;

    for (unsigned i = 0; i < message->n_buffers && item < MAX_ITEMS; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];
        struct mf_iface iface;

        if (buffer->id != MF_BUF_DCERPC_ACK_RESULT)
            continue;
        if (mf_iface_get(state, session, ITEMS + item, &iface) && buffer->number != 0)
            mf_iface_drop(state, session, iface.context);
        mf_iface_drop(state, session, ITEMS + item++);
    }
}

void
mf_dcerpc_learn(struct mf_rule_state *state, const struct mf_message *message)
{
    switch (mf_message_number(message, MF_BUF_DCERPC_TYPE, MF_DCERPC_REQUEST)) {
    case MF_DCERPC_BIND:
    case MF_DCERPC_ALTER_CONTEXT:
        learn_bind(state, message);
        break;
    case MF_DCERPC_BIND_ACK:
    case MF_DCERPC_ALTER_CONTEXT_RESPONSE:
        learn_answer(state, message);
        break;
    default:
        break;
    }
}

bool
mf_dcerpc_iface(const struct mf_rule_state *state, const struct mf_message *message,
                struct mf_iface *iface)
{
    const struct mf_buffer *own = mf_message_find(message, MF_BUF_DCERPC_IFACE);
    uint64_t context = mf_message_number(message, MF_BUF_DCERPC_CONTEXT, 0);

    if (own == NULL) /* connection-oriented */
        return mf_iface_get(state, message->session->id, (uint32_t)context & (ITEMS - 1), iface);
    iface->version = (uint32_t)mf_message_number(message, MF_BUF_DCERPC_IFACE_VERSION, 0);
    iface->context = 0;
    return take_uuid(own, iface);
}
