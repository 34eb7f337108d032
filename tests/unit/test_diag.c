/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/diag.h"

static void
expect(const char *file, unsigned line, unsigned column, const char *message, const char *text)
{
    struct mf_diags *diags = mf_diags_new();
    char *shown;

    mf_diags_add(diags, file, line, column, "%s", message);
    g_assert_cmpuint(mf_diags_count(diags), ==, 1);
    shown = mf_diag_format(mf_diags_get(diags, 0));
    g_assert_cmpstr(shown, ==, text);
    g_free(shown);
    mf_diags_free(diags);
}

static void
test_format(void)
{
    expect(NULL, 0, 0, "no such thing", "no such thing");
    expect("a.rules", 0, 0, "no such thing", "a.rules: no such thing");
    expect("a.rules", 7, 0, "no such thing", "a.rules:7: no such thing");
    expect("a.rules", 7, 3, "no such thing", "a.rules:7:3: no such thing");
    expect("a.rules", 0, 3, "no such thing", "a.rules: no such thing");
    expect(NULL, 7, 3, "no such thing", "no such thing");
    expect("\033[1m", 1, 1, "bad \"\n\xff\"", ".[1m:1:1: bad \"..\"");
}

static void
test_list(void)
{
    struct mf_diags *diags = mf_diags_new();

    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    for (unsigned i = 0; i < 100; i++)
        mf_diags_add(diags, "f", i + 1, 0, "number %u of %s", i, "many");
    g_assert_cmpuint(mf_diags_count(diags), ==, 100);
    g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==, "number 0 of many");
    g_assert_cmpstr(mf_diags_get(diags, 99)->message, ==, "number 99 of many");
    g_assert_cmpuint(mf_diags_get(diags, 99)->line, ==, 100);
    mf_diags_free(diags);
    mf_diags_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diag/format", test_format);
    g_test_add_func("/diag/list", test_list);
    return g_test_run();
}
