/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A timeline and all that was found, as one HTML document that needs nothing beside it and asks for
 * nothing: verdicts first, then hits, files, chains, and the rows in their order. It can be read
 * and printed without its script, which searches, filters, draws the time axis and shows payload.
 */
#ifndef MALFLOW_CORE_HTML_REPORT_H
#define MALFLOW_CORE_HTML_REPORT_H

#include "timeline.h"

/* What the core does not know of itself; borrowed for the call. */
struct mf_html_scope {
    const char *title;          /* what was looked at, such as the capture's name; NULL: not told */
    const char *version;        /* malflow's */
    const char *reader;         /* what dissected the capture, with its version; NULL: not told */
    uint32_t signatures;        /* loaded */
    const GHashTable *sessions; /* set of GUINT_TO_POINTER(id) that are told; NULL: all */
};

/* Calls WRITE with the document, piece by piece. */
void
mf_html_report(const struct mf_timeline *timeline, const struct mf_html_scope *scope,
               void (*write)(const GString *text));

#endif
