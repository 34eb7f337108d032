/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/span.h"

#include <string.h>

static struct mf_span
span_of(const char *text)
{
    return (struct mf_span){(const uint8_t *)text, strlen(text)};
}

static void
expect(struct mf_span span, const char *text)
{
    g_assert_cmpmem(span.data, span.length, text, strlen(text));
}

static void
test_lines(void)
{
    struct mf_span rest = span_of("\r\none\rtwo\n\n\r\nthree\r\nfour"), line;

    for (unsigned i = 0; i < 3; i++) {
        static const char *const lines[] = {"one", "two", "three"};

        g_assert_true(mf_span_take_line(&rest, &line));
        expect(line, lines[i]);
    }
    g_assert_false(mf_span_take_line(&rest, &line));
    expect(rest, "four");
    rest = span_of("");
    g_assert_false(mf_span_take_line(&rest, &line));
}

/* Lines of all lengths around those of the pieces that are searched, the other line end behind. */
static void
test_line_lengths(void)
{
    for (unsigned length = 1; length < 600; length++)
        for (unsigned end = 0; end < 2; end++) {
            GString *text = g_string_new(NULL);
            struct mf_span rest, line;

            g_string_set_size(text, length);
            memset(text->str, 'x', length);
            g_string_append(text, end == 0 ? "\rnext\n" : "\nnext\r");
            rest = (struct mf_span){(const uint8_t *)text->str, length};
            g_assert_false(mf_span_take_line(&rest, &line));
            rest.length = text->len;
            g_assert_true(mf_span_take_line(&rest, &line));
            g_assert_cmpuint(line.length, ==, length);
            g_assert_true(mf_span_take_line(&rest, &line));
            expect(line, "next");
            g_string_free(text, TRUE);
        }
}

static void
test_take(void)
{
    struct mf_span rest = span_of("ab  cd"), word;

    expect(mf_span_take(&rest, 0), "");
    g_assert_true(mf_span_take_word(&rest, &word));
    expect(word, "ab");
    g_assert_true(mf_span_take_word(&rest, &word));
    expect(word, "cd");
    g_assert_false(mf_span_take_word(&rest, &word));
    rest = span_of("abc");
    expect(mf_span_take(&rest, 2), "ab");
    expect(mf_span_take(&rest, 2), "c");
    expect(mf_span_take(&rest, 2), "");
}

static void
test_strip(void)
{
    const struct mf_span text = span_of(" \t\f a b\r\n");
    const struct mf_span with_nul = {(const uint8_t *)"\0 \0", 3};

    expect(mf_span_strip(text, MF_SPACES), "a b");
    expect(mf_span_strip(text, MF_BLANKS), "\f a b\r\n");
    expect(mf_span_strip_front(text, " "), "\t\f a b\r\n");
    expect(mf_span_strip_end(text, MF_LINE_ENDS), " \t\f a b");
    expect(mf_span_strip(span_of("\r\n \t"), MF_SPACES), "");
    expect(mf_span_strip(span_of(""), MF_SPACES), "");
    g_assert_cmpuint(mf_span_strip(with_nul, MF_SPACES).length, ==, 3);
}

static void
test_contains(void)
{
    g_assert_true(mf_span_contains(span_of("GET / http/1.1"), " HTTP/"));
    g_assert_true(mf_span_contains(span_of("xsMtP"), "smtp"));
    g_assert_true(mf_span_contains(span_of("[version 5"), "[Version "));
    g_assert_false(mf_span_contains(span_of("{version 5"), "[Version ")); /* '{' is '[' | 0x20 */
    g_assert_false(mf_span_contains(span_of("smt"), "smtp"));
}

static void
test_same(void)
{
    static const struct mf_span none = {NULL, 0};

    g_assert_true(mf_span_same(span_of("/a"), span_of("/a")));
    g_assert_false(mf_span_same(span_of("/a"), span_of("/A")));
    g_assert_false(mf_span_same(span_of("/a"), span_of("/ab")));
    g_assert_true(mf_span_same(none, span_of("")));
    g_assert_true(mf_span_same(none, none));
    g_assert_false(mf_span_same(span_of("a"), none));
    g_assert_true(mf_span_starts(none, ""));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/span/lines", test_lines);
    g_test_add_func("/span/line-lengths", test_line_lengths);
    g_test_add_func("/span/take", test_take);
    g_test_add_func("/span/strip", test_strip);
    g_test_add_func("/span/contains", test_contains);
    g_test_add_func("/span/same", test_same);
    return g_test_run();
}
