/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a browser may do with the document stands in its policy: run this script and use this style,
 * known by their hashes, and nothing else. So even markup that a stranger got past the escaping
 * would neither run nor fetch anything. Elements that HTML closes by itself are left open, which
 * makes a third of a large report.
 */
#include "html_private.h"

#include "text.h"

#include <string.h>

enum { GATHERED = 1 << 16 };

void
mf_html_flush(struct mf_html_report *report)
{
    if (report->out->len < GATHERED)
        return;
    report->taker->take(report->taker->user, report->out);
    report->written += report->out->len;
    g_string_truncate(report->out, 0);
}

void
mf_html_set_room(struct mf_html_report *report, uint64_t bytes)
{
    report->limit = report->written + report->out->len + bytes;
}

bool
mf_html_has_room(const struct mf_html_report *report)
{
    return report->written + report->out->len < report->limit;
}

void
mf_html_append_more(struct mf_html_report *report, uint32_t n, const char *tag, const char *thing)
{
    if (n > 0)
        g_string_append_printf(report->out, "<%s>and %u more %s%s</%s>\n", tag, n, thing,
                               n == 1 ? "" : "s", tag);
}

void
mf_html_append_time(struct mf_html_report *report, mf_nanoseconds time)
{
    GString *out = report->out;
    const size_t before = out->len;

    mf_timeline_append_time(report->timeline, time, out);
    g_string_erase(out, (gssize)before, (gssize)strspn(out->str + before, " "));
}

bool
mf_html_open_link(struct mf_html_report *report, uint32_t session, uint32_t frame)
{
    const uint32_t row = mf_html_row_of(report, session, frame);

    if (row != 0)
        g_string_append_printf(report->out, "<a href=#r%u>", row);
    return row != 0;
}

void
mf_html_append_place(struct mf_html_report *report, mf_nanoseconds time, uint32_t session,
                     uint32_t frame)
{
    bool linked;

    g_string_append(report->out, "<span class=at>");
    linked = mf_html_open_link(report, session, frame);
    mf_html_append_time(report, time);
    g_string_append_printf(report->out, "%s <small>[%u] frame %u</small></span> ",
                           linked ? "</a>" : "", session, frame);
}

/* --- the head --- */

/* Appends "'sha256-...'" of TEXT, as a policy names it. */
static void
append_hash(GString *out, const char *text)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    char *base64;

    g_checksum_update(sum, (const guchar *)text, -1);
    g_checksum_get_digest(sum, digest, &length);
    base64 = g_base64_encode(digest, length);
    g_string_append_printf(out, "'sha256-%s'", base64);
    g_free(base64);
    g_checksum_free(sum);
}

static void
append_head(struct mf_html_report *report)
{
    GString *out = report->out;

    g_string_append(out, "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
                         "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
                         "script-src ");
    append_hash(out, mf_html_script);
    g_string_append(out, "; style-src ");
    append_hash(out, mf_html_style);
    g_string_append(out, "; base-uri 'none'; form-action 'none'\">\n"
                         "<meta name=referrer content=no-referrer>\n"
                         "<meta name=viewport content=\"width=device-width\">\n"
                         "<meta name=color-scheme content=\"light dark\">\n<title>");
    if (report->source->title != NULL) {
        mf_html_put(report, report->source->title);
        g_string_append(out, " - ");
    }
    g_string_append(out, "malflow report</title>\n<style>");
    g_string_append(out, mf_html_style);
    g_string_append(out, "</style>\n</head>\n<body>\n");
}

/* --- what was looked at --- */

/* "168,801" */
static void
append_grouped(GString *out, uint64_t number)
{
    const size_t before = out->len;

    mf_text_append_number(out, number);
    for (size_t at = out->len; at > before + 3;) {
        at -= 3;
        g_string_insert_c(out, (gssize)at, ',');
    }
}

static void
append_fact(struct mf_html_report *report, const char *name, uint64_t number)
{
    g_string_append_printf(report->out, "<div><dt>%s<dd>", name);
    append_grouped(report->out, number);
    g_string_append(report->out, "</div>");
}

static void
append_facts(struct mf_html_report *report)
{
    const struct mf_engine *engine = report->engine;
    const struct mf_findings *findings = mf_engine_findings(engine);
    const struct {
        const char *name;
        uint64_t number;
    } facts[] = {
        {"frames", mf_engine_frame_count(engine)},
        {"sessions", mf_engine_session_count(engine)},
        {"rows", report->rows->len},
        {"hits", mf_findings_hit_count(findings)},
        {"files", mf_findings_file_count(findings)},
        {"scans", mf_capture_scans(engine)},
        {"beacons", mf_capture_beacons(engine)},
    };

    g_string_append(report->out, "<dl class=facts>");
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        append_fact(report, facts[i].name, facts[i].number);
    g_string_append(report->out, "</dl>\n");
}

