/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A diagnostic with a line is about one rule, one without is about a file or the whole. Reasons are
 * counted by their words, numbers left out: what is unsupported is named in quotes and stays apart,
 * while offsets and sids fall together.
 */
#include "rule_report.h"

#include "text.h"

#include <string.h>

/* Rules that are not run are named in a message when there are no more. */
enum { FEW = 5 };

static bool
is_about_rule(const struct mf_diag *diag)
{
    return diag->line != 0;
}

static unsigned
count_not_run(const struct mf_diags *diags)
{
    unsigned count = 0;

    for (unsigned i = 0; i < mf_diags_count(diags); i++)
        count += is_about_rule(mf_diags_get(diags, i));
    return count;
}

/* "33,900" */
static void
append_number(GString *out, unsigned number)
{
    if (number >= 1000) {
        append_number(out, number / 1000);
        g_string_append_printf(out, ",%03u", number % 1000);
    } else {
        g_string_append_printf(out, "%u", number);
    }
}

static void
append_counts(const struct mf_ruleset *set, unsigned not_run, const char *hint, GString *out)
{
    append_number(out, mf_ruleset_count(set));
    g_string_append(out, " loaded, ");
    append_number(out, not_run);
    g_string_append(out, " not run");
    g_string_append(out, hint);
    if (mf_ruleset_disabled(set) > 0) {
        g_string_append(out, ", ");
        append_number(out, mf_ruleset_disabled(set));
        g_string_append(out, " switched off");
    }
}

static void
append_diag(const struct mf_diag *diag, GString *out)
{
    char *line = mf_diag_format(diag);

    g_string_append(out, line);
    g_free(line);
}

void
mf_rule_report_message(const struct mf_ruleset *set, const struct mf_diags *diags, const char *how,
                       GString *out)
{
    unsigned not_run = count_not_run(diags), others = 0;
    bool few = not_run <= FEW;
    char *hint = few ? g_strdup("") : g_strdup_printf(" (%s lists them)", how);

    if (mf_diags_count(diags) > 0)
        append_counts(set, not_run, hint, out);
    g_free(hint);
    for (unsigned i = 0; i < mf_diags_count(diags); i++) {
        const struct mf_diag *diag = mf_diags_get(diags, i);

        if (is_about_rule(diag) ? !few : others++ >= FEW)
            continue;
        g_string_append_c(out, '\n');
        append_diag(diag, out);
    }
    if (others > FEW)
        g_string_append_printf(out, "\n... and %u more", others - FEW);
}

/* --- in full --- */

#define RULER "===================================================================\n"

/* What was counted under one name. */
struct counts {
    const char *name;
    unsigned loaded, not_run;
};

/* A tally: char *, owned -> struct counts *, owned. */
static struct counts *
counts_of(GHashTable *tally, const char *name)
{
    struct counts *counts = g_hash_table_lookup(tally, name);

    if (counts == NULL) {
        char *key = g_strdup(name);

        counts = g_new0(struct counts, 1);
        counts->name = key;
        g_hash_table_insert(tally, key, counts);
    }
    return counts;
}

static GHashTable *
tally_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static gint
compare_counts(gconstpointer pa, gconstpointer pb)
{
    const struct counts *a = *(const struct counts *const *)pa;
    const struct counts *b = *(const struct counts *const *)pb;

    if (a->not_run != b->not_run)
        return a->not_run < b->not_run ? 1 : -1;
    return strcmp(a->name, b->name);
}

static gint
compare_names(gconstpointer pa, gconstpointer pb)
{
    const struct counts *a = *(const struct counts *const *)pa;
    const struct counts *b = *(const struct counts *const *)pb;

    return strcmp(a->name, b->name);
}

/* What was counted, in order. The list is the caller's, its elements are the tally's. */
static GPtrArray *
sorted(GHashTable *tally, GCompareFunc order)
{
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer counts;

    g_hash_table_iter_init(&iter, tally);
    while (g_hash_table_iter_next(&iter, NULL, &counts))
        g_ptr_array_add(list, counts);
    g_ptr_array_sort(list, order);
    return list;
}

