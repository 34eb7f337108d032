/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the rules that were loaded, in words: for a message, and in full. DIAGS are those
 * that came up while SET was filled and compiled. */
#ifndef MALFLOW_CORE_RULE_REPORT_H
#define MALFLOW_CORE_RULE_REPORT_H

#include "rules/ruleset.h"

/*
 * Appends a message if something went wrong, else nothing: "33,900 loaded, 384 not run (HOW lists
 * them), 2 switched off". Few rules that are not run are named at once; files that cannot be read
 * always are. No newline at the end.
 */
void
mf_rule_report_message(const struct mf_ruleset *set, const struct mf_diags *diags, const char *how,
                       GString *out);

/* Appends everything: counts by file and by what rules are tried on, every rule that is not run
 * with its place and why, and the reasons with their counts. Lines end in "\n". */
void
mf_rule_report_full(const struct mf_ruleset *set, const struct mf_diags *diags, GString *out);

#endif
