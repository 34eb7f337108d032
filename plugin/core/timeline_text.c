/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline as text, one row per line, after the figure in Mizutani, Takeda, Murai (2008). Other
 * programs will read it with the eyes of grep: the form of a row is a promise.
 */
#include "cause_text.h"
#include "row_text.h"
#include "summary.h"
#include "text.h"
#include "timeline_private.h"

/* The two columns that are not times. */
#define PACKET_COLUMN  " PACKET "
#define REQUEST_COLUMN "REQUEST "

static struct mf_row_hits
hits_of(const struct mf_timeline *timeline)
{
    return (struct mf_row_hits){timeline->engine, timeline->options->priority};
}

void
mf_timeline_append_time(const struct mf_timeline *timeline, mf_nanoseconds time, GString *out)
{
    const struct mf_timeline_options *options = timeline->options;

    if (options->time != MF_TIME_RELATIVE)
        mf_timeline_append_date(out, time, options->time == MF_TIME_LOCAL ? options->zone : NULL);
    else
        mf_timeline_append_seconds(
            out, mf_timeline_distance(mf_engine_first_time(timeline->engine), time));
}

void
mf_timeline_append_head(const struct mf_timeline *timeline, const struct mf_row *row, GString *out)
{
    g_string_append_printf(out, "[%3u | ", row->session);
    mf_timeline_append_time(timeline, row->time, out);
    g_string_append(out, " | ");
}

/* --- rows --- */

static void
append_session_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    const struct mf_row_hits hits = hits_of(timeline);

    (void)row;
    mf_timeline_append_duration(out, mf_timeline_distance(session->start, session->last));
    g_string_append(out, " ] ");
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    if (mf_summary_wants_counts(session))
        mf_row_append_counts(session, out);
    mf_row_append_summary(session, out);
    mf_row_append_session_hits(&hits, session, out);
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
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    mf_row_append_scan(group, out);
    mf_causes_append(timeline->engine, mf_engine_causes(timeline->engine, session), out);
}

static void
append_beacon_row(const struct mf_timeline *timeline, const struct mf_row *row,
                  const struct mf_session *session, GString *out)
{
    mf_timeline_append_duration(
        out, mf_timeline_distance(session->start, timeline->beacons[row->ref].last));
    g_string_append(out, " ] ");
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    mf_row_append_beacon(mf_engine_beacon(timeline->engine, row->ref), out);
    mf_row_append_summary(session, out);
    mf_causes_append(timeline->engine, mf_engine_causes(timeline->engine, session), out);
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
    const struct mf_row_hits hits = hits_of(timeline);
    struct mf_summary_item item;

    mf_summary_item(session, row->ref, &item);
    g_string_append(out, REQUEST_COLUMN " ] ");
    mf_summary_item_append(session, row->ref, out);
    mf_row_append_frame_hits(&hits, session, item.frame, MAX(item.frame, item.last_frame), out);
    mf_request_causes_append(timeline->engine, item.frame, out);
}

static void
append_bytes(const struct mf_timeline *timeline, const struct mf_row *row,
             const struct mf_timeline_bytes *bytes, GString *out)
{
    const struct mf_session *session = mf_engine_session(timeline->engine, row->session);
    const struct mf_row_hits hits = hits_of(timeline);
    const char *name = session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4);

    g_string_append_printf(out, PACKET_COLUMN " ] (%s) %s ", name,
                           bytes->direction == MF_ORIG ? "To >>" : "From <<");
    mf_text_append(out, bytes->data, bytes->length, timeline->options->payload_bytes);
    mf_row_append_frame_hits(&hits, session, row->frame, row->frame, out);
}

static void
append_payload_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    const struct mf_payload_row *payload = mf_engine_payload(timeline->engine, row->ref);

    (void)session;
    append_bytes(timeline, row,
                 &(struct mf_timeline_bytes){payload->data, payload->length,
                                             (enum mf_direction)payload->direction},
                 out);
}

void
mf_timeline_append_packet(const struct mf_timeline *timeline, const struct mf_row *row,
                          const struct mf_timeline_bytes *bytes, GString *out)
{
    const size_t before = out->len;

    mf_timeline_append_head(timeline, row, out);
    append_bytes(timeline, row, bytes, out);
    mf_row_make_printable(out, before);
}

void
mf_timeline_append_row(const struct mf_timeline *timeline, const struct mf_row *row, GString *out)
{
    static void (*const append[])(const struct mf_timeline *, const struct mf_row *,
                                  const struct mf_session *, GString *) = {
        [MF_ROW_SESSION] = append_session_row, [MF_ROW_SCAN] = append_scan_row,
        [MF_ROW_BEACON] = append_beacon_row,   [MF_ROW_FOLD] = append_fold_row,
        [MF_ROW_REQUEST] = append_request_row, [MF_ROW_PAYLOAD] = append_payload_row,
    };
    const size_t before = out->len;

    mf_timeline_append_head(timeline, row, out);
    append[row->kind](timeline, row, mf_engine_session(timeline->engine, row->session), out);
    mf_row_make_printable(out, before);
}

void
mf_timeline_append_text(const struct mf_timeline *timeline, uint32_t index, GString *out)
{
    mf_timeline_append_row(timeline, mf_timeline_row(timeline, index), out);
}
