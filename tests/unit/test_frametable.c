/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/frametable.h"
#include "core/limits.h"

#include <glib.h>

static struct mf_verdict
verdict_of(uint32_t n)
{
    return (struct mf_verdict){.session = n,
                               .direction = (enum mf_direction)(n & 1),
                               .payload_offset = (uint16_t)(n * 3 % 4096),
                               .payload_length = (uint16_t)(n * 7)};
}

static void
expect(const struct mf_frametable *table, uint32_t frame, struct mf_verdict expected)
{
    const struct mf_verdict got = mf_frametable_get(table, frame);

    g_assert_cmpuint(got.session, ==, expected.session);
    g_assert_cmpint(got.direction, ==, expected.direction);
    g_assert_cmpuint(got.payload_offset, ==, expected.payload_offset);
    g_assert_cmpuint(got.payload_length, ==, expected.payload_length);
}

static void
test_every_frame(void)
{
    enum { N = 100000 };
    struct mf_frametable *table = mf_frametable_new();

    g_assert_cmpuint(mf_frametable_size(table), ==, 0);
    for (uint32_t frame = 1; frame <= N; frame++)
        mf_frametable_set(table, frame, verdict_of(frame));
    for (uint32_t frame = 1; frame <= N; frame++)
        expect(table, frame, verdict_of(frame));
    expect(table, 0, (struct mf_verdict){0});
    expect(table, N + 1, (struct mf_verdict){0});
    expect(table, UINT32_MAX, (struct mf_verdict){0});
    g_assert_cmpuint(mf_frametable_size(table), >=, 7 * N);
    g_assert_cmpuint(mf_frametable_size(table), <, 8 * N);
    mf_frametable_free(table);
    mf_frametable_free(NULL);
}

static void
test_extremes(void)
{
    const struct mf_verdict most = {MF_MAX_SESSIONS, MF_RESP, 4095, UINT16_MAX};
    const struct mf_verdict far = {1, MF_ORIG, 4096, 7};
    struct mf_frametable *table = mf_frametable_new();

    mf_frametable_set(table, 1, most);
    expect(table, 1, most);
    mf_frametable_set(table, 1, far);
    expect(table, 1, (struct mf_verdict){1, MF_ORIG, 0, 7});
    mf_frametable_set(table, 1, verdict_of(6)); /* again */
    expect(table, 1, verdict_of(6));
    mf_frametable_free(table);
}

/* Frames that are far apart (a filtered file) cost a page each and nothing between. */
static void
test_sparse(void)
{
    struct mf_frametable *table = mf_frametable_new();

    mf_frametable_set(table, 3000000, verdict_of(3));
    mf_frametable_set(table, 5, verdict_of(5)); /* backwards */
    expect(table, 3000000, verdict_of(3));
    expect(table, 5, verdict_of(5));
    expect(table, 2999999, (struct mf_verdict){0});
    g_assert_cmpuint(mf_frametable_size(table), <, 100000);
    mf_frametable_free(table);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/frametable/every_frame", test_every_frame);
    g_test_add_func("/frametable/extremes", test_extremes);
    g_test_add_func("/frametable/sparse", test_sparse);
    return g_test_run();
}
