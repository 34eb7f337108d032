/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of scans and hosts, and chains in columns. */
#include "core/chain_rows.h"
#include "core/host_names.h"
#include "core/host_table.h"
#include "core/scan_table.h"
#include "timeline_fixture.h"

#include <string.h>

#define BOT "192.168.0.1"

enum { SCANNED = 40 };

static const struct timeline_tuple channel = {MF_L4_TCP, BOT, 1025, "198.51.100.2", 8192};

static void
probe(struct timeline_fixture *f, unsigned host, uint16_t port, int64_t ms)
{
    char *to = g_strdup_printf("203.0.113.%u", host);
    const struct timeline_tuple tuple = {MF_L4_TCP, BOT, (uint16_t)(3000 + host), to, port};

    timeline_tcp(f, &tuple, MF_ORIG, ms, MF_TCP_SYN);
    g_free(to);
}

static void
answer(struct timeline_fixture *f, unsigned host, uint16_t port, int64_t ms)
{
    char *to = g_strdup_printf("203.0.113.%u", host);
    const struct timeline_tuple tuple = {MF_L4_TCP, BOT, (uint16_t)(3000 + host), to, port};

    timeline_tcp(f, &tuple, MF_RESP, ms, MF_TCP_SYN | MF_TCP_ACK);
    g_free(to);
}

/* Session 1: an order, and LOW twice; 2 to 41: a scan by it, whose host 7 answers; 42: somebody
 * else calls host 9 of it. */
static void
play(struct timeline_fixture *f)
{
    static const struct timeline_tuple other = {MF_L4_TCP, "192.168.0.2", 1025, "203.0.113.9", 80};

    timeline_set_up(f, "alert tcp any any -> any any (msg:\"low\"; content:\"LOW\"; sid:1;)");
    timeline_connect(f, &channel, 0);
    timeline_say(f, &channel, MF_RESP, 1, ".advscan asn139 100 5 0 -b -r\r\n");
    timeline_say(f, &channel, MF_ORIG, 2, "LOW");
    timeline_say(f, &channel, MF_ORIG, 3, "LOW");
    for (unsigned i = 1; i <= SCANNED; i++)
        probe(f, i, 139, 1000 + i);
    answer(f, 7, 139, 1500);
    timeline_connect(f, &other, 9000);
    mf_engine_flush(f->engine);
}

/* --- scans --- */

static struct mf_scan_table *
scans_of(const struct timeline_fixture *f, const struct mf_scan_options *options)
{
    struct mf_scan_table *table = mf_scan_table_new(f->engine, options);

    for (uint32_t id = 0; id <= mf_engine_session_count(f->engine) + 1; id++)
        mf_scan_table_add(table, id);
    mf_scan_table_sort(table);
    return table;
}

static void
test_scan(void)
{
    struct timeline_fixture f;
    struct mf_scan_table *table;
    const struct mf_scan_row *row;

    play(&f);
    table = scans_of(&f, NULL);
    g_assert_cmpuint(mf_scan_table_count(table), ==, 1);
    row = mf_scan_table_row(table, 0);
    g_assert_cmpuint(row->group->sessions, ==, SCANNED);
    g_assert_cmpuint(row->group->answered, ==, 1);
    g_assert_cmpuint(row->first->id, ==, 2);
    g_assert_cmpint(row->last - row->first->start, ==, INT64_C(499000000)); /* the answer's */
    g_assert_cmpuint(row->cause->cause_frame, ==, 4);
    mf_scan_table_free(table);
    timeline_tear_down(&f);
}

/* A group is told when a member is, once, and whole. */
static void
test_scan_choice(void)
{
    struct timeline_fixture f;
    struct mf_scan_table *table;

    play(&f);
    table = mf_scan_table_new(f.engine, NULL);
    g_assert_false(mf_scan_table_add(table, 1));
    g_assert_true(mf_scan_table_add(table, 20));
    g_assert_false(mf_scan_table_add(table, 21));
    g_assert_cmpuint(mf_scan_table_row(table, 0)->group->sessions, ==, SCANNED);
    mf_scan_table_free(table);
    timeline_tear_down(&f);
}

