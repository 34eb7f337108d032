/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the sections of the report share. Private to the report. */
#ifndef MALFLOW_CORE_REPORT_PRIVATE_H
#define MALFLOW_CORE_REPORT_PRIVATE_H

#include "report.h"

struct mf_report {
    const struct mf_engine *engine;
    GPtrArray *lines;  /* struct mf_report_line * */
    unsigned most;     /* entries of one section */
    uint32_t unread;   /* mf_capture_unread() */
    GHashTable *signs; /* host (struct mf_host_verdict *) to GPtrArray: what mf_report_signs() keeps
                          from one try to the next; NULL: nothing yet */
};

/* Where something was. */
struct mf_report_place {
    mf_nanoseconds time;
    uint32_t session, frame;
};

void
mf_report_add(struct mf_report *report, enum mf_report_level level, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The same of what was at PLACE. */
void
mf_report_add_at(struct mf_report *report, enum mf_report_level level,
                 const struct mf_report_place *place, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* "and N more THINGS" (or "more THING" when it is one); nothing when N is 0. */
void
mf_report_more(struct mf_report *report, uint32_t n, const char *thing);

/* --- sections, in this order --- */

void
mf_report_way(struct mf_report *report, const struct mf_host_verdict *host);
void
mf_report_programs(struct mf_report *report, const struct mf_host_verdict *host);
void
mf_report_signs(struct mf_report *report, const struct mf_host_verdict *host);

#endif
