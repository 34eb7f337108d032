/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of hosts: one row per address that took part in the sessions that are added, with what
 * became of it (verdict.h; of the whole capture, whatever was added). Who was a target of scans and
 * nothing else in the whole capture, and never answered, is counted only; groups (multicast) and
 * the unspecified address are no hosts. A snapshot: not to be used after further packets were fed
 * to its engine. A view renders rows and computes nothing.
 */
#ifndef MALFLOW_CORE_HOST_TABLE_H
#define MALFLOW_CORE_HOST_TABLE_H

#include "option_list.h"
#include "verdict.h"

struct mf_host_row {
    struct mf_addr addr;
    const char *names;                     /* "a, b", see host_names.h; NULL: none */
    const struct mf_host_verdict *verdict; /* NULL: nothing was found */
    mf_nanoseconds first_time;             /* of the earliest session */
    uint32_t first_frame;
    uint32_t sessions, peers;
    uint32_t hits;           /* in its sessions */
    uint64_t sent, received; /* bytes of payload */
    bool own;                /* of one's own network, see mf_stage_is_own() */
};

/* Hosts of the own network stand first in any of these. */
enum mf_host_order {
    MF_HOSTS_BY_FRAME,
    MF_HOSTS_BY_VERDICT, /* the worst first */
    MF_HOSTS_BY_HITS,
    MF_HOSTS_BY_SESSIONS,
    MF_HOSTS_BY_PEERS,
    MF_HOSTS_BY_BYTES, /* both ways */
    MF_HOSTS_BY_ADDRESS,
};

/* Options of -z malflow,hosts; all zero: the defaults. */
struct mf_host_options {
    enum mf_host_order order;
    enum mf_time_format time;
    uint32_t max; /* rows that are printed, the others are counted; 0: all */
    bool inside;  /* hosts of other networks are left out */
};

extern const struct mf_option_list mf_host_option_list;

struct mf_host_table;

/* ENGINE and OPTIONS (NULL: the defaults) outlive the table. */
struct mf_host_table *
mf_host_table_new(const struct mf_engine *engine, const struct mf_host_options *options);

/* Accepts NULL. */
void
mf_host_table_free(struct mf_host_table *table);

/* Adds a session; to be called once for each. ROWS is set to its hosts' rows: index + 1 before
 * sorting; 0: that side has none. */
void
mf_host_table_add(struct mf_host_table *table, uint32_t session, uint32_t rows[2]);

/* Puts the rows in the order of the options; those that are equal in it by frame and address. */
void
mf_host_table_sort(struct mf_host_table *table);

/* "inside" or "outside" of the own network; static. */
const char *
mf_host_row_where(const struct mf_host_row *row);

uint32_t
mf_host_table_count(const struct mf_host_table *table);

/* INDEX below the count. Borrowed until the next session is added. */
const struct mf_host_row *
mf_host_table_row(const struct mf_host_table *table, uint32_t index);

/* Targets of scans that have no row. */
uint32_t
mf_host_table_silent(const struct mf_host_table *table);

/* Appends the whole table, with its heading, as text. Printable ASCII and newlines only. */
void
mf_host_table_append_text(const struct mf_host_table *table, GString *out);

#endif