static void
test_scan_text(void)
{
    struct timeline_fixture f;
    struct mf_scan_table *table;
    GString *text = g_string_new(NULL);

    play(&f);
    table = scans_of(&f, NULL);
    mf_scan_table_append_text(table, text);
    g_assert_nonnull(
        strstr(text->str, "\nmalflow scans: 1, sessions: 40, targets that answered: 1\n"));
    g_assert_nonnull(strstr(
        text->str, "\n    1 spread       7       2    1.001  0:00.50       40       40       "
                   " 1  192.168.0.1 -> TCP port 139 <= [1] frame 4 command \".advscan "
                   "asn139 100 5 0 -b -r\"\n"));
    mf_scan_table_free(table);
    g_string_free(text, TRUE);
    timeline_tear_down(&f);
}

/* Two scans, the later of which is the larger in all. */
static void
test_scan_order(void)
{
    static const struct {
        const char *option;
        uint16_t first_port; /* of the first row */
    } cases[] = {{"sort=frame", 22},    {"sort=targets", 23},  {"sort=answered", 23},
                 {"sort=sessions", 23}, {"sort=duration", 23}, {"utc", 22}};
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    for (unsigned i = 1; i <= 30; i++)
        probe(&f, i, 22, i);
    for (unsigned i = 1; i <= 20; i++) {
        probe(&f, i, 23, 1000 + i);
        probe(&f, i + 100, 23, 1500 + i);
        answer(&f, i + 100, 23, 2000 + i);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_scan_options options = {0};
        struct mf_scan_table *table;
        char *filter = NULL;

        g_assert_true(
            mf_option_list_parse(&mf_scan_option_list, &options, cases[i].option, &filter, diags));
        table = scans_of(&f, &options);
        g_assert_cmpuint(mf_scan_table_count(table), ==, 2);
        g_assert_cmpuint(mf_scan_table_row(table, 0)->group->port, ==, cases[i].first_port);
        mf_scan_table_free(table);
        mf_diags_free(diags);
    }
    timeline_tear_down(&f);
}

/* --- hosts --- */

static struct mf_host_table *
hosts_of(const struct timeline_fixture *f, const struct mf_host_options *options)
{
    struct mf_host_table *table = mf_host_table_new(f->engine, options);
    uint32_t rows[2];

    for (uint32_t id = 0; id <= mf_engine_session_count(f->engine) + 1; id++)
        mf_host_table_add(table, id, rows);
    mf_host_table_sort(table);
    return table;
}

/* The addresses of the rows must be these, in this order. */
static void
expect_hosts(const struct mf_host_table *table, const char *addresses)
{
    GString *got = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_host_table_count(table); i++) {
        mf_addr_append(got, &mf_host_table_row(table, i)->addr);
        g_string_append_c(got, ' ');
    }
    g_assert_cmpstr(got->str, ==, addresses);
    g_string_free(got, TRUE);
}

/* Of the scanned only host 7 answered, and 9 was called by somebody else. */
static void
test_hosts(void)
{
    struct timeline_fixture f;
    struct mf_host_table *table;
    const struct mf_host_row *bot;

    play(&f);
    table = hosts_of(&f, NULL);
    expect_hosts(table, "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 ");
    g_assert_cmpuint(mf_host_table_silent(table), ==, SCANNED - 2);
    bot = mf_host_table_row(table, 0);
    g_assert_true(bot->own);
    g_assert_cmpuint(bot->sessions, ==, SCANNED + 1);
    g_assert_cmpuint(bot->peers, ==, 3);
    g_assert_cmpuint(bot->hits, ==, 2);
    g_assert_cmpuint(bot->sent, ==, 6);
    g_assert_cmpuint(bot->received, ==, strlen(".advscan asn139 100 5 0 -b -r\r\n"));
    g_assert_cmpuint(bot->first_frame, ==, 1);
    g_assert_nonnull(bot->verdict);
    g_assert_null(mf_host_table_row(table, 3)->verdict);
    g_assert_cmpuint(mf_host_table_row(table, 4)->sessions, ==, 2);
    mf_host_table_free(table);
    timeline_tear_down(&f);
}

