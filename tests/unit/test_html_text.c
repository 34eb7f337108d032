/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/html_text.h"

#include <string.h>

static void
expect(const char *bytes, gssize length, const char *wanted)
{
    GString *out = g_string_new(NULL);

    mf_html_append_text(out, bytes, length);
    g_assert_cmpstr(out->str, ==, wanted);
    g_string_free(out, TRUE);
}

static void
test_markup(void)
{
    expect("<script>alert('1')</script> & \"x\"", -1,
           "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
    expect("&amp;", -1, "&amp;amp;");
    expect("", -1, "");
    expect(NULL, -1, "");
    expect("abc", 2, "ab");
}

static void
test_controls(void)
{
    expect("a\x1b[2J\r\n\t\x7f", -1, "a\\x1b[2J\\x0d\\x0a\\x09\\x7f");
    expect("a\0b", 3, "a\\x00b");
    expect("\xc2\x9b", -1, "\\u{9b}"); /* a control character of its own */
}

static void
test_directions(void)
{
    expect("\xe2\x80\xae"
           "exe.\xe2\x81\xa6x\xe2\x80\x8f",
           -1, "\\u{202e}exe.\\u{2066}x\\u{200f}");
    expect("a\xe2\x80\x8b"
           "b\xef\xbb\xbf\xe2\x80\xa8",
           -1, "a\\u{200b}b\\u{feff}\\u{2028}");
    expect("\xee\x80\x80\xf3\xa0\x80\x81", -1, "\\u{e000}\\u{e0001}"); /* private, tag */
}

static void
test_letters(void)
{
    expect("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x90\x9b", -1, "\xc3\xa9\xe6\x97\xa5\xf0\x9f\x90\x9b");
}

static void
test_no_utf8(void)
{
    expect("\xff\xfe\xc0\x80", -1, "\\xff\\xfe\\xc0\\x80");
    expect("\xe6\x97", -1, "\\xe6\\x97");          /* cut off */
    expect("\xe6\x97\xa5", 2, "\\xe6\\x97");       /* by its length */
    expect("\xed\xa0\x80", -1, "\\xed\\xa0\\x80"); /* half of a pair */
    expect("\xc3<", -1, "\\xc3&lt;");
}

static void
test_attribute(void)
{
    GString *out = g_string_new("<a title=");

    mf_html_append_attribute(out, "\" onclick='x'>\n", -1);
    g_assert_cmpstr(out->str, ==, "<a title=\"&quot; onclick=&#39;x&#39;&gt;\\x0a\"");
    g_string_free(out, TRUE);
}

/* Whatever came: UTF-8, no markup, no quotation mark, nothing below a blank. */
static void
test_any_bytes(void)
{
    for (unsigned round = 0; round < 2000; round++) {
        const int32_t length = g_test_rand_int_range(0, 60);
        char *bytes = g_malloc((gsize)length + 1);
        GString *out = g_string_new(NULL);

        for (int32_t i = 0; i < length; i++)
            bytes[i] = (char)g_test_rand_int_range(0, 256);
        mf_html_append_text(out, bytes, length);
        g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
        g_assert_null(strpbrk(out->str, "<>\"'"));
        for (size_t i = 0; i < out->len; i++)
            g_assert_cmpuint((guint8)out->str[i], >=, ' ');
        g_string_free(out, TRUE);
        g_free(bytes);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/html-text/markup", test_markup);
    g_test_add_func("/html-text/controls", test_controls);
    g_test_add_func("/html-text/directions", test_directions);
    g_test_add_func("/html-text/letters", test_letters);
    g_test_add_func("/html-text/no-utf8", test_no_utf8);
    g_test_add_func("/html-text/attribute", test_attribute);
    g_test_add_func("/html-text/any-bytes", test_any_bytes);
    return g_test_run();
}
