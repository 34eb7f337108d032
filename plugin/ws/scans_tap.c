/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,scans: who scanned whom, and why. */
#include "core/scan_table.h"
#include "table_window.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    struct mf_scan_table *table = mf_scan_table_new(output->engine, output->options);
    GString *text = g_string_new(NULL);

    for (uint32_t id = 1; id <= mf_engine_session_count(output->engine); id++)
        if (mf_output_tells(output, id))
            mf_scan_table_add(table, id);
    mf_scan_table_sort(table);
    mf_scan_table_append_text(table, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_scan_table_free(table);
}

/* --- window --- */

enum column {
    COLUMN_FRAME,
    COLUMN_TIME,
    COLUMN_DURATION,
    COLUMN_ID,
    COLUMN_KIND,
    COLUMN_SOURCE,
    COLUMN_TARGET,
    COLUMN_TARGETS,
    COLUMN_ANSWERED,
    COLUMN_SESSIONS,
    COLUMN_SESSION,
    COLUMN_CAUSE,
    N_COLUMNS
};

static const struct mf_table_column columns[N_COLUMNS] = {
    [COLUMN_FRAME] = {"First frame", MF_CELL_COUNT},
    [COLUMN_TIME] = {"Time", MF_CELL_SECONDS},
    [COLUMN_DURATION] = {"Duration", MF_CELL_SECONDS},
    [COLUMN_ID] = {"Scan", MF_CELL_COUNT},
    [COLUMN_KIND] = {"Kind", MF_CELL_TEXT},
    [COLUMN_SOURCE] = {"Source", MF_CELL_TEXT},
    [COLUMN_TARGET] = {"Target", MF_CELL_TEXT},
    [COLUMN_TARGETS] = {"Targets", MF_CELL_COUNT},
    [COLUMN_ANSWERED] = {"Answered", MF_CELL_COUNT},
    [COLUMN_SESSIONS] = {"Sessions", MF_CELL_COUNT},
    [COLUMN_SESSION] = {"First session", MF_CELL_COUNT},
    [COLUMN_CAUSE] = {"Cause", MF_CELL_TEXT},
};

struct scans {
    const struct mf_engine *engine;
    struct mf_scan_table *table;
};

static void *
make(const struct mf_engine *engine)
{
    struct scans *scans = g_new0(struct scans, 1);

    scans->engine = engine;
    scans->table = mf_scan_table_new(engine, NULL);
    return scans;
}

static void
free_table(void *table)
{
    mf_scan_table_free(((struct scans *)table)->table);
    g_free(table);
}

static void
add(void *table, uint32_t session, GArray *touched)
{
    struct mf_scan_table *scans = ((struct scans *)table)->table;
    const uint32_t last = mf_scan_table_count(scans);

    if (mf_scan_table_add(scans, session))
        g_array_append_val(touched, last);
}

static void
set_texts(const struct mf_scan_row *row, struct mf_cells *cells)
{
    GString *source = g_string_new(NULL), *target = g_string_new(NULL), *cause = g_string_new(NULL);

    mf_addr_append(source, &row->group->source);
    mf_scan_append_target(row->group, target);
    mf_scan_append_cause(row, cause);
    cells->texts[COLUMN_KIND] = g_strdup(row->group->kind == MF_SCAN_PORT ? "port" : "spread");
    cells->texts[COLUMN_SOURCE] = g_string_free(source, FALSE);
    cells->texts[COLUMN_TARGET] = g_string_free(target, FALSE);
    cells->texts[COLUMN_CAUSE] = g_string_free(cause, FALSE);
}

static void
set(const void *table, uint32_t position, bool new_row, struct mf_cells *cells)
{
    const struct scans *scans = table;
    const struct mf_scan_row *row = mf_scan_table_row(scans->table, position);

    if (new_row)
        set_texts(row, cells);
    cells->numbers[COLUMN_FRAME] = row->first->first_frame;
    cells->numbers[COLUMN_TIME] =
        mf_table_seconds(mf_engine_first_time(scans->engine), row->first->start);
    cells->numbers[COLUMN_DURATION] = mf_table_seconds(row->first->start, row->last);
    cells->numbers[COLUMN_ID] = row->group->id;
    cells->numbers[COLUMN_TARGETS] = row->group->targets;
    cells->numbers[COLUMN_ANSWERED] = row->group->answered;
    cells->numbers[COLUMN_SESSIONS] = row->group->sessions;
    cells->numbers[COLUMN_SESSION] = row->first->id;
}

static const struct mf_table_kind table_kind = {
    .title = "Malflow Scans",
    .label = "Scans",
    .tip = "Who scanned whom, and why",
    .columns = columns,
    .n_columns = N_COLUMNS,
    .make = make,
    .free = free_table,
    .add = add,
    .set = set,
};

const struct mf_output_kind mf_output_scans = {
    .name = "scans",
    .draw = draw,
    .options = &mf_scan_option_list,
    .options_size = sizeof(struct mf_scan_options),
    .table = &table_kind,
};
