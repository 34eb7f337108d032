/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/csv_text.h"
#include "core/uuid.h"

static void
assert_csv(const char *text, const char *expected)
{
    GString *out = g_string_new(NULL);

    mf_csv_append(out, text);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void
test_csv(void)
{
    assert_csv("", "");
    assert_csv("plain text", "plain text");
    assert_csv("a,b", "\"a,b\"");
    assert_csv("say \"x\"", "\"say \"\"x\"\"\"");
    assert_csv("two\nlines", "\"two\nlines\"");
}

static void
test_csv_formulas(void)
{
    assert_csv("=1+1", "\"'=1+1\"");
    assert_csv("@SUM(A1)", "\"'@SUM(A1)\"");
    assert_csv("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"");
    assert_csv("\tx", "\"'\tx\"");
    assert_csv("-12.5", "-12.5");
    assert_csv("-12.5x", "\"'-12.5x\"");
    assert_csv("a=b", "a=b");
}

/* RFC 9562, A.4, and Python's documentation of uuid. */
static void
test_uuid(void)
{
    static const uint8_t dns[16] = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                                    0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    char out[MF_UUID_ROOM];

    mf_uuid_from_name(dns, "www.example.com", out);
    g_assert_cmpstr(out, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    mf_uuid_from_name(dns, "python.org", out);
    g_assert_cmpstr(out, ==, "886313e1-3b8a-5372-9b90-0c9aee199e5d");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report-text/csv", test_csv);
    g_test_add_func("/report-text/csv-formulas", test_csv_formulas);
    g_test_add_func("/report-text/uuid", test_uuid);
    return g_test_run();
}
