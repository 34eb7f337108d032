/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,chains: what caused what, tree by tree. */
#include "core/chain_rows.h"
#include "core/verdict.h"
#include "table_window.h"
#include "tap.h"

#include <stdio.h>

static void
say_why_empty(const struct mf_engine *engine)
{
    if (mf_engine_correlator(engine) == NULL)
        fprintf(stderr, "malflow: causes are not looked for (preference malflow.correlate).\n");
    else
        fprintf(stderr, "malflow: nothing that passes the filter and options is known to have "
                        "caused anything.\n");
}

/* Whether there were any. */
static bool
draw_trees(const struct mf_output *output)
{
    struct mf_chains *chains = mf_chains_new(output->engine, output->options, output->sessions);
    const bool any = mf_chains_count(chains) > 0;
    GString *text = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_chains_count(chains); i++) {
        g_string_truncate(text, 0);
        mf_chains_append_text(chains, i, text);
        mf_output_print(text);
    }
    if (!any)
        say_why_empty(output->engine);
    g_string_free(text, TRUE);
    mf_chains_free(chains);
    return any;
}

static void
draw_verdicts(const struct mf_output *output)
{
    struct mf_verdicts *verdicts = mf_verdicts_new(output->engine, output->sessions);
    GString *text = g_string_new("Verdicts\n");

    mf_verdicts_append(verdicts, UINT32_MAX, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_verdicts_free(verdicts);
}

static void
draw(const struct mf_output *output)
{
    if (draw_trees(output))
        fputc('\n', stdout);
    draw_verdicts(output);
}

/* --- window --- */

enum column {
    COLUMN_NUMBER, /* in the order in which trees are read */
    COLUMN_ROOT,
    COLUMN_SESSION,
    COLUMN_FRAME,
    COLUMN_TIME,
    COLUMN_KIND,
    COLUMN_WHAT,
    COLUMN_CAUSE,
    COLUMN_CAUSE_FRAME,
    COLUMN_EVIDENCE,
    N_COLUMNS
};

static const struct mf_table_column columns[N_COLUMNS] = {
    [COLUMN_NUMBER] = {"Number", MF_CELL_COUNT},
    [COLUMN_ROOT] = {"Root", MF_CELL_COUNT},
    [COLUMN_SESSION] = {"Session", MF_CELL_COUNT},
    [COLUMN_FRAME] = {"Frame", MF_CELL_COUNT},
    [COLUMN_TIME] = {"Time", MF_CELL_SECONDS},
    [COLUMN_KIND] = {"Kind", MF_CELL_TEXT},
    [COLUMN_WHAT] = {"What happened", MF_CELL_TEXT},
    [COLUMN_CAUSE] = {"Cause", MF_CELL_TEXT},
    [COLUMN_CAUSE_FRAME] = {"Cause frame", MF_CELL_COUNT},
    [COLUMN_EVIDENCE] = {"Evidence", MF_CELL_TEXT},
};

struct trees {
    const struct mf_engine *engine;
    struct mf_chains *chains;
    GHashTable *node_of;          /* session -> node + 1 */
    GHashTable *node_of_group[2]; /* the same by scan group, and by beacon */
    uint32_t *root_of;            /* by node: the root of its tree */
    GArray *rows;                 /* uint32_t: node */
    GHashTable *told;             /* set of roots of trees that have rows */
};

static void
index_nodes(struct trees *trees)
{
    trees->root_of = g_new(uint32_t, mf_chains_count(trees->chains));
    for (uint32_t i = 0; i < mf_chains_count(trees->chains); i++)
        trees->root_of[i] =
            mf_chains_node(trees->chains, i)->depth == 0 ? i : trees->root_of[i - 1];
    for (uint32_t i = mf_chains_count(trees->chains); i > 0; i--) {
        const struct mf_chain_node *node = mf_chains_node(trees->chains, i - 1);
        const gpointer at = GUINT_TO_POINTER(i);

        if (node->kind <= MF_CHAIN_BEACON)
            g_hash_table_insert(trees->node_of, GUINT_TO_POINTER(node->session), at);
        if (node->kind == MF_CHAIN_SCAN || node->kind == MF_CHAIN_BEACON)
            g_hash_table_insert(trees->node_of_group[node->kind == MF_CHAIN_BEACON],
                                GUINT_TO_POINTER(node->ref), at);
    }
}

static void *
make(const struct mf_engine *engine)
{
    static const struct mf_chain_options defaults;
    struct trees *trees = g_new0(struct trees, 1);

    trees->engine = engine;
    trees->chains = mf_chains_new(engine, &defaults, NULL);
    trees->node_of = g_hash_table_new(NULL, NULL);
    for (unsigned i = 0; i < 2; i++)
        trees->node_of_group[i] = g_hash_table_new(NULL, NULL);
    trees->rows = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    trees->told = g_hash_table_new(NULL, NULL);
    index_nodes(trees);
    return trees;
}

static void
free_table(void *table)
{
    struct trees *trees = table;

    mf_chains_free(trees->chains);
    g_hash_table_destroy(trees->node_of);
    for (unsigned i = 0; i < 2; i++)
        g_hash_table_destroy(trees->node_of_group[i]);
    g_free(trees->root_of);
    g_array_free(trees->rows, TRUE);
    g_hash_table_destroy(trees->told);
    g_free(trees);
}

/* A node of SESSION's tree, + 1; 0: it is in none. */
static uint32_t
find_node(const struct trees *trees, uint32_t session)
{
    const struct mf_session *of = mf_engine_session(trees->engine, session);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(trees->node_of, GUINT_TO_POINTER(session)));

    if (at == 0)
        at = GPOINTER_TO_UINT(
            g_hash_table_lookup(trees->node_of_group[0], GUINT_TO_POINTER(of->scan)));
    return at != 0 ? at
                   : GPOINTER_TO_UINT(g_hash_table_lookup(trees->node_of_group[1],
                                                          GUINT_TO_POINTER(of->beacon)));
}

