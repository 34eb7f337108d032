/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan_fixture.h"

static void
test_spread_threshold(void)
{
    for (uint32_t limit = 2; limit <= 256; limit += limit == 2 ? 8 : 123)
        for (int over = -1; over <= 1; over++) {
            const struct mf_scan_group *group;
            struct scan_fixture f;

            scan_set_up(&f);
            f.settings.spread_scan_hosts = limit;
            scan_spread(&f, 0, (uint32_t)((int)limit + over));
            g_assert_cmpuint(mf_scans_count(f.scans), ==, over >= 0);
            group = mf_scans_get(f.scans, 1);
            g_assert_true((group != NULL) == (over >= 0));
            if (group != NULL) {
                g_assert_cmpint(group->kind, ==, MF_SCAN_SPREAD);
                g_assert_cmpint(group->l4, ==, MF_L4_TCP);
                g_assert_cmpuint(group->port, ==, 139);
                g_assert_cmpuint(group->sessions, ==, limit + (uint32_t)over);
                g_assert_cmpuint(group->targets, ==, limit + (uint32_t)over);
                g_assert_cmpuint(group->answered, ==, 0);
                g_assert_cmpuint(group->first_session, ==, 1);
                g_assert_cmpuint(scan_session(&f, 1)->scan, ==, 1);
                g_assert_true(scan_session(&f, 1)->counted_attempt);
            }
            scan_tear_down(&f);
        }
}

static void
test_port_threshold(void)
{
    for (unsigned count = 9; count <= 11; count++) {
        const struct mf_scan_group *group;
        struct mf_addr target = scan_host(7);
        struct scan_fixture f;

        scan_set_up(&f);
        for (unsigned i = 0; i < count; i++)
            scan_attempt(&f, 7, (uint16_t)(20 + i));
        g_assert_cmpuint(mf_scans_count(f.scans), ==, count >= 10);
        group = mf_scans_get(f.scans, 1);
        if (group != NULL) {
            g_assert_cmpint(group->kind, ==, MF_SCAN_PORT);
            g_assert_true(mf_addr_equal(&group->target, &target));
            g_assert_cmpuint(group->targets, ==, count);
        }
        scan_tear_down(&f);
    }
}

/* The same address again is not another target, but belongs to the story. */
static void
test_distinct(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (unsigned i = 0; i < 500; i++)
        scan_attempt(&f, 1, 139);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_spread(&f, 2, 9);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->targets, ==, 10);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, >, 10);
    scan_attempt(&f, 2, 139);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->targets, ==, 10);
    scan_tear_down(&f);
}

static void
test_window(void)
{
    for (int over = -1; over <= 1; over++) {
        struct scan_fixture f;

        scan_set_up(&f);
        for (uint32_t i = 0; i < 10; i++) {
            scan_attempt(&f, i, 139);
            f.now += 60 * SECOND + over;
        }
        g_assert_cmpuint(mf_scans_count(f.scans), ==, over <= 0);
        scan_tear_down(&f);
    }
}

/* A pause ends the group; another scan begins afresh. */
static void
test_window_closes(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    scan_spread(&f, 0, 12);
    g_assert_nonnull(mf_scans_get(f.scans, 1)->target_set);
    f.now += 60 * SECOND;
    g_assert_cmpuint(scan_attempt(&f, 20, 139)->scan, ==, 1);
    f.now += 60 * SECOND + 1;
    g_assert_cmpuint(scan_attempt(&f, 21, 139)->scan, ==, 0);
    g_assert_null(mf_scans_get(f.scans, 1)->target_set);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->targets, ==, 13);
    scan_spread(&f, 22, 9);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 2);
    g_assert_cmpuint(mf_scans_get(f.scans, 2)->first_session, ==, 14);
    scan_tear_down(&f);
}

static void
test_browsing(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 78; i++) {
        scan_answer(&f, scan_attempt(&f, i, 80));
        f.now += SECOND / 10;
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_tear_down(&f);
}

/* Connections opened at once, all answered a moment later: no scan, and later ones neither. */
static void
test_browsing_at_once(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    scan_spread(&f, 0, 78);
    f.now += SECOND / 5;
    for (uint32_t id = 1; id <= 78; id++)
        scan_answer(&f, scan_session(&f, id));
    g_assert_cmpuint(scan_live_groups(&f), ==, 0);
    for (uint32_t id = 1; id <= 78; id++)
        g_assert_cmpuint(scan_session(&f, id)->scan, ==, 0);
    f.now += SECOND;
    g_assert_cmpuint(scan_attempt(&f, 100, 139)->scan, ==, 0);
    scan_tear_down(&f);
}

