/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan_fixture.h"

#include <string.h>

static void
test_interleaved(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 90; i++) {
        f.source = (uint8_t)(1 + i % 3);
        scan_attempt(&f, i, 139);
        f.now += SECOND / 100;
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 3);
    for (uint32_t id = 1; id <= 3; id++) {
        g_assert_cmpuint(mf_scans_get(f.scans, id)->sessions, ==, 30);
        g_assert_cmpuint(mf_scans_get(f.scans, id)->source.bytes[15], ==, id);
        g_assert_cmpuint(mf_scans_get(f.scans, id)->first_session, ==, id);
    }
    scan_tear_down(&f);
}

static void
test_answered_ports(void)
{
    static const uint16_t open[] = {22, 53, 80};
    const struct mf_scan_group *group;
    struct scan_fixture f;

    scan_set_up(&f);
    for (unsigned port = 100; port > 0; port--) {
        struct mf_session *s = scan_attempt(&f, 7, (uint16_t)port);

        f.now += SECOND / 100;
        if (port == 80 || port == 53 || port == 22) {
            scan_answer(&f, s);
            scan_close_empty(&f, s);
        }
    }
    scan_attempt(&f, 7, 80); /* twice the same port */
    scan_answer(&f, scan_session(&f, 101));
    g_assert_cmpuint(scan_live_groups(&f), ==, 1);
    group = mf_scans_get(f.scans, 1);
    g_assert_cmpuint(group->sessions, ==, 101);
    g_assert_cmpuint(group->targets, ==, 100);
    g_assert_cmpuint(group->answered, ==, 3);
    g_assert_cmpuint(group->answered_ports->len, ==, 3);
    g_assert_cmpint(memcmp(group->answered_ports->data, open, sizeof open), ==, 0);
    f.now += 100 * SECOND;
    scan_spread(&f, 1, 1);
    g_assert_null(group->target_set);
    g_assert_cmpuint(group->answered_ports->len, ==, 3);
    scan_tear_down(&f);
}

/* Every port of every host: each session is in one group. */
static void
test_grid(void)
{
    uint32_t members = 0;
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t target = 0; target < 15; target++)
        for (unsigned port = 1; port <= 15; port++)
            scan_attempt(&f, target, (uint16_t)port);
    for (uint32_t id = 1; id <= mf_scans_count(f.scans); id++)
        members += mf_scans_get(f.scans, id)->sessions;
    g_assert_cmpuint(members, ==, 15 * 15);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 15);
    scan_tear_down(&f);
}

static void
test_protocols(void)
{
    static const enum mf_l4 spreading[] = {MF_L4_UDP, MF_L4_ICMP, MF_L4_ICMPV6, MF_L4_ARP};
    struct scan_fixture f;

    for (unsigned i = 0; i < G_N_ELEMENTS(spreading); i++) {
        scan_set_up(&f);
        f.l4 = spreading[i];
        for (uint32_t target = 0; target < 12; target++) /* an ICMP type is no port */
            scan_attempt(&f, target, (uint16_t)(spreading[i] == MF_L4_UDP ? 16464 : target));
        g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
        g_assert_cmpint(mf_scans_get(f.scans, 1)->l4, ==, spreading[i]);
        g_assert_cmpuint(mf_scans_get(f.scans, 1)->port, ==, spreading[i] == MF_L4_UDP ? 16464 : 0);
        scan_tear_down(&f);
    }
    scan_set_up(&f);
    f.l4 = MF_L4_OTHER;
    scan_spread(&f, 0, 20);
    f.l4 = MF_L4_ICMP;
    for (uint32_t i = 0; i < 20; i++)
        scan_attempt(&f, 1, (uint16_t)i);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_tear_down(&f);
}

/* What is sent to everybody, to oneself, or by nobody looks for no victim. */
static void
test_no_evidence(void)
{
    static const uint8_t nobody[4] = {0, 0, 0, 0};
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint8_t i = 0; i < 60; i++) {
        struct mf_session *s = g_new0(struct mf_session, 1);
        uint8_t group[4] = {239, 1, 1, i}, single[4] = {10, 1, 1, i};

        g_ptr_array_add(f.sessions, s);
        s->id = f.sessions->len;
        s->l4 = i % 3 == 0 ? MF_L4_UDP : MF_L4_ARP;
        s->addr[MF_ORIG] = mf_addr_from_ipv4(i % 3 == 1 ? nobody : single);
        s->addr[MF_RESP] = mf_addr_from_ipv4(i % 3 == 0 ? group : single);
        mf_scans_attempt(f.scans, s);
        g_assert_false(s->counted_attempt);
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_tear_down(&f);
}

/* A worm that picks addresses at random also picks x.y.z.255: part of its scan. */
static void
test_last_octet(void)
{
    static const uint8_t last[4] = {10, 1, 1, 255};
    static const enum mf_l4 l4[] = {MF_L4_TCP, MF_L4_UDP};

    for (unsigned i = 0; i < G_N_ELEMENTS(l4); i++) {
        struct scan_fixture f;
        struct mf_session *s;

        scan_set_up(&f);
        f.l4 = l4[i];
        scan_spread(&f, 0, 9);
        s = scan_attempt_at(&f, mf_addr_from_ipv4(last), 139);
        g_assert_cmpuint(mf_scans_count(f.scans), ==, l4[i] == MF_L4_TCP);
        scan_spread(&f, 9, 1);
        g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, l4[i] == MF_L4_TCP ? 11 : 10);
        s = scan_attempt_at(&f, mf_addr_from_ipv4(last), 139);
        g_assert_cmpuint(s->scan, ==, 1);
        scan_tear_down(&f);
    }
}

