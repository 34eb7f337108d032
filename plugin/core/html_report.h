/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A timeline and all that was found, as one HTML document that needs nothing beside it and asks for
 * nothing: verdicts first, then hits, files, chains, and the rows in their order. It can be read
 * and printed without its script, which searches, filters, draws the time axis and shows payload.
 */
#ifndef MALFLOW_CORE_HTML_REPORT_H
#define MALFLOW_CORE_HTML_REPORT_H

#include "capture_facts.h"
#include "story.h"

/* Takes the document, piece by piece. */
struct mf_html_taker {
    void (*take)(void *user, const GString *text);
    void *user;
};

void
mf_html_report(const struct mf_timeline *timeline, const struct mf_report_source *source,
               const struct mf_html_taker *taker);

/* The same with ROWS (struct mf_row, of STORY) in place of all rows: those that a window shows. */
void
mf_html_report_story(const struct mf_story *story, const GArray *rows,
                     const struct mf_report_source *source, const struct mf_html_taker *taker);

#endif
