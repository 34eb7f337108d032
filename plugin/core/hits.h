/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of hits: one row per signature that fired. Sessions are added one by one, all or those
 * of a choice; a view renders rows and computes nothing.
 */
#ifndef MALFLOW_CORE_HITS_H
#define MALFLOW_CORE_HITS_H

#include "engine.h"
#include "option_list.h"

struct mf_hit_row {
    const struct mf_rule_info *rule; /* as long-lived as the rules */
    uint32_t hits, sessions;
    uint32_t first_frame, first_session; /* of the hit in the earliest frame */
    uint32_t last_session;               /* module's own: added last */
};

enum mf_hit_order { MF_HITS_BY_FRAME, MF_HITS_BY_COUNT, MF_HITS_BY_PRIORITY, MF_HITS_BY_SID };

/* Options of -z malflow,hits. */
struct mf_hit_options {
    enum mf_hit_order order;
    uint32_t priority; /* rules of a greater number are left out; 0: none are */
};

/* They are parsed onto the defaults: all zero. */
extern const struct mf_option_list mf_hit_option_list;

struct mf_hit_table;

/* ENGINE and OPTIONS (NULL: the defaults) outlive the table. */
struct mf_hit_table *
mf_hit_table_new(const struct mf_engine *engine, const struct mf_hit_options *options);

/* Accepts NULL. */
void
mf_hit_table_free(struct mf_hit_table *table);

/* Adds the hits of a session; to be called once for each. Ids that do not exist add nothing. */
void
mf_hit_table_add(struct mf_hit_table *table, uint32_t session);

/* Puts the rows in the order of the options; those that are equal in it by frame, then by sid. */
void
mf_hit_table_sort(struct mf_hit_table *table);

uint32_t
mf_hit_table_count(const struct mf_hit_table *table);

/* INDEX below the count; before sorting: in the order in which the signatures were added. Borrowed
 * until the next session is added. */
const struct mf_hit_row *
mf_hit_table_row(const struct mf_hit_table *table, uint32_t index);

/* Appends the whole table, with its heading, as text. Printable ASCII and newlines only. */
void
mf_hit_table_append_text(const struct mf_hit_table *table, GString *out);

#endif
