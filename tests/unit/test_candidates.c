/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Candidates come out once each, in order, whatever order they came in. */
#include "core/rules/candidates.h"

#include <glib.h>

static void
check(unsigned n, const unsigned *added, unsigned n_added)
{
    struct mf_candidates *candidates = mf_candidates_new(n);
    unsigned rule, last = 0, taken = 0;

    for (unsigned i = 0; i < n_added; i++) {
        mf_candidates_add(candidates, added[i]);
        mf_candidates_add(candidates, added[0]);
    }
    while (mf_candidates_take(candidates, &rule)) {
        g_assert_true(taken == 0 || rule > last);
        last = rule;
        taken++;
    }
    g_assert_cmpuint(taken, ==, n_added);
    g_assert_false(mf_candidates_take(candidates, &rule));
    mf_candidates_add(candidates, 0); /* they can be filled again */
    g_assert_true(mf_candidates_take(candidates, &rule));
    g_assert_cmpuint(rule, ==, 0);
    mf_candidates_free(candidates);
}

static void
test_order(void)
{
    static const unsigned added[] = {99999, 64, 63, 4096, 4095, 0, 65, 8191, 1};

    check(100 * 1000, added, G_N_ELEMENTS(added));
}

static void
test_bounds(void)
{
    static const unsigned sizes[] = {1, 63, 64, 65, 4095, 4096, 4097};

    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        const unsigned last[] = {sizes[i] - 1};

        check(sizes[i], last, 1);
    }
    check(0, NULL, 0);
    mf_candidates_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/candidates/order", test_order);
    g_test_add_func("/candidates/bounds", test_bounds);
    return g_test_run();
}