/* Who is silent is a matter of the whole capture; what is counted is of what is added, in any
 * order. */
static void
test_hosts_choice(void)
{
    struct timeline_fixture f;
    struct mf_host_table *table;
    uint32_t rows[2];

    play(&f);
    table = mf_host_table_new(f.engine, NULL);
    mf_host_table_add(table, 10, rows); /* to host 9 */
    g_assert_cmpuint(rows[MF_ORIG], ==, 1);
    g_assert_cmpuint(rows[MF_RESP], ==, 2);
    mf_host_table_add(table, 11, rows);
    g_assert_cmpuint(rows[MF_ORIG], ==, 1);
    g_assert_cmpuint(rows[MF_RESP], ==, 0);
    g_assert_cmpuint(mf_host_table_silent(table), ==, 1);
    mf_host_table_add(table, 1, rows);
    g_assert_cmpuint(mf_host_table_row(table, 0)->sessions, ==, 3);
    g_assert_cmpuint(mf_host_table_row(table, 0)->first_frame, ==, 1);
    g_assert_cmpuint(mf_host_table_count(table), ==, 3);
    mf_host_table_free(table);
    timeline_tear_down(&f);
}

static void
test_hosts_order(void)
{
    static const struct {
        const char *options, *addresses;
    } cases[] = {
        {"", "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 "},
        {"sort=verdict", "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 "},
        {"sort=hits", "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 "},
        {"sort=bytes", "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 "},
        {"sort=sessions", "192.168.0.1 192.168.0.2 203.0.113.9 198.51.100.2 203.0.113.7 "},
        {"sort=peers", "192.168.0.1 192.168.0.2 203.0.113.9 198.51.100.2 203.0.113.7 "},
        {"sort=address,utc", "192.168.0.1 192.168.0.2 198.51.100.2 203.0.113.7 203.0.113.9 "},
        {"inside", "192.168.0.1 192.168.0.2 "},
    };
    struct timeline_fixture f;

    play(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_host_options options = {0};
        struct mf_host_table *table;
        char *filter = NULL;

        g_assert_true(
            mf_option_list_parse(&mf_host_option_list, &options, cases[i].options, &filter, diags));
        table = hosts_of(&f, &options);
        expect_hosts(table, cases[i].addresses);
        mf_host_table_free(table);
        mf_diags_free(diags);
    }
    timeline_tear_down(&f);
}

static void
expect_wrong(const struct mf_option_list *list, void *options, const char *text,
             const char *message)
{
    struct mf_diags *diags = mf_diags_new();
    char *filter = NULL;

    g_assert_false(mf_option_list_parse(list, options, text, &filter, diags));
    g_assert_cmpuint(mf_diags_count(diags), ==, 1);
    g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==, message);
    mf_diags_free(diags);
}

static void
test_wrong_options(void)
{
    struct mf_host_options hosts = {0};
    struct mf_scan_options scans = {0};

    expect_wrong(&mf_host_option_list, &hosts, "max=0", "max=0: expected a number from 1 on");
    expect_wrong(&mf_host_option_list, &hosts, "sort=name",
                 "sort=name: expected frame, verdict, hits, sessions, peers, bytes or address");
    expect_wrong(&mf_host_option_list, &hosts, "inside=1", "inside=1: expected inside alone");
    expect_wrong(&mf_scan_option_list, &scans, "sort=port",
                 "sort=port: expected frame, targets, answered, sessions or duration");
    expect_wrong(&mf_scan_option_list, &scans, "max=3",
                 "max=3: no such option; there are sort, utc");
}

