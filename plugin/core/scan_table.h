/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of scans: one row per scan group that has a member among the sessions that are added,
 * with the counts of the whole group. A snapshot: not to be used after further packets were fed to
 * its engine. A view renders rows and computes nothing.
 */
#ifndef MALFLOW_CORE_SCAN_TABLE_H
#define MALFLOW_CORE_SCAN_TABLE_H

#include "engine.h"
#include "option_list.h"

struct mf_scan_row {
    const struct mf_scan_group *group;
    const struct mf_session *first; /* earliest member */
    mf_nanoseconds last;            /* end of the last member */
    const struct mf_link *cause;    /* the best; NULL: none is known */
};

enum mf_scan_order {
    MF_SCANS_BY_FRAME,
    MF_SCANS_BY_TARGETS,
    MF_SCANS_BY_ANSWERED,
    MF_SCANS_BY_SESSIONS,
    MF_SCANS_BY_DURATION,
};

/* Options of -z malflow,scans; all zero: the defaults. */
struct mf_scan_options {
    enum mf_scan_order order;
    enum mf_time_format time;
};

extern const struct mf_option_list mf_scan_option_list;

struct mf_scan_table;

/* ENGINE and OPTIONS (NULL: the defaults) outlive the table. */
struct mf_scan_table *
mf_scan_table_new(const struct mf_engine *engine, const struct mf_scan_options *options);

/* Accepts NULL. */
void
mf_scan_table_free(struct mf_scan_table *table);

/* Adds the scan group of a session, if it is in one. Whether that makes a new row, the last. */
bool
mf_scan_table_add(struct mf_scan_table *table, uint32_t session);

/* Puts the rows in the order of the options; those that are equal in it by frame. */
void
mf_scan_table_sort(struct mf_scan_table *table);

uint32_t
mf_scan_table_count(const struct mf_scan_table *table);

/* INDEX below the count. Borrowed until the next session is added. */
const struct mf_scan_row *
mf_scan_table_row(const struct mf_scan_table *table, uint32_t index);

/* "TCP port 139", "192.0.2.7 TCP": what GROUP scans for, and where. Printable ASCII. */
void
mf_scan_append_target(const struct mf_scan_group *group, GString *out);

/* "[6] frame 84 command "the order"", after "after " if it is no more than that; or nothing. */
void
mf_scan_append_cause(const struct mf_scan_row *row, GString *out);

/* Appends the whole table, with its heading, as text. Printable ASCII and newlines only. */
void
mf_scan_table_append_text(const struct mf_scan_table *table, GString *out);

#endif
