/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline as text, one row per line, after the figure in Mizutani, Takeda, Murai (2008). Other
 * programs will read it with the eyes of grep: the form of a row is a promise.
 */
#include "cause_text.h"
#include "summary.h"
#include "text.h"
#include "timeline_private.h"

#include <string.h>

/* Answered ports that a row lists. */
#define PORTS_TOLD 40

/* The two columns that are not times. */
#define PACKET_COLUMN  " PACKET "
#define REQUEST_COLUMN "REQUEST "

/* --- hits --- */

/* Messages of hits, each once: the most severe first, equals in order of first appearance. */
struct told_hits {
    const struct mf_timeline *timeline;
    GArray *list; /* struct told_hit */
};

struct told_hit {
    const struct mf_rule_info *rule;
    unsigned count;
};

static void
tell_hit(struct told_hits *told, const struct mf_hit *hit)
{
    struct told_hit one = {.rule = mf_engine_hit_rule(told->timeline->engine, hit), .count = 1};

    if (!mf_timeline_tells(told->timeline, hit))
        return;
    for (guint i = 0; i < told->list->len; i++) {
        struct told_hit *known = &g_array_index(told->list, struct told_hit, i);

        if (known->rule == one.rule ||
            (one.rule->msg != NULL && g_strcmp0(known->rule->msg, one.rule->msg) == 0)) {
            known->count++;
            return;
        }
    }
    g_array_append_val(told->list, one);
}

static gint
compare_told(gconstpointer a, gconstpointer b)
{
    return ((const struct told_hit *)a)->rule->priority -
           ((const struct told_hit *)b)->rule->priority;
}

/* Appends the messages and frees them. */
static void
append_hits(struct told_hits *told, GString *out)
{
    g_array_sort(told->list, compare_told); /* which is stable */
    for (guint i = 0; i < told->list->len; i++) {
        const struct told_hit *hit = &g_array_index(told->list, struct told_hit, i);

        if (hit->rule->msg != NULL)
            g_string_append_printf(out, " *** %s ***", hit->rule->msg);
        else
            g_string_append_printf(out, " *** signature %u ***", hit->rule->sid);
        if (hit->count > 1)
            g_string_append_printf(out, " x%u", hit->count);
    }
    g_array_free(told->list, TRUE);
}

static struct told_hits
told_hits(const struct mf_timeline *timeline)
{
    return (struct told_hits){timeline, g_array_new(FALSE, FALSE, sizeof(struct told_hit))};
}

static void
append_session_hits(const struct mf_timeline *timeline, const struct mf_session *session,
                    GString *out)
{
    const struct mf_findings *findings = mf_engine_findings(timeline->engine);
    struct told_hits told;

    if (session->first_hit == 0)
        return;
    told = told_hits(timeline);
    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        tell_hit(&told, hit);
        at = hit->next;
    }
    append_hits(&told, out);
}

/* Hits of the session in the frames FIRST to LAST. */
static void
append_frame_hits(const struct mf_timeline *timeline, const struct mf_session *session,
                  uint32_t first, uint32_t last, GString *out)
{
    const struct mf_findings *findings = mf_engine_findings(timeline->engine);
    uint32_t count = mf_findings_hit_count(findings);
    struct told_hits told;

    if (session->first_hit == 0)
        return;
    told = told_hits(timeline);
    for (uint32_t i = mf_findings_first_of_frame(findings, first); i < count; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        if (hit->frame > last)
            break;
        if (hit->session == session->id)
            tell_hit(&told, hit);
    }
    append_hits(&told, out);
}

/* --- pieces --- */

/* "[  4 |    0.357 | " */
static void
append_head(const struct mf_timeline *timeline, const struct mf_row *row, GString *out)
{
    g_string_append_printf(out, "[%3u | ", row->session);
    if (timeline->options->time == MF_TIME_UTC)
        mf_timeline_append_utc(out, row->time);
    else
        mf_timeline_append_seconds(
            out, mf_timeline_distance(mf_engine_first_time(timeline->engine), row->time));
    g_string_append(out, " | ");
}

static void
append_endpoints(const struct mf_session *session, GString *out)
{
    mf_endpoint_append(out, &session->addr[MF_ORIG], mf_session_port(session, MF_ORIG));
    g_string_append(out, " -> ");
    mf_endpoint_append(out, &session->addr[MF_RESP], mf_session_port(session, MF_RESP));
}

/* " (TCP:IRC)", " (TCP:TCP)", " (ICMP)" */
static void
append_protocol(const struct mf_session *session, GString *out)
{
    const char *l4 = mf_l4_name((enum mf_l4)session->l4), *app = session->app;

    if (app == NULL && mf_session_has_ports(session))
        app = l4;
    if (app == NULL || (strcmp(app, l4) == 0 && !mf_session_has_ports(session)))
        g_string_append_printf(out, " (%s)", l4);
    else
        g_string_append_printf(out, " (%s:%s)", l4, app);
}