/* A tree is told whole when its first session passes. */
static void
add(void *table, uint32_t session, GArray *touched)
{
    struct trees *trees = table;
    const uint32_t node = find_node(trees, session);
    uint32_t root;

    if (node == 0)
        return;
    root = trees->root_of[node - 1];
    if (!g_hash_table_add(trees->told, GUINT_TO_POINTER(root)))
        return;
    for (uint32_t at = root; at < mf_chains_count(trees->chains) && trees->root_of[at] == root;
         at++) {
        g_array_append_val(touched, trees->rows->len);
        g_array_append_val(trees->rows, at);
    }
}

static void
set_texts(const struct trees *trees, const struct mf_chain_node *node,
          const struct mf_chain_row *row, struct mf_cells *cells)
{
    enum { STEP = 4, DEEPEST = 12 };
    GString *what = g_string_new(NULL);

    g_string_append_printf(what, "%*s", (int)(STEP * MIN(node->depth, DEEPEST)), "");
    mf_chain_row_append_what(trees->engine, node, what);
    cells->texts[COLUMN_WHAT] = g_string_free(what, FALSE);
    cells->texts[COLUMN_KIND] = g_strdup(row->kind);
    cells->texts[COLUMN_CAUSE] = g_strdup(row->cause);
    cells->texts[COLUMN_EVIDENCE] = g_strdup(row->evidence);
}

static void
set(const void *table, uint32_t position, bool new_row, struct mf_cells *cells)
{
    const struct trees *trees = table;
    const uint32_t at = g_array_index(trees->rows, uint32_t, position);
    const struct mf_chain_node *node = mf_chains_node(trees->chains, at);
    struct mf_chain_row told;

    mf_chain_row_get(trees->engine, node, &told);
    if (new_row)
        set_texts(trees, node, &told, cells);
    cells->numbers[COLUMN_NUMBER] = at + 1;
    cells->numbers[COLUMN_ROOT] = mf_chains_node(trees->chains, trees->root_of[at])->session;
    cells->numbers[COLUMN_SESSION] = node->session;
    cells->numbers[COLUMN_FRAME] = node->frame;
    cells->numbers[COLUMN_TIME] = mf_table_seconds(mf_engine_first_time(trees->engine), told.time);
    cells->numbers[COLUMN_CAUSE_FRAME] = told.cause_frame;
}

static const struct mf_table_kind table_kind = {
    .title = "Malflow Chains",
    .label = "Chains",
    .tip = "What caused what, one row for each effect",
    .columns = columns,
    .n_columns = N_COLUMNS,
    .make = make,
    .free = free_table,
    .add = add,
    .set = set,
};

const struct mf_output_kind mf_output_chains = {
    .name = "chains",
    .draw = draw,
    .options = &mf_chain_option_list,
    .options_size = sizeof(struct mf_chain_options),
    .table = &table_kind,
};
