/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows are shown. */
#include "story_fixture.h"

#include <string.h>

static void
set_up(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    story_set_up(f, STORY_RULE);
    story_tell(f);
    f->base.options.fold = true;
    story_open(f);
}

static void
tear_down(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    story_tear_down(f);
}

static void
choose(struct story_fixture *f, const struct mf_story_choice *choice, uint32_t step)
{
    mf_story_choose(f->story, choice);
    while (!mf_story_choose_some(f->story, step))
        ;
}

/* Sessions of the rows that are chosen: "1 2 3 ". The caller frees. */
static char *
chosen(const struct story_fixture *f)
{
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_story_count(f->story); i++)
        g_string_append_printf(out, "%u ", mf_story_row(f->story, i)->session);
    return g_string_free(out, FALSE);
}

/* Rows: 1 IRC, 2 web, 3 scan with its members, 7 its member with payload, 15 what is folded. */
static void
test_choices(struct story_fixture *f, gconstpointer unused)
{
    static const struct {
        struct mf_story_choice choice;
        const char *rows;
    } cases[] = {
        {{0}, "1 2 3 7 15 "},
        {{.text = ""}, "1 2 3 7 15 "},
        {{.text = "irc"}, "1 "},
        {{.text = "IRC: Nick"}, "1 "},
        {{.text = "example.org/OTHER"}, "2 "}, /* a further request */
        {{.text = "executable"}, "2 "},
        {{.text = "[1] frame 5"}, "2 "},
        {{.text = "spread"}, "3 "},
        {{.text = ":2011"}, "3 "}, /* a member's port */
        {{.text = "192.168.231.5"}, "3 7 "},
        {{.text = "70.00"}, "15 "},
        {{.text = "clock"}, "15 "},
        {{.text = "ntp"}, "15 "}, /* its members' */
        {{.text = "no such thing"}, ""},
        {{.text = "tcp:irc\n"}, ""},
        {{.text = "\n"}, ""},
        {{.text = "\xc3\xa9"}, ""},
        {{.host = "115.126.2.12"}, "1 2 "},
        {{.host = "EXAMPLE"}, "2 "},
        {{.host = "231.12"}, "3 "},
        {{.host = "231.5"}, "3 7 "},
        {{.host = "10.0.0.2"}, "15 "},
        {{.host = "ntp"}, ""},
        {{.root = 1}, "1 2 "},
        {{.root = 3}, "3 "},
        {{.root = 7}, "3 7 "},
        {{.root = 99}, ""},
        {{.text = "tcp", .host = "231", .root = 7}, "3 7 "},
        {{.text = "irc", .host = "example"}, ""},
        {{.text = "http", .root = 1}, "2 "},
    };

    (void)unused;
    for (uint32_t step = 1; step < 30; step += 3)
        for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
            char *rows;

            choose(f, &cases[i].choice, step);
            rows = chosen(f);
            g_assert_cmpstr(rows, ==, cases[i].rows);
            g_free(rows);
            g_assert_cmpuint(mf_story_total(f->story), ==, 5);
        }
}

/* With a choice sessions are found where they are shown. */
static void
test_find(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    choose(f, &(struct mf_story_choice){.text = "spread"}, 100);
    g_assert_cmpint(mf_story_find_session(f->story, 1), ==, -1);
    g_assert_cmpint(mf_story_find_session(f->story, 3), ==, 0);
    g_assert_cmpint(mf_story_find_session(f->story, 7), ==, 0); /* its own row is not there */
    choose(f, &(struct mf_story_choice){.text = "231.5"}, 100);
    g_assert_cmpint(mf_story_find_session(f->story, 7), ==, 1);
}

