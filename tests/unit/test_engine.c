/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the engine counts, names, keeps and looks up. */
#include "core/limits.h"
#include "engine_fixture.h"

#include <string.h>

/* --- bytes --- */

/* Segments of the originator after a handshake, by offset; EXPECTED unique bytes. */
struct cut {
    int32_t offset;
    const char *text;
};

static void
check_bytes(uint32_t isn, const struct cut *cuts, unsigned n, uint64_t expected)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_segment(&f, (struct segment){.flags = MF_TCP_SYN, .seq = isn});
    engine_play(&f, "h");
    for (unsigned i = 0; i < n; i++)
        engine_segment(&f, (struct segment){.flags = MF_TCP_ACK,
                                            .seq = isn + 1 + (uint32_t)cuts[i].offset,
                                            .payload = cuts[i].text});
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, expected);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_RESP], ==, 0);
    g_assert_cmpuint(engine_only(&f)->packets[MF_ORIG], ==, 1 + n);
    g_assert_cmpuint(engine_only(&f)->wire_bytes[MF_ORIG], ==, 60 * (1 + n));
    mf_engine_flush(f.base.engine);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, expected);
    engine_tear_down(&f);
}

static void
test_unique_bytes(void)
{
    static const struct {
        struct cut cuts[4];
        unsigned n;
        uint64_t expected;
    } cases[] = {
        {{{0, "abcd"}, {4, "efgh"}}, 2, 8},
        {{{0, "abcd"}, {0, "abcd"}}, 2, 4},
        {{{0, "abcd"}, {2, "cdef"}}, 2, 6},
        {{{0, "abcdef"}, {2, "cd"}}, 2, 6},
        {{{2, "cd"}, {0, "abcdef"}}, 2, 6},
        {{{4, "efgh"}, {0, "abcd"}}, 2, 8},
        {{{4, "efgh"}, {0, "abcd"}, {4, "efgh"}}, 3, 8},
        {{{0, "abcd"}, {8, "ijkl"}}, 2, 8}, /* a hole that stays */
        {{{8, "ijkl"}, {0, "abcd"}, {4, "efgh"}}, 3, 12},
        {{{0, "abcd"}, {3, "d"}, {3, "d"}, {4, "efgh"}}, 4, 8}, /* keep-alive probes */
        {{{-1, "x"}}, 1, 0},                                    /* before any byte */
        {{{0, "abcd"}, {-4, "xxxxabcd"}}, 2, 4},
    };
    static const uint32_t isns[] = {0, 1000000, 0x7ffffffd, 0xfffffff0, 0xfffffffa, 0xffffffff};

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        for (unsigned j = 0; j < G_N_ELEMENTS(isns); j++)
            check_bytes(isns[j], cases[i].cuts, cases[i].n, cases[i].expected);
}

static void
test_syn_with_data(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_segment(&f, (struct segment){.flags = MF_TCP_SYN, .seq = 5, .payload = "abc"});
    engine_segment(&f, (struct segment){.flags = MF_TCP_SYN, .seq = 5, .payload = "abc"});
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 3);
    engine_play(&f, "h");
    engine_segment(&f, (struct segment){.flags = MF_TCP_ACK, .seq = 6, .payload = "abcdef"});
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 6);
    engine_tear_down(&f);
}

/* Retransmissions after the close are old; what a side goes on to say is not. */
static void
test_bytes_after_close(void)
{
    static const char *const ends[] = {"Ff", "R", "r", "F"};

    for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct engine_fixture f;

        engine_set_up(&f, NULL);
        engine_play(&f, "ShADdD");
        engine_play(&f, ends[i]);
        engine_segment(
            &f, (struct segment){.flags = MF_TCP_ACK, .seq = ORIG_ISN + 4, .payload = "abc"});
        g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 6);
        engine_segment(
            &f, (struct segment){.flags = MF_TCP_ACK, .seq = ORIG_ISN + 4, .payload = "abcdef"});
        g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 9);
        engine_tear_down(&f);
    }
}

/* A stream whose memory was given up goes on where it was. */
static void
test_bytes_after_idle(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_play(&f, "ShAD");
    f.ms += (MF_FLOW_IDLE_SECONDS + 1) * 1000;
    engine_play(&f, "TDT");
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 6);
    mf_engine_flush(f.base.engine);
    engine_play(&f, "TDT");
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 9);
    engine_tear_down(&f);
}

