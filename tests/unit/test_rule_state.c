/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/rules/state.h"
#include "core/rules/state_table.h"

struct fixture {
    struct mf_counters counters;
    struct mf_rule_state *state;
};

static void
set_up(struct fixture *f)
{
    f->counters = (struct mf_counters){0};
    f->state = mf_rule_state_new(&f->counters);
}

static void
tear_down(struct fixture *f)
{
    mf_rule_state_free(f->state);
}

static struct mf_addr
host(uint32_t number)
{
    uint8_t bytes[4] = {10, (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};

    return mf_addr_from_ipv4(bytes);
}

static struct mf_session
session_of(uint32_t from, uint32_t to)
{
    return (struct mf_session){.l4 = MF_L4_UDP, .id = 1, .addr = {host(from), host(to)}};
}

/* --- bits and numbers --- */

static void
test_flowbits(void)
{
    struct fixture f;

    set_up(&f);
    g_assert_false(mf_flowbit_get(f.state, 1, 0));
    mf_flowbit_set(f.state, 1, 0, true);
    mf_flowbit_set(f.state, 1, 0, true);
    g_assert_true(mf_flowbit_get(f.state, 1, 0));
    g_assert_false(mf_flowbit_get(f.state, 1, 1));
    g_assert_false(mf_flowbit_get(f.state, 0, 1));
    g_assert_false(mf_flowbit_get(f.state, 2, 0));
    mf_flowbit_set(f.state, 1, 0, false);
    mf_flowbit_set(f.state, 1, 0, false);
    g_assert_false(mf_flowbit_get(f.state, 1, 0));
    tear_down(&f);
}

static void
test_flowints(void)
{
    uint32_t value = 77;
    struct fixture f;

    set_up(&f);
    g_assert_false(mf_flowint_get(f.state, 1, 5, &value));
    g_assert_cmpuint(value, ==, 77);
    mf_flowint_set(f.state, 1, 5, 0);
    g_assert_true(mf_flowint_get(f.state, 1, 5, &value));
    g_assert_cmpuint(value, ==, 0);
    mf_flowint_set(f.state, 1, 5, UINT32_MAX);
    mf_flowint_set(f.state, 5, 1, 3);
    g_assert_true(mf_flowint_get(f.state, 1, 5, &value));
    g_assert_cmpuint(value, ==, UINT32_MAX);
    tear_down(&f);
}

static void
test_hostbits(void)
{
    struct mf_addr a = host(1), b = host(2);
    struct mf_host_key of_a = {.host = &a}, of_b = {.host = &b}, other = {.host = &a, .bit = 1};
    struct mf_host_key pair = {&a, &b, 0}, riap = {&b, &a, 0};
    struct fixture f;

    set_up(&f);
    mf_hostbit_set(f.state, &of_a, 0, 100);
    g_assert_true(mf_hostbit_get(f.state, &of_a, 1));
    g_assert_false(mf_hostbit_get(f.state, &of_b, 1));
    g_assert_false(mf_hostbit_get(f.state, &other, 1));
    g_assert_false(mf_hostbit_get(f.state, &pair, 1));
    mf_hostbit_set(f.state, &riap, 0, 100);
    g_assert_true(mf_hostbit_get(f.state, &pair, 1));
    mf_hostbit_unset(f.state, &pair);
    g_assert_false(mf_hostbit_get(f.state, &riap, 1));
    g_assert_true(mf_hostbit_get(f.state, &of_a, 1));
    mf_hostbit_unset(f.state, &of_a);
    mf_hostbit_unset(f.state, &of_a);
    g_assert_false(mf_hostbit_get(f.state, &of_a, 1));
    tear_down(&f);
}

static void
test_hostbit_expiry(void)
{
    enum { LIFE = 10 };
    const mf_nanoseconds s = MF_NS_PER_S;
    struct mf_addr a = host(1);
    struct mf_host_key key = {.host = &a};
    struct fixture f;

    set_up(&f);
    mf_hostbit_set(f.state, &key, 20 * s, (20 + LIFE) * s);
    g_assert_true(mf_hostbit_get(f.state, &key, 30 * s));
    g_assert_true(mf_hostbit_get(f.state, &key, 30 * s + 1000)); /* whole seconds count */
    g_assert_false(mf_hostbit_get(f.state, &key, 31 * s));
    mf_hostbit_set(f.state, &key, 40 * s, (40 + LIFE) * s);
    mf_hostbit_set(f.state, &key, 45 * s, (45 + LIFE) * s); /* is set: does not prolong */
    g_assert_true(mf_hostbit_get(f.state, &key, 49 * s));
    g_assert_false(mf_hostbit_get(f.state, &key, 51 * s));
    mf_hostbit_set(f.state, &key, 52 * s, (52 + LIFE) * s);
    g_assert_true(mf_hostbit_get(f.state, &key, 54 * s));
    tear_down(&f);
}

/* --- thresholds --- */

/* Microseconds of packets, all of one flow. */
static const uint32_t packets[] = {
    0,        1000000,  2000000,  3000000,  4000000,  5000000,  9000000,
    10000000, 10000001, 10500000, 11000000, 12000000, 20000000, 20000001,
    20000002, 20500000, 21000000, 30600000, 30700000, 31000000, 45000000,
};

/* What Suricata 7.0.10 tells of them when SECONDS is 10: a letter for each packet, * for told. */
static const struct {
    struct mf_threshold threshold;
    const char *told;
} windows[] = {
    {{.type = MF_THRESHOLD_LIMIT, .count = 1}, "*.......*.....*..*..*"},
    {{.type = MF_THRESHOLD_LIMIT, .count = 2}, "**......**....**.**.*"},
    {{.type = MF_THRESHOLD_LIMIT, .count = 3}, "***.....***...*******"},
    {{.type = MF_THRESHOLD_LIMIT, .count = 5}, "*****...*****.*******"},
    {{.type = MF_THRESHOLD_THRESHOLD, .count = 1}, "*********************"},
    {{.type = MF_THRESHOLD_THRESHOLD, .count = 2}, ".*.*.*.*.*.*.*.*..*.."},
    {{.type = MF_THRESHOLD_THRESHOLD, .count = 3}, "..*..*....*..*..*..*."},
    {{.type = MF_THRESHOLD_THRESHOLD, .count = 5}, "....*.......*........"},
    {{.type = MF_THRESHOLD_BOTH, .count = 1}, "*.......*.....*..*..*"},
    {{.type = MF_THRESHOLD_BOTH, .count = 2}, ".*.......*.....*..*.."},
    {{.type = MF_THRESHOLD_BOTH, .count = 3}, "..*.......*.....*..*."},
    {{.type = MF_THRESHOLD_BOTH, .count = 5}, "....*.......*........"},
    {{.type = MF_THRESHOLD_DETECTION, .count = 1}, ".*******.*****.**.**."},
    {{.type = MF_THRESHOLD_DETECTION, .count = 2}, "..******..****..*..*."},
    {{.type = MF_THRESHOLD_DETECTION, .count = 3}, "...*****...***......."},
    {{.type = MF_THRESHOLD_DETECTION, .count = 5}, ".....***.....*......."},
};

static void
check_window(const struct mf_threshold *threshold, const char *told)
{
    struct mf_session session = session_of(1, 2);
    char seen[G_N_ELEMENTS(packets) + 1] = "";
    struct fixture f;

    set_up(&f);
    for (unsigned i = 0; i < G_N_ELEMENTS(packets); i++) {
        struct mf_threshold_event event = {.session = &session, .now = packets[i] * INT64_C(1000)};

        seen[i] = mf_threshold_tell(f.state, threshold, &event) ? '*' : '.';
    }
    g_assert_cmpstr(seen, ==, told);
    tear_down(&f);
}

static void
test_windows(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(windows); i++)
        for (uint8_t track = MF_TRACK_RULE; track <= MF_TRACK_FLOW; track++) {
            struct mf_threshold threshold = windows[i].threshold;

            threshold.seconds = 10;
            threshold.track = track;
            check_window(&threshold, windows[i].told);
        }
}