static const char *
file_of(const struct mf_diag *diag)
{
    return diag->file != NULL ? diag->file : "";
}

static void
append_files(const struct mf_ruleset *set, const struct mf_diags *diags, GString *out)
{
    GHashTable *tally = tally_new();
    GPtrArray *files;

    for (unsigned i = 0; i < mf_ruleset_count(set); i++)
        counts_of(tally, mf_ruleset_info(set, i)->file)->loaded++;
    for (unsigned i = 0; i < mf_diags_count(diags); i++)
        if (is_about_rule(mf_diags_get(diags, i)))
            counts_of(tally, file_of(mf_diags_get(diags, i)))->not_run++;
    files = sorted(tally, compare_names);
    g_string_append(out, " loaded  not run  file\n");
    for (guint i = 0; i < files->len; i++) {
        const struct counts *file = files->pdata[i];

        g_string_append_printf(out, "%7u  %7u  ", file->loaded, file->not_run);
        mf_text_append_string(out, file->name);
        g_string_append_c(out, '\n');
    }
    g_ptr_array_free(files, TRUE);
    g_hash_table_destroy(tally);
}

static void
append_kinds(const struct mf_ruleset *set, GString *out)
{
    static const char *const names[] = {
        [MF_TRIED_ON_ADDRESSES] = "addresses alone",
        [MF_TRIED_ON_PACKETS] = "single packets",
        [MF_TRIED_ON_STREAMS] = "reassembled streams and datagrams",
        [MF_TRIED_ON_MESSAGES] = "what Wireshark dissected",
    };

    g_string_append(out, "tried on (a rule may be tried on several):\n");
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        g_string_append_printf(out, "%7u  %s\n", mf_ruleset_count_tried(set, (enum mf_tried_on)i),
                               names[i]);
}

static void
append_databases(const struct mf_ruleset *set, GString *out)
{
    g_string_append_printf(out, "databases of literals: %u from the cache, %u compiled\n",
                           mf_ruleset_cached(set), mf_ruleset_compiled(set));
}

/* The message without its numbers, but with those in quotes. */
static char *
reason_of(const char *message)
{
    GString *out = g_string_new(NULL);
    char quote = '\0';

    for (const char *at = message; *at != '\0'; at++) {
        if (quote == '\0' && (*at == '\'' || *at == '"'))
            quote = *at;
        else if (*at == quote)
            quote = '\0';
        if (quote != '\0' || !g_ascii_isdigit(*at))
            g_string_append_c(out, *at);
        else if (at == message || !g_ascii_isdigit(at[-1]))
            g_string_append_c(out, 'N');
    }
    return g_string_free(out, FALSE);
}

static void
append_reasons(const struct mf_diags *diags, GString *out)
{
    GHashTable *tally = tally_new();
    GPtrArray *reasons;

    for (unsigned i = 0; i < mf_diags_count(diags); i++) {
        const struct mf_diag *diag = mf_diags_get(diags, i);
        char *reason = reason_of(diag->message);

        if (is_about_rule(diag))
            counts_of(tally, reason)->not_run++;
        g_free(reason);
    }
    reasons = sorted(tally, compare_counts);
    if (reasons->len > 0)
        g_string_append(out, "  rules  reason\n");
    for (guint i = 0; i < reasons->len; i++) {
        const struct counts *reason = reasons->pdata[i];

        g_string_append_printf(out, "%7u  ", reason->not_run);
        mf_text_append_string(out, reason->name);
        g_string_append_c(out, '\n');
    }
    g_ptr_array_free(reasons, TRUE);
    g_hash_table_destroy(tally);
}

void
mf_rule_report_full(const struct mf_ruleset *set, const struct mf_diags *diags, GString *out)
{
    g_string_append(out, RULER "malflow signatures: ");
    append_counts(set, count_not_run(diags), "", out);
    g_string_append_c(out, '\n');
    append_files(set, diags, out);
    append_kinds(set, out);
    append_databases(set, out);
    for (unsigned i = 0; i < mf_diags_count(diags); i++) {
        append_diag(mf_diags_get(diags, i), out);
        g_string_append_c(out, '\n');
    }
    append_reasons(diags, out);
    g_string_append(out, RULER);
}