/* Cut captures count what was on the wire. */
static void
test_cut_packets(void)
{
    static const enum mf_l4 l4s[] = {MF_L4_TCP, MF_L4_UDP, MF_L4_ICMP, MF_L4_OTHER};

    for (unsigned i = 0; i < G_N_ELEMENTS(l4s); i++) {
        struct engine_fixture f;
        struct mf_packet packet;

        engine_set_up(&f, NULL);
        f.tuple.l4 = l4s[i];
        packet = timeline_packet(&f.tuple, MF_ORIG, 0);
        packet.icmp_type = 8;
        packet.payload = (const uint8_t *)"abc";
        packet.payload_captured = 3;
        packet.payload_length = 1400;
        engine_feed(&f, packet);
        g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 1400);
        engine_tear_down(&f);
    }
}

/* --- names --- */

static uint32_t
say_as(struct engine_fixture *f, const char *app, bool carrier, const char *text)
{
    struct mf_packet packet = timeline_packet(&f->tuple, MF_ORIG, f->ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[MF_ORIG];
    packet.app = app;
    packet.app_is_carrier = carrier;
    packet.payload = (const uint8_t *)text;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(text);
    f->next[MF_ORIG] += packet.payload_length;
    return engine_feed(f, packet);
}

static void
test_name_by_wireshark(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    say_as(&f, "NBSS", true, "....");
    g_assert_cmpstr(engine_only(&f)->app, ==, "NBSS");
    say_as(&f, "TLS", false, "....");
    g_assert_cmpstr(engine_only(&f)->app, ==, "TLS");
    say_as(&f, "SSH", false, "...."); /* the first that is no carrier stays */
    say_as(&f, "TLSX", false, "....");
    say_as(&f, "NBSS", true, "....");
    g_assert_cmpstr(engine_only(&f)->app, ==, "TLS");
    say_as(&f, "TLS:HTTP2", false, "....");
    g_assert_cmpstr(engine_only(&f)->app, ==, "TLS:HTTP2");
    engine_tear_down(&f);
}

static void
test_name_by_content(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_play(&f, "ShA");
    say_as(&f, "WRONG", false, "NICK bot\r\nUSER a b c :d\r\n");
    g_assert_cmpstr(engine_only(&f)->app, ==, "IRC");
    say_as(&f, "WRONG", false, "GET / HTTP/1.1\r\n\r\n");
    g_assert_cmpstr(engine_only(&f)->app, ==, "IRC");
    engine_tear_down(&f);
}

/* What comes after the first bytes is not looked at, unless these were too few. */
static void
test_name_by_second_packet(void)
{
    static const struct {
        const char *first, *app;
    } cases[] = {
        {"\x01\x02\x03\x04", "IRC"},
        {"15 bytes of text", NULL},
        {"15 bytes, a text", NULL},
        {"only 15 bytes..", "IRC"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct engine_fixture f;

        engine_set_up(&f, NULL);
        engine_play(&f, "ShA");
        engine_say(&f, MF_ORIG, cases[i].first);
        engine_say(&f, MF_ORIG, "NICK bot\r\nUSER a b c :d\r\n");
        g_assert_cmpstr(engine_only(&f)->app, ==, cases[i].app);
        engine_tear_down(&f);
    }
}

/* --- frames --- */

static void
test_verdicts(void)
{
    struct engine_fixture f;
    struct mf_packet packet;
    struct mf_verdict verdict;

    engine_set_up(&f, NULL);
    mf_engine_other_frame(f.base.engine, 1, 7 * MF_NS_PER_S);
    packet = timeline_packet(&f.tuple, MF_ORIG, 0);
    packet.frame = 2;
    packet.payload = (const uint8_t *)"abc";
    packet.payload_captured = packet.payload_length = 3;
    mf_engine_packet(f.base.engine, &packet, 54);
    g_assert_cmpuint(mf_engine_verdict(f.base.engine, 1).session, ==, 0);
    g_assert_cmpuint(mf_engine_verdict(f.base.engine, 3).session, ==, 0);
    verdict = mf_engine_verdict(f.base.engine, 2);
    g_assert_cmpuint(verdict.session, ==, 1);
    g_assert_cmpint(verdict.direction, ==, MF_ORIG);
    g_assert_cmpuint(verdict.payload_offset, ==, 54);
    g_assert_cmpuint(verdict.payload_length, ==, 3);
    g_assert_cmpuint(mf_engine_frame_count(f.base.engine), ==, 2);
    g_assert_cmpuint(mf_engine_other_count(f.base.engine), ==, 1);
    g_assert_cmpint(mf_engine_first_time(f.base.engine), ==, 7 * MF_NS_PER_S);
    g_assert_null(mf_engine_session(f.base.engine, 0));
    g_assert_null(mf_engine_session(f.base.engine, 2));
    engine_tear_down(&f);
}

/* A frame that comes again counts again; its bytes do not. */
static void
test_frame_twice(void)
{
    struct engine_fixture f;
    struct mf_packet packet;

    engine_set_up(&f, NULL);
    packet = timeline_packet(&f.tuple, MF_ORIG, 0);
    packet.frame = 1;
    packet.tcp_flags = MF_TCP_ACK;
    packet.payload = (const uint8_t *)"abc";
    packet.payload_captured = packet.payload_length = 3;
    mf_engine_packet(f.base.engine, &packet, 0);
    mf_engine_packet(f.base.engine, &packet, 0);
    g_assert_cmpuint(engine_only(&f)->packets[MF_ORIG], ==, 2);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_ORIG], ==, 3);
    g_assert_cmpuint(mf_engine_payload_count(f.base.engine), ==, 1);
    engine_tear_down(&f);
}

