/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One screen that answers "what happened?" (-z malflow,findings): per host the verdict, the way
 * that it came about, executables, C&C, scans. */
#ifndef MALFLOW_CORE_REPORT_H
#define MALFLOW_CORE_REPORT_H

#include "verdict.h"

enum { MF_REPORT_LINES = 40, MF_REPORT_WIDTH = 116 };

/* What was looked at, for the report's head. */
struct mf_report_scope {
    uint32_t signatures; /* loaded */
    uint32_t sessions;   /* chosen */
    bool filtered;       /* by a display filter */
};

/* Appends at most MF_REPORT_LINES lines of at most MF_REPORT_WIDTH printable ASCII characters; what
 * is left out is counted. */
void
mf_report_append(const struct mf_engine *engine, const struct mf_verdicts *verdicts,
                 const struct mf_report_scope *scope, GString *out);

#endif
