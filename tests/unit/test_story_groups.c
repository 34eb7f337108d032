/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups and their members; spans, ticks, filters and causes of rows. */
#include "core/stage.h"
#include "story_fixture.h"

#include <string.h>

static void
set_up(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    story_set_up(f, STORY_RULE);
    story_tell(f);
    f->base.options.fold = true;
    story_open(f);
}

static void
tear_down(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    story_tear_down(f);
}

/* IRC, web, scan, its member with payload, what is folded. */
enum { IRC, WEB, SCAN, MEMBER, FOLD, ROWS };

static void
test_rows(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    g_assert_cmpuint(mf_story_count(f->story), ==, ROWS);
    story_expect(f, story_row(f, WEB),
                 "2.000|2|0:00.21|192.168.0.101:1033|115.126.2.120:80|TCP:HTTP|"
                 "HTTP: GET example.org/wr.exe (200 text/plain, 2 byte), 1 more request|85|51|"
                 "Executable|[1] frame 5 url");
    story_expect(f, story_row(f, SCAN),
                 "5.050|3|0:00.55|192.168.0.101:2001|192.168.231.1:139|TCP:TCP|"
                 "=== Aggregated Session: 12 (Spread Scan) === 12 targets, 1 answered|3|0||");
    story_expect(f, story_row(f, MEMBER),
                 "5.250|7|0:00.00|192.168.0.101:2005|192.168.231.5:139|TCP:TCP|"
                 "3 byte (3 pkt) <-> 0 byte (1 pkt)|3|0||");
    story_expect(f, story_row(f, FOLD),
                 "70.000|15|0:02.00|192.168.0.101|||=== Folded: 3 sessions (clock) ===|48|0||");
}

/* Every member stands below its group once, also that which has a row of its own. */
static void
test_members(struct story_fixture *f, gconstpointer unused)
{
    GArray *members = mf_story_children(f->story, story_row(f, SCAN));

    (void)unused;
    g_assert_cmpuint(members->len, ==, 12);
    for (guint i = 0; i < members->len; i++) {
        const struct mf_row *row = &g_array_index(members, struct mf_row, i);

        g_assert_cmpuint(row->kind, ==, MF_ROW_SESSION);
        g_assert_cmpuint(row->session, ==, 3 + i);
        g_assert_cmpint(mf_story_find_session(f->story, row->session), ==,
                        row->session == 7 ? MEMBER : SCAN);
        g_assert_cmpint(mf_story_opens(f->story, row), ==, row->session == 7);
    }
    g_array_free(members, TRUE);
    members = mf_story_children(f->story, story_row(f, FOLD));
    g_assert_cmpuint(members->len, ==, 3);
    g_array_free(members, TRUE);
    g_assert_true(mf_story_opens(f->story, story_row(f, FOLD)));
}

static void
test_find(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    g_assert_cmpint(mf_story_find_session(f->story, 0), ==, -1);
    g_assert_cmpint(mf_story_find_session(f->story, 1), ==, IRC);
    g_assert_cmpint(mf_story_find_session(f->story, 2), ==, WEB);
    g_assert_cmpint(mf_story_find_session(f->story, 17), ==, FOLD);
    g_assert_cmpint(mf_story_find_session(f->story, 18), ==, -1);
    g_assert_cmpint(mf_story_find_session(f->story, UINT32_MAX), ==, -1);
    f->base.options.hits = MF_HITS_ONLY;
    story_open(f);
    g_assert_cmpint(mf_story_find_session(f->story, 1), ==, -1);
    g_assert_cmpint(mf_story_find_session(f->story, 2), ==, 0);
}

static void
test_span(struct story_fixture *f, gconstpointer unused)
{
    const mf_nanoseconds zero = mf_engine_first_time(f->base.engine);
    mf_nanoseconds first, last;
    struct mf_story_span span;

    (void)unused;
    mf_story_axis(f->story, &first, &last);
    g_assert_cmpint(first, ==, zero);
    g_assert_cmpint(last, ==, zero + 72 * MF_NS_PER_S);
    mf_story_span(f->story, story_row(f, IRC), &span);
    g_assert_cmpint(span.first, ==, zero);
    g_assert_cmpint(span.last, ==, zero + 60 * MF_NS_PER_S);
    g_assert_cmpstr(span.protocol, ==, "TCP:IRC");
    g_assert_false(span.hit);
    g_assert_cmpuint(span.stages, ==, 0);
    mf_story_span(f->story, story_row(f, WEB), &span);
    g_assert_true(span.hit);
    mf_story_span(f->story, story_row(f, SCAN), &span);
    g_assert_cmpint(span.first, ==, zero + 5050 * (MF_NS_PER_S / 1000));
    g_assert_cmpint(span.last, ==, zero + 5600 * (MF_NS_PER_S / 1000));
    g_assert_cmpuint(span.stages, ==, 1u << MF_STAGE_OUTBOUND_SCAN);
    g_assert_false(span.hit);
}

