/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A timeline and all that was found, as one HTML document that needs nothing beside it and asks for
 * nothing: verdicts first, then hits, files, chains, and the rows in their order. It can be read
 * and printed without its script, which searches, filters, draws the time axis and shows payload.
 */
#ifndef MALFLOW_CORE_HTML_REPORT_H
#define MALFLOW_CORE_HTML_REPORT_H

#include "story.h"

/* What the core does not know of itself; borrowed for the call. NULL, or 0: not told. */
struct mf_html_scope {
    const char *title;          /* what was looked at, such as the capture's name */
    const char *version;        /* malflow's */
    const char *reader;         /* what dissected the capture, with its version */
    uint32_t signatures;        /* loaded */
    const GHashTable *sessions; /* set of GUINT_TO_POINTER(id) that are told; NULL: all */
};

/* Takes the document, piece by piece. */
struct mf_html_taker {
    void (*take)(void *user, const GString *text);
    void *user;
};

void
mf_html_report(const struct mf_timeline *timeline, const struct mf_html_scope *scope,
               const struct mf_html_taker *taker);

/* The same with ROWS (struct mf_row, of STORY) in place of all rows: those that a window shows. */
void
mf_html_report_story(const struct mf_story *story, const GArray *rows,
                     const struct mf_html_scope *scope, const struct mf_html_taker *taker);

#endif