/* By enum mf_threshold_track: what Suricata 7.0.10 tells of the packets below, with type threshold
 * and count 2. (By flow: not in that version; each pair of hosts is one flow here.) */
static const char *const tracked[] = {
    [MF_TRACK_RULE] = ".*.*.*.*", [MF_TRACK_SRC] = "...*.*.*",  [MF_TRACK_DST] = "..*..*.*",
    [MF_TRACK_BOTH] = ".*...**.", [MF_TRACK_FLOW] = ".*...**.",
};

static void
test_tracks(void)
{
    static const struct {
        uint8_t session, direction;
    } sent[] = {{0, MF_ORIG}, {0, MF_RESP}, {1, MF_ORIG}, {2, MF_ORIG},
                {0, MF_ORIG}, {0, MF_RESP}, {2, MF_RESP}, {3, MF_ORIG}};
    struct mf_session sessions[] = {session_of(1, 2), session_of(3, 2), session_of(1, 4),
                                    session_of(3, 4)};

    for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++)
        sessions[i].id = i + 1;
    for (uint8_t track = MF_TRACK_RULE; track <= MF_TRACK_FLOW; track++) {
        struct mf_threshold threshold = {
            .type = MF_THRESHOLD_THRESHOLD, .track = track, .count = 2, .seconds = 100};
        char seen[G_N_ELEMENTS(sent) + 1] = "";
        struct fixture f;

        set_up(&f);
        for (unsigned i = 0; i < G_N_ELEMENTS(sent); i++) {
            struct mf_threshold_event event = {.session = &sessions[sent[i].session],
                                               .direction = sent[i].direction,
                                               .now = i * MF_NS_PER_S};

            seen[i] = mf_threshold_tell(f.state, &threshold, &event) ? '*' : '.';
        }
        g_assert_cmpstr(seen, ==, tracked[track]);
        tear_down(&f);
    }
}

