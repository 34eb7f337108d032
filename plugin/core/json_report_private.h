/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kinds of objects of a JSON report share. */
#ifndef MALFLOW_CORE_JSON_REPORT_PRIVATE_H
#define MALFLOW_CORE_JSON_REPORT_PRIVATE_H

#include "json_report.h"
#include "json_text.h"
#include "summary.h"
#include "timeline_private.h"
#include "verdict.h"

struct mf_json_report {
    const struct mf_engine *engine;
    const struct mf_timeline *timeline;
    const struct mf_report_source *source;
    struct mf_verdicts *verdicts;
    GHashTable *agents; /* frame of a request: its user agent */
    GString *out;       /* the line */
};

/* A kind of object, in words of ECS (event.dataset, .kind, .category, .type). */
struct mf_json_kind {
    const char *dataset, *kind, *category, *type;
};

/* Objects of one or several kinds. */
struct mf_json_list {
    uint32_t (*count)(const struct mf_json_report *report);
    /* Writes the line of object INDEX below the count; false, with nothing written: it is not told.
     */
    bool (*append)(const struct mf_json_report *report, uint32_t index);
};

/* Begins the line. TIME: @timestamp; MF_JSON_NO_TIME: it has none. Leaves "event" open, and returns
 * what to close it with. */
size_t
mf_json_begin(const struct mf_json_report *report, const struct mf_json_kind *kind,
              mf_nanoseconds time);

#define MF_JSON_NO_TIME INT64_MIN

/* The same, whole, with nothing more to say of the event. */
void
mf_json_begin_only(const struct mf_json_report *report, const struct mf_json_kind *kind,
                   mf_nanoseconds time);

/* event.start, .end, .duration; into the open "event". */
void
mf_json_span(GString *out, mf_nanoseconds first, mf_nanoseconds last);

/* Ends the line. */
void
mf_json_end(const struct mf_json_report *report);

/* --- parts of several kinds (json_report_parts.c) --- */

/* source, destination, network; with bytes and packets where COUNTED. */
void
mf_json_flow(GString *out, const struct mf_session *session, bool counted);

/* malflow.session: {id, app}, where more may follow: returns what to close it with. */
size_t
mf_json_open_session(GString *out, const struct mf_session *session);

/* The same, closed. */
void
mf_json_session(GString *out, const struct mf_session *session);

/* malflow.cause: a list of causes (index + 1 of the first), best first. */
void
mf_json_causes(const struct mf_json_report *report, uint32_t first);

/* malflow.cause of one. */
void
mf_json_cause(GString *out, const struct mf_link *link);

/* malflow.root */
void
mf_json_root(const struct mf_json_report *report, const struct mf_session *session);

/* malflow.KEY: names of the stages whose bits are set. */
void
mf_json_stages(GString *out, const char *key, unsigned stages);

/* malflow.hit: signatures that fired in the session, or in its frames FIRST to LAST. */
void
mf_json_session_hits(const struct mf_json_report *report, const struct mf_session *session);
void
mf_json_frame_hits(const struct mf_json_report *report, const struct mf_session *session,
                   uint32_t first, uint32_t last);

/* malflow.direction */
void
mf_json_direction(GString *out, enum mf_direction direction);

/* file (of ECS), and malflow.file. */
void
mf_json_file(GString *out, const struct mf_file *file);
void
mf_json_file_facts(GString *out, const struct mf_file *file);

/* --- what a session says (json_report_says.c) --- */

/* dns, tls, email, http, url, user_agent: whatever it has. */
void
mf_json_says(const struct mf_json_report *report, const struct mf_session *session);

/* http, url, user_agent of one request. */
void
mf_json_request(const struct mf_json_report *report, const struct mf_session *session,
                const struct mf_summary_item *item);

/* --- kinds --- */

/* The rows of the timeline (json_report_rows.c). */
extern const struct mf_json_list mf_json_rows;

/* json_report_findings.c */
extern const struct mf_json_list mf_json_hits, mf_json_links, mf_json_hosts, mf_json_files;

#endif
