/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of loaded rules: short when all is well, one message when not, all on demand. */
#include "core/rule_report.h"

#include <string.h>

#define GOOD "alert tcp any any -> any any (msg:\"m\"; content:\"x\"; sid:%u;)\n"
#define BAD  "alert tcp any any -> any any (msg:\"m\"; no_such_keyword; sid:%u;)\n"

struct fixture {
    struct mf_ruleset *set;
    struct mf_diags *diags;
    GString *text;
};

static void
set_up(struct fixture *f)
{
    *f = (struct fixture){mf_ruleset_new(NULL, NULL), mf_diags_new(), g_string_new(NULL)};
}

/* Adds N rules of the form RULE, the first with sid FIRST. */
static void
add(struct fixture *f, const char *file, const char *rule, unsigned first, unsigned n)
{
    GString *text = g_string_new(NULL);
    char **halves = g_strsplit(rule, "%u", 2);

    for (unsigned i = 0; i < n; i++)
        g_string_append_printf(text, "%s%u%s", halves[0], first + i, halves[1]);
    mf_ruleset_add_text(f->set, file, text->str, f->diags);
    g_string_free(text, TRUE);
    g_strfreev(halves);
}

static const char *
message(struct fixture *f)
{
    mf_ruleset_compile(f->set, f->diags);
    mf_rule_report_message(f->set, f->diags, "HOW", f->text);
    return f->text->str;
}

static const char *
full(struct fixture *f)
{
    mf_ruleset_compile(f->set, f->diags);
    mf_rule_report_full(f->set, f->diags, f->text);
    return f->text->str;
}

static void
tear_down(struct fixture *f)
{
    mf_ruleset_free(f->set);
    mf_diags_free(f->diags);
    g_string_free(f->text, TRUE);
}

static unsigned
count_lines(const char *text)
{
    unsigned lines = *text != '\0';

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void
test_nothing_wrong(void)
{
    struct fixture f;

    set_up(&f);
    add(&f, "a.rules", GOOD, 1, 3);
    g_assert_cmpstr(message(&f), ==, "");
    tear_down(&f);
}

/* Up to five are named; one more, and only their number is told. */
static void
test_few_and_many(void)
{
    for (unsigned n = 1; n <= 7; n++) {
        struct fixture f;
        char *head = g_strdup_printf("3 loaded, %u not run%s", n, n > 5 ? " (HOW lists them)" : "");

        set_up(&f);
        add(&f, "a.rules", GOOD, 1, 3);
        add(&f, "b.rules", BAD, 10, n);
        g_assert_true(g_str_has_prefix(message(&f), head));
        g_assert_cmpuint(count_lines(f.text->str), ==, n > 5 ? 1 : 1 + n);
        g_assert_cmpint(strstr(f.text->str, "\nb.rules:1:") != NULL, ==, n <= 5);
        g_free(head);
        tear_down(&f);
    }
}

/* A file that cannot be read is named however many rules are not run; very many are not. */
static void
test_files_are_named(void)
{
    struct fixture f;

    set_up(&f);
    mf_ruleset_add_path(f.set, "/nonexistent/x.rules", f.diags);
    add(&f, "b.rules", BAD, 1, 20);
    g_assert_nonnull(strstr(message(&f), "/nonexistent/x.rules: "));
    g_assert_cmpuint(count_lines(f.text->str), ==, 2);
    tear_down(&f);
    set_up(&f);
    for (unsigned i = 0; i < 9; i++)
        mf_ruleset_add_path(f.set, "/nonexistent/x.rules", f.diags);
    g_assert_true(g_str_has_suffix(message(&f), "\n... and 4 more"));
    g_assert_cmpuint(count_lines(f.text->str), ==, 1 + 5 + 1);
    tear_down(&f);
}

static void
test_thousands(void)
{
    struct fixture f;

    set_up(&f);
    add(&f, "a.rules", GOOD, 1, 1000);
    add(&f, "b.rules", BAD, 5000, 1007);
    g_assert_cmpstr(message(&f), ==, "1,000 loaded, 1,007 not run (HOW lists them)");
    tear_down(&f);
}

static void
test_full(void)
{
    struct fixture f;
    const char *text;

    set_up(&f);
    add(&f, "a.rules", GOOD, 1, 3);
    add(&f, "a.rules",
        "alert http any any -> any any (msg:\"m\"; http.uri; content:\"x\"; sid:%u;)\n", 4, 1);
    add(&f, "b.rules", BAD, 10, 2);
    add(&f, "b.rules", "alert tcp any any -> any any (msg:\"m\"; other_keyword; sid:%u;)\n", 20, 7);
    text = full(&f);
    g_assert_nonnull(strstr(text, "malflow signatures: 4 loaded, 9 not run\n"));
    g_assert_nonnull(strstr(text, "      4        0  a.rules\n      0        9  b.rules\n"));
    g_assert_nonnull(strstr(text, "      3  reassembled streams and datagrams\n"
                                  "      1  what Wireshark dissected\n"));
    g_assert_nonnull(strstr(text, "\nb.rules:2:"));
    g_assert_nonnull(strstr(text, "\n  rules  reason\n      7  "));
    g_assert_nonnull(strstr(strstr(text, "  rules  reason\n      7  "), "\n      2  "));
    tear_down(&f);
}

/* Of each rule that is not run there is a line, and reasons that differ in a number are one. */
static void
test_reasons(void)
{
    static const char second[] = "alert tcp any %u:0 -> any any (sid:1;)\n";
    struct fixture f;
    const char *reasons;

    set_up(&f);
    add(&f, "a.rules", GOOD, 1, 12);
    add(&f, "b.rules", second, 1, 12);
    full(&f);
    for (unsigned i = 1; i <= 12; i++) {
        char *line = g_strdup_printf("\nb.rules:%u:", i);

        g_assert_nonnull(strstr(f.text->str, line));
        g_free(line);
    }
    reasons = strstr(f.text->str, "  rules  reason\n");
    g_assert_nonnull(reasons);
    g_assert_true(g_str_has_prefix(reasons + strlen("  rules  reason\n"),
                                   "     12  expected a number from N "));
    g_assert_cmpuint(count_lines(reasons), ==, 4); /* and the ruler, and what follows its end */
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rule_report/nothing_wrong", test_nothing_wrong);
    g_test_add_func("/rule_report/few_and_many", test_few_and_many);
    g_test_add_func("/rule_report/files_are_named", test_files_are_named);
    g_test_add_func("/rule_report/thousands", test_thousands);
    g_test_add_func("/rule_report/full", test_full);
    g_test_add_func("/rule_report/reasons", test_reasons);
    return g_test_run();
}
