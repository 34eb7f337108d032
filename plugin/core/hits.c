/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts are of the final state, so a table is made when it is shown, from the chains of hits that
 * sessions hold already: nothing is counted per packet for an output that few ask for.
 */
#include "hits.h"

#include "text.h"

#include <string.h>

struct mf_hit_table {
    const struct mf_engine *engine;
    const struct mf_hit_options *options;
    GArray *rows;        /* struct mf_hit_row */
    GHashTable *by_rule; /* GUINT_TO_POINTER(index of the rule) -> position in rows + 1 */
    uint32_t sessions;   /* that have a row */
};

/* --- options --- */

static const char *const order_names[] = {
    [MF_HITS_BY_FRAME] = "frame",
    [MF_HITS_BY_COUNT] = "count",
    [MF_HITS_BY_PRIORITY] = "priority",
    [MF_HITS_BY_SID] = "sid",
};

static bool
set_sort(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_hit_options *options = target;

    (void)diags;
    for (unsigned i = 0; i < G_N_ELEMENTS(order_names); i++)
        if (strcmp(value, order_names[i]) == 0) {
            options->order = (enum mf_hit_order)i;
            return true;
        }
    return false;
}

static bool
set_priority(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_hit_options *options = target;

    (void)diags;
    return mf_option_list_number(value, 1, UINT8_MAX, &options->priority);
}

static const struct mf_option_row known[] = {
    {"sort", "frame, count, priority or sid", set_sort},
    {"priority", "a number from 1 to 255", set_priority},
};

const struct mf_option_list mf_hit_option_list = {known, G_N_ELEMENTS(known)};

/* --- rows --- */

struct mf_hit_table *
mf_hit_table_new(const struct mf_engine *engine, const struct mf_hit_options *options)
{
    static const struct mf_hit_options defaults;
    struct mf_hit_table *table = g_new0(struct mf_hit_table, 1);

    table->engine = engine;
    table->options = options != NULL ? options : &defaults;
    table->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_hit_row));
    table->by_rule = g_hash_table_new(NULL, NULL);
    return table;
}

void
mf_hit_table_free(struct mf_hit_table *table)
{
    if (table == NULL)
        return;
    g_array_free(table->rows, TRUE);
    g_hash_table_destroy(table->by_rule);
    g_free(table);
}

static struct mf_hit_row *
row_of(struct mf_hit_table *table, const struct mf_hit *hit, const struct mf_rule_info *rule)
{
    gpointer key = GUINT_TO_POINTER(hit->rule);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(table->by_rule, key));
    const struct mf_hit_row fresh = {
        .rule = rule, .first_frame = hit->frame, .first_session = hit->session};

    if (at == 0) {
        g_array_append_val(table->rows, fresh);
        at = table->rows->len;
        g_hash_table_insert(table->by_rule, key, GUINT_TO_POINTER(at));
    }
    return &g_array_index(table->rows, struct mf_hit_row, at - 1);
}

/* Whether the options leave the rule in. */
static bool
add_hit(struct mf_hit_table *table, const struct mf_hit *hit)
{
    const struct mf_rule_info *rule = mf_engine_hit_rule(table->engine, hit);
    struct mf_hit_row *row;

    if (table->options->priority != 0 && rule->priority > table->options->priority)
        return false;
    row = row_of(table, hit, rule);
    row->hits++;
    row->sessions += row->last_session != hit->session;
    row->last_session = hit->session;
    if (hit->frame < row->first_frame) {
        row->first_frame = hit->frame;
        row->first_session = hit->session;
    }
    return true;
}

void
mf_hit_table_add(struct mf_hit_table *table, uint32_t session)
{
    const struct mf_findings *findings = mf_engine_findings(table->engine);
    const struct mf_session *of = mf_engine_session(table->engine, session);
    bool any = false;

    for (uint32_t at = of != NULL ? of->first_hit : 0; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        any |= add_hit(table, hit);
        at = hit->next;
    }
    table->sessions += any;
}

static int
compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static gint
compare_rows(gconstpointer pa, gconstpointer pb, gpointer options)
{
    const struct mf_hit_row *a = pa, *b = pb;
    const int by[] = {
        [MF_HITS_BY_FRAME] = 0,
        [MF_HITS_BY_COUNT] = compare(b->hits, a->hits),
        [MF_HITS_BY_PRIORITY] = compare(a->rule->priority, b->rule->priority),
        [MF_HITS_BY_SID] = compare(a->rule->sid, b->rule->sid),
    };
    int order = by[((const struct mf_hit_options *)options)->order];

    if (order == 0)
        order = compare(a->first_frame, b->first_frame);
    return order != 0 ? order : compare(a->rule->sid, b->rule->sid);
}

void
mf_hit_table_sort(struct mf_hit_table *table)
{
    g_array_sort_with_data(table->rows, compare_rows, (gpointer)table->options);
}

uint32_t
mf_hit_table_count(const struct mf_hit_table *table)
{
    return table->rows->len;
}

const struct mf_hit_row *
mf_hit_table_row(const struct mf_hit_table *table, uint32_t index)
{
    return &g_array_index(table->rows, struct mf_hit_row, index);
}

/* --- text --- */

#define RULER                                                                                      \
    "====================================================================================="        \
    "===============\n"

static void
append_row(const struct mf_hit_row *row, GString *out)
{
    const struct mf_rule_info *rule = row->rule;
    char *signature = g_strdup_printf("%u:%u", rule->sid, rule->rev);
    GString *severity = g_string_new(NULL);

    mf_text_append_string(severity, rule->severity != NULL ? rule->severity : "-");
    g_string_append_printf(out, "%7u %7u %7u %8u %4u %-13s %12s  ", row->first_frame,
                           row->first_session, row->hits, row->sessions, rule->priority,
                           severity->str, signature);
    mf_text_append_string(out, rule->msg);
    if (rule->classtype != NULL) {
        g_string_append(out, " [");
        mf_text_append_string(out, rule->classtype);
        g_string_append_c(out, ']');
    }
    g_string_append_c(out, '\n');
    g_string_free(severity, TRUE);
    g_free(signature);
}

void
mf_hit_table_append_text(const struct mf_hit_table *table, GString *out)
{
    uint64_t hits = 0;

    for (uint32_t i = 0; i < table->rows->len; i++)
        hits += mf_hit_table_row(table, i)->hits;
    g_string_append_printf(out,
                           RULER "malflow hits: %" G_GUINT64_FORMAT
                                 ", signatures: %u, sessions: %u\n"
                                 "  first   first\n"
                                 "  frame session    hits sessions prio severity       "
                                 "     sid:rev  message [class]\n",
                           hits, table->rows->len, table->sessions);
    for (uint32_t i = 0; i < table->rows->len; i++)
        append_row(mf_hit_table_row(table, i), out);
    g_string_append(out, RULER);
}