static void
test_ticks(struct story_fixture *f, gconstpointer unused)
{
    const mf_nanoseconds zero = mf_engine_first_time(f->base.engine);
    mf_nanoseconds times[16];

    (void)unused;
    g_assert_cmpuint(mf_story_ticks(f->story, story_row(f, IRC), times, 16), ==, 3);
    g_assert_cmpint(times[0], ==, zero + 200 * (MF_NS_PER_S / 1000));
    g_assert_cmpint(times[1], ==, zero + MF_NS_PER_S);
    g_assert_cmpint(times[2], ==, zero + 60 * MF_NS_PER_S);
    g_assert_cmpuint(mf_story_ticks(f->story, story_row(f, IRC), times, 2), ==, 2);
    g_assert_cmpuint(mf_story_ticks(f->story, story_row(f, IRC), times, 0), ==, 0);
    g_assert_cmpuint(mf_story_ticks(f->story, story_row(f, SCAN), times, 16), ==, 12);
    g_assert_cmpint(times[11], ==, zero + 5600 * (MF_NS_PER_S / 1000));
    g_assert_cmpuint(mf_story_ticks(f->story, story_row(f, SCAN), times, 4), ==, 4);
    for (unsigned i = 1; i < 4; i++)
        g_assert_cmpint(times[i] - times[i - 1], ==, 150 * (MF_NS_PER_S / 1000));
}

/* What each row can be filtered by; "": it cannot. */
static void
test_filters(struct story_fixture *f, gconstpointer unused)
{
    static const struct {
        unsigned row;
        const char *filters[MF_STORY_FILTERS];
    } cases[] = {
        {WEB,
         {"malflow.session.id == 2", "", "malflow.hit.sid == 7", "malflow.root.session == 1",
          "ip.addr == 192.168.0.101", "ip.addr == 115.126.2.120", "tcp.port == 80"}},
        {SCAN,
         {"", "malflow.scan.id == 1", "", "malflow.root.session == 3", "ip.addr == 192.168.0.101",
          "ip.addr == 192.168.231.1", "tcp.port == 139"}},
        {MEMBER,
         {"malflow.session.id == 7", "malflow.scan.id == 1", "", "malflow.root.session == 7",
          "ip.addr == 192.168.0.101", "ip.addr == 192.168.231.5", "tcp.port == 139"}},
        {FOLD, {"", "", "", "malflow.root.session == 15", "ip.addr == 192.168.0.101", "", ""}},
    };

    (void)unused;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        for (unsigned kind = 0; kind < MF_STORY_FILTERS; kind++) {
            GString *out = g_string_new(NULL);
            const bool is_there = mf_story_append_filter(f->story, story_row(f, cases[i].row),
                                                         (enum mf_story_filter)kind, out);

            g_assert_cmpstr(out->str, ==, cases[i].filters[kind]);
            g_assert_cmpint(is_there, ==, out->len > 0);
            g_assert_nonnull(mf_story_filter_name((enum mf_story_filter)kind));
            g_string_free(out, TRUE);
        }
}

static void
test_other_filters(void)
{
    static const struct {
        struct timeline_tuple tuple;
        const char *source, *port;
    } cases[] = {
        {{MF_L4_ARP, "10.0.0.1", 0, "10.0.0.2", 0},
         "arp.src.proto_ipv4 == 10.0.0.1 || arp.dst.proto_ipv4 == 10.0.0.1 || ip.addr == 10.0.0.1",
         ""},
        {{MF_L4_UDP, "2001:db8::1", 5, "2001:db8::2", 53},
         "ipv6.addr == 2001:db8::1",
         "udp.port == 53"},
        {{MF_L4_ICMP, "10.0.0.1", 5, "10.0.0.2", 53}, "ip.addr == 10.0.0.1", ""},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *source = g_string_new(NULL), *port = g_string_new(NULL);
        struct mf_packet packet = timeline_packet(&cases[i].tuple, MF_ORIG, 0);
        struct story_fixture f;

        packet.arp_opcode = 1;
        packet.icmp_type = 8;
        story_set_up(&f, NULL);
        story_feed(&f, packet);
        story_open(&f);
        mf_story_append_filter(f.story, story_row(&f, 0), MF_STORY_FILTER_SOURCE, source);
        mf_story_append_filter(f.story, story_row(&f, 0), MF_STORY_FILTER_PORT, port);
        g_assert_cmpstr(source->str, ==, cases[i].source);
        g_assert_cmpstr(port->str, ==, cases[i].port);
        g_string_free(source, TRUE);
        g_string_free(port, TRUE);
        story_tear_down(&f);
    }
}