static void
test_rules_apart(void)
{
    struct mf_threshold threshold = {.type = MF_THRESHOLD_LIMIT, .count = 1, .seconds = 1};
    struct mf_session session = session_of(1, 2);
    struct mf_threshold_event event = {.session = &session};
    struct fixture f;

    set_up(&f);
    g_assert_true(mf_threshold_tell(f.state, &threshold, &event));
    g_assert_false(mf_threshold_tell(f.state, &threshold, &event));
    event.rule = 1;
    g_assert_true(mf_threshold_tell(f.state, &threshold, &event));
    tear_down(&f);
}

static void
check_backoff(uint32_t count, uint32_t multiplier, const uint32_t *told)
{
    struct mf_threshold threshold = {.type = MF_THRESHOLD_BACKOFF,
                                     .track = MF_TRACK_FLOW,
                                     .count = count,
                                     .multiplier = multiplier};
    struct mf_session session = session_of(1, 2);
    struct mf_threshold_event event = {.session = &session};
    struct fixture f;

    set_up(&f);
    for (uint32_t i = 1; i <= 10000; i++) {
        event.now += MF_NS_PER_S;
        if (!mf_threshold_tell(f.state, &threshold, &event))
            continue;
        g_assert_cmpuint(i, ==, *told);
        told++;
    }
    g_assert_cmpuint(*told, ==, 0);
    tear_down(&f);
}

/* The examples of Suricata's documentation. */
static void
test_backoff(void)
{
    check_backoff(1, 10, (const uint32_t[]){1, 10, 100, 1000, 10000, 0});
    check_backoff(
        1, 2, (const uint32_t[]){1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 0});
    check_backoff(5, 5, (const uint32_t[]){5, 25, 125, 625, 3125, 0});
}

