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

static void
test_order(void)
{
    struct mf_pieces *pieces = mf_pieces_new(100);

    assert_start(pieces, "");
    add(pieces, 4, "ef");
    add(pieces, 2, "cd");
    assert_start(pieces, "");
    add(pieces, 8, "ij");
    add(pieces, 0, "ab");
    assert_start(pieces, "abcdef");
    add(pieces, 6, "gh");
    assert_start(pieces, "abcdefghij");
    mf_pieces_free(pieces);
}

/* What came first stays; only holes are filled. */
static void
test_overlap(void)
{
    struct mf_pieces *pieces = mf_pieces_new(100);

    add(pieces, 1, "b");
    add(pieces, 3, "d");
    add(pieces, 6, "g");
    add(pieces, 0, "12345678");
    assert_start(pieces, "1b3d56g8");
    add(pieces, 5, "------");
    assert_start(pieces, "1b3d56g8---");
    mf_pieces_free(pieces);
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
