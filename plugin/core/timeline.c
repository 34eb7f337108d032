/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows there are, and in which order. Rows are 24 bytes that point into the engine, gathered
 * kind by kind and sorted once: simpler than merging, and a million of them take a fraction of the
 * time that printing them does.
 */
#include "chosen.h"
#include "fold.h"
#include "row_text.h"
#include "summary.h"
#include "timeline_private.h"

struct collector {
    struct mf_timeline *timeline;
    const struct mf_timeline_selection *selection;
    struct mf_timeline_contacts *contacts;
};

static const GHashTable *
selected_sessions(const struct collector *collector)
{
    return collector->selection != NULL ? collector->selection->sessions : NULL;
}

static bool
has_told_hit(const struct mf_timeline *timeline, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(timeline->engine);
    const struct mf_row_hits hits = {timeline->engine, timeline->options->priority};

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        if (mf_row_tells(&hits, hit))
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
    return mf_is_chosen(selected_sessions(collector), session->id);
}

enum mf_row_kind
mf_timeline_group_of(const struct mf_timeline *timeline, const struct mf_session *session,
                     uint32_t *ref)
{
    *ref = mf_timeline_fold_number(timeline, session);
    if (*ref != 0)
        return MF_ROW_FOLD;
    if (!timeline->options->aggregate)
        return MF_ROW_SESSION;
    *ref = session->scan;
    if (*ref != 0)
        return MF_ROW_SCAN;
    *ref = timeline->options->beacons ? session->beacon : 0;
    return *ref != 0 ? MF_ROW_BEACON : MF_ROW_SESSION;
}

/* The row of the scan group or beacon that SESSION stands on, or NULL. */
static struct mf_group_row *
group_row_of(const struct mf_timeline *timeline, const struct mf_session *session)
{
    uint32_t ref;

    switch (mf_timeline_group_of(timeline, session, &ref)) {
    case MF_ROW_SCAN:
        return &timeline->scans[ref];
    case MF_ROW_BEACON:
        return &timeline->beacons[ref];
    default:
        return NULL;
    }
}

/* Whether SESSION needs no row beside its group's. Asked once for each. */
static bool
needs_no_row(const struct collector *collector, const struct mf_session *session, bool chosen)
{
    if (group_row_of(collector->timeline, session) == NULL)
        return false;
    if (session->scan != 0)
        return !mf_scan_member_keeps_row(session);
    return mf_timeline_contacts_say_no_more(collector->contacts, session, chosen);
}

static void
add_row(const struct collector *collector, struct mf_row row)
{
    g_array_append_val(collector->timeline->rows, row);
}

static bool
has_hit_within(const struct collector *collector, const struct mf_session *session, uint32_t first,
               uint32_t last)
{
    const struct mf_findings *findings = mf_engine_findings(collector->timeline->engine);
    uint32_t count = mf_findings_hit_count(findings);

    if (session->first_hit == 0)
        return false;
    for (uint32_t i = mf_findings_first_of_frame(findings, first); i < count; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        if (hit->frame > last)
            return false;
        if (hit->session == session->id)
            return true;
    }
    return false;
}

/* Whether the request can do without a row of its own. */
static bool
is_folded_request(const struct collector *collector, const struct mf_session *session,
                  const struct mf_summary_item *item)
{
    return collector->timeline->options->fold &&
           mf_fold_may_request(collector->timeline->engine, session, item) &&
           !has_hit_within(collector, session, item->frame, MAX(item->frame, item->last_frame));
}

static void
collect_requests(const struct collector *collector, const struct mf_session *session)
{
    unsigned count = mf_summary_count(session);

    for (unsigned i = 1; i < count; i++) {
        struct mf_summary_item item;

        mf_summary_item(session, i, &item);
        if (is_folded_request(collector, session, &item))
            continue;
        add_row(collector, (struct mf_row){.time = item.time,
                                           .frame = item.frame,
                                           .session = session->id,
                                           .ref = i,
                                           .kind = MF_ROW_REQUEST});
    }
}

static void
note_member(struct mf_group_row *group, const struct mf_session *session, bool chosen)
{
    group->last = MAX(group->last, session->last);
    group->told = group->told || chosen;
}

/* Decides whether SESSION, which is folded or not, has a row of its own. */
static void
place_session(const struct collector *collector, const struct mf_session *session)
{
    struct mf_group_row *group = group_row_of(collector->timeline, session);
    bool *rowless = &collector->timeline->rowless[session->id], chosen = !*rowless;

    if (mf_timeline_is_folded(collector->timeline, session)) {
        *rowless = true;
        return;
    }
    if (group != NULL)
        note_member(group, session, chosen);
    *rowless = needs_no_row(collector, session, chosen) || !chosen;
}

