/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "summary_fixture.h"

#include <string.h>

struct fixture *
fixture_new(enum mf_l4 l4, const char *app)
{
    struct fixture *fixture = g_new0(struct fixture, 1);

    fixture->context.strings = mf_interned_new();
    fixture->context.counters = &fixture->counters;
    fixture->session = (struct mf_session){
        .id = 1,
        .addr = {mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 1}),
                 mf_addr_from_ipv4((const uint8_t[]){198, 51, 100, 2})},
        .port = {1025, 80},
        .l4 = (uint8_t)l4,
        .app = app,
    };
    fixture->packet.l4 = l4;
    fixture->seq[MF_ORIG] = 0xfffffff0;
    fixture->seq[MF_RESP] = 0xffffff00;
    return fixture;
}

void
fixture_free(struct fixture *fixture)
{
    mf_summary_free(fixture->session.summary);
    mf_interned_free(fixture->context.strings);
    g_free(fixture);
}

static void
add(struct fixture *fixture, struct mf_buffer buffer)
{
    g_assert_cmpuint(fixture->n, <, FIXTURE_BUFFERS);
    fixture->buffers[fixture->n++] = buffer;
}

void
add_layer(struct fixture *fixture, enum mf_buffer_id id)
{
    add(fixture, (struct mf_buffer){.id = id});
}

void
add_bytes(struct fixture *fixture, enum mf_buffer_id id, const void *data, uint32_t length)
{
    add(fixture, (struct mf_buffer){.id = id, .data = data, .length = length});
}

void
add_text(struct fixture *fixture, enum mf_buffer_id id, const char *text)
{
    add_bytes(fixture, id, text, (uint32_t)strlen(text));
}

void
add_number(struct fixture *fixture, enum mf_buffer_id id, uint64_t number)
{
    add(fixture, (struct mf_buffer){.id = id, .number = number});
}

void
send_payload(struct fixture *fixture, enum mf_direction direction, const void *data,
             uint32_t length)
{
    struct mf_packet *packet = &fixture->packet;

    packet->frame++;
    packet->time += MF_NS_PER_S;
    packet->seq = fixture->seq[direction];
    packet->payload = data;
    packet->payload_captured = packet->payload_length = length;
    packet->buffers = fixture->buffers;
    packet->n_buffers = fixture->n;
    packet->src = fixture->session.addr[direction];
    packet->dst = fixture->session.addr[direction ^ 1];
    fixture->session.payload_readers = mf_summary_readers(fixture->session.app);
    mf_summary_update(&fixture->session, direction, packet, &fixture->context);
    fixture->seq[direction] += length;
    fixture->n = 0;
}

void
send_buffers(struct fixture *fixture, enum mf_direction direction)
{
    send_payload(fixture, direction, NULL, 0);
}

void
send_text(struct fixture *fixture, enum mf_direction direction, const char *text)
{
    send_payload(fixture, direction, text, (uint32_t)strlen(text));
}

void
assert_says(const struct fixture *fixture, const char *expected)
{
    GString *text = g_string_new(NULL);

    mf_summary_append(&fixture->session, text);
    g_assert_cmpstr(text->str, ==, expected);
    g_string_free(text, TRUE);
}

void
assert_item(const struct fixture *fixture, unsigned index, const char *expected)
{
    GString *text = g_string_new(NULL);

    g_assert_cmpuint(index, <, mf_summary_count(&fixture->session));
    mf_summary_item_append(&fixture->session, index, text);
    g_assert_cmpstr(text->str, ==, expected);
    g_string_free(text, TRUE);
}

void
assert_object(const struct fixture *fixture, enum mf_direction direction, const char *name,
              uint64_t size)
{
    struct mf_object got = {0};
    bool any = mf_summary_object(&fixture->session, direction, &got);

    g_assert_cmpint(any, ==, name != NULL);
    g_assert_cmpstr(got.name, ==, name);
    g_assert_cmpuint(got.size, ==, size);
}
