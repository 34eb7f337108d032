/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/chains.h"
#include "timeline_fixture.h"

#include <string.h>

#define BOT  "192.0.2.1"
#define HOME "198.51.100.2"

static const struct timeline_tuple channel = {MF_L4_TCP, BOT, 1025, HOME, 8192};

struct told {
    struct mf_chain_options options;
    struct mf_chains *chains;
    char *text;
};

static struct told
tell(const struct timeline_fixture *f, const GHashTable *sessions)
{
    static const struct mf_chain_options defaults = {0};
    GString *text = g_string_new(NULL);
    struct told told = {0};

    mf_engine_flush(f->engine);
    told.chains = mf_chains_new(f->engine, &defaults, sessions);
    for (uint32_t i = 0; i < mf_chains_count(told.chains); i++)
        mf_chains_append_text(told.chains, i, text);
    told.text = g_string_free(text, FALSE);
    return told;
}

static void
told_clear(struct told *told)
{
    mf_chains_free(told->chains);
    g_free(told->text);
}

static void
expect(const struct timeline_fixture *f, const GHashTable *sessions, const char *text)
{
    struct told told = tell(f, sessions);

    g_assert_cmpstr(told.text, ==, text);
    told_clear(&told);
}

/* A connection of the bot, from PORT, on which nothing is said. */
static void
reach(struct timeline_fixture *f, uint16_t port, const char *to, int64_t ms)
{
    const struct timeline_tuple tuple = {MF_L4_TCP, BOT, port, to, 80};

    timeline_connect(f, &tuple, ms);
    timeline_tcp(f, &tuple, MF_ORIG, ms, MF_TCP_FIN | MF_TCP_ACK);
    timeline_tcp(f, &tuple, MF_RESP, ms, MF_TCP_FIN | MF_TCP_ACK);
}

static void
order(struct timeline_fixture *f, const char *text)
{
    timeline_connect(f, &channel, 0);
    timeline_say(f, &channel, MF_RESP, 1, text);
}

static void
test_nothing(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    expect(&f, NULL, "");
    reach(&f, 2000, "203.0.113.5", 0);
    expect(&f, NULL, "");
    timeline_tear_down(&f);
}

static void
test_order_obeyed(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    order(&f, "!get http://203.0.113.5/x.exe\r\n");
    reach(&f, 2000, "203.0.113.5", 1000);
    reach(&f, 2001, "203.0.113.6", 2000);
    expect(&f, NULL,
           "[  1 |    0.000 | f1 ] 192.0.2.1:1025 -> 198.51.100.2:8192 (TCP:TCP)"
           " [0 byte (2 pkt) <-> 31 byte (2 pkt)]\n"
           "    [  2 |    1.000 | f5 ] 192.0.2.1:2000 -> 203.0.113.5:80 (TCP:TCP)"
           " [0 byte (3 pkt) <-> 0 byte (2 pkt)]\n"
           "            <= frame 4 url \"http://203.0.113.5/x.exe\"\n");
    timeline_tear_down(&f);
}

static void
test_order_ignored(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    order(&f, "!get http://203.0.113.5/x.exe\r\n");
    timeline_say(&f, &channel, MF_RESP, 2, "!get http://203.0.113.6/y.exe\r\n");
    timeline_say(&f, &channel, MF_RESP, 3, "!get http://203.0.113.5/x.exe\r\n");
    expect(
        &f, NULL,
        "[  1 |    0.000 | f1 ] 192.0.2.1:1025 -> 198.51.100.2:8192 (TCP:TCP)"
        " [0 byte (2 pkt) <-> 93 byte (4 pkt)]\n"
        "    evidence: frame 4 \"http://203.0.113.5/x.exe\" x2 - nothing was seen to come of it\n"
        "    evidence: frame 5 \"http://203.0.113.6/y.exe\" - nothing was seen to come of it\n");
    timeline_tear_down(&f);
}

/* One node, however many members. */
static void
test_scan(void)
{
    struct timeline_fixture f;
    struct told told;

    timeline_set_up(&f, NULL);
    order(&f, ".advscan asn139 100 5 0 -b -r\r\n");
    for (unsigned i = 1; i <= 40; i++) {
        char *to = g_strdup_printf("203.0.113.%u", i);
        const struct timeline_tuple tuple = {MF_L4_TCP, BOT, (uint16_t)(3000 + i), to, 139};

        timeline_tcp(&f, &tuple, MF_ORIG, 1000 + i, MF_TCP_SYN);
        g_free(to);
    }
    told = tell(&f, NULL);
    g_assert_cmpuint(mf_chains_count(told.chains), ==, 2);
    g_assert_cmpuint(mf_chains_node(told.chains, 1)->kind, ==, MF_CHAIN_SCAN);
    g_assert_nonnull(strstr(told.text, " === Aggregated Session: 40 (Spread Scan) === 40 targets, "
                                       "0 answered\n            <= frame 4 command \".advscan "
                                       "asn139 100 5 0 -b -r\"\n"));
    told_clear(&told);
    timeline_tear_down(&f);
}

