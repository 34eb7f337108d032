/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules on single TCP packets, however the packet comes to its stream: in order, behind a hole, or
 * after the stream's beginning. The payload of one in order is searched once for both kinds. */
#include "engine_fixture.h"

#define ON_PACKET "alert tcp-pkt any any -> any any (msg:\"packet\"; content:\"EVIL\"; sid:1;)\n"
#define ON_STREAM "alert tcp-stream any any -> any any (msg:\"stream\"; content:\"EVIL\"; sid:2;)\n"
#define BY_SIZE   "alert tcp any any -> any any (msg:\"size\"; dsize:4; content:\"EVIL\"; sid:3;)\n"

/* The hits must be these: frame and sid. */
struct expected {
    uint32_t frame, sid;
};

static void
expect(const struct engine_fixture *f, const struct expected *rows, uint32_t n)
{
    const struct mf_findings *findings = mf_engine_findings(f->base.engine);

    g_assert_cmpuint(mf_findings_hit_count(findings), ==, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        g_assert_cmpuint(hit->frame, ==, rows[i].frame);
        g_assert_cmpuint(mf_engine_hit_rule(f->base.engine, hit)->sid, ==, rows[i].sid);
    }
}

#define EXPECT(f, ...)                                                                             \
    expect(f, (const struct expected[]){__VA_ARGS__},                                              \
           G_N_ELEMENTS(((const struct expected[]){__VA_ARGS__})))

static void
test_in_order(void)
{
    struct engine_fixture f;

    engine_set_up(&f, ON_PACKET BY_SIZE);
    engine_play(&f, "ShA");
    engine_say(&f, MF_ORIG, "EVIL");
    engine_say(&f, MF_ORIG, "-EVIL-");
    engine_say(&f, MF_RESP, "EVIL");
    EXPECT(&f, {4, 1}, {4, 3}, {5, 1}, {6, 1}, {6, 3});
    engine_tear_down(&f);
}

/* What only the joined bytes say is no business of a rule on packets. */
static void
test_across_packets(void)
{
    struct engine_fixture f;

    engine_set_up(&f, ON_PACKET ON_STREAM);
    engine_play(&f, "ShA");
    engine_say(&f, MF_ORIG, "..EV");
    engine_say(&f, MF_ORIG, "IL..");
    EXPECT(&f, {5, 2});
    engine_tear_down(&f);
}

/* A packet behind a hole is told when it comes, the stream when the hole is filled. */
static void
test_behind_a_hole(void)
{
    struct engine_fixture f;

    engine_set_up(&f, ON_PACKET ON_STREAM);
    engine_play(&f, "ShA");
    f.next[MF_ORIG] += 2;
    engine_say(&f, MF_ORIG, "EVIL");
    EXPECT(&f, {4, 1});
    f.next[MF_ORIG] -= 6;
    engine_say(&f, MF_ORIG, "ab");
    EXPECT(&f, {4, 1}, {4, 2});
    engine_tear_down(&f);
}

/* Where no rule reads streams, packets are still searched. */
static void
test_no_stream_rules(void)
{
    struct engine_fixture f;

    engine_set_up(&f, BY_SIZE);
    engine_play(&f, "ShA");
    engine_say(&f, MF_ORIG, "EVIL");
    engine_say(&f, MF_ORIG, "more EVIL");
    EXPECT(&f, {4, 3});
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules-segments/in-order", test_in_order);
    g_test_add_func("/rules-segments/across-packets", test_across_packets);
    g_test_add_func("/rules-segments/behind-a-hole", test_behind_a_hole);
    g_test_add_func("/rules-segments/no-stream-rules", test_no_stream_rules);
    return g_test_run();
}
