/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the finders of evidence share. Private to the verdict module. */
#ifndef MALFLOW_CORE_VERDICT_PRIVATE_H
#define MALFLOW_CORE_VERDICT_PRIVATE_H

#include "interned.h"
#include "verdict.h"

/* A host while evidence is gathered. */
struct mf_verdict_host {
    struct mf_addr addr;
    uint32_t program_frame; /* the first executable arrived; 0: none has */
};

/* An executable that arrived, each once. */
struct mf_arrival {
    uint32_t host;    /* index */
    uint32_t session; /* that brought it */
    uint32_t request; /* frame of the request for it; its session's first where there is none */
    uint32_t file;    /* index + 1 */
};

struct mf_verdict_row {
    uint32_t host; /* index */
    struct mf_evidence evidence;
};

struct mf_verdicts {
    const struct mf_engine *engine;
    const GHashTable *chosen; /* during construction; NULL: all */
    struct mf_interned *texts;
    GHashTable *by_addr;          /* struct mf_addr (owned) -> index + 1 of hosts */
    GArray *hosts;                /* struct mf_verdict_host */
    GArray *rows;                 /* struct mf_verdict_row; then sorted */
    GArray *evidence;             /* struct mf_evidence, as the rows */
    GArray *arrivals;             /* struct mf_arrival */
    GArray *results;              /* struct mf_host_verdict, in order of first evidence */
    GArray *worst;                /* uint32_t: indices of results */
    uint32_t n_sessions, n_scans; /* of the engine then */
    uint8_t *stages;              /* by session id */
    uint8_t *scan_stages;         /* by scan group */
};

struct mf_verdict_host *
mf_verdict_host_at(const struct mf_verdicts *verdicts, uint32_t index);

/* Index + 1 of a host that has evidence already; 0: it has none. */
uint32_t
mf_verdict_find_host(const struct mf_verdicts *verdicts, const struct mf_addr *addr);

/* Adds EVIDENCE (time 0: as near as it is known; text: copied) of the host at ADDR, unless its
 * session is not chosen. Index + 1 of the host, 0 if nothing was added. */
uint32_t
mf_verdict_add(struct mf_verdicts *verdicts, const struct mf_addr *addr,
               const struct mf_evidence *evidence);

/* --- finders, in this order --- */

void
mf_verdict_find_hits(struct mf_verdicts *verdicts);
void
mf_verdict_find_programs(struct mf_verdicts *verdicts);
void
mf_verdict_find_scans(struct mf_verdicts *verdicts);
void
mf_verdict_find_orders(struct mf_verdicts *verdicts);
void
mf_verdict_find_lists(struct mf_verdicts *verdicts);
void
mf_verdict_find_reports(struct mf_verdicts *verdicts);
void
mf_verdict_find_mail(struct mf_verdicts *verdicts);

/* Sets the names of all hosts. */
void
mf_verdict_find_names(struct mf_verdicts *verdicts);

#endif
