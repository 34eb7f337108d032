/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiled signatures: read when first needed, kept from one capture file to the next. */
#ifndef MALFLOW_WS_SIGNATURES_H
#define MALFLOW_WS_SIGNATURES_H

#include "core/rules/ruleset.h"

/* The rules that the preference names. Borrowed until the set is renewed, which happens only while
 * no engine exists. */
const struct mf_ruleset *
mf_signatures(void);

/* The preference may have changed: check when next asked. */
void
mf_signatures_forget(void);

#endif