static void
test_hostile_times(void)
{
    static const mf_nanoseconds times[] = {INT64_MIN, INT64_MAX, 0, INT64_MIN, -1, INT64_MAX};
    struct engine_fixture f;
    char *text;

    engine_set_up(&f, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(times); i++) {
        struct mf_packet packet = timeline_packet(&f.tuple, MF_ORIG, 0);

        packet.time = times[i];
        packet.tcp_flags = MF_TCP_ACK;
        engine_feed(&f, packet);
    }
    g_assert_cmpint(engine_only(&f)->last, ==, MF_TIME_MAX);
    g_assert_cmpint(engine_only(&f)->start, ==, -MF_TIME_MAX);
    text = timeline_print(&f.base, NULL);
    g_assert_cmpuint(strlen(text), >, 0);
    g_free(text);
    engine_tear_down(&f);
}

/* --- payload rows --- */

static void
test_payload_rows(void)
{
    static char *names[] = {(char *)"irc", NULL};
    const struct mf_packet_protocols irc = {.names = names};
    const struct mf_payload_row *row;
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    mf_engine_free(f.base.engine);
    f.base.settings.payload_bytes = 6;
    f.base.engine = mf_engine_new(&f.base.settings, NULL, &irc);
    engine_play(&f, "ShA");
    engine_say(&f, MF_ORIG, "NICK bot\r\nUSER a b c :d\r\n");
    engine_say(&f, MF_RESP, "ok");
    engine_play(&f, "A");
    f.tuple.from_port++;
    engine_say(&f, MF_ORIG, "something else");
    g_assert_cmpuint(mf_engine_payload_count(f.base.engine), ==, 2);
    row = mf_engine_payload(f.base.engine, 0);
    g_assert_cmpmem(row->data, row->length, "NICK b", 6);
    g_assert_cmpuint(row->frame, ==, 4);
    row = mf_engine_payload(f.base.engine, 1);
    g_assert_cmpmem(row->data, row->length, "ok", 2);
    g_assert_cmpuint(row->direction, ==, MF_RESP);
    g_assert_cmpuint(mf_engine_payload_bytes(f.base.engine), ==, 6);
    engine_tear_down(&f);
}

/* --- memory --- */

/* A spread scan, the most sessions per frame that there can be. */
static void
test_memory(void)
{
    enum { N = 100000 };
    static const uint8_t source[4] = {192, 0, 2, 1};
    struct mf_packet packet = {.l4 = MF_L4_TCP,
                               .src = mf_addr_from_ipv4(source),
                               .dst_port = 139,
                               .window = 65535,
                               .wire_length = 62,
                               .tcp_flags = MF_TCP_SYN};
    struct engine_fixture f;
    size_t sessions, frames;

    engine_set_up(&f, NULL);
    for (uint32_t i = 0; i < N; i++) {
        const uint8_t target[4] = {10, (uint8_t)(i / 62500), (uint8_t)(i / 250 % 250),
                                   (uint8_t)(i % 250 + 1)};

        packet.dst = mf_addr_from_ipv4(target);
        packet.src_port = (uint16_t)(1025 + i % 4000);
        packet.time += MF_NS_PER_S / 50;
        timeline_feed(&f.base, packet);
    }
    mf_engine_memory(f.base.engine, &sessions, &frames);
    g_assert_cmpuint(engine_count(&f), ==, N);
    g_assert_cmpuint(engine_session(&f, N)->scan, !=, 0);
    g_assert_cmpuint(sessions, >=, N * sizeof(struct mf_session));
    g_assert_cmpuint(sessions, <=, N * 320);
    g_assert_cmpuint(frames, >=, N * 7);
    g_assert_cmpuint(frames, <=, N * 8);
    engine_tear_down(&f);
}

