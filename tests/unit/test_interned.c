/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/interned.h"

#include <glib.h>

static void
test_one_pointer(void)
{
    struct mf_interned *strings = mf_interned_new();
    char text[] = "text";
    const char *kept = mf_interned_add(strings, text);

    g_assert_true(kept != text);
    g_assert_true(mf_interned_add(strings, "text") == kept);
    text[0] = 'n';
    g_assert_cmpstr(kept, ==, "text");
    g_assert_true(mf_interned_add(strings, text) != kept);
    g_assert_cmpstr(mf_interned_add(strings, ""), ==, "");
    mf_interned_free(strings);
    mf_interned_free(NULL);
}

static void
test_memory(void)
{
    struct mf_interned *strings = mf_interned_new();
    char *text = g_strnfill(1000, 'x');
    size_t before = mf_interned_memory(strings), after;

    for (unsigned i = 0; i < 26; i++) {
        text[0] = (char)('a' + i);
        mf_interned_add(strings, text);
        mf_interned_add(strings, text);
    }
    after = mf_interned_memory(strings);
    g_assert_cmpuint(after, >=, before + 26 * 1001);
    g_assert_cmpuint(after, <=, before + 26 * 1300);
    g_free(text);
    mf_interned_free(strings);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/interned/one_pointer", test_one_pointer);
    g_test_add_func("/interned/memory", test_memory);
    return g_test_run();
}
