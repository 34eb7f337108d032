/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/text.h"

#include <string.h>

static void
test_every_byte(void)
{
    GString *out = g_string_new("x");
    uint8_t bytes[256];

    for (unsigned i = 0; i < 256; i++)
        bytes[i] = (uint8_t)i;
    mf_text_append(out, bytes, sizeof bytes, SIZE_MAX);
    g_assert_cmpuint(out->len, ==, 257);
    g_assert_cmpint(out->str[0], ==, 'x');
    for (unsigned i = 0; i < 256; i++)
        g_assert_cmpint(out->str[i + 1], ==, i >= 0x20 && i <= 0x7e ? (char)i : '.');
    g_string_free(out, TRUE);
}

static void
test_cut(void)
{
    const uint8_t bytes[] = {'a', 'b', 'c'};

    for (size_t max = 0; max <= 4; max++) {
        GString *out = g_string_new(NULL);

        mf_text_append(out, bytes, sizeof bytes, max);
        g_assert_cmpuint(out->len, ==, MIN(max, sizeof bytes));
        g_assert_cmpint(memcmp(out->str, bytes, out->len), ==, 0);
        g_assert_cmpuint(strlen(out->str), ==, out->len);
        g_string_free(out, TRUE);
    }
}

static void
test_string(void)
{
    GString *out = g_string_new(NULL);

    mf_text_append_string(out, NULL);
    mf_text_append_string(out, "");
    mf_text_append(out, NULL, 0, 10);
    g_assert_cmpstr(out->str, ==, "");
    mf_text_append_string(out, "\x1b[31mred\r\n\xc3\xa9\x7f\t");
    g_assert_cmpstr(out->str, ==, ".[31mred......");
    g_string_free(out, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/every-byte", test_every_byte);
    g_test_add_func("/text/cut", test_cut);
    g_test_add_func("/text/string", test_string);
    return g_test_run();
}
