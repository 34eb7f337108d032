/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every script of segments says what must come out, byte for byte, gap for gap. */
#include "core/stream.h"

#include <glib.h>
#include <string.h>

struct fixture {
    struct mf_counters counters;
    struct mf_stream_pool *pool;
    GString *out; /* delivered bytes, "<N>" for a gap of N bytes */
    uint64_t next;
    uint32_t frame; /* of the last delivery */
};

static void
deliver(void *user, const struct mf_stream_bytes *bytes)
{
    struct fixture *f = user;

    g_assert_cmpuint(bytes->offset, ==, f->next + bytes->gap);
    g_assert_cmpuint(bytes->length, >, 0);
    if (bytes->gap > 0)
        g_string_append_printf(f->out, "<%" G_GUINT64_FORMAT ">", bytes->gap);
    g_string_append_len(f->out, (const char *)bytes->data, (gssize)bytes->length);
    f->next = bytes->offset + bytes->length;
    f->frame = bytes->frame;
}

static void
setup(struct fixture *f, uint64_t max_bytes)
{
    memset(f, 0, sizeof *f);
    f->pool = mf_stream_pool_new(max_bytes, &f->counters, deliver);
    f->out = g_string_new(NULL);
}

static void
teardown(struct fixture *f)
{
    mf_stream_pool_free(f->pool);
    g_string_free(f->out, TRUE);
}

static uint32_t
push(struct mf_stream *stream, uint32_t seq, const char *text)
{
    struct mf_segment segment = {.seq = seq,
                                 .length = (uint32_t)strlen(text),
                                 .captured = (uint32_t)strlen(text),
                                 .data = (const uint8_t *)text,
                                 .frame = 1};

    return mf_stream_push(stream, &segment);
}

static uint32_t
push_empty(struct mf_stream *stream, uint32_t seq, uint32_t length)
{
    return mf_stream_push(stream, &(struct mf_segment){.seq = seq, .length = length, .frame = 1});
}

/* STEPS: "SEQ:TEXT=FRESH ...", relative to START. */
struct script {
    const char *name;
    uint32_t start;
    const char *steps;
    const char *out;
    unsigned gaps;
};

static const struct script scripts[] = {
    {"in order", 1000, "0:abc=3 3:def=3", "abcdef", 0},
    {"retransmission", 1000, "0:abc=3 0:abc=0 3:d=1 1:bcd=0", "abcd", 0},
    {"overlap behind", 1000, "0:abc=3 1:XXde=2", "abcde", 0},
    {"out of order", 1000, "3:def=3 0:abc=3 6:g=1", "abcdefg", 0},
    {"reversed", 1000, "4:e=1 3:d=1 2:c=1 1:b=1 0:a=1", "abcde", 0},
    {"first copy wins while held", 1000, "2:cd=2 1:bXXe=2 0:a=1", "abcde", 0},
    {"held segment swallows", 1000, "1:bcde=4 2:XX=0 0:aX=1", "abcde", 0},
    {"new one spans two held", 1000, "1:b=1 3:d=1 0:aXcXe=3", "abcde", 0},
    {"new one spans up to held", 1000, "2:cd=2 0:ab=2", "abcd", 0},
    {"late copy of held counts nothing", 1000, "2:cd=2 2:cd=0 3:d=0 0:ab=2", "abcd", 0},
    {"a hole is told at the end", 1000, "0:ab=2 4:ef=2", "ab<2>ef", 1},
    {"two holes", 1000, "0:a=1 2:c=1 4:e=1", "a<1>c<1>e", 2},
    {"a hole at the start", 1000, "2:c=1", "<2>c", 1},
    {"wrap", 0xfffffffe, "0:abcd=4 4:ef=2 3:de=0", "abcdef", 0},
    {"wrap out of order", 0xfffffffe, "3:de=2 0:abc=3", "abcde", 0},
    {"keep-alive probe before the start", 1000, "-1:X=0 0:ab=2 1:X=0", "ab", 0},
    {"reaches over the start", 1000, "-2:XXab=2", "ab", 0},
    {"far ahead is not ours", 1000, "1200000000:X=0 0:a=1", "a", 0},
    {"far behind is not ours", 1000, "-1200000000:X=0 0:a=1", "a", 0},
    {"empty", 1000, "0:=0 5:=0", "", 0},
};

static void
run_script(gconstpointer data)
{
    const struct script *script = data;
    struct fixture f;
    struct mf_stream *stream;
    char **steps = g_strsplit(script->steps, " ", -1);

    setup(&f, 1000);
    stream = mf_stream_new(f.pool, script->start, &f);
    for (unsigned i = 0; steps[i] != NULL; i++) {
        char **part = g_strsplit_set(steps[i], ":=", 3);
        uint32_t seq = script->start + (uint32_t)g_ascii_strtoll(part[0], NULL, 10);

        g_test_message("%s", steps[i]);
        g_assert_cmpuint(push(stream, seq, part[1]), ==, g_ascii_strtoull(part[2], NULL, 10));
        g_strfreev(part);
    }
    mf_stream_free(stream);
    g_assert_cmpstr(f.out->str, ==, script->out);
    g_assert_cmpuint(f.counters.stream_gaps, ==, script->gaps);
    g_assert_cmpuint(f.counters.streams_cut, ==, 0);
    g_strfreev(steps);
    teardown(&f);
}

