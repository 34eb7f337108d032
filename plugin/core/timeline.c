/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows there are, and in which order. Rows are 24 bytes that point into the engine, gathered
 * kind by kind and sorted once: simpler than merging, and a million of them take a fraction of the
 * time that printing them does.
 */
#include "summary.h"
#include "timeline_private.h"

struct collector {
    struct mf_timeline *timeline;
    const struct mf_timeline_selection *selection;
    bool *scan_told; /* index: group id */
};

static const GHashTable *
selected_sessions(const struct collector *collector)
{
    return collector->selection != NULL ? collector->selection->sessions : NULL;
}

/* Sets of GLib take no const. */
static bool
set_has(const GHashTable *set, uint32_t number)
{
    return set == NULL || g_hash_table_contains((GHashTable *)set, GUINT_TO_POINTER(number));
}

bool
mf_timeline_tells(const struct mf_timeline *timeline, const struct mf_hit *hit)
{
    uint32_t least = timeline->options->priority;

    return least == 0 || mf_engine_hit_rule(timeline->engine, hit)->priority <= least;
}

static bool
has_told_hit(const struct mf_timeline *timeline, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(timeline->engine);

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        if (mf_timeline_tells(timeline, hit))
            return true;
        at = hit->next;
    }
    return false;
}

/* Whether the output tells of the session at all, on a row of its own or its group's. */
static bool
is_chosen(const struct collector *collector, const struct mf_session *session)
{
    if (collector->timeline->options->hits == MF_HITS_ONLY &&
        !has_told_hit(collector->timeline, session))
        return false;
    return set_has(selected_sessions(collector), session->id);
}

/* Whether a chosen session stands on a row of its own. */
static bool
has_row(const struct collector *collector, const struct mf_session *session)
{
    return session->scan == 0 || !collector->timeline->options->aggregate ||
           mf_scan_member_keeps_row(session);
}

static void
add_row(const struct collector *collector, struct mf_row row)
{
    g_array_append_val(collector->timeline->rows, row);
}

static void
collect_requests(const struct collector *collector, const struct mf_session *session)
{
    unsigned count = mf_summary_count(session);

    for (unsigned i = 1; i < count; i++) {
        struct mf_summary_item item;

        mf_summary_item(session, i, &item);
        add_row(collector, (struct mf_row){.time = item.time,
                                           .frame = item.frame,
                                           .session = session->id,
                                           .ref = i,
                                           .kind = MF_ROW_REQUEST});
    }
}

static void
note_member(const struct collector *collector, const struct mf_session *session, bool chosen)
{
    mf_nanoseconds *last = &collector->timeline->scan_last[session->scan];

    *last = MAX(*last, session->last);
    if (chosen)
        collector->scan_told[session->scan] = true;
}

static void
collect_sessions(const struct collector *collector)
{
    const struct mf_engine *engine = collector->timeline->engine;
    uint32_t count = mf_engine_session_count(engine);

    for (uint32_t id = 1; id <= count; id++) {
        const struct mf_session *session = mf_engine_session(engine, id);
        bool chosen = is_chosen(collector, session);

        if (session->scan != 0)
            note_member(collector, session, chosen);
        if (!chosen || !has_row(collector, session))
            continue;
        add_row(collector, (struct mf_row){.time = session->start,
                                           .frame = session->first_frame,
                                           .session = id,
                                           .ref = id,
                                           .kind = MF_ROW_SESSION});
        if (collector->timeline->options->requests && session->summary != NULL)
            collect_requests(collector, session);
    }
}

static void
collect_scans(const struct collector *collector)
{
    const struct mf_engine *engine = collector->timeline->engine;
    uint32_t count = mf_engine_scan_count(engine);

    for (uint32_t id = 1; id <= count && collector->timeline->options->aggregate; id++) {
        const struct mf_session *first;

        if (!collector->scan_told[id])
            continue;
        first = mf_engine_session(engine, mf_engine_scan(engine, id)->first_session);
        add_row(collector, (struct mf_row){.time = first->start,
                                           .frame = first->first_frame,
                                           .session = first->id,
                                           .ref = id,
                                           .kind = MF_ROW_SCAN});
    }
}

/* Whether the options ask for the payload of this packet, and its session is on the timeline. */
static bool
payload_is_told(const struct collector *collector, const struct mf_payload_row *payload)
{
    const struct mf_timeline *timeline = collector->timeline;
    const struct mf_session *session = mf_engine_session(timeline->engine, payload->session);

    if (collector->selection != NULL && !set_has(collector->selection->frames, payload->frame))
        return false;
    return is_chosen(collector, session) && has_row(collector, session) &&
           mf_packet_protocols_has(&timeline->options->packets, mf_l4_name((enum mf_l4)session->l4),
                                   session->app);
}

static void
collect_payloads(const struct collector *collector)
{
    const struct mf_engine *engine = collector->timeline->engine;
    uint32_t count = mf_engine_payload_count(engine);

    for (uint32_t i = 0; i < count; i++) {
        const struct mf_payload_row *payload = mf_engine_payload(engine, i);

        if (payload_is_told(collector, payload))
            add_row(collector, (struct mf_row){.time = payload->time,
                                               .frame = payload->frame,
                                               .session = payload->session,
                                               .ref = i,
                                               .kind = MF_ROW_PAYLOAD});
    }
}

static int
compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* A total order, so that no sort can shuffle equals. */
static gint
compare_rows(gconstpointer pa, gconstpointer pb)
{
    const struct mf_row *a = pa, *b = pb;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->frame != b->frame)
        return compare(a->frame, b->frame);
    if (a->session != b->session)
        return compare(a->session, b->session);
    return a->kind != b->kind ? compare(a->kind, b->kind) : compare(a->ref, b->ref);
}

struct mf_timeline *
mf_timeline_new(const struct mf_engine *engine, const struct mf_timeline_options *options,
                const struct mf_timeline_selection *selection)
{
    struct mf_timeline *timeline = g_new0(struct mf_timeline, 1);
    uint32_t groups = mf_engine_scan_count(engine) + 1;
    struct collector collector = {timeline, selection, g_new0(bool, groups)};

    timeline->engine = engine;
    timeline->options = options;
    timeline->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_row));
    timeline->scan_last = g_new(mf_nanoseconds, groups);
    for (uint32_t i = 0; i < groups; i++)
        timeline->scan_last[i] = INT64_MIN;
    collect_sessions(&collector);
    collect_scans(&collector);
    collect_payloads(&collector);
    g_array_sort(timeline->rows, compare_rows);
    g_free(collector.scan_told);
    return timeline;
}

void
mf_timeline_free(struct mf_timeline *timeline)
{
    if (timeline == NULL)
        return;
    g_array_free(timeline->rows, TRUE);
    g_free(timeline->scan_last);
    g_free(timeline);
}

uint32_t
mf_timeline_count(const struct mf_timeline *timeline)
{
    return timeline->rows->len;
}

const struct mf_row *
mf_timeline_row(const struct mf_timeline *timeline, uint32_t index)
{
    return &g_array_index(timeline->rows, struct mf_row, index);
}
