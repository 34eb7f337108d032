/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/cover.h"

#include <stdbool.h>
#include <string.h>

static void
expect(struct mf_cover *cover, int64_t begin, int64_t end, const char *fresh)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct mf_stretch));
    GString *out = g_string_new(NULL);

    mf_cover_add(cover, (struct mf_stretch){begin, end}, list);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(out, "%d-%d ", (int)g_array_index(list, struct mf_stretch, i).begin,
                               (int)g_array_index(list, struct mf_stretch, i).end);
    g_assert_cmpstr(out->str, ==, fresh);
    g_string_free(out, TRUE);
    g_array_free(list, TRUE);
}

static void
test_add(void)
{
    struct mf_cover *cover = mf_cover_new();

    expect(cover, 5, 5, "");
    expect(cover, 10, 20, "10-20 ");
    expect(cover, 10, 20, "");
    expect(cover, 30, 40, "30-40 ");
    expect(cover, 15, 35, "20-30 ");
    expect(cover, -5, 5, "-5-5 ");
    expect(cover, 5, 10, "5-10 ");
    expect(cover, 50, 60, "50-60 ");
    expect(cover, 70, 80, "70-80 ");
    expect(cover, -10, 90, "-10--5 40-50 60-70 80-90 ");
    expect(cover, -10, 90, "");
    mf_cover_free(cover);
    mf_cover_free(NULL);
}

/* The same as marking bytes one by one. */
static void
test_bytes(void)
{
    enum { SIZE = 200 };

    for (unsigned round = 0; round < 50; round++) {
        struct mf_cover *cover = mf_cover_new();
        bool seen[SIZE] = {false};

        for (unsigned step = 0; step < 60; step++) {
            const int32_t begin = g_test_rand_int_range(0, SIZE);
            const int32_t end = begin + g_test_rand_int_range(0, MIN(20, SIZE - begin + 1));
            GArray *list = g_array_new(FALSE, FALSE, sizeof(struct mf_stretch));
            bool fresh[SIZE] = {false};

            mf_cover_add(cover, (struct mf_stretch){begin, end}, list);
            for (guint i = 0; i < list->len; i++)
                for (int64_t at = g_array_index(list, struct mf_stretch, i).begin;
                     at < g_array_index(list, struct mf_stretch, i).end; at++)
                    fresh[at] = true;
            for (int32_t at = 0; at < SIZE; at++) {
                const bool expected = at >= begin && at < end && !seen[at];

                g_assert_cmpint(fresh[at], ==, expected);
                seen[at] = seen[at] || expected;
            }
            g_array_free(list, TRUE);
        }
        mf_cover_free(cover);
    }
}

/* Sequence numbers wrap. */
static void
test_position(void)
{
    struct mf_cover *cover = mf_cover_new();

    g_assert_cmpint(mf_cover_position(cover, UINT32_MAX - 9), ==, 0);
    expect(cover, 0, 20, "0-20 ");
    g_assert_cmpint(mf_cover_position(cover, UINT32_MAX - 9), ==, 0);
    g_assert_cmpint(mf_cover_position(cover, 0), ==, 10);
    g_assert_cmpint(mf_cover_position(cover, 30), ==, 40);
    g_assert_cmpint(mf_cover_position(cover, UINT32_MAX - 19), ==, -10);
    expect(cover, 20, 2000000000, "20-2000000000 ");
    g_assert_cmpint(mf_cover_position(cover, 2000000000u - 10 + 7), ==, 2000000007);
    mf_cover_free(cover);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cover/add", test_add);
    g_test_add_func("/cover/bytes", test_bytes);
    g_test_add_func("/cover/position", test_position);
    return g_test_run();
}