/* More than COUNT different ports, after which each packet is told. */
static void
test_unique_ports(void)
{
    static const uint16_t ports[] = {80, 80, 81, 81, 82, 80, 80, 81, 82, 83, 83};
    static const uint8_t seconds[] = {0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15};
    static const char told[] = "....**..***";

    for (uint8_t unique_on = 1; unique_on <= 2; unique_on++)
        for (uint8_t direction = 0; direction <= 1; direction++) {
            struct mf_threshold threshold = {.type = MF_THRESHOLD_DETECTION,
                                             .track = MF_TRACK_DST,
                                             .count = 2,
                                             .seconds = 10,
                                             .unique_on = unique_on};
            struct mf_session session = session_of(1, 2);
            struct fixture f;

            set_up(&f);
            for (unsigned i = 0; i < G_N_ELEMENTS(ports); i++) {
                struct mf_threshold_event event = {
                    .session = &session, .direction = direction, .now = seconds[i] * MF_NS_PER_S};

                session.port[direction ^ (unique_on == 2)] = ports[i];
                g_assert_cmpint(mf_threshold_tell(f.state, &threshold, &event), ==, told[i] == '*');
            }
            tear_down(&f);
        }
}

/* --- room --- */

static void
test_nothing_costs_nothing(void)
{
    struct fixture f;
    size_t empty;

    set_up(&f);
    empty = mf_rule_state_memory(f.state);
    g_assert_cmpuint(empty, <, 1024);
    for (uint32_t i = 1; i <= 1000000; i++) {
        g_assert_false(mf_flowbit_get(f.state, i, 1));
        mf_flowbit_set(f.state, i, 1, false);
    }
    g_assert_cmpuint(mf_rule_state_memory(f.state), ==, empty);
    tear_down(&f);
}

/* An hour of a scan: a new source each millisecond, remembered for ten seconds. */
static void
test_scan_is_forgotten(void)
{
    struct mf_threshold threshold = {
        .type = MF_THRESHOLD_LIMIT, .track = MF_TRACK_SRC, .count = 1, .seconds = 10};
    struct mf_session session = session_of(0, 1);
    struct mf_host_key key = {.host = &session.addr[0]};
    struct fixture f;
    unsigned told = 0;

    set_up(&f);
    for (uint32_t i = 0; i < 3600000; i++) {
        struct mf_threshold_event event = {.session = &session, .now = i * (MF_NS_PER_S / 1000)};

        session.addr[0] = host(i);
        told += mf_threshold_tell(f.state, &threshold, &event);
        mf_hostbit_set(f.state, &key, event.now, event.now + 10 * MF_NS_PER_S);
    }
    g_assert_cmpuint(told, ==, 3600000);
    g_assert_cmpuint(f.counters.rule_state_lost, ==, 0);
    g_assert_cmpuint(mf_rule_state_memory(f.state), <, 6 * 1024 * 1024); /* 10,000 of each live */
    tear_down(&f);
}

static void
test_bound(void)
{
    enum { OVER = 1000 };
    struct fixture f;
    size_t full;

    set_up(&f);
    for (uint32_t i = 1; i <= MF_RULE_STATE_ENTRIES; i++)
        mf_flowbit_set(f.state, i, 1, true);
    g_assert_cmpuint(f.counters.rule_state_lost, ==, 0);
    g_assert_true(mf_flowbit_get(f.state, 1, 1));
    full = mf_rule_state_memory(f.state);
    for (uint32_t i = 1; i <= OVER; i++)
        mf_flowbit_set(f.state, MF_RULE_STATE_ENTRIES + i, 1, true);
    g_assert_cmpuint(f.counters.rule_state_lost, ==, OVER);
    g_assert_cmpuint(mf_rule_state_memory(f.state), ==, full);
    for (uint32_t i = 1; i <= OVER; i++)
        g_assert_true(mf_flowbit_get(f.state, MF_RULE_STATE_ENTRIES + i, 1));
    tear_down(&f);
}