/* "2008-01-01 00:00:00.000 to 01:00:00.000 UTC (60:00.00)" */
static void
append_period(struct mf_html_report *report)
{
    const mf_nanoseconds first = mf_engine_first_time(report->engine);
    const mf_nanoseconds last = mf_capture_last_time(report->engine);
    GString *out = report->out;

    if (mf_engine_frame_count(report->engine) == 0) {
        g_string_append(out, "no frames");
        return;
    }
    mf_timeline_append_utc(out, first);
    g_string_append(out, " to ");
    mf_timeline_append_utc(out, last);
    g_string_append_printf(out, " UTC (%.3f s)",
                           (double)mf_timeline_distance(first, last) / MF_NS_PER_S);
}

/* What the report cannot tell of. */
static void
append_unread(struct mf_html_report *report)
{
    const uint32_t unread = mf_capture_unread(report->engine);

    if (unread > 0)
        g_string_append_printf(report->out,
                               "<p class=sub>Not read: what %u TLS or QUIC session%s carried, for "
                               "want of keys.</p>\n",
                               unread, unread == 1 ? "" : "s");
    if (mf_engine_correlator(report->engine) == NULL)
        g_string_append(report->out, "<p class=sub>Causes were not looked for.</p>\n");
}

static void
append_header(struct mf_html_report *report)
{
    const struct mf_report_source *source = report->source;
    GString *out = report->out;

    g_string_append(out, "<header>\n<p class=brand>malflow report</p>\n<h1>");
    mf_html_put(report, source->title != NULL ? source->title : "What happened in this capture");
    g_string_append(out, "</h1>\n<p class=sub>");
    append_period(report);
    if (source->signatures > 0)
        g_string_append_printf(out, " &middot; %u signatures", source->signatures);
    if (report->story != NULL)
        g_string_append(out, " &middot; rows as they were displayed");
    if (source->sessions != NULL)
        g_string_append_printf(
            out, " &middot; <strong>a display filter chose %u of the sessions</strong>",
            g_hash_table_size((GHashTable *)source->sessions));
    g_string_append(out, "</p>\n");
    append_unread(report);
    append_facts(report);
    g_string_append(out, "<nav aria-label=Sections><a href=#findings>Findings</a> "
                         "<a href=#hits>Hits</a> <a href=#files>Files</a> "
                         "<a href=#chains>Chains</a> <a href=#timeline>Timeline</a></nav>\n"
                         "</header>\n<main>\n");
}

static void
append_footer(struct mf_html_report *report)
{
    GString *out = report->out;

    g_string_append(out, "</main>\n<footer>Made by malflow");
    if (report->source->version != NULL) {
        g_string_append_c(out, ' ');
        mf_html_put(report, report->source->version);
    }
    if (report->source->reader != NULL) {
        g_string_append(out, ", of what ");
        mf_html_put(report, report->source->reader);
        g_string_append(out, " dissected");
    }
    g_string_append(out, ". Left of &lt;-&gt; is what the side sent that opened the session. "
                         "&lt;= names what caused it: [session], frame, kind.</footer>\n<script>");
    g_string_append(out, mf_html_script);
    g_string_append(out, "</script>\n</body>\n</html>\n");
}

static void
write_report(struct mf_html_report *report)
{
    report->verdicts = mf_verdicts_new(report->engine, report->source->sessions);
    report->out = g_string_sized_new(2 * GATHERED);
    report->scratch = g_string_new(NULL);
    mf_html_find_places(report);
    append_head(report);
    append_header(report);
    mf_html_append_findings(report);
    mf_html_append_hits(report);
    mf_html_append_files(report);
    mf_html_append_chains(report);
    mf_html_append_rows(report);
    append_footer(report);
    report->taker->take(report->taker->user, report->out);
    mf_html_free_places(report);
    g_string_free(report->scratch, TRUE);
    g_string_free(report->out, TRUE);
    mf_verdicts_free(report->verdicts);
}

void
mf_html_report(const struct mf_timeline *timeline, const struct mf_report_source *source,
               const struct mf_html_taker *taker)
{
    struct mf_html_report report = {
        .engine = timeline->engine,
        .timeline = timeline,
        .rows = timeline->rows,
        .n_sessions = mf_engine_session_count(timeline->engine),
        .source = source,
        .taker = taker,
    };

    write_report(&report);
}

void
mf_html_report_story(const struct mf_story *story, const GArray *rows,
                     const struct mf_report_source *source, const struct mf_html_taker *taker)
{
    struct mf_html_report report = {
        .engine = story->engine,
        .timeline = story->timeline,
        .story = story,
        .rows = rows,
        .n_sessions = story->n_sessions,
        .source = source,
        .taker = taker,
    };

    write_report(&report);
}
