/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/pieces.h"

#include <glib.h>
#include <string.h>

static void
add(struct mf_pieces *pieces, uint64_t offset, const char *text)
{
    mf_pieces_add(pieces, offset, (struct mf_span){(const uint8_t *)text, strlen(text)});
}

static void
assert_start(const struct mf_pieces *pieces, const char *expected)
{
    struct mf_span start = mf_pieces_start(pieces);

    g_assert_cmpmem(start.data, start.length, expected, strlen(expected));
}

/* Adds a piece; then START stands at the start. */
struct step {
    uint64_t offset;
    const char *text, *start;
};

static void
play(const struct step *steps, unsigned n)
{
    struct mf_pieces *pieces = mf_pieces_new(100);

    assert_start(pieces, "");
    for (unsigned i = 0; i < n; i++) {
        add(pieces, steps[i].offset, steps[i].text);
        assert_start(pieces, steps[i].start);
    }
    mf_pieces_free(pieces);
}

static void
test_order(void)
{
    static const struct step steps[] = {
        {4, "ef", ""}, {2, "cd", ""}, {8, "ij", ""}, {0, "ab", "abcdef"}, {6, "gh", "abcdefghij"},
    };

    play(steps, G_N_ELEMENTS(steps));
}

/* What came first stays; only holes are filled. */
static void
test_overlap(void)
{
    static const struct step steps[] = {
        {1, "b", ""},
        {3, "d", ""},
        {6, "g", ""},
        {0, "12345678", "1b3d56g8"},
        {5, "------", "1b3d56g8---"},
    };

    play(steps, G_N_ELEMENTS(steps));
}

static void
test_bound(void)
{
    struct mf_pieces *pieces = mf_pieces_new(4);

    add(pieces, 4, "x");
    add(pieces, UINT64_MAX, "x");
    add(pieces, 3, "dx");
    add(pieces, 0, "abc");
    assert_start(pieces, "abcd");
    g_assert_cmpuint(mf_pieces_memory(pieces), <, 200);
    mf_pieces_free(pieces);
    mf_pieces_free(NULL);
}

/* Any order of any cut gives the same bytes. */
static void
test_random(void)
{
    enum { LENGTH = 64 };
    GRand *random = g_rand_new_with_seed(1);
    char text[LENGTH + 1];

    for (unsigned i = 0; i < LENGTH; i++)
        text[i] = (char)('A' + i % 26);
    text[LENGTH] = '\0';
    for (unsigned round = 0; round < 200; round++) {
        struct mf_pieces *pieces = mf_pieces_new(LENGTH);

        while (mf_pieces_start(pieces).length < LENGTH) {
            unsigned from = (unsigned)g_rand_int_range(random, 0, LENGTH);
            unsigned length = (unsigned)g_rand_int_range(random, 1, 9);

            mf_pieces_add(pieces, from,
                          (struct mf_span){(uint8_t *)text + from, MIN(length, LENGTH - from)});
        }
        assert_start(pieces, text);
        mf_pieces_free(pieces);
    }
    g_rand_free(random);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pieces/order", test_order);
    g_test_add_func("/pieces/overlap", test_overlap);
    g_test_add_func("/pieces/bound", test_bound);
    g_test_add_func("/pieces/random", test_random);
    return g_test_run();
}
