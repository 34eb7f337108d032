/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows, what stands below them, and cells. */
#include "story_fixture.h"

#define ME "192.168.0.101"

static const struct timeline_tuple irc = {MF_L4_TCP, ME, 1031, "115.126.2.121", 65520};
static const struct timeline_tuple web = {MF_L4_TCP, ME, 1033, "115.126.2.120", 80};
static const struct timeline_tuple ntp = {MF_L4_UDP, ME, 123, "10.0.0.2", 123};
static const struct timeline_tuple six = {MF_L4_UDP, "2001:db8::1", 4000, "2001:db8::2", 4001};

#define EXECUTABLE                                                                                 \
    "alert tcp any any -> any any (msg:\"Executable\"; content:\"MZ\"; "                           \
    "classtype:trojan-activity; sid:7;)\n"

static void
talk_irc(struct story_fixture *f, int64_t ms)
{
    story_connect(f, &irc, ms);
    story_say(f, &irc, MF_ORIG, ms + 200, "NICK aihrwjcjh\nUSER r020501 . . :-\n");
    story_say(f, &irc, MF_RESP, ms + 1250, ":* PRIVMSG aihrwjcjh :!get\x1b[2J\xc3\xa9\r\n");
    story_say(f, &irc, MF_ORIG, ms + 60995, "JOIN &MZ\n");
}

static void
test_session(void)
{
    struct story_fixture f;

    story_set_up(&f, EXECUTABLE);
    talk_irc(&f, 0);
    mf_engine_flush(f.base.engine);
    story_open(&f);
    g_assert_cmpuint(mf_story_total(f.story), ==, 1);
    g_assert_cmpuint(mf_story_count(f.story), ==, 1);
    story_expect(&f, story_row(&f, 0),
                 "0.000|1|1:01.00|192.168.0.101:1031|115.126.2.121:65520|TCP:IRC|"
                 "IRC: nick aihrwjcjh, &MZ|44|34|Executable|");
    story_expect_children(&f, story_row(&f, 0),
                          "PACKET 4: NICK aihrwjcjh.USER r020501 . . :-.\n"
                          "PACKET 5: :* PRIVMSG aihrwjcjh :!get.[2J....\n"
                          "PACKET 6: JOIN &MZ.\n"
                          "HIT 6: Executable (sid 7, trojan-activity)\n");
    story_tear_down(&f);
}

static void
test_children_cells(void)
{
    struct story_fixture f;
    GArray *children;

    story_set_up(&f, EXECUTABLE);
    talk_irc(&f, 0);
    mf_engine_flush(f.base.engine);
    f.base.options.time = MF_TIME_UTC;
    story_open(&f);
    children = mf_story_children(f.story, story_row(&f, 0));
    story_expect(&f, &g_array_index(children, struct mf_row, 1),
                 "2008-01-01 00:00:01.250|1|PACKET|115.126.2.121:65520|192.168.0.101:1031|TCP:IRC|"
                 ":* PRIVMSG aihrwjcjh :!get.[2J....||34||");
    story_expect(&f, &g_array_index(children, struct mf_row, 3),
                 "2008-01-01 00:01:00.995|1|HIT|192.168.0.101:1031|115.126.2.121:65520|TCP:IRC|"
                 "Executable (sid 7, trojan-activity)|||Executable|");
    for (guint i = 0; i < children->len; i++)
        g_assert_false(mf_story_opens(f.story, &g_array_index(children, struct mf_row, i)));
    g_array_free(children, TRUE);
    story_tear_down(&f);
}

/* Further requests stand below; the first one is the session's own summary. */
static void
test_requests(void)
{
    struct story_fixture f;
    GArray *children;

    story_set_up(&f, EXECUTABLE);
    story_connect(&f, &web, 0);
    story_get(&f, &web, 100, "/a", "nothing");
    story_get(&f, &web, 200, "/b", "MZ");
    mf_engine_flush(f.base.engine);
    f.base.options.packets = (struct mf_packet_protocols){0};
    story_open(&f);
    story_expect_children(&f, story_row(&f, 0),
                          "REQUEST 6: HTTP: GET example.org/b (200 text/plain, 2 byte)\n"
                          "HIT 7: Executable (sid 7, trojan-activity)\n");
    children = mf_story_children(f.story, story_row(&f, 0));
    story_expect(&f, &g_array_index(children, struct mf_row, 0),
                 "0.200|1|REQUEST|192.168.0.101:1033|115.126.2.120:80|TCP:HTTP|"
                 "HTTP: GET example.org/b (200 text/plain, 2 byte)|||Executable|");
    g_array_free(children, TRUE);
    story_tear_down(&f);
}

static void
test_other_sessions(void)
{
    struct story_fixture f;
    struct mf_packet ping = timeline_packet(&ntp, MF_ORIG, 1500);

    ping.l4 = MF_L4_ICMP;
    ping.icmp_type = 8;
    story_set_up(&f, NULL);
    story_feed(&f, timeline_packet(&ntp, MF_ORIG, 0));
    story_feed(&f, timeline_packet(&six, MF_ORIG, 1000));
    story_feed(&f, ping);
    story_open(&f);
    story_expect(&f, story_row(&f, 0),
                 "0.000|1|0:00.00|192.168.0.101:123|10.0.0.2:123|UDP:UDP|"
                 "0 byte (1 pkt) <-> 0 byte (0 pkt)|0|0||");
    story_expect(&f, story_row(&f, 1),
                 "1.000|2|0:00.00|[2001:db8::1]:4000|[2001:db8::2]:4001|UDP:UDP|"
                 "0 byte (1 pkt) <-> 0 byte (0 pkt)|0|0||");
    story_expect(
        &f, story_row(&f, 2),
        "1.500|3|0:00.00|192.168.0.101|10.0.0.2|ICMP|ICMP: echo request (1), no reply|0|0||");
    story_expect_children(&f, story_row(&f, 0), "");
    story_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story/session", test_session);
    g_test_add_func("/story/children-cells", test_children_cells);
    g_test_add_func("/story/requests", test_requests);
    g_test_add_func("/story/other-sessions", test_other_sessions);
    return g_test_run();
}