/* What holds memory is counted, and what was given back is not. */
static void
test_memory_of_flows(void)
{
    static const char rules[] =
        "alert tcp any any -> any any (msg:\"m\"; content:\"EVIL\"; sid:1;)";
    struct engine_fixture f;
    size_t before, during, after, frames;
    char text[2001];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    engine_set_up(&f, rules);
    engine_play(&f, "ShA");
    mf_engine_memory(f.base.engine, &before, &frames);
    engine_say(&f, MF_RESP, text);
    f.next[MF_RESP] += 5;
    engine_say(&f, MF_RESP, text); /* held behind a hole */
    mf_engine_memory(f.base.engine, &during, &frames);
    g_assert_cmpuint(during, >=, before + 2 * sizeof text);
    mf_engine_flush(f.base.engine);
    mf_engine_memory(f.base.engine, &after, &frames);
    g_assert_cmpuint(after, <=, before + 2 * (sizeof text + sizeof(struct mf_payload_row)));
    engine_tear_down(&f);
}

static void
test_empty(void)
{
    struct engine_fixture f;
    size_t sessions, frames;

    engine_set_up(&f, NULL);
    mf_engine_flush(f.base.engine);
    mf_engine_memory(f.base.engine, &sessions, &frames);
    g_assert_cmpuint(engine_count(&f), ==, 0);
    g_assert_cmpuint(frames, ==, 0);
    g_assert_cmpuint(mf_engine_verdict(f.base.engine, 1).session, ==, 0);
    g_assert_cmpuint(mf_engine_scan_count(f.base.engine), ==, 0);
    engine_tear_down(&f);
    mf_engine_free(NULL);
}

/* Acknowledgements that bring nothing are passed over, but not by rules that ask for them. */
static void
test_rules_on_acknowledgements(void)
{
    static const struct {
        const char *options;
        unsigned hits;
    } cases[] = {
        {"flags:A;", 5},  {"flags:S;", 1},   {"flags:F;", 0},
        {"flags:+A;", 6}, {"flags:*SA;", 7}, {"dsize:0;", 7},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *rule =
            g_strdup_printf("alert tcp any any -> any any (%s sid:1;)\n", cases[i].options);
        struct engine_fixture f;

        engine_set_up(&f, rule);
        engine_play(&f, "ShAaAaA");
        g_assert_cmpuint(mf_findings_hit_count(mf_engine_findings(f.base.engine)), ==,
                         cases[i].hits);
        g_assert_cmpuint(engine_only(&f)->packets[MF_ORIG], ==, 4);
        g_assert_cmpstr(engine_only(&f)->history, ==, "ShAa");
        engine_tear_down(&f);
        g_free(rule);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/engine/unique_bytes", test_unique_bytes);
    g_test_add_func("/engine/syn_with_data", test_syn_with_data);
    g_test_add_func("/engine/bytes_after_close", test_bytes_after_close);
    g_test_add_func("/engine/bytes_after_idle", test_bytes_after_idle);
    g_test_add_func("/engine/cut_packets", test_cut_packets);
    g_test_add_func("/engine/name_by_wireshark", test_name_by_wireshark);
    g_test_add_func("/engine/name_by_content", test_name_by_content);
    g_test_add_func("/engine/name_by_second_packet", test_name_by_second_packet);
    g_test_add_func("/engine/verdicts", test_verdicts);
    g_test_add_func("/engine/frame_twice", test_frame_twice);
    g_test_add_func("/engine/hostile_times", test_hostile_times);
    g_test_add_func("/engine/payload_rows", test_payload_rows);
    g_test_add_func("/engine/memory", test_memory);
    g_test_add_func("/engine/memory_of_flows", test_memory_of_flows);
    g_test_add_func("/engine/empty", test_empty);
    g_test_add_func("/engine/rules_on_acknowledgements", test_rules_on_acknowledgements);
    return g_test_run();
}
