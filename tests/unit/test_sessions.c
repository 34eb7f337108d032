/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which packets make one session, and who opened it. */
#include "engine_fixture.h"

#include <string.h>

/* --- originator --- */

/* A first packet from A's port to B's; ORIGINATOR: whether A is it. */
static void
check_originator(enum mf_l4 l4, uint8_t flags, uint16_t a, uint16_t b, bool originator)
{
    struct engine_fixture f;
    struct mf_packet packet;
    const struct mf_session *session;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){l4, "192.0.2.1", a, "198.51.100.2", b};
    packet = timeline_packet(&f.tuple, MF_ORIG, 0);
    packet.tcp_flags = flags;
    engine_feed(&f, packet);
    session = engine_only(&f);
    g_assert_cmpint(session->flipped, ==, !originator);
    g_assert_cmpuint(session->port[MF_ORIG], ==, originator ? a : b);
    g_assert_cmpuint(session->port[MF_RESP], ==, originator ? b : a);
    g_assert_true(mf_addr_equal(&session->addr[MF_ORIG], originator ? &packet.src : &packet.dst));
    g_assert_true(mf_addr_equal(&session->addr[MF_RESP], originator ? &packet.dst : &packet.src));
    g_assert_cmpuint(session->packets[originator ? MF_ORIG : MF_RESP], ==, 1);
    engine_tear_down(&f);
}

static void
test_originator(void)
{
    const uint8_t syn = MF_TCP_SYN, syn_ack = MF_TCP_SYN | MF_TCP_ACK, ack = MF_TCP_ACK;

    check_originator(MF_L4_TCP, syn, 1025, 80, true);
    check_originator(MF_L4_TCP, syn, 80, 1025, true); /* whatever the ports say */
    check_originator(MF_L4_TCP, syn_ack, 80, 1025, false);
    check_originator(MF_L4_TCP, syn_ack, 1025, 80, false);
    check_originator(MF_L4_TCP, ack, 1025, 80, true);
    check_originator(MF_L4_TCP, ack, 80, 1025, false);
    check_originator(MF_L4_TCP, ack, 6667, 1025, false);
    check_originator(MF_L4_TCP, ack, 1000, 1025, false); /* a system port */
    check_originator(MF_L4_TCP, ack, 80, 1000, false);   /* a known one beats it */
    check_originator(MF_L4_TCP, ack, 1000, 80, true);
    check_originator(MF_L4_TCP, ack, 40000, 50000, true); /* nobody knows */
    check_originator(MF_L4_TCP, ack, 80, 80, true);
    check_originator(MF_L4_TCP, MF_TCP_RST, 139, 1034, false);
    check_originator(MF_L4_UDP, 0, 1025, 53, true);
    check_originator(MF_L4_UDP, 0, 53, 1025, false);
    check_originator(MF_L4_UDP, 0, 137, 137, true);
}

static void
test_multicast(void)
{
    static const char *const groups[] = {"239.255.255.250", "255.255.255.255", "192.0.2.255",
                                         "ff02::fb"};

    for (unsigned i = 0; i < G_N_ELEMENTS(groups); i++) {
        struct engine_fixture f;

        engine_set_up(&f, NULL);
        f.tuple = (struct timeline_tuple){MF_L4_UDP, "192.0.2.1", 1900, groups[i], 50000};
        if (strchr(groups[i], ':') != NULL)
            f.tuple.from = "fe80::1";
        engine_say(&f, MF_ORIG, "x");
        g_assert_false(engine_only(&f)->flipped); /* a group never asked */
        engine_tear_down(&f);
    }
}

static void
test_own_host(void)
{
    struct engine_fixture f;
    struct mf_packet packet;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){MF_L4_ICMP, "127.0.0.1", 0, "127.0.0.1", 0};
    packet = timeline_packet(&f.tuple, MF_ORIG, 0);
    packet.icmp_type = 8;
    engine_feed(&f, packet);
    packet.icmp_type = 0;
    engine_feed(&f, packet);
    g_assert_cmpuint(engine_only(&f)->packets[MF_ORIG], ==, 1);
    g_assert_cmpuint(engine_only(&f)->packets[MF_RESP], ==, 1);
    g_assert_true(engine_only(&f)->answered);
    engine_tear_down(&f);
}

static void
test_ipv6(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){MF_L4_TCP, "2001:db8::1", 1025, "2001:db8::2", 80};
    engine_play(&f, "ShADd");
    g_assert_cmpuint(engine_only(&f)->packets[MF_ORIG], ==, 3);
    f.tuple.to = "2001:db8:0:0:1::2";
    engine_play(&f, "D");
    g_assert_cmpuint(engine_count(&f), ==, 2);
    engine_tear_down(&f);
}