static void
test_cause(struct story_fixture *f, gconstpointer unused)
{
    uint32_t session = 0, frame = 0;

    (void)unused;
    g_assert_false(mf_story_cause(f->story, story_row(f, IRC), &session, &frame));
    g_assert_true(mf_story_cause(f->story, story_row(f, WEB), &session, &frame));
    g_assert_cmpuint(session, ==, 1);
    g_assert_cmpuint(frame, ==, 5);
    g_assert_cmpuint(mf_story_root(f->story, story_row(f, WEB)), ==, 1);
    g_assert_cmpuint(mf_story_root(f->story, story_row(f, FOLD)), ==, 15);
}

static void
test_protocols(struct story_fixture *f, gconstpointer unused)
{
    static const char *const names[] = {"HTTP", "IRC", "NTP", "TCP"};
    GPtrArray *found = mf_story_protocols(f->story);

    (void)unused;
    g_assert_cmpuint(found->len, ==, G_N_ELEMENTS(names));
    for (guint i = 0; i < found->len; i++)
        g_assert_cmpstr(g_ptr_array_index(found, i), ==, names[i]);
    g_ptr_array_unref(found);
}

/* Nothing to tell of. */
static void
test_empty(void)
{
    struct story_fixture f;
    mf_nanoseconds first, last;
    GPtrArray *protocols;

    story_set_up(&f, NULL);
    story_open(&f);
    g_assert_cmpuint(mf_story_count(f.story), ==, 0);
    mf_story_axis(f.story, &first, &last);
    g_assert_cmpint(first, ==, last);
    protocols = mf_story_protocols(f.story);
    g_assert_cmpuint(protocols->len, ==, 0);
    g_ptr_array_unref(protocols);
    mf_story_choose(f.story, &(struct mf_story_choice){.text = "x"});
    g_assert_true(mf_story_choose_some(f.story, 1));
    story_tear_down(&f);
    mf_story_free(NULL);
}

/* Everything that can be asked of a row. */
static void
ask_all(const struct story_fixture *f, const struct mf_row *row, unsigned depth)
{
    mf_nanoseconds times[8];
    struct mf_story_span span;
    GString *out = g_string_new(NULL);
    GArray *children = mf_story_children(f->story, row);
    uint32_t session, frame;
    bool all;

    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++)
        mf_story_append_cell(f->story, row, (enum mf_story_column)i, out);
    for (unsigned i = 0; i < MF_STORY_FILTERS; i++)
        mf_story_append_filter(f->story, row, (enum mf_story_filter)i, out);
    for (unsigned i = 0; i < MF_STORY_FORMATS; i++)
        mf_story_append_row(f->story, row, depth, (enum mf_story_format)i, out);
    mf_story_span(f->story, row, &span);
    g_assert_cmpuint(mf_story_ticks(f->story, row, times, 8), <=, 8);
    mf_story_cause(f->story, row, &session, &frame);
    g_assert_cmpuint(mf_story_root(f->story, row), >, 0);
    g_free(story_payload(f, row, 100, &all));
    for (guint i = 0; i < children->len; i++)
        ask_all(f, &g_array_index(children, struct mf_row, i), depth + 1);
    g_array_free(children, TRUE);
    g_string_free(out, TRUE);
}

/* A story stays usable while its engine goes on: more packets of what is there, more sessions, new
 * members of a group, a group of another kind. */
static void
test_live(struct story_fixture *f, gconstpointer unused)
{
    GArray *children = mf_story_children(f->story, story_row(f, WEB));

    (void)unused;
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned i = 0; i < ROWS; i++)
            ask_all(f, story_row(f, i), 0);
        for (guint i = 0; i < children->len; i++)
            ask_all(f, &g_array_index(children, struct mf_row, i), 1);
        for (uint32_t id = 0; id < 100; id++)
            g_assert_cmpint(mf_story_find_session(f->story, id), <, ROWS);
        mf_story_choose(f->story, &(struct mf_story_choice){.text = "192.168.231"});
        while (!mf_story_choose_some(f->story, 1))
            ;
        g_assert_cmpuint(mf_story_count(f->story), ==, 2);
        mf_story_choose(f->story, &(struct mf_story_choice){0});
        story_tell(f);
    }
    g_array_free(children, TRUE);
}

#define TEST(name, function)                                                                       \
    g_test_add(name, struct story_fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("/story/groups/rows", test_rows);
    TEST("/story/groups/members", test_members);
    TEST("/story/groups/find", test_find);
    TEST("/story/groups/span", test_span);
    TEST("/story/groups/ticks", test_ticks);
    TEST("/story/groups/filters", test_filters);
    TEST("/story/groups/cause", test_cause);
    TEST("/story/groups/protocols", test_protocols);
    TEST("/story/groups/live", test_live);
    g_test_add_func("/story/groups/other-filters", test_other_filters);
    g_test_add_func("/story/groups/empty", test_empty);
    return g_test_run();
}
