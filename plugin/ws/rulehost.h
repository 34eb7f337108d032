/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rules say in Wireshark's own words: its fields and its display filters. */
#ifndef MALFLOW_WS_RULEHOST_H
#define MALFLOW_WS_RULEHOST_H

#include "compat.h"
#include "core/rules/ruleset.h"

/* Tells whether fields and filters exist; not before Wireshark is up (init routines are fine).
 * Static. */
const struct mf_rule_host *
mf_rulehost(void);

/* Compiles the filters of RULES (may be NULL) in place of those before, and calls ASK for every
 * field that they need. */
void
mf_rulehost_select(const struct mf_ruleset *rules, void (*ask)(int hfid));

/* Which of the filters hold for the frame: see mf_packet.filters_hold. Valid until the next call.
 */
const uint8_t *
mf_rulehost_filters_hold(proto_tree *tree);

#endif
