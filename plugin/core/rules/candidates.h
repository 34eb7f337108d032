/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules to be tried: a set that is filled in any order and emptied in that of the rules. Private to
 * rules/. */
#ifndef MALFLOW_CORE_RULES_CANDIDATES_H
#define MALFLOW_CORE_RULES_CANDIDATES_H

#include <stdbool.h>
#include <stdint.h>

struct mf_candidates;

/* For rules below N. */
struct mf_candidates *
mf_candidates_new(unsigned n);

/* Accepts NULL. */
void
mf_candidates_free(struct mf_candidates *candidates);

/* Adds RULE, unless it is there. */
void
mf_candidates_add(struct mf_candidates *candidates, unsigned rule);

/* Takes the first one out. False: there is none. */
bool
mf_candidates_take(struct mf_candidates *candidates, unsigned *rule);

#endif