/* --- port reuse --- */

/* After LETTERS a segment comes; it belongs to session number EXPECTED. */
static void
check_reuse(const char *letters, struct segment segment, uint32_t expected)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    g_test_message("%s", letters);
    engine_play(&f, letters);
    g_assert_cmpuint(engine_segment(&f, segment), ==, expected);
    g_assert_cmpuint(engine_count(&f), ==, expected);
    if (expected == 2)
        g_assert_cmpint(engine_session(&f, 1)->end, !=, MF_END_NONE);
    engine_tear_down(&f);
}

static struct segment
syn(enum mf_direction from, uint32_t seq)
{
    return (struct segment){.from = from, .flags = MF_TCP_SYN, .seq = seq};
}

static struct segment
syn_ack(uint32_t seq, uint32_t ack)
{
    return (struct segment){
        .from = MF_RESP, .flags = MF_TCP_SYN | MF_TCP_ACK, .seq = seq, .ack = ack};
}

static void
test_reuse(void)
{
    check_reuse("S", syn(MF_ORIG, ORIG_ISN), 1);         /* retransmitted */
    check_reuse("S", syn(MF_ORIG, ORIG_ISN + 99999), 2); /* the first was never answered */
    check_reuse("ShADd", syn(MF_ORIG, ORIG_ISN), 1);
    check_reuse("ShADd", syn(MF_ORIG, ORIG_ISN + 99999), 2);
    check_reuse("ShADdFf", syn(MF_ORIG, ORIG_ISN + 99999), 2);
    check_reuse("ShADdFf", syn(MF_ORIG, ORIG_ISN), 1);
    check_reuse("ShADdFf", syn(MF_RESP, 77), 2); /* the other way round */
    check_reuse("Sr", syn(MF_ORIG, ORIG_ISN), 1);
    check_reuse("Sr", syn(MF_ORIG, ORIG_ISN + 1), 2);
    check_reuse("SR", syn(MF_RESP, 77), 2);
    check_reuse("ShADdFf", (struct segment){.from = MF_ORIG, .flags = MF_TCP_ACK}, 1);
    check_reuse("S", syn(MF_RESP, 77), 1);           /* simultaneous open */
    check_reuse("D", syn(MF_ORIG, ORIG_ISN - 1), 1); /* late, after its data */
    check_reuse("DD", syn(MF_ORIG, 77), 2);
    check_reuse("Sh", syn_ack(RESP_ISN + 5, ORIG_ISN + 1), 1);
    check_reuse("SaR", syn_ack(77, ORIG_ISN + 1), 1); /* it answers the SYN, whatever else came */
    check_reuse("SaR", syn_ack(77, 88), 2);
}

static void
test_reuse_reasons(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_play(&f, "ShADd");
    engine_segment(&f, syn(MF_ORIG, 55));
    g_assert_cmpint(engine_session(&f, 1)->end, ==, MF_END_REUSED);
    g_assert_cmpint(mf_session_state(engine_session(&f, 1)), ==, MF_STATE_S1);
    engine_segment(&f, (struct segment){.from = MF_RESP, .flags = MF_TCP_RST});
    engine_segment(&f, syn(MF_RESP, 66));
    g_assert_cmpint(engine_session(&f, 2)->end, ==, MF_END_RESET); /* stays */
    g_assert_cmpuint(engine_session(&f, 3)->port[MF_ORIG], ==, 8192);
    engine_tear_down(&f);
}

/* An endpoint that knows an older connection challenges the SYN with that one's numbers (RFC 5961);
 * the bytes of the new connection are counted from the SYN-ACK's number on. */
static void
test_challenged_syn(void)
{
    struct engine_fixture f;
    struct segment stray = {.from = MF_RESP, .flags = MF_TCP_ACK, .seq = 3999999999u, .ack = 5};

    engine_set_up(&f, NULL);
    engine_play(&f, "S");
    engine_segment(&f, stray);
    engine_play(&f, "RShADdd");
    g_assert_cmpuint(engine_only(&f)->bytes[MF_RESP], ==, 6);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 3);
    engine_tear_down(&f);
}

/* --- time-outs --- */