static void
test_partial_capture(void)
{
    struct fixture f;
    struct mf_stream *stream;
    struct mf_segment segment = {
        .seq = 7, .length = 10, .captured = 3, .data = (const uint8_t *)"abc", .frame = 1};

    setup(&f, 1000);
    stream = mf_stream_new(f.pool, 7, &f);
    g_assert_cmpuint(mf_stream_push(stream, &segment), ==, 10);
    g_assert_cmpuint(push_empty(stream, 17, 5), ==, 5);
    g_assert_cmpuint(push(stream, 22, "xyz"), ==, 3);
    g_assert_cmpstr(f.out->str, ==, "abc<12>xyz");

    /* Held, and cut behind a hole. */
    segment.seq = 30;
    g_assert_cmpuint(mf_stream_push(stream, &segment), ==, 10);
    g_assert_cmpuint(push(stream, 25, "12345"), ==, 5);
    g_assert_cmpuint(push(stream, 40, "!"), ==, 1);
    g_assert_cmpstr(f.out->str, ==, "abc<12>xyz12345abc<7>!");
    mf_stream_free(stream);
    g_assert_cmpuint(f.counters.stream_gaps, ==, 0);
    teardown(&f);
}

static void
test_cut(void)
{
    struct fixture f;
    struct mf_stream *stream;

    setup(&f, 4);
    stream = mf_stream_new(f.pool, 0, &f);
    g_assert_cmpuint(push(stream, 0, "abcd"), ==, 4);
    g_assert_cmpuint(f.counters.streams_cut, ==, 0);
    g_assert_cmpuint(push(stream, 4, "ef"), ==, 2);
    g_assert_cmpuint(f.counters.streams_cut, ==, 1);
    g_assert_cmpuint(push(stream, 3, "defg"), ==, 1);
    g_assert_cmpuint(push(stream, 9, "jk"), ==, 2);
    g_assert_cmpuint(push(stream, 9, "jk"), ==, 0);
    g_assert_cmpuint(push(stream, 7, "hijkl"), ==, 3);
    g_assert_cmpuint(f.counters.streams_cut, ==, 1);
    mf_stream_free(stream);
    g_assert_cmpstr(f.out->str, ==, "abcd");
    teardown(&f);

    setup(&f, 3);
    stream = mf_stream_new(f.pool, 0, &f);
    g_assert_cmpuint(push(stream, 0, "abcdef"), ==, 6);
    mf_stream_free(stream);
    g_assert_cmpstr(f.out->str, ==, "abc");
    g_assert_cmpuint(f.counters.streams_cut, ==, 1);
    teardown(&f);
}

/* One segment more than may be held: the hole is given up; what comes for it is counted, once. */
static void
test_segment_limit(void)
{
    struct fixture f;
    struct mf_stream *stream;

    setup(&f, 100000);
    stream = mf_stream_new(f.pool, 0, &f);
    for (uint32_t i = 0; i < MF_STREAM_HELD_SEGMENTS; i++)
        g_assert_cmpuint(push(stream, 10 + i, "x"), ==, 1);
    g_assert_cmpuint(f.counters.stream_gaps, ==, 0);
    g_assert_cmpuint(f.out->len, ==, 0);
    g_assert_cmpuint(push(stream, 10 + MF_STREAM_HELD_SEGMENTS, "y"), ==, 1);
    g_assert_cmpuint(f.counters.stream_gaps, ==, 1);
    g_assert_true(g_str_has_prefix(f.out->str, "<10>xxx"));
    g_assert_true(g_str_has_suffix(f.out->str, "xy"));

    g_assert_cmpuint(push(stream, 3, "34"), ==, 2);
    g_assert_cmpuint(push(stream, 3, "34"), ==, 0);
    g_assert_cmpuint(push(stream, 2, "234567"), ==, 4);
    g_assert_cmpuint(push(stream, 0, "0123456789xx"), ==, 4);
    g_assert_cmpuint(push(stream, 0, "0123456789xx"), ==, 0);
    g_assert_cmpuint(push(stream, 11 + MF_STREAM_HELD_SEGMENTS, "z"), ==, 1);
    g_assert_true(g_str_has_suffix(f.out->str, "xyz"));
    mf_stream_free(stream);
    g_assert_cmpuint(f.counters.stream_gaps, ==, 1);
    teardown(&f);
}

