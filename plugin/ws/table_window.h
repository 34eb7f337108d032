/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of the core as windows of Wireshark (Statistics > Malflow > ...), which are sharkd's nstat
 * too. An output of tap.h that has such a table names it there; that is all of its registration.
 */
#ifndef MALFLOW_WS_TABLE_WINDOW_H
#define MALFLOW_WS_TABLE_WINDOW_H

#include "core/engine.h"

enum { MF_TABLE_COLUMNS = 16 }; /* a table has at most */

enum mf_cell_kind {
    MF_CELL_COUNT,   /* what does not fit 32 bits is shown as the most that does */
    MF_CELL_SECONDS, /* with thousandths or more */
    MF_CELL_TEXT,
};

struct mf_table_column {
    const char *name;
    enum mf_cell_kind kind;
};

/* Cells of one row, by column. */
struct mf_cells {
    double numbers[MF_TABLE_COLUMNS];
    char *texts[MF_TABLE_COLUMNS]; /* given away by who sets them; NULL: as it was, or empty */
};

struct mf_table_kind {
    const char *title; /* of the window: "Malflow Hits" */
    const char *label; /* in the menu: "Hits" */
    const char *tip;   /* what it shows, for the menu */

    /* Wireshark opens the window in order of the first column, equals in order of their coming. */
    const struct mf_table_column *columns;
    unsigned n_columns;

    /* A table of ENGINE, which outlives it, without any rows. */
    void *(*make)(const struct mf_engine *engine);
    void (*free)(void *table);

    /* SESSION passes the display filter; told once for each. Appends to TOUCHED (uint32_t) the
     * positions of rows that it makes, in order and after all there were, or changes. */
    void (*add)(void *table, uint32_t session, GArray *touched);

    /* Sets cells of a touched row: all numbers, and texts that change, which are all of a
     * NEW_ROW's.
     */
    void (*set)(const void *table, uint32_t position, bool new_row, struct mf_cells *cells);
};

/* For MF_CELL_SECONDS. */
static inline double
mf_table_seconds(mf_nanoseconds from, mf_nanoseconds to)
{
    return (double)(to - from) / MF_NS_PER_S;
}

/* NAME is the output's: the same argument of -z opens the window when Wireshark is given it. Both
 * live as long as the program. */
void
mf_table_window_register(const char *name, const struct mf_table_kind *kind);

/* Whether this program opens windows: the argument of -z then is its own. */
bool
mf_table_windows_are_shown(void);

/* Calls ADD for each window, in order of their registration. OPEN with WINDOW opens it. */
void
mf_table_windows_each(void (*add)(void *user, const struct mf_table_kind *kind, void *window),
                      void *user);
void
mf_table_window_open(void *window);

#endif
