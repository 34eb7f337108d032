/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Payload as it is read back from frames. */
#include "story_fixture.h"

#include <string.h>

static const struct timeline_tuple raw = {MF_L4_TCP, "192.0.2.1", 1033, "198.51.100.2", 4444};
static const struct timeline_tuple datagrams = {MF_L4_UDP, "192.0.2.1", 1033, "198.51.100.2", 53};

#define RULE "alert tcp any any -> any any (msg:\"run\"; content:\"two\"; sid:1;)\n"

static void
expect_of(const struct story_fixture *f, const struct mf_row *row, const char *text)
{
    bool all;
    char *payload = story_payload(f, row, 1000, &all);

    g_assert_cmpstr(payload, ==, text);
    g_assert_true(all);
    g_free(payload);
}

static void
expect(struct story_fixture *f, const char *text)
{
    story_open(f);
    expect_of(f, story_row(f, 0), text);
}

static void
test_dialogue(void)
{
    struct story_fixture f;

    story_set_up(&f, NULL);
    story_connect(&f, &raw, 0);
    story_say(&f, &raw, MF_ORIG, 1, "one");
    story_say(&f, &raw, MF_RESP, 2, "two and three"); /* across the end of sequence numbers */
    story_say(&f, &raw, MF_RESP, 3, "four");
    expect(&f, ">one<two and three<four");
    story_tear_down(&f);
}

/* Whatever is sent again, and however it was cut, stands there once. */
static void
test_retransmission(void)
{
    static const char text[] = "abcdefgh";
    enum { LENGTH = sizeof text - 1 };

    for (size_t options = 0; options <= 40; options += 20)
        for (int32_t begin = 0; begin < LENGTH; begin++)
            for (int32_t end = begin + 1; end <= LENGTH; end++) {
                char *again = g_strndup(text + begin, (gsize)(end - begin));
                struct story_fixture f;

                story_set_up(&f, NULL);
                f.options = options;
                story_connect(&f, &raw, 0);
                story_say(&f, &raw, MF_RESP, 1, text);
                story_say_at(&f, &raw, MF_RESP, begin - LENGTH, again);
                story_say(&f, &raw, MF_RESP, 2, "ij");
                expect(&f, "<abcdefgh<ij");
                story_tear_down(&f);
                g_free(again);
            }
}

static void
test_overlap(void)
{
    struct story_fixture f;

    story_set_up(&f, NULL);
    story_connect(&f, &raw, 0);
    story_say(&f, &raw, MF_ORIG, 1, "abc");
    story_say_at(&f, &raw, MF_ORIG, 3, "ghi"); /* ahead of its turn */
    story_say_at(&f, &raw, MF_ORIG, -1, "cdefg");
    story_say_at(&f, &raw, MF_RESP, -1, "k"); /* a keep-alive */
    expect(&f, ">abc>ghi>def<k");
    story_tear_down(&f);
}

static void
test_datagrams(void)
{
    struct story_fixture f;

    story_set_up(&f, NULL);
    story_say(&f, &datagrams, MF_ORIG, 0, "same");
    story_say(&f, &datagrams, MF_ORIG, 1, "same");
    story_say(&f, &datagrams, MF_RESP, 2, "answer");
    expect(&f, ">same>same<answer");
    story_tear_down(&f);
}

/* A frame that was cut keeps what it has; in front of the payload's end, or of its begin. */
static void
test_cut(void)
{
    enum { HEADERS = 54 };
    static const char *const left[] = {"", ">a", ">ab", ">abc", ">abc"};

    for (size_t n = 0; n < G_N_ELEMENTS(left); n++) {
        struct story_fixture f;

        story_set_up(&f, NULL);
        f.cut = HEADERS + n;
        story_connect(&f, &raw, 0);
        story_say(&f, &raw, MF_ORIG, 1, "abc");
        expect(&f, left[n]);
        story_tear_down(&f);
    }
}

/* No header is taken from in front of a frame, and none that is another's. */
static void
test_strange_frames(void)
{
    for (uint16_t offset = 1; offset < 80; offset++) {
        struct story_fixture f;
        struct mf_packet packet = timeline_packet(&raw, MF_ORIG, 0);

        story_set_up(&f, NULL);
        packet.payload = (const uint8_t *)"abcd";
        packet.payload_captured = packet.payload_length = 4;
        for (unsigned i = 0; i < 2; i++) {
            GByteArray *frame = g_byte_array_new();

            g_byte_array_set_size(frame, 60);
            memset(frame->data, 'x', frame->len);
            g_ptr_array_add(f.frames, frame);
            g_array_append_val(f.times, packet.time);
            packet.frame = ++f.base.frame;
            mf_engine_packet(f.base.engine, &packet, offset);
        }
        /* both, since that they are one is not known */
        expect(&f, offset <= 56   ? ">xxxx>xxxx"
                   : offset == 57 ? ">xxx>xxx"
                   : offset == 58 ? ">xx>xx"
                   : offset == 59 ? ">x>x"
                                  : "");
        story_tear_down(&f);
    }
}

