/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,rules: what became of the signatures, and every rule that is not run. */
#ifndef MALFLOW_WS_RULES_TAP_H
#define MALFLOW_WS_RULES_TAP_H

void
mf_rules_tap_register(void);

#endif
