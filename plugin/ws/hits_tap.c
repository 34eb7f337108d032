/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -z malflow,hits: a text of our own. tshark's general tables are filled packet by packet and never
 * told of the end of the capture, so they would lack what is found late.
 */
#include "core/hits.h"
#include "table_window.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    struct mf_hit_table *table = mf_hit_table_new(output->engine, output->options);
    GString *text = g_string_new(NULL);

    for (uint32_t id = 1; id <= mf_engine_session_count(output->engine); id++)
        if (mf_output_tells(output, id))
            mf_hit_table_add(table, id);
    mf_hit_table_sort(table);
    mf_hit_table_append_text(table, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_hit_table_free(table);
}

/* --- window --- */

enum column {
    COLUMN_FRAME,
    COLUMN_SESSION,
    COLUMN_HITS,
    COLUMN_SESSIONS,
    COLUMN_PRIORITY,
    COLUMN_MESSAGE,
    COLUMN_SEVERITY,
    COLUMN_CLASS,
    COLUMN_SID,
    COLUMN_REV,
    N_COLUMNS
};

static const struct mf_table_column columns[N_COLUMNS] = {
    [COLUMN_FRAME] = {"First frame", MF_CELL_COUNT},
    [COLUMN_SESSION] = {"First session", MF_CELL_COUNT},
    [COLUMN_HITS] = {"Hits", MF_CELL_COUNT},
    [COLUMN_SESSIONS] = {"Sessions", MF_CELL_COUNT},
    [COLUMN_PRIORITY] = {"Priority", MF_CELL_COUNT},
    [COLUMN_MESSAGE] = {"Message", MF_CELL_TEXT},
    [COLUMN_SEVERITY] = {"Severity", MF_CELL_TEXT},
    [COLUMN_CLASS] = {"Class", MF_CELL_TEXT},
    [COLUMN_SID] = {"Signature", MF_CELL_COUNT},
    [COLUMN_REV] = {"Rev", MF_CELL_COUNT},
};

static void *
make(const struct mf_engine *engine)
{
    return mf_hit_table_new(engine, NULL);
}

static void
free_table(void *table)
{
    mf_hit_table_free(table);
}

static void
add(void *table, uint32_t session, GArray *touched)
{
    mf_hit_table_add(table, session);
    for (uint32_t i = 0; i < mf_hit_table_count(table); i++)
        if (mf_hit_table_row(table, i)->last_session == session)
            g_array_append_val(touched, i);
}

static void
set(const void *table, uint32_t position, bool new_row, struct mf_cells *cells)
{
    const struct mf_hit_row *row = mf_hit_table_row(table, position);

    if (new_row) {
        cells->texts[COLUMN_SEVERITY] = g_strdup(row->rule->severity);
        cells->texts[COLUMN_MESSAGE] = g_strdup(row->rule->msg);
        cells->texts[COLUMN_CLASS] = g_strdup(row->rule->classtype);
    }
    cells->numbers[COLUMN_FRAME] = row->first_frame;
    cells->numbers[COLUMN_SESSION] = row->first_session;
    cells->numbers[COLUMN_HITS] = row->hits;
    cells->numbers[COLUMN_SESSIONS] = row->sessions;
    cells->numbers[COLUMN_PRIORITY] = row->rule->priority;
    cells->numbers[COLUMN_SID] = row->rule->sid;
    cells->numbers[COLUMN_REV] = row->rule->rev;
}

static const struct mf_table_kind table_kind = {
    .title = "Malflow Hits",
    .label = "Hits",
    .tip = "The signatures that fired",
    .columns = columns,
    .n_columns = N_COLUMNS,
    .make = make,
    .free = free_table,
    .add = add,
    .set = set,
};

const struct mf_output_kind mf_output_hits = {
    .name = "hits",
    .draw = draw,
    .options = &mf_hit_option_list,
    .options_size = sizeof(struct mf_hit_options),
    .table = &table_kind,
};
