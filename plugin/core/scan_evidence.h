/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attempts that one scan tracker holds: those that failed so far, and those that were answered
 * in between, which tell nothing but belong to the scan if it is one. In order of session id. */
#ifndef MALFLOW_CORE_SCAN_EVIDENCE_H
#define MALFLOW_CORE_SCAN_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

struct mf_attempt {
    uint32_t session;
    uint32_t target; /* IPv4 address or port as it is, IPv6 address hashed */
    bool answered;
};

/* All zero: empty. */
struct mf_evidence {
    struct mf_attempt *list; /* ascending by session */
    uint32_t count, size;
    uint32_t distinct; /* different targets that attempts failed at */
};

/* Empties and frees what it holds. */
void
mf_evidence_clear(struct mf_evidence *evidence);

/* Adds a failed attempt, or lets one that is held fail again; returns its index. When MAX are held
 * already, one that says little leaves first. */
uint32_t
mf_evidence_add(struct mf_evidence *evidence, struct mf_attempt attempt, uint32_t max);

/* Whether SESSION is held; INDEX is set if so. */
bool
mf_evidence_find(const struct mf_evidence *evidence, uint32_t session, uint32_t *index);

/* The attempt at INDEX did not fail. */
void
mf_evidence_answer(struct mf_evidence *evidence, uint32_t index);

/* The failed attempt next to INDEX on its older side, or at INDEX or newer. False: there is none.
 */
bool
mf_evidence_failed_before(const struct mf_evidence *evidence, uint32_t index, uint32_t *found);

bool
mf_evidence_failed_from(const struct mf_evidence *evidence, uint32_t index, uint32_t *found);

void
mf_evidence_remove(struct mf_evidence *evidence, uint32_t index);

/* Removes the COUNT oldest. */
void
mf_evidence_drop_first(struct mf_evidence *evidence, uint32_t count);

#endif