/* Stops and goes on, also within a group. */
static void
test_steps(struct story_fixture *f, gconstpointer unused)
{
    const struct mf_story_choice choice = {.text = "no such thing"};
    unsigned steps = 1;

    (void)unused;
    mf_story_choose(f->story, &choice);
    g_assert_cmpuint(mf_story_count(f->story), ==, 0);
    g_assert_false(mf_story_choose_some(f->story, 0));
    while (!mf_story_choose_some(f->story, 1))
        steps++;
    g_assert_cmpuint(steps, ==, 5 + 12 + 3);
    mf_story_choose(f->story, &choice);
    g_assert_true(mf_story_choose_some(f->story, steps));
    g_assert_true(mf_story_choose_some(f->story, steps));
}

/* --- any choice --- */

/* Lower-case text of all cells of ROW and its requests, as one would look for it. */
static bool
row_says(const struct story_fixture *f, const struct mf_row *row, const char *text)
{
    GArray *children = mf_story_children(f->story, row);
    bool found = false;

    for (unsigned i = 0; i < MF_STORY_COLUMNS && !found; i++) {
        char *cell = story_cell(f, row, (enum mf_story_column)i),
             *lower = g_ascii_strdown(cell, -1);

        found = strstr(lower, text) != NULL;
        g_free(cell);
        g_free(lower);
    }
    for (guint i = 0; i < children->len && !found; i++) {
        const struct mf_row *child = &g_array_index(children, struct mf_row, i);
        char *cell = story_cell(f, child, MF_STORY_SUMMARY), *lower = g_ascii_strdown(cell, -1);

        if (child->kind == MF_ROW_SESSION)
            found = row_says(f, child, text);
        else if (child->kind == MF_ROW_REQUEST)
            found = strstr(lower, text) != NULL;
        g_free(cell);
        g_free(lower);
    }
    g_array_free(children, TRUE);
    return found;
}

/* The rows that say TEXT, looked at one by one. */
static void
expect_plainly(struct story_fixture *f, const char *text)
{
    const uint32_t total = mf_story_total(f->story);
    GArray *expected = g_array_new(FALSE, FALSE, sizeof(const struct mf_row *));

    mf_story_choose(f->story, &(struct mf_story_choice){0});
    for (uint32_t i = 0; i < total; i++) {
        const struct mf_row *row = mf_story_row(f->story, i);

        if (row_says(f, row, text))
            g_array_append_val(expected, row);
    }
    choose(f, &(struct mf_story_choice){.text = text}, 2);
    g_assert_cmpuint(mf_story_count(f->story), ==, expected->len);
    for (uint32_t i = 0; i < expected->len; i++)
        g_assert_true(mf_story_row(f->story, i) ==
                      g_array_index(expected, const struct mf_row *, i));
    g_array_free(expected, TRUE);
}

/* Any piece of any cell is found, where and only where it stands. */
static void
test_any_text(struct story_fixture *f, gconstpointer unused)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);

    (void)unused;
    for (uint32_t i = 0; i < mf_story_total(f->story); i++)
        for (unsigned column = 0; column < MF_STORY_COLUMNS; column++) {
            char *cell = story_cell(f, mf_story_row(f->story, i), (enum mf_story_column)column);

            g_ptr_array_add(cells, g_ascii_strdown(cell, -1));
            g_free(cell);
        }
    for (guint i = 0; i < cells->len; i++) {
        const char *cell = g_ptr_array_index(cells, i);
        const int32_t length = (int32_t)strlen(cell);

        for (unsigned round = 0; length > 0 && round < 4; round++) {
            const int32_t begin = g_test_rand_int_range(0, length);
            char *piece =
                g_strndup(cell + begin, (gsize)g_test_rand_int_range(1, length - begin + 1));

            expect_plainly(f, piece);
            g_free(piece);
        }
    }
    g_ptr_array_free(cells, TRUE);
}

#define TEST(name, function)                                                                       \
    g_test_add(name, struct story_fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("/story/choice/choices", test_choices);
    TEST("/story/choice/find", test_find);
    TEST("/story/choice/steps", test_steps);
    TEST("/story/choice/any-text", test_any_text);
    return g_test_run();
}