/* One node, however many contacts; one that the story goes on from keeps its own. */
static void
test_beacon(void)
{
    static const uint8_t kinds[] = {MF_CHAIN_SESSION, MF_CHAIN_BEACON, MF_CHAIN_SESSION,
                                    MF_CHAIN_SESSION};
    struct timeline_fixture f;
    struct told told;

    timeline_set_up(&f, NULL);
    order(&f, "!go 203.0.113.5:80\r\n");
    for (unsigned i = 0; i < 8; i++) {
        reach(&f, (uint16_t)(2000 + i), "203.0.113.5", 1000 + i * 3000);
        if (i == 4) {
            const struct timeline_tuple tuple = {MF_L4_TCP, BOT, 2100, "203.0.113.5", 80};

            timeline_connect(&f, &tuple, 13500);
            timeline_say(&f, &tuple, MF_RESP, 13500, "!get http://203.0.113.9/x.exe\r\n");
            reach(&f, 2200, "203.0.113.9", 13700);
        }
    }
    told = tell(&f, NULL);
    g_assert_cmpuint(mf_chains_count(told.chains), ==, G_N_ELEMENTS(kinds));
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_assert_cmpuint(mf_chains_node(told.chains, i)->kind, ==, kinds[i]);
    g_assert_nonnull(strstr(told.text, "(Beacon) === every 3.0 s"));
    told_clear(&told);
    timeline_tear_down(&f);
}

/* Each session is told where the next one is to go: as deep as there are sessions. */
static void
test_deep(void)
{
    enum { DEPTH = 10000 };
    struct timeline_fixture f;
    struct told told;

    timeline_set_up(&f, NULL);
    for (unsigned i = 0; i < DEPTH; i++) {
        char *to = g_strdup_printf("203.%u.%u.5", i >> 8, i & 255);
        char *text =
            g_strdup_printf("!get http://203.%u.%u.5:80/x\r\n", (i + 1) >> 8, (i + 1) & 255);
        const struct timeline_tuple tuple = {MF_L4_TCP, BOT, (uint16_t)(2000 + i), to, 80};

        timeline_connect(&f, &tuple, i * 100);
        timeline_say(&f, &tuple, MF_RESP, i * 100 + 10, text);
        g_free(text);
        g_free(to);
    }
    told = tell(&f, NULL);
    g_assert_cmpuint(mf_chains_count(told.chains), ==, DEPTH + 1); /* and the last order */
    for (unsigned i = 0; i < DEPTH; i++) {
        g_assert_cmpuint(mf_chains_node(told.chains, i)->depth, ==, i);
        g_assert_cmpuint(mf_chains_node(told.chains, i)->session, ==, i + 1);
    }
    g_assert_cmpuint(strlen(told.text), <, DEPTH * 300);
    told_clear(&told);
    timeline_tear_down(&f);
}

static void
test_filter(void)
{
    GHashTable *chosen = g_hash_table_new(NULL, NULL);
    struct timeline_fixture f;
    struct told told;

    timeline_set_up(&f, NULL);
    order(&f, "!get http://203.0.113.5/x.exe\r\n");
    reach(&f, 2000, "203.0.113.5", 1000);
    reach(&f, 2001, "203.0.113.6", 2000);
    g_hash_table_add(chosen, GUINT_TO_POINTER(3));
    expect(&f, chosen, "");
    g_hash_table_add(chosen, GUINT_TO_POINTER(2));
    told = tell(&f, chosen);
    g_assert_cmpuint(mf_chains_count(told.chains), ==, 2); /* the whole tree */
    told_clear(&told);
    g_hash_table_destroy(chosen);
    timeline_tear_down(&f);
}

/* What bytes of the network say cannot break a line. */
static void
test_printable(void)
{
    struct timeline_fixture f;
    struct told told;

    timeline_set_up(&f, NULL);
    order(&f, "!get http://203.0.113.5/\x1b[31m\x07\xff.exe\r\n");
    told = tell(&f, NULL);
    for (const char *at = told.text; *at != '\0'; at++)
        g_assert_true(*at == '\n' || g_ascii_isprint(*at));
    told_clear(&told);
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chains/nothing", test_nothing);
    g_test_add_func("/chains/order-obeyed", test_order_obeyed);
    g_test_add_func("/chains/order-ignored", test_order_ignored);
    g_test_add_func("/chains/scan", test_scan);
    g_test_add_func("/chains/beacon", test_beacon);
    g_test_add_func("/chains/deep", test_deep);
    g_test_add_func("/chains/filter", test_filter);
    g_test_add_func("/chains/printable", test_printable);
    return g_test_run();
}
