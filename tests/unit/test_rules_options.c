/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user sets for all rules: home networks, files of variables, rules switched off. */
#include "parse_kit.h"

#include <glib/gstdio.h>

#define FROM(list) "alert tcp " list " any -> any any (sid:1;)\n"

/* --- files of variables --- */

struct file {
    const char *text;
    const char *rules;
    unsigned added;
    const char *said; /* in the form of struct row; the file's come first */
};

static const struct file files[] = {
    {"", FROM("$HOME_NET"), 1, ""},
    {"# a comment\nMINE = 10.0.0.1\n", FROM("$MINE"), 1, ""},
    {"MINE: [10.0.0.1, 10.0.0.2] # both\n", FROM("$MINE"), 1, ""},
    {"MINE = \"10.0.0.1\"\r\n", FROM("$MINE"), 1, ""},
    {"MINE = [10.0.0.1, \\\n 10.0.0.2]\nOTHER = [$MINE,!10.0.0.3]", FROM("$OTHER"), 1, ""},
    {"MINE = 80:89", "alert tcp any $MINE -> any any (sid:1;)", 1, ""},
    {"MINE = [$HTTP_PORTS,81]", "alert tcp any $MINE -> any any (sid:1;)", 1, ""},
    {"MINE = ::1", FROM("$MINE"), 1, ""},
    {"\nMINE = 10.0.0.300\n", FROM("$MINE") FROM("[$MINE]") FROM("any"), 1,
     "2:8: expected an address, not '10.0.0.300'|"
     "1:11: the variable '$MINE' is wrong, see variables:2|"
     "2:12: the variable '$MINE' is wrong, see variables:2"},
    {"MINE = [10.0.0.1, \\\n  10.0.0.x]\n", FROM("any"), 1,
     "2:3: expected an address, not '10.0.0.x'"},
    {"A = $B\nB = [$C]\nC = !$A", FROM("any"), 1, "3:6: the variable '$A' contains itself|*|*"},
    {"no assignment\n= 3\nMINE =\n", FROM("any"), 1,
     "1:1: expected NAME = VALUE|2:1: expected NAME = VALUE|3:7: expected an address"},
    {"MINE = $OTHER", FROM("$MINE"), 0,
     "1:8: the variable '$OTHER' is not defined|1:11: the variable '$MINE' *"},
    {"HOME_NET = any", FROM("$EXTERNAL_NET"), 1, ""},
    {"HOME_NET = any\nEXTERNAL_NET = !$HOME_NET", FROM("$EXTERNAL_NET"), 0,
     "2:16: '!$HOME_NET' would match nothing|*|1:11: *"},

    /* as in a suricata.yaml */
    {"%YAML 1.1\n---\nvars:\n  # x\n  address-groups:\n    MINE: \"[10.0.0.1]\"\n"
     "    #MINE: \"any\"\n\n  port-groups:\n    WEB: 80\n\nother:\n  - list\n  MINE: nonsense\n",
     FROM("$MINE") "alert tcp any any -> any $WEB (sid:2;)", 2, ""},
    {"vars:\n  address-groups:\n    MINE: \"10.0.0.x\"\n", FROM("any"), 1,
     "3:12: expected an address, not '10.0.0.x'"},
    {"vars:\n  port-groups:\n    MINE: '8o'\n", FROM("any"), 1,
     "3:12: expected a number from 0 to 65535, not '8o'"},
    {"vars:\n  address-groups:\n    - x\n", FROM("any"), 1, "3:5: expected NAME: VALUE"},
};