static void
test_hosts_text(void)
{
    struct timeline_fixture f;
    const struct mf_host_options options = {.max = 2};
    struct mf_host_table *table;
    GString *text = g_string_new(NULL);

    play(&f);
    table = hosts_of(&f, &options);
    mf_host_table_append_text(table, text);
    g_assert_nonnull(strstr(text->str, "\nmalflow hosts: 2 inside, 3 outside\n"));
    g_assert_nonnull(strstr(text->str, "\n      1    0.000 inside        41      3            6    "
                                       "       31      2  192.168.0.1: "));
    g_assert_nonnull(strstr(text->str, "  192.168.0.2\nand 3 more hosts\nand 38 targets of scans "
                                       "that never answered and did nothing else\n"));
    mf_host_table_free(table);
    g_string_free(text, TRUE);
    timeline_tear_down(&f);
}

/* Groups and the unspecified address are no hosts, nor is a host a peer of itself. */
static void
test_no_hosts(void)
{
    static const struct timeline_tuple tuples[] = {
        {MF_L4_UDP, "0.0.0.0", 68, "255.255.255.255", 67},
        {MF_L4_UDP, "192.168.0.1", 5353, "224.0.0.251", 5353},
        {MF_L4_UDP, "192.168.0.1", 5000, "192.168.0.1", 5001},
    };
    struct timeline_fixture f;
    struct mf_host_table *table;

    timeline_set_up(&f, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tuples); i++)
        timeline_say(&f, &tuples[i], MF_ORIG, (int64_t)i, "abcd");
    mf_engine_flush(f.engine);
    table = hosts_of(&f, NULL);
    expect_hosts(table, "192.168.0.1 ");
    g_assert_cmpuint(mf_host_table_row(table, 0)->sessions, ==, 2);
    g_assert_cmpuint(mf_host_table_row(table, 0)->sent, ==, 8);
    g_assert_cmpuint(mf_host_table_row(table, 0)->peers, ==, 0);
    mf_host_table_free(table);
    timeline_tear_down(&f);
}

/* --- chains --- */

static void
test_chain_rows(void)
{
    static const struct mf_chain_options defaults;
    struct timeline_fixture f;
    struct mf_chains *chains;
    struct mf_chain_row row;
    GString *what = g_string_new(NULL);

    play(&f);
    chains = mf_chains_new(f.engine, &defaults, NULL);
    g_assert_cmpuint(mf_chains_count(chains), ==, 2);
    mf_chain_row_get(f.engine, mf_chains_node(chains, 0), &row);
    g_assert_cmpstr(row.kind, ==, "session");
    g_assert_null(row.cause);
    mf_chain_row_get(f.engine, mf_chains_node(chains, 1), &row);
    g_assert_cmpstr(row.kind, ==, "scan");
    g_assert_cmpstr(row.cause, ==, "command");
    g_assert_cmpuint(row.cause_frame, ==, 4);
    g_assert_cmpstr(row.evidence, ==, ".advscan asn139 100 5 0 -b -r");
    g_assert_cmpint(row.time - mf_engine_first_time(f.engine), ==, INT64_C(1001000000));
    mf_chain_row_append_what(f.engine, mf_chains_node(chains, 1), what);
    g_assert_cmpstr(what->str, ==,
                    "192.168.0.1:3001 -> 203.0.113.1:139 (TCP:TCP) === Aggregated Session: 40 "
                    "(Spread Scan) === 40 targets, 1 answered");
    g_string_free(what, TRUE);
    mf_chains_free(chains);
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tables/scan", test_scan);
    g_test_add_func("/tables/scan_choice", test_scan_choice);
    g_test_add_func("/tables/scan_text", test_scan_text);
    g_test_add_func("/tables/scan_order", test_scan_order);
    g_test_add_func("/tables/hosts", test_hosts);
    g_test_add_func("/tables/hosts_choice", test_hosts_choice);
    g_test_add_func("/tables/hosts_order", test_hosts_order);
    g_test_add_func("/tables/wrong_options", test_wrong_options);
    g_test_add_func("/tables/hosts_text", test_hosts_text);
    g_test_add_func("/tables/no_hosts", test_no_hosts);
    g_test_add_func("/tables/chain_rows", test_chain_rows);
    return g_test_run();
}
