/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of rules, how many of them are good, and what is said about the others. */
#ifndef MALFLOW_TESTS_PARSE_KIT_H
#define MALFLOW_TESTS_PARSE_KIT_H

#include "core/rules/ruleset.h"
#include "rows.h"

#include <glib.h>
#include <string.h>

struct row {
    const char *text;
    unsigned added;
    const char *said; /* LINE:COLUMN: message, joined by '|'; "*" at the end of one: any rest */
};

/* What DIAGS say, in the form of struct row. The caller frees. */
static inline char *
parse_kit_said(const struct mf_diags *diags, const char *wanted)
{
    GString *out = g_string_new(NULL);
    char **wants = g_strsplit(wanted, "|", -1);
    unsigned n = g_strv_length(wants);

    for (unsigned i = 0; i < mf_diags_count(diags); i++) {
        const struct mf_diag *diag = mf_diags_get(diags, i);
        char *got = g_strdup_printf("%u:%u: %s", diag->line, diag->column, diag->message);
        size_t kept = i < n && g_str_has_suffix(wants[i], "*") ? strlen(wants[i]) - 1 : SIZE_MAX;

        if (kept < strlen(got) && strncmp(got, wants[i], kept) == 0) {
            got[kept] = '*';
            got[kept + 1] = '\0';
        }
        g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", got);
        g_free(got);
    }
    g_strfreev(wants);
    return g_string_free(out, FALSE);
}

static inline void
parse_kit_run(gconstpointer data)
{
    const struct row *row = data;
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);
    unsigned added;
    char *said;

    added = mf_ruleset_add_text(set, "test.rules", row->text, diags);
    said = parse_kit_said(diags, row->said);
    g_test_message("%s", row->text);
    g_assert_cmpstr(said, ==, row->said);
    g_assert_cmpuint(added, ==, row->added);
    g_assert_cmpuint(mf_ruleset_count(set), ==, row->added);
    for (unsigned i = 0; i < mf_diags_count(diags); i++)
        g_assert_cmpstr(mf_diags_get(diags, i)->file, ==, "test.rules");
    g_assert_true(mf_ruleset_compile(set, diags));
    g_free(said);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* One test per row, named /PATH/NUMBER. */
static inline void
parse_kit_add(const char *path, const struct row *rows, unsigned n)
{
    rows_add(path, rows, sizeof *rows, n, parse_kit_run);
}

#endif