static void
run_file(gconstpointer data)
{
    const struct file *file = data;
    struct mf_diags *diags = mf_diags_new();
    char *folder = g_dir_make_tmp("malflow-variables-XXXXXX", NULL), *before = g_get_current_dir();
    const struct mf_rule_options options = {.variables = "variables"};
    struct mf_ruleset *set;
    unsigned added;
    char *said;

    g_assert_cmpint(g_chdir(folder), ==, 0);
    g_assert_true(g_file_set_contents("variables", file->text, -1, NULL));
    set = mf_ruleset_new(&options, diags);
    added = mf_ruleset_add_text(set, "test.rules", file->rules, diags);
    said = parse_kit_said(diags, file->said);
    g_test_message("%s", file->text);
    g_assert_cmpstr(said, ==, file->said);
    g_assert_cmpuint(added, ==, file->added);
    g_remove("variables");
    g_assert_cmpint(g_chdir(before), ==, 0);
    g_rmdir(folder);
    g_free(said);
    g_free(folder);
    g_free(before);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

static void
test_no_file(void)
{
    const struct mf_rule_options options = {.variables = "/no/such/file"};
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(&options, diags);

    g_assert_cmpuint(mf_diags_count(diags), ==, 1);
    g_assert_cmpstr(mf_diags_get(diags, 0)->file, ==, "/no/such/file");
    g_assert_cmpuint(mf_ruleset_add_text(set, "t", FROM("$HOME_NET"), diags), ==, 1);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* A chain of variables is followed so far and no further. */
static void
test_long_chain(void)
{
    GString *text = g_string_new("V0 = 10.0.0.1\n");
    struct mf_diags *diags = mf_diags_new();
    char *folder = g_dir_make_tmp("malflow-variables-XXXXXX", NULL);
    char *path = g_build_filename(folder, "v", NULL);
    const struct mf_rule_options options = {.variables = path};
    struct mf_ruleset *set;

    for (unsigned i = 1; i < 3000; i++)
        g_string_append_printf(text, "V%u = $V%u\n", i, i - 1);
    g_string_append(text, "A = $V2999\n");
    g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
    set = mf_ruleset_new(&options, diags);
    g_assert_cmpuint(mf_diags_count(diags), >, 0);
    g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==, "variables are nested too deep");
    g_assert_cmpuint(mf_ruleset_add_text(set, "t", FROM("$V9"), diags), ==, 1);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
    g_string_free(text, TRUE);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* --- home networks --- */

struct nets {
    const char *home, *external;
    const char *said; /* as mf_diag_format() has it; "": nothing */
    const char *list; /* a list that is good */
};

static const struct nets nets[] = {
    {NULL, NULL, "", "$HOME_NET"},
    {"", " ", "", "$EXTERNAL_NET"},
    {"10.0.0.0/8", NULL, "", "[$HOME_NET,192.0.2.1]"},
    {" any ", NULL, "", "$EXTERNAL_NET"},
    {"any", "!$HOME_NET", "external_net: '!$HOME_NET' would match nothing", "$EXTERNAL_NET"},
    {"10.0.0.x", NULL, "home_net: expected an address, not '10.0.0.x'", "!$HOME_NET"},
    {"$HOME_NET", NULL, "home_net: the variable '$HOME_NET' contains itself", "$HOME_NET"},
};

static void
run_nets(gconstpointer data)
{
    const struct nets *row = data;
    const struct mf_rule_options options = {.home_net = row->home, .external_net = row->external};
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(&options, diags);
    char *rule = g_strdup_printf("alert tcp %s any -> any any (sid:1;)", row->list);

    g_assert_cmpuint(mf_diags_count(diags), ==, row->said[0] != '\0');
    if (mf_diags_count(diags) > 0) {
        char *said = mf_diag_format(mf_diags_get(diags, 0));

        g_assert_cmpstr(said, ==, row->said);
        g_free(said);
    }
    g_assert_cmpuint(mf_ruleset_add_text(set, "t", rule, diags), ==, 1);
    g_free(rule);
    mf_ruleset_free(set);
    mf_ruleset_free(mf_ruleset_new(&options, NULL));
    mf_diags_free(diags);
}

/* --- switched off --- */

static void
test_disabled(void)
{
    const struct mf_rule_options options = {.disabled = "7, 20-29 , 5,22-31,, 1-x, 9-8,-1,"};
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(&options, diags);
    unsigned said = mf_diags_count(diags);

    g_assert_cmpuint(said, ==, 4); /* the empty one, and three that are no ranges */
    g_assert_cmpstr(mf_diags_get(diags, 1)->message, ==,
                    "expected a sid or a range such as 100-199, not '1-x'");
    for (unsigned sid = 1; sid <= 40; sid++) {
        bool off = sid == 5 || sid == 7 || (sid >= 20 && sid <= 31);
        char *rule = g_strdup_printf("alert tcp any any -> any any (sid:%u;)", sid);

        g_assert_cmpuint(mf_ruleset_add_text(set, "t", rule, diags), ==, !off);
        g_free(rule);
    }
    g_assert_cmpuint(mf_ruleset_disabled(set), ==, 14);
    /* What is switched off need not be good. */
    mf_ruleset_add_text(set, "t", "alert tcp any any -> any any (no_such; sid:5;)", diags);
    g_assert_cmpuint(mf_ruleset_disabled(set), ==, 15);
    g_assert_cmpuint(mf_ruleset_skipped(set), ==, 0);
    g_assert_cmpuint(mf_diags_count(diags), ==, said);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ROWS_ADD("/rules-options/file", files, run_file);
    ROWS_ADD("/rules-options/nets", nets, run_nets);
    g_test_add_func("/rules-options/no-file", test_no_file);
    g_test_add_func("/rules-options/long-chain", test_long_chain);
    g_test_add_func("/rules-options/disabled", test_disabled);
    return g_test_run();
}
