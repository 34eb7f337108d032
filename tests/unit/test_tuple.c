/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of sessions: what it finds, what it holds, how it spreads. */
#include "core/sessions.h"
#include "core/tuple.h"

static struct mf_packet
numbered(uint32_t n)
{
    const uint8_t from[4] = {10, 0, 0, 1};
    const uint8_t to[4] = {10, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};

    return (struct mf_packet){.frame = n + 1,
                              .l4 = MF_L4_TCP,
                              .src = mf_addr_from_ipv4(from),
                              .dst = mf_addr_from_ipv4(to),
                              .src_port = 1025,
                              .dst_port = 80,
                              .tcp_flags = MF_TCP_ACK};
}

static void
test_many(void)
{
    enum { N = 100000 };
    struct mf_settings settings;
    struct mf_counters counters = {0};
    struct mf_sessions *store;

    mf_settings_init(&settings);
    store = mf_sessions_new(&settings, &counters);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t n = 0; n < N; n++) {
            struct mf_packet packet = numbered(n);
            struct mf_placement place = mf_sessions_take(store, &packet);

            g_assert_cmpuint(place.session->id, ==, n + 1);
            g_assert_cmpint(place.opened, ==, round == 0);
            g_assert_true(place.session == mf_sessions_get(store, n + 1));
            place.session->packets[place.direction]++;
        }
    g_assert_null(mf_sessions_get(store, 0));
    g_assert_null(mf_sessions_get(store, N + 1));
    g_assert_cmpuint(mf_sessions_size(store), >=, N * sizeof(struct mf_session));
    g_assert_cmpuint(mf_sessions_size(store), <=, N * (sizeof(struct mf_session) + 24));
    mf_sessions_free(store);
    mf_sessions_free(NULL);
}

/* Scans differ in a few bits; their tuples must still spread over the table. */
static void
test_hash_spreads(void)
{
    enum { N = 1 << 16 };

    for (unsigned pattern = 0; pattern < 6; pattern++) {
        GHashTable *low = g_hash_table_new(NULL, NULL);

        for (uint32_t n = 0; n < N; n++) {
            struct mf_packet packet = numbered(pattern == 0 ? n : 1);
            struct mf_tuple tuple, back;

            packet.src_port = (uint16_t)(pattern == 1 ? n : 1025);
            packet.dst_port = (uint16_t)(pattern == 2 ? n : 80);
            packet.has_transaction = pattern == 3;
            packet.transaction = n << 16;
            if (pattern == 4)
                packet.dst = (struct mf_addr){{0xfe, 0x80, [8] = n >> 8, n & 0xff}};
            if (pattern == 5)
                packet.dst = (struct mf_addr){{0x20, 1, n >> 8, n & 0xff, [15] = 1}};
            mf_tuple_init(&tuple, &packet);
            back = tuple;
            back.addr[0] = tuple.addr[1];
            back.addr[1] = tuple.addr[0];
            back.port[0] = tuple.port[1];
            back.port[1] = tuple.port[0];
            g_assert_cmpuint(mf_tuple_hash(&tuple), ==, mf_tuple_hash(&back));
            g_hash_table_add(low, GUINT_TO_POINTER(mf_tuple_hash(&tuple) % N));
        }
        /* Random numbers would hit 63 % of the slots. */
        g_assert_cmpuint(g_hash_table_size(low), >, N * 6 / 10);
        g_hash_table_destroy(low);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tuple/many", test_many);
    g_test_add_func("/tuple/hash_spreads", test_hash_spreads);
    return g_test_run();
}
