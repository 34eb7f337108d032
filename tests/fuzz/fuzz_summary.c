/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Summaries: the input is a script of packets. First byte: carrier and L7 name. Then operations: a
 * buffer id and a length with that many bytes (for numbers: their value), or an id past the last
 * one: send what was gathered, the bytes as payload. Whatever comes, the text is printable.
 */
#include "core/summary.h"

#include <string.h>

#define BUFFERS 256

struct script {
    const uint8_t *data;
    size_t size;
    struct mf_session session;
    struct mf_counters counters;
    struct mf_summary_context context;
    struct mf_buffer buffers[BUFFERS];
    struct mf_packet packet;
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const apps[] = {NULL,   "HTTP",  "IRC",  "FTP",   "SMTP",
                                   "POP3", "SHELL", "MDNS", "LLMNR", "TLS:HTTP2"};

static void
setup(struct script *script, uint8_t first)
{
    script->context.strings = mf_interned_new();
    script->context.counters = &script->counters;
    script->session.id = 1;
    script->session.l4 = first % MF_L4_COUNT;
    script->session.app = apps[first / MF_L4_COUNT % G_N_ELEMENTS(apps)];
    script->session.payload_readers = mf_summary_readers(script->session.app);
    script->session.app_by_content = true;
    script->packet.l4 = (enum mf_l4)script->session.l4;
}

static void
tell(const struct mf_session *session)
{
    GString *text = g_string_new(NULL);
    struct mf_summary_item item;
    struct mf_object object;

    mf_summary_append(session, text);
    for (unsigned i = 0; i < mf_summary_count(session); i++) {
        mf_summary_item(session, i, &item);
        mf_summary_item_append(session, i, text);
    }
    for (size_t i = 0; i < text->len; i++)
        g_assert_true(text->str[i] >= 0x20 && text->str[i] <= 0x7e);
    mf_summary_wants_counts(session);
    mf_summary_memory(session);
    mf_summary_object(session, MF_ORIG, &object);
    mf_summary_object(session, MF_RESP, &object);
    g_string_free(text, TRUE);
}

static void
send_packet(struct script *script, uint8_t how, uint32_t length)
{
    struct mf_packet *packet = &script->packet;

    packet->frame++;
    packet->seq += how;
    packet->icmp_type = length > 0 ? script->data[0] : how;
    packet->icmp_code = how >> 4;
    packet->arp_opcode = how % 3;
    packet->payload = script->data;
    packet->payload_captured = packet->payload_length = length;
    packet->buffers = script->buffers;
    mf_summary_update(&script->session, (enum mf_direction)(how & 1), packet, &script->context);
    packet->n_buffers = 0;
    tell(&script->session);
}

static void
add_buffer(struct script *script, unsigned id, uint32_t length)
{
    struct mf_buffer *buffer = &script->buffers[script->packet.n_buffers++];

    *buffer = (struct mf_buffer){.id = (enum mf_buffer_id)id};
    if (mf_buffer_kind(buffer->id) == MF_KIND_NUMBER) {
        memcpy(&buffer->number, script->data, MIN(length, sizeof buffer->number));
    } else if (mf_buffer_kind(buffer->id) != MF_KIND_LAYER) {
        buffer->data = script->data;
        buffer->length = length;
    }
}

static void
step(struct script *script)
{
    const unsigned id = script->data[0] | (script->data[1] & 1u) << 8;
    const uint32_t length = (uint32_t)MIN(script->data[1] >> 1, script->size - 2);

    script->data += 2;
    script->size -= 2;
    if (id >= MF_BUFFER_COUNT || script->packet.n_buffers == BUFFERS)
        send_packet(script, (uint8_t)id, length);
    else
        add_buffer(script, id, length);
    script->data += length;
    script->size -= length;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct script *script = g_new0(struct script, 1);

    if (size > 0) {
        setup(script, data[0]);
        script->data = data + 1;
        script->size = size - 1;
        while (script->size >= 2)
            step(script);
        mf_summary_free(script->session.summary);
        mf_interned_free(script->context.strings);
    }
    g_free(script);
    return 0;
}