/* --- the table, against GLib's --- */

static void
test_table_model(void)
{
    enum { LIMIT = 64, KEYS = 48, STEPS = 200000 };
    uint64_t lost = 0;
    struct mf_state_table *table = mf_state_table_new(8, 8, LIMIT, &lost);
    GHashTable *model = g_hash_table_new(NULL, NULL);
    GRand *random = g_rand_new_with_seed(1);

    for (uint32_t i = 0; i < STEPS; i++) {
        uint64_t key = (uint64_t)g_rand_int_range(random, 1, KEYS + 1), *value;
        gpointer name = GUINT_TO_POINTER((guint)key);

        value = mf_state_table_find(table, &key);
        g_assert_true((value != NULL) == g_hash_table_contains(model, name));
        if (value != NULL)
            g_assert_cmpuint(*value, ==, GPOINTER_TO_UINT(g_hash_table_lookup(model, name)));
        if (g_rand_boolean(random)) {
            mf_state_table_remove(table, &key);
            g_hash_table_remove(model, name);
        } else if (value == NULL) {
            value = mf_state_table_add(table, &key, INT64_MIN);
            g_assert_cmpuint(*value, ==, 0);
            *value = i;
            g_hash_table_insert(model, name, GUINT_TO_POINTER(i));
        }
        g_assert_cmpuint(mf_state_table_count(table), ==, g_hash_table_size(model));
    }
    g_assert_cmpuint(lost, ==, 0);
    g_rand_free(random);
    g_hash_table_unref(model);
    mf_state_table_free(table);
}

/* Full at n - 1, n, n + 1; what expired goes first. */
static void
test_table_limit(void)
{
    enum { LIMIT = 8 };
    uint64_t lost = 0, key;
    struct mf_state_table *table = mf_state_table_new(8, 0, LIMIT, &lost);

    for (key = 1; key <= LIMIT; key++) {
        void *value = mf_state_table_add(table, &key, 0);

        mf_state_table_set_expiry(table, value, key == 5 ? 10 : 100);
        g_assert_cmpuint(mf_state_table_count(table), ==, key);
    }
    mf_state_table_add(table, &key, 10); /* nothing expired yet: looks at two, turns out one */
    g_assert_cmpuint(lost, ==, 1);
    key++;
    for (unsigned i = 0; i < 4; i++, key++)
        mf_state_table_add(table, &key, 11);
    g_assert_cmpuint(lost, <, 5);
    key = 5;
    g_assert_null(mf_state_table_find(table, &key));
    g_assert_cmpuint(mf_state_table_count(table), ==, LIMIT);
    mf_state_table_free(table);
    mf_state_table_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rule_state/flowbits", test_flowbits);
    g_test_add_func("/rule_state/flowints", test_flowints);
    g_test_add_func("/rule_state/hostbits", test_hostbits);
    g_test_add_func("/rule_state/hostbit_expiry", test_hostbit_expiry);
    g_test_add_func("/rule_state/windows", test_windows);
    g_test_add_func("/rule_state/tracks", test_tracks);
    g_test_add_func("/rule_state/rules_apart", test_rules_apart);
    g_test_add_func("/rule_state/backoff", test_backoff);
    g_test_add_func("/rule_state/unique_ports", test_unique_ports);
    g_test_add_func("/rule_state/nothing_costs_nothing", test_nothing_costs_nothing);
    g_test_add_func("/rule_state/scan_is_forgotten", test_scan_is_forgotten);
    g_test_add_func("/rule_state/bound", test_bound);
    g_test_add_func("/rule_state/table_model", test_table_model);
    g_test_add_func("/rule_state/table_limit", test_table_limit);
    return g_test_run();
}
