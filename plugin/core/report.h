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

/* --- one host, for views of another form --- */

enum mf_report_level {
    MF_REPORT_HOST,    /* "* HOST (NAMES): VERDICT", or what is said of the whole */
    MF_REPORT_SECTION, /* "what led to it", ... */
    MF_REPORT_ENTRY,
    MF_REPORT_DETAIL, /* of the entry before it */
};

struct mf_report_line {
    enum mf_report_level level;
    /* Where that was; session 0: nowhere. The text of an entry is without it. */
    mf_nanoseconds time;
    uint32_t session, frame;
    char *text; /* printable ASCII, of any length */
};

/* Tells all lines of HOST, with at most MOST entries in each section, without its head; each
 * borrowed for the call. */
void
mf_report_tell_host(const struct mf_engine *engine, const struct mf_host_verdict *host,
                    unsigned most, void (*take)(void *user, const struct mf_report_line *line),
                    void *user);

#endif
