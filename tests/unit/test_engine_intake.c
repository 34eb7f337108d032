/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Packets that wait are told of as those that are fed at once, and nothing of theirs but the copies
 * is looked at later. */
#include "timeline_fixture.h"

#include <string.h>

enum { FRAMES = 300, HEADERS = 54, LARGE = 70000 };

static const char rules[] =
    "alert tcp any any -> any any (msg:\"spans\"; content:\"needle\"; sid:1;)\n"
    "alert tcp any any -> any any (msg:\"packet\"; dsize:<4; content:\"e\"; sid:2;)\n"
    "alert tcp any any -> any any (msg:\"header\"; tcp.hdr; content:\"|50|\"; offset:12; depth:1; "
    "sid:3;)\n"
    "alert tcp any any -> any any (msg:\"ip\"; ipv4.hdr; content:\"|45|\"; depth:1; sid:4;)\n"
    "alert http any any -> any any (msg:\"uri\"; http.uri; content:\"/gate\"; sid:5;)\n"
    "alert sctp any any -> any any (msg:\"chunk\"; sctp.hdr; content:\"P\"; offset:12; sid:7;)\n"
    "alert http any any -> any any (msg:\"file\"; file.data; content:\"MZ\"; depth:2; sid:6;)\n";

/* A frame, and what was made of it elsewhere: as Wireshark's, gone after the call. */
struct memory {
    uint8_t *frame, *beside;
    size_t frame_length, beside_length;
};

static struct memory
memory_new(GRand *random, size_t payload)
{
    struct memory m = {.frame_length = HEADERS + payload,
                       .beside_length = g_rand_int_range(random, 0, 20) == 0 ? LARGE : 40};

    m.frame = g_malloc0(m.frame_length);
    m.beside = g_malloc0(m.beside_length);
    memcpy(m.beside, "/gate.phpMZ", 11);
    m.frame[14] = 0x45;
    m.frame[46] = 0x50;
    for (size_t i = 0; i < payload; i++)
        m.frame[HEADERS + i] = (uint8_t) "needleneedl."[g_rand_int_range(random, 0, 12)];
    if (payload >= 6 && g_rand_boolean(random))
        memcpy(m.frame + HEADERS + payload - 6, "needle", 6);
    return m;
}

static void
memory_free(struct memory *m)
{
    memset(m->frame, 0xaa, m->frame_length);
    memset(m->beside, 0xaa, m->beside_length);
    g_free(m->frame);
    g_free(m->beside);
}

/* What a dissector might find in it. */
static unsigned
fill_buffers(GRand *random, const struct memory *m, struct mf_buffer buffers[4])
{
    const bool inside = g_rand_boolean(random), empty = g_rand_int_range(random, 0, 4) == 0;

    buffers[0] = (struct mf_buffer){.id = MF_BUF_HTTP};
    buffers[1] = (struct mf_buffer){.id = MF_BUF_HTTP_URI, .data = m->beside, .length = 9};
    buffers[2] = (struct mf_buffer){.id = MF_BUF_HTTP_STAT_CODE, .number = 200};
    buffers[3] = (struct mf_buffer){.id = MF_BUF_FILE_DATA,
                                    .data = inside ? m->frame + HEADERS : m->beside + 9,
                                    .length = inside  ? (uint32_t)m->frame_length - HEADERS
                                              : empty ? 0
                                                      : (uint32_t)m->beside_length - 9};
    return (unsigned)g_rand_int_range(random, 0, 5);
}

/* The next packet of one of some connections; its L4 part sometimes stands beside the frame, as
 * that of a reassembled datagram does. */
static struct mf_packet
make(GRand *random, const struct memory *m, uint32_t next[8][2])
{
    const unsigned which = (unsigned)g_rand_int_range(random, 0, 8);
    const enum mf_direction from = (enum mf_direction)g_rand_int_range(random, 0, 2);
    const struct timeline_tuple tuple = {MF_L4_TCP, "192.0.2.1", (uint16_t)(1025 + which),
                                         "198.51.100.2", 80};
    struct mf_packet packet = timeline_packet(&tuple, from, g_rand_int_range(random, 0, 9000));
    const uint32_t length = (uint32_t)m->frame_length - HEADERS;

    packet.tcp_flags = g_rand_int_range(random, 0, 30) == 0 ? MF_TCP_SYN : MF_TCP_ACK;
    packet.seq = next[which][from];
    next[which][from] += length + (packet.tcp_flags == MF_TCP_SYN);
    packet.link_header = m->frame;
    packet.link_length = 14;
    packet.ip_header = m->frame + 14;
    packet.ip_length = 20;
    packet.ip_protocol = 6;
    packet.l4_header = m->frame + 34;
    packet.l4_length = 20;
    packet.payload = length > 0 ? m->frame + HEADERS : NULL;
    packet.payload_captured = packet.payload_length = length;
    packet.app = g_rand_boolean(random) ? "HTTP" : NULL;
    return packet;
}

/* The same bytes as SCTP, whose header is looked at with what follows it. */
static void
make_sctp(struct mf_packet *packet, uint32_t length)
{
    enum { HEADER = 12 };

    packet->l4 = MF_L4_OTHER;
    packet->ip_protocol = 132;
    packet->src_port = packet->dst_port = 0;
    packet->l4_length = HEADER;
    packet->payload = packet->l4_header + HEADER;
    packet->payload_captured = packet->payload_length = length - HEADER;
}