static void
collect_session(const struct collector *collector, const struct mf_session *session)
{
    place_session(collector, session);
    if (collector->timeline->rowless[session->id])
        return;
    add_row(collector, (struct mf_row){.time = session->start,
                                       .frame = session->first_frame,
                                       .session = session->id,
                                       .ref = session->id,
                                       .kind = MF_ROW_SESSION});
    if (collector->timeline->options->requests && session->summary != NULL)
        collect_requests(collector, session);
}

static void
choose_sessions(const struct collector *collector)
{
    const struct mf_engine *engine = collector->timeline->engine;
    uint32_t count = mf_engine_session_count(engine);

    for (uint32_t id = 1; id <= count; id++)
        collector->timeline->rowless[id] = !is_chosen(collector, mf_engine_session(engine, id));
}

static void
collect_sessions(const struct collector *collector)
{
    const struct mf_engine *engine = collector->timeline->engine;
    uint32_t count = mf_engine_session_count(engine);

    for (uint32_t id = 1; id <= count; id++)
        collect_session(collector, mf_engine_session(engine, id));
}

static void
add_group_row(const struct collector *collector, enum mf_row_kind kind, uint32_t id, uint32_t first)
{
    const struct mf_session *session = mf_engine_session(collector->timeline->engine, first);

    add_row(collector, (struct mf_row){.time = session->start,
                                       .frame = session->first_frame,
                                       .session = session->id,
                                       .ref = id,
                                       .kind = (uint8_t)kind});
}

static void
collect_groups(const struct collector *collector)
{
    const struct mf_timeline *timeline = collector->timeline;
    uint32_t scans = mf_engine_scan_count(timeline->engine);
    uint32_t beacons = mf_engine_beacon_count(timeline->engine);

    for (uint32_t id = 1; id <= scans; id++)
        if (timeline->scans[id].told)
            add_group_row(collector, MF_ROW_SCAN, id,
                          mf_engine_scan(timeline->engine, id)->first_session);
    for (uint32_t id = 1; id <= beacons; id++)
        if (timeline->beacons[id].told)
            add_group_row(collector, MF_ROW_BEACON, id,
                          mf_engine_beacon(timeline->engine, id)->first_session);
    for (uint32_t n = 1; n <= mf_timeline_fold_count(timeline); n++)
        if (mf_timeline_fold_first(timeline, n) != 0)
            add_group_row(collector, MF_ROW_FOLD, n, mf_timeline_fold_first(timeline, n));
}

/* Whether the options ask for the payload of this packet, and its session is on the timeline. */
static bool
payload_is_told(const struct collector *collector, const struct mf_payload_row *payload)
{
    const struct mf_timeline *timeline = collector->timeline;
    const struct mf_session *session = mf_engine_session(timeline->engine, payload->session);

    if (collector->selection != NULL && !mf_is_chosen(collector->selection->frames, payload->frame))
        return false;
    return !timeline->rowless[session->id] &&
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
gint
mf_timeline_compare_rows(gconstpointer pa, gconstpointer pb)
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

static struct mf_group_row *
group_rows(uint32_t count)
{
    struct mf_group_row *rows = g_new0(struct mf_group_row, (size_t)count + 1);

    for (uint32_t i = 0; i <= count; i++)
        rows[i].last = INT64_MIN;
    return rows;
}

struct mf_timeline *
mf_timeline_new(const struct mf_engine *engine, const struct mf_timeline_options *options,
                const struct mf_timeline_selection *selection)
{
    struct mf_timeline *timeline = g_new0(struct mf_timeline, 1);
    struct collector collector = {timeline, selection, NULL};

    timeline->engine = engine;
    timeline->options = options;
    timeline->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_row));
    timeline->scans = group_rows(mf_engine_scan_count(engine));
    timeline->beacons = group_rows(mf_engine_beacon_count(engine));
    timeline->rowless = g_new0(bool, (size_t)mf_engine_session_count(engine) + 1);
    collector.contacts = mf_timeline_contacts_new(timeline);
    choose_sessions(&collector);
    timeline->folds = mf_timeline_folds_new(timeline);
    collect_sessions(&collector);
    collect_groups(&collector);
    collect_payloads(&collector);
    g_array_sort(timeline->rows, mf_timeline_compare_rows);
    mf_timeline_contacts_free(collector.contacts);
    return timeline;
}

void
mf_timeline_free(struct mf_timeline *timeline)
{
    if (timeline == NULL)
        return;
    g_array_free(timeline->rows, TRUE);
    g_free(timeline->scans);
    g_free(timeline->beacons);
    mf_timeline_folds_free(timeline->folds);
    g_free(timeline->rowless);
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
