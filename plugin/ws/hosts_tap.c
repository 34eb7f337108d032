/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,hosts: who took part, and what became of them. */
#include "core/host_table.h"
#include "table_window.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    struct mf_host_table *table = mf_host_table_new(output->engine, output->options);
    GString *text = g_string_new(NULL);
    uint32_t rows[2];

    for (uint32_t id = 1; id <= mf_engine_session_count(output->engine); id++)
        if (mf_output_tells(output, id))
            mf_host_table_add(table, id, rows);
    mf_host_table_sort(table);
    mf_host_table_append_text(table, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_host_table_free(table);
}

/* --- window --- */

enum column {
    COLUMN_WHERE, /* in alphabetical order */
    COLUMN_ADDRESS,
    COLUMN_NAMES,
    COLUMN_VERDICT,
    COLUMN_HITS,
    COLUMN_SESSIONS,
    COLUMN_PEERS,
    COLUMN_SENT,
    COLUMN_RECEIVED,
    COLUMN_FRAME,
    COLUMN_TIME,
    N_COLUMNS
};

static const struct mf_table_column columns[N_COLUMNS] = {
    [COLUMN_WHERE] = {"Where", MF_CELL_TEXT},
    [COLUMN_ADDRESS] = {"Address", MF_CELL_TEXT},
    [COLUMN_NAMES] = {"Names", MF_CELL_TEXT},
    [COLUMN_VERDICT] = {"Verdict", MF_CELL_TEXT},
    [COLUMN_HITS] = {"Hits", MF_CELL_COUNT},
    [COLUMN_SESSIONS] = {"Sessions", MF_CELL_COUNT},
    [COLUMN_PEERS] = {"Peers", MF_CELL_COUNT},
    [COLUMN_SENT] = {"Bytes sent", MF_CELL_COUNT},
    [COLUMN_RECEIVED] = {"Bytes received", MF_CELL_COUNT},
    [COLUMN_FRAME] = {"First frame", MF_CELL_COUNT},
    [COLUMN_TIME] = {"Time", MF_CELL_SECONDS},
};

struct hosts {
    const struct mf_engine *engine;
    struct mf_host_table *table;
    uint32_t silent_at; /* position of the row that counts silent targets */
    bool has_silent;
};

static void *
make(const struct mf_engine *engine)
{
    struct hosts *hosts = g_new0(struct hosts, 1);

    hosts->engine = engine;
    hosts->table = mf_host_table_new(engine, NULL);
    return hosts;
}

static void
free_table(void *table)
{
    mf_host_table_free(((struct hosts *)table)->table);
    g_free(table);
}

static void
touch(const struct hosts *hosts, uint32_t row, GArray *touched)
{
    const uint32_t position = row + (hosts->has_silent && row >= hosts->silent_at);

    g_array_append_val(touched, position);
}

static void
add(void *table, uint32_t session, GArray *touched)
{
    struct hosts *hosts = table;
    const uint32_t silent = mf_host_table_silent(hosts->table);
    uint32_t rows[2];

    mf_host_table_add(hosts->table, session, rows);
    for (unsigned side = 0; side < 2; side++)
        if (rows[side] != 0)
            touch(hosts, rows[side] - 1, touched);
    if (mf_host_table_silent(hosts->table) == silent)
        return;
    if (!hosts->has_silent)
        hosts->silent_at = mf_host_table_count(hosts->table);
    hosts->has_silent = true;
    g_array_append_val(touched, hosts->silent_at);
}

static bool
is_silent(const struct hosts *hosts, uint32_t position)
{
    return hosts->has_silent && position == hosts->silent_at;
}

static const struct mf_host_row *
row_at(const struct hosts *hosts, uint32_t position)
{
    return mf_host_table_row(hosts->table,
                             position - (hosts->has_silent && position > hosts->silent_at));
}

/* The one row of all that a scan had for targets and that never answered. */
static void
set_silent(const struct hosts *hosts, struct mf_cells *cells)
{
    cells->texts[COLUMN_WHERE] = g_strdup("scanned");
    cells->texts[COLUMN_ADDRESS] = g_strdup_printf("%u more", mf_host_table_silent(hosts->table));
    cells->texts[COLUMN_VERDICT] = g_strdup("targets of scans that never answered");
}

static void
set_texts(const struct mf_host_row *row, struct mf_cells *cells)
{
    GString *address = g_string_new(NULL), *verdict = g_string_new(NULL);

    mf_addr_append(address, &row->addr);
    if (row->verdict != NULL)
        mf_host_verdict_append(row->verdict, verdict);
    cells->texts[COLUMN_WHERE] = g_strdup(mf_host_row_where(row));
    cells->texts[COLUMN_NAMES] = g_strdup(row->names);
    cells->texts[COLUMN_ADDRESS] = g_string_free(address, FALSE);
    cells->texts[COLUMN_VERDICT] = g_string_free(verdict, FALSE);
}

static void
set(const void *table, uint32_t position, bool new_row, struct mf_cells *cells)
{
    const struct hosts *hosts = table;
    const struct mf_host_row *row;

    if (is_silent(hosts, position)) {
        set_silent(hosts, cells);
        return;
    }
    row = row_at(hosts, position);
    if (new_row)
        set_texts(row, cells);
    cells->numbers[COLUMN_HITS] = row->hits;
    cells->numbers[COLUMN_SESSIONS] = row->sessions;
    cells->numbers[COLUMN_PEERS] = row->peers;
    cells->numbers[COLUMN_SENT] = (double)row->sent;
    cells->numbers[COLUMN_RECEIVED] = (double)row->received;
    cells->numbers[COLUMN_FRAME] = row->first_frame;
    cells->numbers[COLUMN_TIME] =
        mf_table_seconds(mf_engine_first_time(hosts->engine), row->first_time);
}

static const struct mf_table_kind table_kind = {
    .title = "Malflow Hosts",
    .label = "Hosts",
    .tip = "Who took part, and what became of them",
    .columns = columns,
    .n_columns = N_COLUMNS,
    .make = make,
    .free = free_table,
    .add = add,
    .set = set,
};

const struct mf_output_kind mf_output_hosts = {
    .name = "hosts",
    .draw = draw,
    .options = &mf_host_option_list,
    .options_size = sizeof(struct mf_host_options),
    .table = &table_kind,
};