/* Feeds what SEED makes: at once, or later. */
static void
feed(struct timeline_fixture *f, guint32 seed, bool later)
{
    GRand *random = g_rand_new_with_seed(seed), *pauses = g_rand_new_with_seed(seed);
    uint32_t next[8][2] = {{0}};

    for (uint32_t frame = 1; frame <= FRAMES; frame++) {
        struct memory m = memory_new(random, g_rand_int_range(random, 0, 3) == 0
                                                 ? 0
                                                 : (size_t)g_rand_int_range(random, 0, 1400));
        const bool elsewhere = g_rand_int_range(random, 0, 10) == 0;
        uint8_t *datagram = g_memdup2(m.frame + 34, m.frame_length - 34);
        struct mf_packet packet = make(random, &m, next);
        struct mf_buffer buffers[4];

        packet.frame = frame;
        packet.n_buffers = fill_buffers(random, &m, buffers);
        packet.buffers = buffers;
        if (elsewhere) {
            packet.l4_header = datagram;
            packet.payload = packet.payload != NULL ? datagram + 20 : NULL;
            if (g_rand_boolean(random))
                make_sctp(&packet, (uint32_t)m.frame_length - 34);
        }
        if (g_rand_int_range(random, 0, 40) == 0)
            packet.time = INT64_MAX;
        if (g_rand_int_range(random, 0, 20) == 0)
            mf_engine_other_frame(f->engine, frame, packet.time);
        else if (later && g_rand_int_range(pauses, 0, 50) > 0)
            mf_engine_packet_later(f->engine, &packet, HEADERS,
                                   (struct mf_span){m.frame, m.frame_length});
        else
            mf_engine_packet(f->engine, &packet, HEADERS);
        if (g_rand_int_range(pauses, 0, 100) == 0)
            mf_engine_catch_up(f->engine);
        memset(datagram, 0xaa, m.frame_length - 34);
        g_free(datagram);
        memory_free(&m);
    }
    mf_engine_catch_up(f->engine);
    g_rand_free(random);
    g_rand_free(pauses);
}

static void
compare_hits(const struct mf_engine *at_once, const struct mf_engine *later)
{
    const struct mf_findings *a = mf_engine_findings(at_once), *b = mf_engine_findings(later);

    g_assert_cmpuint(mf_findings_hit_count(a), ==, mf_findings_hit_count(b));
    for (uint32_t i = 0; i < mf_findings_hit_count(a); i++) {
        const struct mf_hit *one = mf_findings_hit(a, i), *other = mf_findings_hit(b, i);

        g_assert_cmpuint(one->rule, ==, other->rule);
        g_assert_cmpuint(one->frame, ==, other->frame);
        g_assert_cmpuint(one->session, ==, other->session);
        g_assert_cmpuint(one->count, ==, other->count);
    }
}

/* Every rule must have fired somewhere, or it tests nothing. */
static void
note_rules(const struct mf_engine *engine, bool fired[7])
{
    const struct mf_findings *findings = mf_engine_findings(engine);

    for (uint32_t i = 0; i < mf_findings_hit_count(findings); i++)
        fired[mf_engine_hit_rule(engine, mf_findings_hit(findings, i))->sid - 1] = true;
}

static void
test_same_story(void)
{
    bool fired[7] = {false};

    for (guint32 seed = 1; seed <= 40; seed++) {
        struct timeline_fixture at_once, later;
        char *one, *other;

        timeline_set_up(&at_once, rules);
        timeline_set_up(&later, rules);
        feed(&at_once, seed, false);
        feed(&later, seed, true);
        for (uint32_t frame = 1; frame <= FRAMES; frame++) {
            struct mf_verdict a = mf_engine_verdict(at_once.engine, frame),
                              b = mf_engine_verdict(later.engine, frame);

            g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
        }
        compare_hits(at_once.engine, later.engine);
        note_rules(later.engine, fired);
        g_assert_cmpint(mf_engine_first_time(at_once.engine), ==,
                        mf_engine_first_time(later.engine));
        one = timeline_print(&at_once, NULL);
        other = timeline_print(&later, NULL);
        g_assert_cmpstr(one, ==, other);
        g_free(one);
        g_free(other);
        timeline_tear_down(&at_once);
        timeline_tear_down(&later);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(fired); i++)
        g_assert_true(fired[i]);
}

/* What waits is counted, but told only after catching up; the end does that too. */
static void
test_waiting(void)
{
    const struct timeline_tuple tuple = {MF_L4_UDP, "192.0.2.1", 1025, "198.51.100.2", 9};
    struct timeline_fixture f;
    struct mf_packet packet = timeline_packet(&tuple, MF_ORIG, 0);

    timeline_set_up(&f, NULL);
    packet.frame = 1;
    mf_engine_packet_later(f.engine, &packet, 0, (struct mf_span){0});
    g_assert_cmpuint(mf_engine_session_count(f.engine), ==, 0);
    g_assert_cmpuint(mf_engine_frame_count(f.engine), ==, 1);
    mf_engine_catch_up(f.engine);
    g_assert_cmpuint(mf_engine_session_count(f.engine), ==, 1);
    packet.frame = 2;
    packet.dst_port = 10;
    mf_engine_packet_later(f.engine, &packet, 0, (struct mf_span){0});
    mf_engine_flush(f.engine);
    g_assert_cmpuint(mf_engine_session_count(f.engine), ==, 2);
    g_assert_cmpuint(mf_engine_verdict(f.engine, 2).session, ==, 2);
    packet.frame = 3;
    mf_engine_packet_later(f.engine, &packet, 0, (struct mf_span){0}); /* never fed */
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/engine_intake/same_story", test_same_story);
    g_test_add_func("/engine_intake/waiting", test_waiting);
    return g_test_run();
}