/* Now and then a dead server between answered ones, all day long. */
static void
test_browsing_with_failures(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 1000; i++) {
        struct mf_session *s = scan_attempt(&f, i, 443);

        if (i % 20 != 0)
            scan_answer(&f, s);
        f.now += 5 * SECOND;
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_tear_down(&f);
}

static void
test_bot_finds_some(void)
{
    const struct mf_scan_group *group;
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 40; i++) {
        struct mf_session *s = scan_attempt(&f, i, 445);

        f.now += SECOND / 2;
        if (i % 10 == 5)
            scan_answer(&f, s);
    }
    g_assert_cmpuint(scan_live_groups(&f), ==, 1);
    group = mf_scans_get(f.scans, 1);
    g_assert_cmpuint(group->sessions, ==, 40); /* with the one that answered before it opened */
    g_assert_cmpuint(group->answered, ==, 4);
    scan_tear_down(&f);
}

/* What was answered before the first failure is no part of the scan. */
static void
test_answered_first(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 50; i++)
        scan_answer(&f, scan_attempt(&f, 100 + i, 139));
    scan_spread(&f, 0, 5);
    for (uint32_t i = 0; i < 50; i++)
        scan_answer(&f, scan_attempt(&f, 200 + i, 139));
    g_assert_cmpuint(mf_scans_memory(f.scans), <, 2048);
    scan_spread(&f, 5, 5);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->first_session, ==, 51);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, 40); /* no more are remembered */
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->answered, ==, 30);
    scan_tear_down(&f);
}

static void
test_take_back(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    scan_spread(&f, 0, 9);
    scan_answer(&f, scan_session(&f, 4));
    g_assert_false(scan_session(&f, 4)->counted_attempt);
    scan_attempt(&f, 20, 139);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_close_empty(&f, scan_session(&f, 4));
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(scan_session(&f, 4)->scan, ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, 10);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->answered, ==, 1);
    scan_tear_down(&f);
}

/* The half-open scan of a tool: SYN, SYN-ACK, RST. */
static void
test_closed_empty(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 12; i++) {
        struct mf_session *s = scan_attempt(&f, i, 22);

        scan_answer(&f, s);
        scan_close_empty(&f, s);
        f.now += SECOND;
    }
    g_assert_cmpuint(scan_live_groups(&f), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, 12);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->answered, ==, 12);
    scan_tear_down(&f);
}

/* A connection that was open for an hour ends empty: neither evidence for now, nor the end of a
 * running scan. */
static void
test_closed_late(void)
{
    struct mf_session *old;
    struct scan_fixture f;

    scan_set_up(&f);
    old = scan_attempt(&f, 99, 139);
    scan_answer(&f, old);
    f.now += 3600 * SECOND;
    scan_spread(&f, 0, 9);
    scan_close_empty(&f, old);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 0);
    scan_spread(&f, 9, 1);
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    old->counted_attempt = false;
    scan_close_empty(&f, old);
    g_assert_cmpuint(old->scan, ==, 0);
    g_assert_cmpuint(scan_attempt(&f, 11, 139)->scan, ==, 1);
    scan_tear_down(&f);
}

/* Captures that were merged badly: small steps back are nothing, a long one is another time. */
static void
test_backwards(void)
{
    struct scan_fixture f;

    scan_set_up(&f);
    for (uint32_t i = 0; i < 20; i++) {
        scan_attempt(&f, i, 139);
        f.now += i % 2 == 0 ? SECOND : -SECOND;
    }
    g_assert_cmpuint(mf_scans_count(f.scans), ==, 1);
    g_assert_cmpuint(mf_scans_get(f.scans, 1)->sessions, ==, 20);
    f.now -= 900 * SECOND;
    g_assert_cmpuint(scan_attempt(&f, 50, 139)->scan, ==, 0);
    f.now = INT64_MIN;
    scan_attempt(&f, 51, 139);
    f.now = INT64_MAX;
    scan_attempt(&f, 52, 139);
    scan_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scan/spread-threshold", test_spread_threshold);
    g_test_add_func("/scan/port-threshold", test_port_threshold);
    g_test_add_func("/scan/distinct", test_distinct);
    g_test_add_func("/scan/window", test_window);
    g_test_add_func("/scan/window-closes", test_window_closes);
    g_test_add_func("/scan/browsing", test_browsing);
    g_test_add_func("/scan/browsing-at-once", test_browsing_at_once);
    g_test_add_func("/scan/browsing-with-failures", test_browsing_with_failures);
    g_test_add_func("/scan/bot-finds-some", test_bot_finds_some);
    g_test_add_func("/scan/answered-first", test_answered_first);
    g_test_add_func("/scan/take-back", test_take_back);
    g_test_add_func("/scan/closed-empty", test_closed_empty);
    g_test_add_func("/scan/closed-late", test_closed_late);
    g_test_add_func("/scan/backwards", test_backwards);
    return g_test_run();
}
