/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The failed attempts that one scan tracker holds: in order of session id, distinct targets
 * counted. */
#ifndef MALFLOW_CORE_SCAN_EVIDENCE_H
#define MALFLOW_CORE_SCAN_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

struct mf_attempt {
    uint32_t session;
    uint32_t target; /* IPv4 address or port as it is, IPv6 address hashed */
};

/* All zero: empty. */
struct mf_evidence {
    struct mf_attempt *list; /* ascending by session */
    uint32_t count, size;
    uint32_t distinct; /* different targets in the list */
};

/* Empties and frees what it holds. */
void
mf_evidence_clear(struct mf_evidence *evidence);

/* Adds an attempt (none twice) and returns its index. When MAX are held already, one that repeats a
 * target leaves first. */
uint32_t
mf_evidence_add(struct mf_evidence *evidence, struct mf_attempt attempt, uint32_t max);

/* Whether SESSION is held; INDEX is set if so. */
bool
mf_evidence_find(const struct mf_evidence *evidence, uint32_t session, uint32_t *index);

void
mf_evidence_remove(struct mf_evidence *evidence, uint32_t index);

/* Removes the COUNT oldest. */
void
mf_evidence_drop_first(struct mf_evidence *evidence, uint32_t count);

#endif