/* Two packets SECONDS apart, after LETTERS for TCP: are they one session? */
static void
check_gap(enum mf_l4 l4, const char *letters, int64_t seconds, int64_t extra_ms, bool one)
{
    struct engine_fixture f;
    struct mf_packet packet;

    engine_set_up(&f, NULL);
    f.tuple.l4 = l4;
    if (l4 == MF_L4_TCP)
        engine_play(&f, letters);
    else
        engine_feed(&f, timeline_packet(&f.tuple, MF_ORIG, 0));
    packet = timeline_packet(&f.tuple, MF_ORIG, f.ms - 1 + seconds * 1000 + extra_ms);
    packet.tcp_flags = MF_TCP_ACK;
    engine_feed(&f, packet);
    g_assert_cmpuint(engine_count(&f), ==, one ? 1 : 2);
    if (!one && l4 != MF_L4_TCP)
        g_assert_cmpint(engine_session(&f, 1)->end, ==, MF_END_TIMEOUT);
    engine_tear_down(&f);
}

static void
test_timeouts(void)
{
    static const enum mf_l4 others[] = {MF_L4_UDP, MF_L4_ICMP, MF_L4_ICMPV6, MF_L4_ARP,
                                        MF_L4_OTHER};

    for (unsigned i = 0; i < G_N_ELEMENTS(others); i++) {
        check_gap(others[i], NULL, 59, 0, true);
        check_gap(others[i], NULL, 60, 0, true);
        check_gap(others[i], NULL, 60, 1, false);
        check_gap(others[i], NULL, 61, 0, false);
    }
    check_gap(MF_L4_TCP, "ShADd", 86400, 0, true);
    check_gap(MF_L4_TCP, "S", 86400, 0, true);
    check_gap(MF_L4_TCP, "ShADdF", 86400, 0, true); /* half open */
    check_gap(MF_L4_TCP, "ShADdFf", 299, 0, true);
    check_gap(MF_L4_TCP, "ShADdFf", 300, 0, true);
    check_gap(MF_L4_TCP, "ShADdFf", 300, 1, false);
    check_gap(MF_L4_TCP, "ShADdr", 300, 0, true);
    check_gap(MF_L4_TCP, "ShADdr", 301, 0, false);
}

static void
test_time_goes_back(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple.l4 = MF_L4_UDP;
    f.ms = 500000;
    engine_say(&f, MF_ORIG, "x");
    f.ms = 100000;
    engine_say(&f, MF_ORIG, "y");
    f.ms = 530000; /* idle since the latest packet, not since the last one */
    engine_say(&f, MF_RESP, "z");
    g_assert_cmpint(engine_only(&f)->last - engine_only(&f)->start, ==, 430 * MF_NS_PER_S);
    engine_tear_down(&f);
}

/* --- the bound --- */

static void
test_bound(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    mf_engine_free(f.base.engine);
    f.base.settings.max_sessions = 2;
    f.base.engine = mf_engine_new(&f.base.settings, NULL, NULL);
    engine_play(&f, "Sh");
    f.tuple.from_port = 1026;
    engine_play(&f, "S");
    f.tuple.from_port = 1027;
    g_assert_cmpuint(engine_segment(&f, syn(MF_ORIG, 1)), ==, 0);
    g_assert_cmpuint(engine_count(&f), ==, 2);
    g_assert_cmpuint(mf_engine_counters(f.base.engine)->sessions_refused, ==, 1);
    f.tuple.from_port = 1025;
    g_assert_cmpuint(engine_say(&f, MF_ORIG, "goes on"), ==, 1);
    /* What follows on a tuple that was used again is not counted on the old session. */
    g_assert_cmpuint(engine_segment(&f, syn(MF_ORIG, 77)), ==, 0);
    g_assert_cmpint(engine_session(&f, 1)->end, ==, MF_END_REUSED);
    g_assert_cmpuint(engine_say(&f, MF_RESP, "x"), ==, 0);
    g_assert_cmpuint(engine_session(&f, 1)->packets[MF_RESP], ==, 1);
    g_assert_cmpuint(mf_engine_counters(f.base.engine)->sessions_refused, ==, 3);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sessions/originator", test_originator);
    g_test_add_func("/sessions/multicast", test_multicast);
    g_test_add_func("/sessions/own_host", test_own_host);
    g_test_add_func("/sessions/ipv6", test_ipv6);
    g_test_add_func("/sessions/reuse", test_reuse);
    g_test_add_func("/sessions/reuse_reasons", test_reuse_reasons);
    g_test_add_func("/sessions/challenged_syn", test_challenged_syn);
    g_test_add_func("/sessions/timeouts", test_timeouts);
    g_test_add_func("/sessions/time_goes_back", test_time_goes_back);
    g_test_add_func("/sessions/bound", test_bound);
    return g_test_run();
}
