/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nodes of chains in columns, for tables. */
#ifndef MALFLOW_CORE_CHAIN_ROWS_H
#define MALFLOW_CORE_CHAIN_ROWS_H

#include "chains.h"

struct mf_chain_row {
    mf_nanoseconds time;  /* when it begins, as near as it is known */
    const char *kind;     /* "session", "scan", ...; static */
    const char *cause;    /* kind of its best cause: "url", ...; static; NULL: none is known */
    uint32_t cause_frame; /* 0: none is known */
    const char *evidence; /* NULL: none; as long-lived as the engine */
};

void
mf_chain_row_get(const struct mf_engine *engine, const struct mf_chain_node *node,
                 struct mf_chain_row *out);

/* Appends what happened, on one line. Printable ASCII only. */
void
mf_chain_row_append_what(const struct mf_engine *engine, const struct mf_chain_node *node,
                         GString *out);

#endif
