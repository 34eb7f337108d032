/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules that are tried on packets and on the stream tell of the same bytes once, and what is
 * counted of a session's signatures. */
#include "engine_fixture.h"

#include <string.h>

#define ON_BOTH                                                                                    \
    "alert tcp any any -> any any (msg:\"both\"; content:\"EVIL\"; offset:0; depth:40; sid:1;)\n"
#define ON_PACKETS "alert tcp-pkt any any -> any any (msg:\"m\"; content:\"EVIL\"; sid:2;)\n"
#define ON_BODY    "alert tcp any any -> any any (msg:\"both\"; file.data; content:\"EVIL\"; sid:3;)\n"

static void
expect_frames(const struct engine_fixture *f, const uint32_t *frames, uint32_t n)
{
    const struct mf_findings *findings = mf_engine_findings(f->base.engine);

    g_assert_cmpuint(mf_findings_hit_count(findings), ==, n);
    for (uint32_t i = 0; i < n; i++)
        g_assert_cmpuint(mf_findings_hit_by_frame(findings, i)->frame, ==, frames[i]);
}

/* A packet of the responder with TEXT as its payload and N whole bodies, each "EVIL". */
static void
send_bodies(struct engine_fixture *f, const char *text, unsigned n)
{
    static const struct mf_buffer body = {
        .id = MF_BUF_FILE_DATA, .length = 4, .data = (const uint8_t *)"EVIL"};
    struct mf_buffer buffers[4];
    struct mf_packet packet = timeline_packet(&f->tuple, MF_RESP, f->ms);

    for (unsigned i = 0; i < n; i++) {
        buffers[2 * i] = (struct mf_buffer){.id = MF_BUF_HTTP};
        buffers[2 * i + 1] = body;
    }
    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[MF_RESP];
    packet.payload = (const uint8_t *)text;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(text);
    packet.buffers = buffers;
    packet.n_buffers = 2 * n;
    f->next[MF_RESP] += packet.payload_length;
    engine_feed(f, packet);
}

static void
test_packet_then_stream(void)
{
    struct engine_fixture f;

    engine_set_up(&f, ON_BOTH ON_PACKETS);
    engine_play(&f, "ShA");
    engine_say(&f, MF_RESP, "..EVIL.."); /* 4: both rules, once each */
    expect_frames(&f, (const uint32_t[]){4, 4}, 2);
    engine_tear_down(&f);
}

/* The stream comes to the bytes only when the hole before them is given up. */
static void
test_behind_a_hole(void)
{
    static const uint32_t frames[] = {4, 5};
    struct engine_fixture f;

    engine_set_up(&f, ON_BOTH);
    engine_play(&f, "ShA");
    f.next[MF_RESP] += 10;
    engine_say(&f, MF_RESP, "EVIL");
    engine_say(&f, MF_RESP, "EVIL");
    expect_frames(&f, frames, 2);
    mf_engine_flush(f.base.engine);
    expect_frames(&f, frames, 2);
    engine_tear_down(&f);
}

/* Two occurrences in one packet are two in the stream; a packet tells of one of them. */
static void
test_twice_in_a_packet(void)
{
    static const uint32_t frames[] = {4, 4, 5};
    struct engine_fixture f;

    engine_set_up(&f, ON_BOTH);
    engine_play(&f, "ShA");
    engine_say(&f, MF_RESP, "EVIL and EVIL");
    engine_say(&f, MF_ORIG, "EVIL");
    expect_frames(&f, frames, 3);
    engine_tear_down(&f);
}

static void
test_two_messages(void)
{
    static const uint32_t frames[] = {4, 4};
    struct engine_fixture f;

    engine_set_up(&f, ON_BODY);
    engine_play(&f, "ShA");
    send_bodies(&f, "..", 2);
    expect_frames(&f, frames, 2);
    engine_tear_down(&f);
}

/* Packet, stream and decoded body are the same bytes three times. */
static void
test_three_of_one(void)
{
    static const uint32_t frames[] = {4};
    struct engine_fixture f;

    engine_set_up(&f, ON_BOTH ON_BODY);
    engine_play(&f, "ShA");
    send_bodies(&f, "EVIL", 1);
    expect_frames(&f, frames, 1);
    engine_tear_down(&f);
}

/* The chain of signatures of session ID, as "sid x count" in any order; counts add up. */
static void
expect_signatures(const struct engine_fixture *f, uint32_t id, const char *const *expected)
{
    const struct mf_findings *findings = mf_engine_findings(f->base.engine);
    const struct mf_session *session = engine_session(f, id);
    guint n = 0;

    for (uint32_t at = session->first_hit; at != 0; n++) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);
        char *text = g_strdup_printf("%ux%u", mf_engine_hit_rule(f->base.engine, hit)->sid,
                                     mf_findings_count(findings, session, hit->rule));

        g_assert_cmpuint(hit->count, ==, mf_findings_count(findings, session, hit->rule));
        g_assert_true(g_strv_contains(expected, text));
        g_free(text);
        at = hit->next_signature;
    }
    g_assert_cmpuint(n, ==, g_strv_length((char **)expected));
}

static void
test_signatures(void)
{
    static const char rules[] =
        "alert tcp any any -> any any (msg:\"a\"; content:\"AA\"; sid:1;)\n"
        "alert tcp any any -> any any (msg:\"b\"; content:\"BB\"; sid:2;)\n"
        "alert tcp any any -> any any (msg:\"c\"; content:\"CC\"; sid:3;)\n";
    struct engine_fixture f;

    engine_set_up(&f, rules);
    engine_say(&f, MF_ORIG, "BB AA BB");
    engine_say(&f, MF_ORIG, "CC BB");
    f.tuple.from_port++;
    engine_say(&f, MF_ORIG, "BB");
    expect_signatures(&f, 1, (const char *const[]){"1x1", "2x3", "3x1", NULL});
    expect_signatures(&f, 2, (const char *const[]){"2x1", NULL});
    engine_tear_down(&f);
}

/* Rules on stream and on body are two of one meaning when they say the same; without a word they
 * are not. */
static void
test_without_names(void)
{
    static const char rules[] =
        "alert tcp any any -> any any (content:\"EVIL\"; sid:1;)\n"
        "alert tcp any any -> any any (file.data; content:\"EVIL\"; sid:2;)\n";
    struct engine_fixture f;

    engine_set_up(&f, rules);
    engine_play(&f, "ShA");
    send_bodies(&f, "EVIL", 1);
    expect_frames(&f, (const uint32_t[]){4, 4}, 2);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings_twins/packet_then_stream", test_packet_then_stream);
    g_test_add_func("/findings_twins/behind_a_hole", test_behind_a_hole);
    g_test_add_func("/findings_twins/twice_in_a_packet", test_twice_in_a_packet);
    g_test_add_func("/findings_twins/two_messages", test_two_messages);
    g_test_add_func("/findings_twins/three_of_one", test_three_of_one);
    g_test_add_func("/findings_twins/signatures", test_signatures);
    g_test_add_func("/findings_twins/without_names", test_without_names);
    return g_test_run();
}
