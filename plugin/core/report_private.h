/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the sections of the report share. Private to the report. */
#ifndef MALFLOW_CORE_REPORT_PRIVATE_H
#define MALFLOW_CORE_REPORT_PRIVATE_H

#include "report.h"

struct mf_report {
    const struct mf_engine *engine;
    GPtrArray *lines; /* char * */
    unsigned most;    /* entries of one section */
};

/* Adds a line that is indented by INDENT, cut to the width at the border of a word. */
void
mf_report_line(struct mf_report *report, unsigned indent, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* "and N more THINGS" (or "more THING" when it is one); nothing when N is 0. */
void
mf_report_more(struct mf_report *report, uint32_t n, const char *thing);

/* Seconds since the first frame, as all rows begin: " 42.785 f185   [14]". The caller frees. */
char *
mf_report_place(const struct mf_report *report, mf_nanoseconds time, uint32_t session,
                uint32_t frame);

/* --- sections, in this order --- */

void
mf_report_way(struct mf_report *report, const struct mf_host_verdict *host);
void
mf_report_programs(struct mf_report *report, const struct mf_host_verdict *host);
void
mf_report_signs(struct mf_report *report, const struct mf_host_verdict *host);

#endif