static void
test_ipv6(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint8_t i = 0; i < 30; i++) {
        struct mf_session *s = g_new0(struct mf_session, 1);
        uint8_t from[16] = {0x20, 1}, to[16] = {0x20, 1, [7] = i, [15] = 9};

        from[15] = 1;
        g_ptr_array_add(f.sessions, s);
        s->id = f.sessions->len;
        s->start = f.now;
        s->l4 = MF_L4_TCP;
        s->addr[MF_ORIG] = mf_addr_from_ipv6(from);
        s->addr[MF_RESP] = mf_addr_from_ipv6(to);
        s->port[MF_RESP] = 23;
        mf_scans_attempt(f.scans, s);
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->targets, ==, 30);
    scan_tear_down(&f);
}

/* A later member has a smaller id than none: first_session stays the smallest. */
static void
test_first_session(void)
{
    struct mf_session *early;
    struct scan_fixture f;

    scan_set_up(&f);
    early = scan_attempt(&f, 99, 139);
    scan_answer(&f, early);
    scan_spread(&f, 0, 10);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->first_session, ==, 2);
    scan_close_empty(&f, early);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->first_session, ==, 1);
    scan_tear_down(&f);
}

/* A group that is dissolved leaves its id to the next; others keep theirs. */
static void
test_dissolved_id(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    scan_spread(&f, 0, 10);
    f.source = 2;
    scan_spread(&f, 0, 10);
    for (uint32_t id = 1; id <= 10; id++)
        scan_answer(&f, scan_session(&f, id));
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 2);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, 0);
    g_assert_cmpuint(mf_scans_get(f.scans, 2)->sessions, ==, 10);
    f.source = 3;
    scan_spread(&f, 0, 10);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 2);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->first_session, ==, 21);
    for (uint32_t id = 11; id <= 30; id++)
        scan_answer(&f, scan_session(&f, id));
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_tear_down(&f);
}

/* Once the time in which a connection is answered has passed, a scan is a scan. */
static void
test_late_answers(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    scan_spread(&f, 0, 12);
    f.now += 4 * SECOND;
    scan_spread(&f, 12, 1);
    for (uint32_t id = 1; id <= 13; id++)
        scan_answer(&f, scan_session(&f, id));
    g_assert_cmpuint(scan_live_groups(&f), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->answered, ==, 13);
    f.now += 100 * SECOND;
    scan_attempt(&f, 500, 1);
    scan_tear_down(&f);
}

static void
test_tracker_bound(void)
{
    const uint32_t sources = MF_SCAN_TRACKERS / 2 + 1000;
    struct scan_fixture f;

    scan_set_up(&f);
    f.l4 = MF_L4_UDP;
    for (uint32_t i = 0; i < sources; i++) /* one spread and one port tracker each */
        scan_attempt(&f, i, (uint16_t)(i % 60000 + 1));
    g_assert_cmpuint(f.counters.scan_trackers_lost, ==, 2000);
    g_assert_cmpuint(mf_scans_memory(f.scans), <, MF_SCAN_TRACKERS * 400);
    f.now += 61 * SECOND;
    scan_attempt(&f, 1, 1);
    g_assert_cmpuint(mf_scans_memory(f.scans), <, 4096); /* idle ones are gone */
    scan_tear_down(&f);
}

static void
test_million(void)
{
    const uint32_t count = 1000000;
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < count; i++) {
        scan_attempt(&f, i, 139);
        f.now += SECOND / 50;
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, count);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->targets, ==, count);
    g_assert_cmpuint(mf_scans_memory(f.scans), <, count * 60);
    f.now += 61 * SECOND;
    scan_attempt(&f, 0, 1);
    g_assert_cmpuint(mf_scans_memory(f.scans), <, 4096);
    scan_tear_down(&f);
}

static void
test_keeps_row(void)
{
    struct mf_session tcp = {.l4 = MF_L4_TCP}, udp = {.l4 = MF_L4_UDP};

    g_assert_false(mf_scan_member_keeps_row(&tcp));
    tcp.bytes[MF_ORIG] = 1;
    g_assert_true(mf_scan_member_keeps_row(&tcp));
    udp.bytes[MF_ORIG] = 1;
    g_assert_false(mf_scan_member_keeps_row(&udp));
    udp.bytes[MF_RESP] = 1;
    g_assert_true(mf_scan_member_keeps_row(&udp));
    udp.bytes[MF_RESP] = 0;
    udp.first_hit = 1;
    g_assert_true(mf_scan_member_keeps_row(&udp));
    g_assert_cmpstr(mf_scan_kind_name(MF_SCAN_PORT), ==, "Port Scan");
    g_assert_cmpstr(mf_scan_kind_name(MF_SCAN_SPREAD), ==, "Spread Scan");
    mf_scans_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scan-groups/interleaved", test_interleaved);
    g_test_add_func("/scan-groups/answered-ports", test_answered_ports);
    g_test_add_func("/scan-groups/grid", test_grid);
    g_test_add_func("/scan-groups/protocols", test_protocols);
    g_test_add_func("/scan-groups/no-evidence", test_no_evidence);
    g_test_add_func("/scan-groups/last-octet", test_last_octet);
    g_test_add_func("/scan-groups/ipv6", test_ipv6);
    g_test_add_func("/scan-groups/first-session", test_first_session);
    g_test_add_func("/scan-groups/dissolved-id", test_dissolved_id);
    g_test_add_func("/scan-groups/late-answers", test_late_answers);
    g_test_add_func("/scan-groups/tracker-bound", test_tracker_bound);
    g_test_add_func("/scan-groups/million", test_million);
    g_test_add_func("/scan-groups/keeps-row", test_keeps_row);
    return g_test_run();
}