static void
test_max(void)
{
    struct story_fixture f;

    story_set_up(&f, NULL);
    story_connect(&f, &raw, 0);
    story_say(&f, &raw, MF_ORIG, 1, "abc");
    story_say(&f, &raw, MF_RESP, 2, "def");
    story_open(&f);
    for (size_t max = 0; max < 8; max++) {
        static const char *const texts[] = {"",       ">a",      ">ab",      ">abc",
                                            ">abc<d", ">abc<de", ">abc<def", ">abc<def"};
        bool all;
        char *payload = story_payload(&f, story_row(&f, 0), max, &all);

        g_assert_cmpstr(payload, ==, texts[max]);
        g_assert_cmpint(all, ==, max >= 6);
        g_free(payload);
    }
    story_tear_down(&f);
}

/* What was kept for rows is there without frames; what was not is not. */
static void
test_unreadable(void)
{
    for (unsigned kept = 0; kept < 2; kept++) {
        struct story_fixture f;

        story_set_up(&f, NULL);
        f.base.keep.all = kept == 1;
        mf_engine_free(f.base.engine);
        f.base.engine = mf_engine_new(&f.base.settings, NULL, &f.base.keep);
        story_connect(&f, &raw, 0);
        story_say(&f, &raw, MF_ORIG, 1, "one");
        f.unreadable = true;
        expect(&f, kept ? ">one" : "");
        story_expect_children(&f, story_row(&f, 0), kept ? "PACKET 4: one\n" : "PACKET 4: \n");
        story_tear_down(&f);
    }
}

/* The engine gave no place in the frame: only what was kept is known. */
static void
test_elsewhere(void)
{
    struct mf_packet packet = timeline_packet(&datagrams, MF_ORIG, 0);
    struct story_fixture f;

    story_set_up(&f, NULL);
    f.base.keep.all = true;
    mf_engine_free(f.base.engine);
    f.base.engine = mf_engine_new(&f.base.settings, NULL, &f.base.keep);
    packet.payload = (const uint8_t *)"whole";
    packet.payload_captured = packet.payload_length = 5;
    timeline_feed(&f.base, packet);
    expect(&f, ">whole");
    story_expect_children(&f, story_row(&f, 0), "PACKET 1: whole\n");
    story_tear_down(&f);
}

static void
test_rows(void)
{
    struct story_fixture f;
    GArray *children;

    story_set_up(&f, RULE);
    story_connect(&f, &raw, 0);
    story_say(&f, &raw, MF_ORIG, 1, "one");
    story_say(&f, &raw, MF_ORIG, 2, "two");
    story_say(&f, &raw, MF_RESP, 3, "three");
    mf_engine_flush(f.base.engine);
    story_open(&f);
    story_expect_children(&f, story_row(&f, 0),
                          "PACKET 4: one\nPACKET 5: two\nHIT 5: run (sid 1)\nPACKET 6: three\n");
    children = mf_story_children(f.story, story_row(&f, 0));
    expect_of(&f, &g_array_index(children, struct mf_row, 0), ">one");
    expect_of(&f, &g_array_index(children, struct mf_row, 2), ">two");
    expect_of(&f, &g_array_index(children, struct mf_row, 3), "<three");
    g_array_free(children, TRUE);
    story_tear_down(&f);
}

#define ASKED(path) ">GET " path " HTTP/1.1\r\nHost: example.org\r\n\r\n"
#define GIVEN(body) "<HTTP/1.1 200 OK\r\n\r\n" body

static void
test_request(void)
{
    const struct timeline_tuple web = {MF_L4_TCP, "192.0.2.1", 1034, "198.51.100.2", 80};
    struct story_fixture f;
    GArray *children;

    story_set_up(&f, NULL);
    f.base.options.packets = (struct mf_packet_protocols){0};
    story_connect(&f, &web, 0);
    story_get(&f, &web, 1, "/a", "A");
    story_get(&f, &web, 20, "/b", "B");
    story_get(&f, &web, 40, "/c", "C");
    story_open(&f);
    children = mf_story_children(f.story, story_row(&f, 0));
    g_assert_cmpuint(children->len, ==, 2);
    expect_of(&f, &g_array_index(children, struct mf_row, 0), ASKED("/b") GIVEN("B"));
    expect_of(&f, &g_array_index(children, struct mf_row, 1), ASKED("/c") GIVEN("C"));
    g_array_free(children, TRUE);
    story_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story/payload/dialogue", test_dialogue);
    g_test_add_func("/story/payload/retransmission", test_retransmission);
    g_test_add_func("/story/payload/overlap", test_overlap);
    g_test_add_func("/story/payload/datagrams", test_datagrams);
    g_test_add_func("/story/payload/cut", test_cut);
    g_test_add_func("/story/payload/strange-frames", test_strange_frames);
    g_test_add_func("/story/payload/max", test_max);
    g_test_add_func("/story/payload/unreadable", test_unreadable);
    g_test_add_func("/story/payload/elsewhere", test_elsewhere);
    g_test_add_func("/story/payload/rows", test_rows);
    g_test_add_func("/story/payload/request", test_request);
    return g_test_run();
}
