/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/row_paint.h"

#include <string.h>

#define ROW "[  1 | x ] aaaa bbbb cccc dddd eeee ffff gggg hhhh *** hit one *** <= [2] frame 3 dns"

enum { INDENT = 11 };

static GArray *
styles(void)
{
    GArray *styled = g_array_new(FALSE, FALSE, sizeof(struct mf_styled));
    const uint32_t hit = (uint32_t)(strstr(ROW, " ***") - ROW);
    const uint32_t cause = (uint32_t)(strstr(ROW, " <=") - ROW);
    const struct mf_styled all[] = {{1, 4, MF_STYLE_SESSION},
                                    {hit, cause, MF_STYLE_HIT},
                                    {cause, sizeof ROW - 1, MF_STYLE_CAUSE}};

    g_array_append_vals(styled, all, G_N_ELEMENTS(all));
    return styled;
}

static void
expect(const struct mf_paint *paint, const char *expected)
{
    GString *out = g_string_new(NULL);
    GArray *styled = styles();

    mf_row_paint(paint, (struct mf_span){(const uint8_t *)ROW, sizeof ROW - 1}, styled, INDENT,
                 out);
    g_assert_cmpstr(out->str, ==, expected);
    g_array_free(styled, TRUE);
    g_string_free(out, TRUE);
}

static void
test_plain(void)
{
    expect(&(struct mf_paint){0}, ROW "\n");
    expect(&(struct mf_paint){.width = sizeof ROW - 1}, ROW "\n");
    expect(&(struct mf_paint){.width = INDENT + 39}, ROW "\n"); /* left to the terminal */
}

/* What is of a style stays whole if it can. */
static void
test_lines(void)
{
    expect(&(struct mf_paint){.width = 60}, "[  1 | x ] aaaa bbbb cccc dddd eeee ffff gggg hhhh\n"
                                            "           *** hit one *** <= [2] frame 3 dns\n");
    expect(&(struct mf_paint){.width = 70},
           "[  1 | x ] aaaa bbbb cccc dddd eeee ffff gggg hhhh *** hit one ***\n"
           "           <= [2] frame 3 dns\n");
}

static void
test_colours(void)
{
    expect(&(struct mf_paint){.colour = true},
           "[\033[33m  1\033[0m | x ] aaaa bbbb cccc dddd eeee ffff gggg hhhh"
           "\033[1;31m *** hit one ***\033[0m\033[36m <= [2] frame 3 dns\033[0m\n");
    expect(&(struct mf_paint){.colour = true, .width = 51},
           "[\033[33m  1\033[0m | x ] aaaa bbbb cccc dddd eeee ffff gggg hhhh\n"
           "           \033[1;31m*** hit one ***\033[0m\033[36m <= [2] frame 3 dns\033[0m\n");
}

/* Taking colours, breaks and indents away gives the row again, at every width. */
static void
test_every_width(void)
{
    const char long_word[] =
        "[  1 | x ] "
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    for (unsigned width = INDENT + 40; width < sizeof long_word + 2; width++) {
        const struct mf_paint paint = {true, width};
        GString *out = g_string_new(NULL), *joined = g_string_new(NULL);
        GArray *none = g_array_new(FALSE, FALSE, sizeof(struct mf_styled));
        char **lines;

        mf_row_paint(&paint, (struct mf_span){(const uint8_t *)long_word, sizeof long_word - 1},
                     none, INDENT, out);
        lines = g_strsplit(out->str, "\n", -1);
        for (unsigned i = 0; lines[i] != NULL; i++) {
            g_assert_cmpuint(strlen(lines[i]), <=, width);
            g_string_append(joined, i == 0 ? lines[i] : g_strchug(lines[i]));
        }
        g_assert_cmpstr(joined->str, ==, long_word);
        g_strfreev(lines);
        g_array_free(none, TRUE);
        g_string_free(joined, TRUE);
        g_string_free(out, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/row-paint/plain", test_plain);
    g_test_add_func("/row-paint/lines", test_lines);
    g_test_add_func("/row-paint/colours", test_colours);
    g_test_add_func("/row-paint/every-width", test_every_width);
    return g_test_run();
}