static void
append_counts(const struct mf_session *session, GString *out)
{
    g_string_append_printf(
        out, " [%" G_GUINT64_FORMAT " byte (%u pkt) <-> %" G_GUINT64_FORMAT " byte (%u pkt)]",
        session->bytes[MF_ORIG], session->packets[MF_ORIG], session->bytes[MF_RESP],
        session->packets[MF_RESP]);
}

static void
append_summary(const struct mf_session *session, GString *out)
{
    size_t before;

    g_string_append_c(out, ' ');
    before = out->len;
    mf_summary_append(session, out);
    if (out->len == before)
        g_string_truncate(out, before - 1);
}

static void
append_answered(const struct mf_scan_group *group, GString *out)
{
    const GArray *ports = group->answered_ports;

    g_string_append_printf(out, " %u %s, %u answered", group->targets,
                           group->kind == MF_SCAN_PORT ? "ports" : "targets", group->answered);
    for (guint i = 0; ports != NULL && i < ports->len; i++) {
        g_string_append(out, i == 0 ? ": " : ", ");
        if (i == PORTS_TOLD) {
            g_string_append(out, "...");
            break;
        }
        g_string_append_printf(out, "%u", g_array_index(ports, uint16_t, i));
    }
}

/* --- rows --- */

static void
append_session_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    (void)row;
    mf_timeline_append_duration(out, mf_timeline_distance(session->start, session->last));
    g_string_append(out, " ] ");
    append_endpoints(session, out);
    append_protocol(session, out);
    if (mf_summary_wants_counts(session))
        append_counts(session, out);
    append_summary(session, out);
    append_session_hits(timeline, session, out);
    mf_causes_append(timeline->engine, mf_engine_causes(timeline->engine, session), out);
}

static void
append_scan_row(const struct mf_timeline *timeline, const struct mf_row *row,
                const struct mf_session *session, GString *out)
{
    const struct mf_scan_group *group = mf_engine_scan(timeline->engine, row->ref);

    mf_timeline_append_duration(
        out, mf_timeline_distance(session->start, timeline->scans[row->ref].last));
    g_string_append(out, " ] ");
    append_endpoints(session, out);
    append_protocol(session, out);
    g_string_append_printf(out, " === Aggregated Session: %u (%s) ===", group->sessions,
                           mf_scan_kind_name((enum mf_scan_kind)group->kind));
    append_answered(group, out);
    mf_causes_append(timeline->engine, mf_engine_causes(timeline->engine, session), out);
}

static void
append_beacon_row(const struct mf_timeline *timeline, const struct mf_row *row,
                  const struct mf_session *session, GString *out)
{
    mf_timeline_append_duration(
        out, mf_timeline_distance(session->start, timeline->beacons[row->ref].last));
    g_string_append(out, " ] ");
    append_endpoints(session, out);
    append_protocol(session, out);
    mf_timeline_append_beacon(timeline, mf_engine_beacon(timeline->engine, row->ref), out);
    append_summary(session, out);
}

static void
append_fold_row(const struct mf_timeline *timeline, const struct mf_row *row,
                const struct mf_session *session, GString *out)
{
    mf_timeline_append_fold(timeline, row->ref, session, out);
}

static void
append_request_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    struct mf_summary_item item;

    mf_summary_item(session, row->ref, &item);
    g_string_append(out, REQUEST_COLUMN " ] ");
    mf_summary_item_append(session, row->ref, out);
    append_frame_hits(timeline, session, item.frame, MAX(item.frame, item.last_frame), out);
    mf_request_causes_append(timeline->engine, item.frame, out);
}

static void
append_payload_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    const struct mf_payload_row *payload = mf_engine_payload(timeline->engine, row->ref);
    const char *name = session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4);

    g_string_append_printf(out, PACKET_COLUMN " ] (%s) %s ", name,
                           payload->direction == MF_ORIG ? "To >>" : "From <<");
    mf_text_append(out, payload->data, payload->length, timeline->options->payload_bytes);
    append_frame_hits(timeline, session, row->frame, row->frame, out);
}

/* Names come from Wireshark and messages from rule files: neither may carry a control byte out. */
static void
make_printable(GString *out, size_t from)
{
    for (size_t i = from; i < out->len; i++)
        if (out->str[i] < 0x20 || out->str[i] > 0x7e)
            out->str[i] = '.';
}

void
mf_timeline_append_text(const struct mf_timeline *timeline, uint32_t index, GString *out)
{
    static void (*const append[])(const struct mf_timeline *, const struct mf_row *,
                                  const struct mf_session *, GString *) = {
        [MF_ROW_SESSION] = append_session_row, [MF_ROW_SCAN] = append_scan_row,
        [MF_ROW_BEACON] = append_beacon_row,   [MF_ROW_FOLD] = append_fold_row,
        [MF_ROW_REQUEST] = append_request_row, [MF_ROW_PAYLOAD] = append_payload_row,
    };
    const struct mf_row *row = mf_timeline_row(timeline, index);
    size_t before = out->len;

    append_head(timeline, row, out);
    append[row->kind](timeline, row, mf_engine_session(timeline->engine, row->session), out);
    make_printable(out, before);
}
