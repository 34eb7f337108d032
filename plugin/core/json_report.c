/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names are those of the Elastic Common Schema (https://www.elastic.co/guide/en/ecs/8.11/) where it
 * has them; what is malflow's own stands under "malflow", by the names of the display fields, so
 * that packets of `tshark -T ek` say the same in the same words. Objects are nested: jq, DuckDB and
 * Spark read paths, and search clusters make no difference between nested and dotted.
 *
 * A field has one type wherever it stands: readers make one table of all kinds.
 */
#include "json_report_private.h"

#define ECS_VERSION "8.11.0"

/* --- lines --- */

/* Closes what was opened, with TEXT as its only member. */
static void
close_with(GString *out, size_t opened, const char *key, const char *text)
{
    mf_json_string(out, key, text);
    mf_json_close(out, opened);
}

size_t
mf_json_begin(const struct mf_json_report *report, const struct mf_json_kind *kind,
              mf_nanoseconds time)
{
    GString *out = report->out;
    size_t event;

    g_string_truncate(out, 0);
    mf_json_open_object(out, NULL);
    if (time != MF_JSON_NO_TIME)
        mf_json_time(out, "@timestamp", time);
    close_with(out, mf_json_open_object(out, "ecs"), "version", ECS_VERSION);
    event = mf_json_open_object(out, "event");
    mf_json_string(out, "kind", kind->kind);
    close_with(out, mf_json_open_list(out, "category"), NULL, kind->category);
    close_with(out, mf_json_open_list(out, "type"), NULL, kind->type);
    mf_json_string(out, "module", "malflow");
    mf_json_string(out, "dataset", kind->dataset);
    return event;
}

void
mf_json_begin_only(const struct mf_json_report *report, const struct mf_json_kind *kind,
                   mf_nanoseconds time)
{
    mf_json_close(report->out, mf_json_begin(report, kind, time));
}

void
mf_json_span(GString *out, mf_nanoseconds first, mf_nanoseconds last)
{
    mf_json_time(out, "start", first);
    mf_json_time(out, "end", last);
    mf_json_number(out, "duration", (uint64_t)MAX(mf_timeline_distance(first, last), 0));
}

void
mf_json_end(const struct mf_json_report *report)
{
    mf_json_close(report->out, 0);
    g_string_append_c(report->out, '\n');
}

/* --- the capture --- */

static void
append_counts(const struct mf_json_report *report)
{
    const struct mf_engine *engine = report->engine;
    const struct mf_findings *findings = mf_engine_findings(engine);
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    const struct {
        const char *key;
        uint32_t count;
    } counts[] = {
        {"frames", mf_engine_frame_count(engine)},
        {"other_frames", mf_engine_other_count(engine)},
        {"sessions", mf_engine_session_count(engine)},
        {"scans", mf_capture_scans(engine)},
        {"beacons", mf_capture_beacons(engine)},
        {"hits", mf_findings_hit_count(findings)},
        {"files", mf_findings_file_count(findings)},
        {"links", correlator != NULL ? mf_correlator_link_count(correlator) : 0},
        {"hosts", mf_verdicts_count(report->verdicts)},
        {"rows", mf_timeline_count(report->timeline)},
        {"signatures", report->source->signatures},
    };
    const size_t capture = mf_json_open_object(report->out, "capture");

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        mf_json_number(report->out, counts[i].key, counts[i].count);
    mf_json_string(report->out, "reader", report->source->reader);
    mf_json_close(report->out, capture);
}

#define COUNTER(name)                                                                              \
    {                                                                                              \
#name, offsetof(struct mf_counters, name)                                                  \
    }

static const struct {
    const char *key;
    size_t counter;
} limits[] = {
    COUNTER(sessions_refused),   COUNTER(streams_cut),        COUNTER(streams_evicted),
    COUNTER(stream_gaps),        COUNTER(scan_trackers_lost), COUNTER(beacon_trackers_lost),
    COUNTER(summary_items_lost), COUNTER(pcre_limits),        COUNTER(rule_state_lost),
    COUNTER(rule_limits),        COUNTER(clues_lost),         COUNTER(orders_lost),
    COUNTER(links_lost),         COUNTER(mention_bytes_lost), COUNTER(files_not_kept),
};

G_STATIC_ASSERT(G_N_ELEMENTS(limits) * sizeof(uint64_t) == sizeof(struct mf_counters));

/* Those that were hit. */
static void
append_limits(const struct mf_json_report *report)
{
    const char *counters = (const char *)mf_engine_counters(report->engine);
    const size_t opened = mf_json_open_object(report->out, "limits");

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const uint64_t n = *(const uint64_t *)(const void *)(counters + limits[i].counter);

        if (n > 0)
            mf_json_number(report->out, limits[i].key, n);
    }
    mf_json_close(report->out, opened);
}

static void
append_capture(const struct mf_json_report *report)
{
    static const struct mf_json_kind kind = {"malflow.capture", "metric", "network", "info"};
    const bool any = mf_engine_frame_count(report->engine) > 0;
    const mf_nanoseconds first = mf_engine_first_time(report->engine);
    const size_t event = mf_json_begin(report, &kind, any ? first : MF_JSON_NO_TIME);
    size_t opened;

    if (any)
        mf_json_span(report->out, first, mf_capture_last_time(report->engine));
    mf_json_close(report->out, event);
    opened = mf_json_open_object(report->out, "observer");
    mf_json_string(report->out, "product", "malflow");
    mf_json_string(report->out, "version", report->source->version);
    mf_json_close(report->out, opened);
    opened = mf_json_open_object(report->out, "malflow");
    mf_json_string(report->out, "schema", MF_JSON_SCHEMA_VERSION);
    append_counts(report);
    append_limits(report);
    mf_json_close(report->out, opened);
    mf_json_end(report);
}

/* --- the whole --- */

static void
note_agent(void *user, const struct mf_detail *detail)
{
    if (detail->kind == MF_DETAIL_USER_AGENT && detail->frame != 0)
        g_hash_table_insert(user, GUINT_TO_POINTER(detail->frame), (gpointer)detail->text);
}

/* A session tells all of its user agents at once, and may have many requests. */
static GHashTable *
find_agents(const struct mf_engine *engine)
{
    GHashTable *agents = g_hash_table_new(NULL, NULL);
    const struct mf_detail_taker taker = {note_agent, agents};

    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++) {
        const struct mf_session *session = mf_engine_session(engine, id);

        if (session->summary != NULL && mf_summary_count(session) > 0)
            mf_summary_details(session, &taker);
    }
    return agents;
}

void
mf_json_report(const struct mf_timeline *timeline, const struct mf_report_source *source,
               void (*write)(const GString *line))
{
    static const struct mf_json_list *const lists[] = {
        &mf_json_rows, &mf_json_hits, &mf_json_links, &mf_json_hosts, &mf_json_files,
    };
    const struct mf_json_report report = {
        .engine = timeline->engine,
        .timeline = timeline,
        .source = source,
        .verdicts = mf_verdicts_new(timeline->engine, source->sessions),
        .agents = find_agents(timeline->engine),
        .out = g_string_sized_new(4096),
    };

    append_capture(&report);
    write(report.out);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (uint32_t at = 0, n = lists[i]->count(&report); at < n; at++)
            if (lists[i]->append(&report, at))
                write(report.out);
    g_string_free(report.out, TRUE);
    g_hash_table_destroy(report.agents);
    mf_verdicts_free(report.verdicts);
}