static void
test_byte_limit(void)
{
    enum { PIECE = 16384 };
    struct fixture f;
    struct mf_stream *stream;
    char *piece = g_strnfill(PIECE, 'p');
    uint32_t at = 5;

    setup(&f, UINT32_MAX);
    stream = mf_stream_new(f.pool, 0, &f);
    while (f.counters.stream_gaps == 0) {
        g_assert_cmpuint(at, <=, MF_STREAM_HELD_BYTES + PIECE);
        g_assert_cmpuint(push(stream, at, piece), ==, PIECE);
        at += PIECE;
    }
    g_assert_cmpuint(at, >=, MF_STREAM_HELD_BYTES);
    g_assert_cmpuint(f.next, ==, at);
    mf_stream_free(stream);
    g_free(piece);
    teardown(&f);
}

/* Over the total, the stream that was used least recently gives up its hole. */
static void
test_total_limit(void)
{
    enum { PIECE = 60000, N = MF_STREAM_TOTAL_BYTES / (2 * PIECE) + 2 };
    struct fixture f, *each = g_new0(struct fixture, N);
    struct mf_stream *streams[N];
    char *piece = g_strnfill(PIECE, 'p');

    setup(&f, UINT32_MAX);
    for (unsigned i = 0; i < N; i++) {
        each[i].out = g_string_new(NULL);
        streams[i] = mf_stream_new(f.pool, 0, &each[i]);
        push(streams[i], 1, piece);
        push(streams[i], 1 + PIECE, piece);
        push(streams[0], 1, "p"); /* keeps the first one in use */
    }
    for (unsigned i = 0; i < N; i++)
        push(streams[i], 1 + 2 * PIECE, "end");
    g_assert_cmpuint(f.counters.streams_evicted, >, 0);
    g_assert_cmpuint(f.counters.streams_evicted, <, 60);
    g_assert_cmpuint(f.counters.stream_gaps, ==, f.counters.streams_evicted);
    g_assert_cmpuint(each[0].out->len, ==, 0);
    g_assert_cmpuint(each[1].next, ==, 1 + 2 * PIECE + 3);
    for (unsigned i = 0; i < N; i++) {
        mf_stream_free(streams[i]);
        g_string_free(each[i].out, TRUE);
    }
    g_free(piece);
    g_free(each);
    teardown(&f);
}

/* Random cuts, order and copies of one text: all of it comes out, every byte counted once. */
static void
test_shuffled(void)
{
    enum { LENGTH = 200 };
    char text[LENGTH + 1];

    for (unsigned i = 0; i < LENGTH; i++)
        text[i] = (char)('a' + i % 26);
    text[LENGTH] = '\0';
    for (unsigned round = 0; round < 500; round++) {
        GRand *rand = g_rand_new_with_seed(round);
        uint32_t start = g_rand_int(rand), fresh = 0;
        struct fixture f;
        struct mf_stream *stream;

        setup(&f, 1000);
        stream = mf_stream_new(f.pool, start, &f);
        while (fresh < LENGTH) {
            uint32_t at = (uint32_t)g_rand_int_range(rand, 0, LENGTH);
            uint32_t n = (uint32_t)g_rand_int_range(rand, 1, LENGTH / 5);
            struct mf_segment segment = {.seq = start + at,
                                         .length = MIN(n, LENGTH - at),
                                         .captured = LENGTH - at,
                                         .data = (const uint8_t *)text + at,
                                         .frame = 1};

            fresh += mf_stream_push(stream, &segment);
        }
        g_assert_cmpuint(fresh, ==, LENGTH);
        g_assert_cmpstr(f.out->str, ==, text);
        mf_stream_free(stream);
        teardown(&f);
        g_rand_free(rand);
    }
}

static void
test_frames(void)
{
    struct fixture f;
    struct mf_stream *stream;
    struct mf_segment late = {
        .seq = 0, .length = 1, .captured = 1, .data = (const uint8_t *)"a", .frame = 9};
    struct mf_segment early = {
        .seq = 1, .length = 1, .captured = 1, .data = (const uint8_t *)"b", .frame = 4};

    setup(&f, 1000);
    stream = mf_stream_new(f.pool, 0, &f);
    mf_stream_push(stream, &early);
    mf_stream_push(stream, &late);
    g_assert_cmpuint(f.frame, ==, 4); /* delivered last, brought by frame 4 */
    mf_stream_free(stream);
    mf_stream_free(NULL);
    mf_stream_pool_free(NULL);
    teardown(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(scripts); i++) {
        char *path = g_strdup_printf("/stream/script/%s", scripts[i].name);

        g_test_add_data_func(path, &scripts[i], run_script);
        g_free(path);
    }
    g_test_add_func("/stream/partial-capture", test_partial_capture);
    g_test_add_func("/stream/cut", test_cut);
    g_test_add_func("/stream/segment-limit", test_segment_limit);
    g_test_add_func("/stream/byte-limit", test_byte_limit);
    g_test_add_func("/stream/total-limit", test_total_limit);
    g_test_add_func("/stream/shuffled", test_shuffled);
    g_test_add_func("/stream/frames", test_frames);
    return g_test_run();
}
