/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/timeline_private.h"
#include "timeline_fixture.h"

#include <string.h>

/* --- times --- */

static void
expect_time(void (*append)(GString *, mf_nanoseconds), mf_nanoseconds time, const char *text)
{
    GString *out = g_string_new(NULL);

    append(out, time);
    g_assert_cmpstr(out->str, ==, text);
    g_string_free(out, TRUE);
}

static void
test_seconds(void)
{
    static const struct {
        mf_nanoseconds time;
        const char *text;
    } cases[] = {
        {0, "   0.000"},
        {357000000, "   0.357"},
        {499999, "   0.000"},
        {500000, "   0.001"},
        {999499999, "   0.999"},
        {999500000, "   1.000"},
        {-499999, "   0.000"},
        {-500000, "   0.000"},
        {-500001, "  -0.001"},
        {-1500000000, "  -1.500"},
        {INT64_C(12345678900000000), "12345678.900"},
        {INT64_MAX, "9223372036.855"},
        {INT64_MIN, "-9223372036.855"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        expect_time(mf_timeline_append_seconds, cases[i].time, cases[i].text);
}

static void
test_utc(void)
{
    static const struct {
        mf_nanoseconds time;
        const char *text;
    } cases[] = {
        {INT64_C(1199145600357000000), "2008-01-01 00:00:00.357"},
        {INT64_C(1199145599999500000), "2008-01-01 00:00:00.000"},
        {INT64_C(1199145599999499999), "2007-12-31 23:59:59.999"},
        {0, "1970-01-01 00:00:00.000"},
        {-1000000, "1969-12-31 23:59:59.999"},
        {INT64_MAX, "2262-04-11 23:47:16.855"},
        {INT64_MIN, "1677-09-21 00:12:43.145"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        expect_time(mf_timeline_append_utc, cases[i].time, cases[i].text);
}

static void
test_date_in_zone(void)
{
    static const struct {
        int hours;
        mf_nanoseconds time;
        const char *text;
    } cases[] = {
        {2, INT64_C(1199145600357000000), "2008-01-01 02:00:00.357"},
        {-3, INT64_C(1199145600357000000), "2007-12-31 21:00:00.357"},
        {-3, INT64_MIN, "1677-09-20 21:12:43.145"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GTimeZone *zone = g_time_zone_new_offset(cases[i].hours * 3600);
        GString *out = g_string_new(NULL);

        mf_timeline_append_date(out, cases[i].time, zone);
        g_assert_cmpstr(out->str, ==, cases[i].text);
        g_string_free(out, TRUE);
        g_time_zone_unref(zone);
    }
}

static void
test_duration(void)
{
    static const struct {
        mf_nanoseconds time;
        const char *text;
    } cases[] = {
        {0, " 0:00.00"},
        {4999999, " 0:00.00"},
        {5000000, " 0:00.01"},
        {480000000, " 0:00.48"},
        {INT64_C(59994999999), " 0:59.99"},
        {INT64_C(59995000000), " 1:00.00"},
        {INT64_C(3638330000000), "60:38.33"},
        {INT64_C(360000000000000), "6000:00.00"},
        {-1, " 0:00.00"},
        {INT64_MIN, " 0:00.00"},
        {INT64_MAX, "153722867:16.85"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *text = g_strdup(cases[i].text);

        expect_time(mf_timeline_append_duration, cases[i].time,
                    strlen(text) > 8 ? g_strchug(text) : text);
        g_free(text);
    }
    g_assert_cmpint(mf_timeline_distance(1, 3), ==, 2);
    g_assert_cmpint(mf_timeline_distance(INT64_MIN, 1), ==, INT64_MAX);
    g_assert_cmpint(mf_timeline_distance(INT64_MAX, -2), ==, INT64_MIN);
}

/* --- rows --- */

#define EXECUTABLE "alert tcp any any -> any any (msg:\"Executable\"; content:\"MZ\"; sid:1;)\n"

static const struct timeline_tuple irc = {MF_L4_TCP, "192.168.0.101", 1031, "115.126.2.121", 65520};
static const struct timeline_tuple raw = {MF_L4_TCP, "192.168.0.101", 1033, "115.126.2.120", 4444};
static const struct timeline_tuple ntp = {MF_L4_UDP, "192.168.0.101", 123, "10.0.0.2", 123};
static const struct timeline_tuple ping = {MF_L4_ICMP, "192.168.0.101", 0, "10.0.0.2", 0};

static void
talk_irc(struct timeline_fixture *f)
{
    timeline_connect(f, &irc, 0);
    timeline_say(f, &irc, MF_ORIG, 200, "NICK aihrwjcjh\nUSER r020501 . . :-");
    timeline_say(f, &irc, MF_RESP, 1250, ":* PRIVMSG aihrwjcjh :!get\x1b[2J\xc3\xa9\r\n");
    timeline_say(f, &irc, MF_ORIG, 60995, "\nJOIN &virtu\n");
}

static void
test_payload(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    talk_irc(&f);
    timeline_expect(&f, NULL,
                    "[  1 |    0.000 |  1:01.00 ] 192.168.0.101:1031 -> 115.126.2.121:65520 "
                    "(TCP:IRC) [47 byte (4 pkt) <-> 34 byte (2 pkt)]...\n");
    f.options.packets = (struct mf_packet_protocols){.all = true};
    f.options.payload_bytes = 29;
    timeline_expect(&f, NULL,
                    "[  1 |    0.000 |  1:01.00 ] 192...\n"
                    "[  1 |    0.200 |  PACKET  ] (IRC) To >> NICK aihrwjcjh.USER r020501 .\n"
                    "[  1 |    1.250 |  PACKET  ] (IRC) From << :* PRIVMSG aihrwjcjh :!get.[2\n"
                    "[  1 |   60.995 |  PACKET  ] (IRC) To >> .JOIN &virtu.\n");
    f.options.packets = (struct mf_packet_protocols){0};
    timeline_tear_down(&f);
}

static void
test_names(void)
{
    struct mf_packet packet;
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    packet = timeline_packet(&ntp, MF_ORIG, 0);
    packet.app = "N\x1bT\xffP";
    timeline_feed(&f, packet);
    packet = timeline_packet(&ping, MF_ORIG, 1);
    packet.icmp_type = 8;
    timeline_feed(&f, packet);
    timeline_tcp(&f, &raw, MF_ORIG, 2, MF_TCP_SYN);
    packet.l4 = MF_L4_OTHER;
    packet.app = "IGMP";
    packet.time += 2000000;
    timeline_feed(&f, packet);
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  0:00.00 ] 192.168.0.101:123 -> 10.0.0.2:123 (UDP:N.T.P)...\n"
        "[  2 |    0.001 |  0:00.00 ] 192.168.0.101 -> 10.0.0.2 (ICMP)...\n"
        "[  3 |    0.002 |  0:00.00 ] 192.168.0.101:1033 -> 115.126.2.120:4444 (TCP:TCP) "
        "[0 byte (1 pkt) <-> 0 byte (0 pkt)]\n"
        "[  4 |    0.003 |  0:00.00 ] 192.168.0.101 -> 10.0.0.2 (IP:IGMP) "
        "[0 byte (1 pkt) <-> 0 byte (0 pkt)]\n");
    f.options.time = MF_TIME_UTC;
    timeline_expect(&f, NULL,
                    "[  1 | 2008-01-01 00:00:00.000 |  0:00.00 ] 192...\n"
                    "[  2 | 2008-01-01 00:00:00.001 |  0:00.00 ] 192...\n"
                    "[  3 | 2008-01-01 00:00:00.002 |  0:00.00 ] 192...\n"
                    "[  4 | 2008-01-01 00:00:00.003 |  0:00.00 ] 192...\n");
    timeline_tear_down(&f);
}

/* By time, then by frame, then by id; a session before its payload. */
static void
test_order(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    timeline_feed(&f, timeline_packet(&ntp, MF_ORIG, 1000));
    timeline_tcp(&f, &raw, MF_ORIG, 1000, MF_TCP_SYN);
    timeline_say(&f, &irc, MF_ORIG, 400, "NICK abc\r\nUSER x . . :-\r\n"); /* steps back */
    f.options.packets = (struct mf_packet_protocols){.all = true};
    timeline_expect(&f, NULL,
                    "[  3 |   -0.600 |  0:00.00 ] 192...\n"
                    "[  3 |   -0.600 |  PACKET  ] (IRC) To >> NICK...\n"
                    "[  1 |    0.000 |  0:00.00 ] 192...\n"
                    "[  2 |    0.000 |  0:00.00 ] 192...\n");
    f.options.packets = (struct mf_packet_protocols){0};
    timeline_tear_down(&f);
}

static void
test_selection(void)
{
    GHashTable *sessions = g_hash_table_new(NULL, NULL), *frames = g_hash_table_new(NULL, NULL);
    const struct mf_timeline_selection selection = {sessions, frames}, any = {NULL, frames};
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    timeline_feed(&f, timeline_packet(&ntp, MF_ORIG, 0));
    talk_irc(&f);
    f.options.packets = (struct mf_packet_protocols){.all = true};
    timeline_expect(&f, &selection, "");
    g_hash_table_add(sessions, GUINT_TO_POINTER(2));
    g_hash_table_add(frames, GUINT_TO_POINTER(6));
    timeline_expect(&f, &selection,
                    "[  2 |    0.000 |  1:01.00 ] 192...\n"
                    "[  2 |    1.250 |  PACKET  ] (IRC) From << ...\n");
    timeline_expect(&f, &any,
                    "[  1 |    0.000 |  0:00.00 ] 192...\n"
                    "[  2 |    0.000 |  1:01.00 ] 192...\n"
                    "[  2 |    1.250 |  PACKET  ] (IRC) From << ...\n");
    f.options.packets = (struct mf_packet_protocols){0};
    timeline_tear_down(&f);
    g_hash_table_destroy(sessions);
    g_hash_table_destroy(frames);
}

static void
test_hits(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, EXECUTABLE);
    talk_irc(&f);
    timeline_connect(&f, &raw, 70000);
    timeline_say(&f, &raw, MF_RESP, 70001, "hello");
    timeline_say(&f, &raw, MF_RESP, 70002, " MZ");
    timeline_say(&f, &raw, MF_ORIG, 70003, "MZ too");
    mf_engine_flush(f.engine);
    f.options.hits = MF_HITS_ONLY;
    f.options.packets = (struct mf_packet_protocols){.all = true};
    timeline_expect(&f, NULL,
                    "[  2 |   70.000 |  0:00.00 ] 192.168.0.101:1033 -> 115.126.2.120:4444 "
                    "(TCP:TCP) [6 byte (3 pkt) <-> 8 byte (3 pkt)] *** Executable *** x2\n"
                    "[  2 |   70.001 |  PACKET  ] (TCP) From << hello\n"
                    "[  2 |   70.002 |  PACKET  ] (TCP) From <<  MZ *** Executable ***\n"
                    "[  2 |   70.003 |  PACKET  ] (TCP) To >> MZ too *** Executable ***\n");
    f.options.packets = (struct mf_packet_protocols){0};
    timeline_tear_down(&f);
}

/* The most severe stand first; those that the options leave out count for nothing. */
static void
test_hits_by_priority(void)
{
    static const char rules[] =
        "alert tcp any any -> any any (msg:\"Minor\"; content:\"hello\"; sid:1; priority:3;)\n"
        "alert tcp any any -> any any (msg:\"Major\"; content:\"MZ\"; sid:2; priority:1;)\n"
        "alert tcp any any -> any any (msg:\"Less\"; content:\"hello M\"; sid:3; priority:2;)\n";
    static const char row[] = "[  1 |    0.000 |  0:00.00 ] 192.168.0.101:1033 -> "
                              "115.126.2.120:4444 (TCP:TCP) [0 byte (2 pkt) <-> 8 byte (2 pkt)]";
    static const char *const told[] = {
        " *** Major *** *** Less *** *** Minor ***\n",
        " *** Major ***\n",
        " *** Major *** *** Less ***\n",
        " *** Major *** *** Less *** *** Minor ***\n",
    };
    struct timeline_fixture f;

    timeline_set_up(&f, rules);
    timeline_connect(&f, &raw, 0);
    timeline_say(&f, &raw, MF_RESP, 1, "hello MZ");
    mf_engine_flush(f.engine);
    for (f.options.priority = 0; f.options.priority < G_N_ELEMENTS(told); f.options.priority++) {
        char *expected = g_strconcat(row, told[f.options.priority], NULL);

        timeline_expect(&f, NULL, expected);
        g_free(expected);
    }
    timeline_tear_down(&f);
}

/* With hits=only a session goes whose only hits are left out. */
static void
test_hits_left_out(void)
{
    static const char rules[] =
        "alert tcp any any -> any any (msg:\"m\"; content:\"MZ\"; sid:1; priority:2;)\n";
    struct timeline_fixture f;

    timeline_set_up(&f, rules);
    timeline_connect(&f, &raw, 0);
    timeline_say(&f, &raw, MF_RESP, 1, "MZ");
    mf_engine_flush(f.engine);
    f.options.hits = MF_HITS_ONLY;
    f.options.priority = 1;
    timeline_expect(&f, NULL, "");
    f.options.priority = 2;
    timeline_expect(&f, NULL, "[  1 |    0.000 | ...\n");
    timeline_tear_down(&f);
}

/* --- scans --- */

static void
probe(struct timeline_fixture *f, unsigned host, unsigned port, int64_t ms, bool is_open)
{
    char to[32];
    struct timeline_tuple tuple = {MF_L4_TCP, "192.168.0.101", (uint16_t)(2000 + f->frame), to,
                                   (uint16_t)port};

    g_snprintf(to, sizeof to, "192.168.231.%u", host);
    timeline_tcp(f, &tuple, MF_ORIG, ms, MF_TCP_SYN);
    if (!is_open)
        return;
    timeline_tcp(f, &tuple, MF_RESP, ms + 1, MF_TCP_SYN | MF_TCP_ACK);
    timeline_tcp(f, &tuple, MF_ORIG, ms + 2, MF_TCP_RST);
}

static void
test_spread(void)
{
    struct timeline_tuple talk = {MF_L4_TCP, "192.168.0.101", 9000, "192.168.231.200", 139};
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    for (unsigned i = 0; i < 30; i++)
        probe(&f, 1 + i, 139, i * 1000, i == 3);
    timeline_connect(&f, &talk, 30000);
    timeline_say(&f, &talk, MF_ORIG, 34567, "boo");
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  0:34.57 ] 192.168.0.101:2000 -> 192.168.231.1:139 (TCP:TCP) === "
        "Aggregated Session: 31 (Spread Scan) === 31 targets, 2 answered\n"
        "[ 31 |   30.000 |  0:04.57 ] 192.168.0.101:9000 -> 192.168.231.200:139 (TCP:TCP) "
        "[3 byte (3 pkt) <-> 0 byte (1 pkt)]\n");
    f.options.aggregate = false;
    {
        char *text = timeline_print(&f, NULL), **lines = g_strsplit(text, "\n", -1);

        g_assert_cmpuint(g_strv_length(lines), ==, 31 + 1);
        g_assert_null(strstr(text, "==="));
        g_strfreev(lines);
        g_free(text);
    }
    f.options.aggregate = true;
    f.options.hits = MF_HITS_ONLY;
    timeline_expect(&f, NULL, "");
    timeline_tear_down(&f);
}

static void
test_ports(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    for (unsigned port = 1; port <= 100; port++)
        probe(&f, 1, port, port * 10, port == 22 || port == 53 || port == 80);
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  0:00.99 ] 192.168.0.101:2000 -> 192.168.231.1:1 (TCP:TCP) === "
        "Aggregated Session: 100 (Port Scan) === 100 ports, 3 answered: 22, 53, 80\n");
    for (unsigned port = 101; port <= 200; port++)
        probe(&f, 1, port, 1000 + port * 10, true);
    {
        char *text = timeline_print(&f, NULL);

        g_assert_true(g_str_has_suffix(text, " 200 ports, 103 answered: 22, 53, 80, 101, 102, "
                                             "103, 104, 105, 106, 107, 108, 109, 110, 111, 112, "
                                             "113, 114, 115, 116, 117, 118, 119, 120, 121, 122, "
                                             "123, 124, 125, 126, 127, 128, 129, 130, 131, 132, "
                                             "133, 134, 135, 136, 137, ...\n"));
        g_free(text);
    }
    timeline_tear_down(&f);
}

static void
test_empty(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    timeline_expect(&f, NULL, "");
    mf_engine_other_frame(f.engine, 1, 0);
    timeline_expect(&f, NULL, "");
    timeline_tear_down(&f);
    mf_timeline_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/timeline/seconds", test_seconds);
    g_test_add_func("/timeline/utc", test_utc);
    g_test_add_func("/timeline/zone", test_date_in_zone);
    g_test_add_func("/timeline/duration", test_duration);
    g_test_add_func("/timeline/payload", test_payload);
    g_test_add_func("/timeline/names", test_names);
    g_test_add_func("/timeline/order", test_order);
    g_test_add_func("/timeline/selection", test_selection);
    g_test_add_func("/timeline/hits", test_hits);
    g_test_add_func("/timeline/hits_by_priority", test_hits_by_priority);
    g_test_add_func("/timeline/hits_left_out", test_hits_left_out);
    g_test_add_func("/timeline/spread", test_spread);
    g_test_add_func("/timeline/ports", test_ports);
    g_test_add_func("/timeline/empty", test_empty);
    return g_test_run();
}
