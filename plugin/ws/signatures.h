/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiled signatures: read when first needed, kept from one capture file to the next. */
#ifndef MALFLOW_WS_SIGNATURES_H
#define MALFLOW_WS_SIGNATURES_H

#include "core/rules/ruleset.h"

/* The rules that the preferences name. Borrowed until the set is renewed, which happens only while
 * no engine exists. */
const struct mf_ruleset *
mf_signatures(void);

/* What came up while they were loaded. Borrowed as long. */
const struct mf_diags *
mf_signatures_diags(void);

/* A preference may have changed: check when next asked. */
void
mf_signatures_forget(void);

#endif
