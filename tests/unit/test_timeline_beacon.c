/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beacons on the timeline: which contacts stand on the beacon's row only. */
#include "timeline_fixture.h"

#include <string.h>

/* Contact NUMBER, once a minute: SAY and its ANSWER. */
static void
contact(struct timeline_fixture *f, unsigned number, const char *say, const char *answer)
{
    const struct timeline_tuple tuple = {MF_L4_TCP, "192.168.0.101", (uint16_t)(2000 + number),
                                         "203.0.113.9", 8443};
    int64_t ms = number * 60000;

    timeline_connect(f, &tuple, ms);
    timeline_say(f, &tuple, MF_ORIG, ms + 10, say);
    timeline_say(f, &tuple, MF_RESP, ms + 20, answer);
}

static void
contacts(struct timeline_fixture *f, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        contact(f, i, "ping", "pon");
    mf_engine_flush(f->engine);
}

#define ROW                                                                                        \
    "[  1 |    0.000 |  6:00.02 ] 192.168.0.101:2000 -> 203.0.113.9:8443 (TCP:TCP) "               \
    "=== Aggregated Session: 7 (Beacon) === every 60.0 s, jitter 0 %, 4 <-> 3 byte\n"

static unsigned
count_rows(const struct timeline_fixture *f)
{
    char *text = timeline_print(f, NULL);
    unsigned n = 0;

    for (const char *at = text; *at != '\0'; at++)
        n += *at == '\n';
    g_free(text);
    return n;
}

static void
test_row(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    contacts(&f, 7);
    timeline_expect(&f, NULL, ROW);
    f.options.beacons = false;
    g_assert_cmpuint(count_rows(&f), ==, 7);
    f.options.beacons = true;
    f.options.aggregate = false;
    g_assert_cmpuint(count_rows(&f), ==, 7);
    timeline_tear_down(&f);
}

/* A contact with a hit, and one that fetched much more than the others. */
static void
test_remarkable(void)
{
    struct timeline_fixture f;
    char *much = g_strnfill(1400, 'x');

    timeline_set_up(&f, "alert tcp any any -> any any (msg:\"run\"; content:\"run!\"; sid:1;)\n");
    for (unsigned i = 0; i < 7; i++)
        contact(&f, i, i == 3 ? "run!" : "ping", i == 5 ? much : "pon");
    mf_engine_flush(f.engine);
    timeline_expect(&f, NULL,
                    ROW "[  4 |  180.000 |  0:00.02 ] 192.168.0.101:2003 -> 203.0.113.9:8443 "
                        "(TCP:TCP) [4 byte (3 pkt) <-> 3 byte (2 pkt)] *** run ***\n"
                        "[  6 |  300.000 |  0:00.02 ] 192.168.0.101:2005 -> 203.0.113.9:8443 "
                        "(TCP:TCP) [4 byte (3 pkt) <-> 1400 byte (2 pkt)]\n");
    f.options.hits = MF_HITS_ONLY;
    g_assert_cmpuint(count_rows(&f), ==, 2);
    g_free(much);
    timeline_tear_down(&f);
}

/* What is shown packet by packet is not rolled up. */
static void
test_packets(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    contacts(&f, 7);
    f.options.packets.all = true;
    g_assert_cmpuint(count_rows(&f), ==, 1 + 7 + 2 * 7);
    timeline_tear_down(&f);
}

static void
test_selection(void)
{
    struct timeline_fixture f;
    GHashTable *chosen = g_hash_table_new(NULL, NULL);
    const struct mf_timeline_selection selection = {chosen, NULL};

    timeline_set_up(&f, NULL);
    contacts(&f, 7);
    timeline_expect(&f, &selection, "");
    g_hash_table_add(chosen, GUINT_TO_POINTER(5));
    timeline_expect(&f, &selection, ROW);
    g_hash_table_destroy(chosen);
    timeline_tear_down(&f);
}

static void
test_unanswered(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    for (unsigned i = 0; i < 6; i++) {
        const struct timeline_tuple tuple = {MF_L4_TCP, "192.168.0.101", (uint16_t)(2000 + i),
                                             "203.0.113.9", 8443};

        timeline_tcp(&f, &tuple, MF_ORIG, i * 30500, MF_TCP_SYN);
        if (i == 2)
            timeline_tcp(&f, &tuple, MF_RESP, i * 30500, MF_TCP_SYN | MF_TCP_ACK);
    }
    mf_engine_flush(f.engine);
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  2:32.50 ] 192.168.0.101:2000 -> 203.0.113.9:8443 (TCP:TCP) "
        "=== Aggregated Session: 6 (Beacon) === every 30.5 s, jitter 0 %, 1 answered\n");
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/timeline/beacon/row", test_row);
    g_test_add_func("/timeline/beacon/remarkable", test_remarkable);
    g_test_add_func("/timeline/beacon/packets", test_packets);
    g_test_add_func("/timeline/beacon/selection", test_selection);
    g_test_add_func("/timeline/beacon/unanswered", test_unanswered);
    return g_test_run();
}
