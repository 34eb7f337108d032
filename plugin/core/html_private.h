/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the HTML report share. */
#ifndef MALFLOW_CORE_HTML_PRIVATE_H
#define MALFLOW_CORE_HTML_PRIVATE_H

#include "html_report.h"
#include "html_text.h"
#include "story_private.h"
#include "verdict.h"

/* Script and style, from the files in html/. */
extern const char mf_html_script[], mf_html_style[];

/* Where things stand: rows by what they tell of. Numbers of rows are from 1; 0: none. */
struct mf_html_places {
    uint32_t *of_session; /* by session id: its row, or the one of its group */
    GHashTable *of_frame; /* GUINT_TO_POINTER(frame) -> row of a request or payload */
};

/* Members of a group that are listed. */
struct mf_html_group {
    GArray *listed; /* uint32_t: session ids, the first few */
    uint32_t states[MF_STATE_OTH + 1];
};

struct mf_html_report {
    const struct mf_engine *engine;
    const struct mf_timeline *timeline;
    const struct mf_story *story; /* NULL: the rows are the timeline's */
    const GArray *rows;           /* struct mf_row */
    uint32_t n_sessions;          /* that rows may be asked for */
    const struct mf_report_source *source;
    const struct mf_html_taker *taker;
    struct mf_verdicts *verdicts;
    struct mf_html_places places;
    GHashTable *groups; /* by row number: struct mf_html_group */
    GString *out;       /* not yet written */
    uint64_t written;   /* bytes that were */
    uint64_t limit;     /* see mf_html_has_room() */
    GString *scratch;
};

/* --- what all parts use (html_report.c) --- */

/* Writes what has gathered, when it is much. */
void
mf_html_flush(struct mf_html_report *report);

/* The lists before the rows are bounded, so that the report of a large capture can be opened: each
 * begins by saying how many bytes it may take, and ends, with how many more there are, when it has
 * no room. */
void
mf_html_set_room(struct mf_html_report *report, uint64_t bytes);
bool
mf_html_has_room(const struct mf_html_report *report);

/* "and N more THINGS", in an element TAG; nothing for 0. */
void
mf_html_append_more(struct mf_html_report *report, uint32_t n, const char *tag, const char *thing);

/* Time as the rows have it, without blanks around. */
void
mf_html_append_time(struct mf_html_report *report, mf_nanoseconds time);

static inline const struct mf_row *
mf_html_row(const struct mf_html_report *report, uint32_t number)
{
    return &g_array_index(report->rows, struct mf_row, number - 1);
}

/* Appends TEXT as element content. */
static inline void
mf_html_put(struct mf_html_report *report, const char *text)
{
    mf_html_append_text(report->out, text, -1);
}

/* Opens a link to the row that tells best of FRAME (0: any) of SESSION. False, with nothing
 * appended: there is none. */
bool
mf_html_open_link(struct mf_html_report *report, uint32_t session, uint32_t frame);

/* "2.375 [5] frame 60", linked. */
void
mf_html_append_place(struct mf_html_report *report, mf_nanoseconds time, uint32_t session,
                     uint32_t frame);

/* --- places and groups (html_places.c) --- */

void
mf_html_find_places(struct mf_html_report *report);
void
mf_html_free_places(struct mf_html_report *report);

/* The row that tells best of FRAME (0: any) of SESSION; 0: none. */
uint32_t
mf_html_row_of(const struct mf_html_report *report, uint32_t session, uint32_t frame);

/* --- sections --- */

void
mf_html_append_findings(struct mf_html_report *report);
void
mf_html_append_hits(struct mf_html_report *report);
void
mf_html_append_files(struct mf_html_report *report);
void
mf_html_append_chains(struct mf_html_report *report);
void
mf_html_append_rows(struct mf_html_report *report);

#endif
