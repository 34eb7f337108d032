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

#include <string.h>

/* The two columns that are not times. */
#define PACKET_COLUMN  " PACKET "
#define REQUEST_COLUMN "REQUEST "

static struct mf_row_hits
hits_of(const struct mf_timeline *timeline)
{
    return (struct mf_row_hits){timeline->engine, timeline->options->priority};
}

void
mf_timeline_style(const struct mf_timeline *timeline, enum mf_style which, size_t from,
                  const GString *out)
{
    const struct mf_styled styled = {(uint32_t)from, (uint32_t)out->len, (uint8_t)which};

    if (timeline->styled != NULL && out->len > from)
        g_array_append_val(timeline->styled, styled);
}

static void
append_causes(const struct mf_timeline *timeline, const struct mf_session *session, GString *out)
{
    const size_t before = out->len;

    mf_causes_append(timeline->engine, mf_engine_causes(timeline->engine, session), out);
    mf_timeline_style(timeline, MF_STYLE_CAUSE, before, out);
}

static void
append_frame_hits(const struct mf_timeline *timeline, const struct mf_session *session,
                  uint32_t first, uint32_t last, GString *out)
{
    const struct mf_row_hits hits = hits_of(timeline);
    const size_t before = out->len;

    mf_row_append_frame_hits(&hits, session, first, last, out);
    mf_timeline_style(timeline, MF_STYLE_HIT, before, out);
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
    const size_t before = out->len + 1;

    g_string_append_printf(out, "[%3u", row->session);
    mf_timeline_style(timeline, MF_STYLE_SESSION, before, out);
    g_string_append(out, " | ");
    mf_timeline_append_time(timeline, row->time, out);
    g_string_append(out, " | ");
}

/* --- rows --- */

static void
append_session_row(const struct mf_timeline *timeline, const struct mf_row *row,
                   const struct mf_session *session, GString *out)
{
    const struct mf_row_hits hits = hits_of(timeline);
    size_t before;

    (void)row;
    mf_timeline_append_duration(out, mf_timeline_distance(session->start, session->last));
    g_string_append(out, " ] ");
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    if (mf_summary_wants_counts(session))
        mf_row_append_counts(session, out);
    mf_row_append_summary(session, out);
    before = out->len;
    mf_row_append_session_hits(&hits, session, out);
    mf_timeline_style(timeline, MF_STYLE_HIT, before, out);
    append_causes(timeline, session, out);
}

static void
append_scan_row(const struct mf_timeline *timeline, const struct mf_row *row,
                const struct mf_session *session, GString *out)
{
    const struct mf_scan_group *group = mf_engine_scan(timeline->engine, row->ref);
    size_t before;

    mf_timeline_append_duration(
        out, mf_timeline_distance(session->start, timeline->scans[row->ref].last));
    g_string_append(out, " ] ");
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    before = out->len;
    mf_row_append_scan(group, out);
    mf_timeline_style(timeline, MF_STYLE_GROUP, before, out);
    append_causes(timeline, session, out);
}

static void
append_beacon_row(const struct mf_timeline *timeline, const struct mf_row *row,
                  const struct mf_session *session, GString *out)
{
    size_t before;

    mf_timeline_append_duration(
        out, mf_timeline_distance(session->start, timeline->beacons[row->ref].last));
    g_string_append(out, " ] ");
    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    before = out->len;
    mf_row_append_beacon(mf_engine_beacon(timeline->engine, row->ref), out);
    mf_timeline_style(timeline, MF_STYLE_GROUP, before, out);
    mf_row_append_summary(session, out);
    append_causes(timeline, session, out);
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
    size_t before;

    mf_summary_item(session, row->ref, &item);
    g_string_append(out, REQUEST_COLUMN " ] ");
    mf_summary_item_append(session, row->ref, out);
    append_frame_hits(timeline, session, item.frame, MAX(item.frame, item.last_frame), out);
    before = out->len;
    mf_request_causes_append(timeline->engine, item.frame, out);
    mf_timeline_style(timeline, MF_STYLE_CAUSE, before, out);
}

static void
append_bytes(const struct mf_timeline *timeline, const struct mf_row *row,
             const struct mf_timeline_bytes *bytes, GString *out)
{
    const struct mf_session *session = mf_engine_session(timeline->engine, row->session);
    const char *name = session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4);
    size_t before;

    g_string_append_printf(out, PACKET_COLUMN " ] (%s) ", name);
    before = out->len;
    g_string_append(out, bytes->direction == MF_ORIG ? "To >> " : "From << ");
    mf_text_append(out, bytes->data, bytes->length, timeline->options->payload_bytes);
    mf_timeline_style(timeline, bytes->direction == MF_ORIG ? MF_STYLE_ORIG : MF_STYLE_RESP, before,
                      out);
    append_frame_hits(timeline, session, row->frame, row->frame, out);
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

/* Where what is told of a row begins, behind its times. */
static unsigned
indent_of(const GString *row)
{
    const char *end = strstr(row->str, "] ");

    return end != NULL ? (unsigned)(end - row->str) + 2 : 0;
}

void
mf_timeline_append_painted(struct mf_timeline *timeline, uint32_t index,
                           const struct mf_paint *paint, GString *out)
{
    GString *row;

    if (!paint->colour && paint->width == 0) {
        mf_timeline_append_text(timeline, index, out);
        g_string_append_c(out, '\n');
        return;
    }
    row = g_string_new(NULL);
    timeline->styled = g_array_new(FALSE, FALSE, sizeof(struct mf_styled));
    mf_timeline_append_text(timeline, index, row);
    mf_row_paint(paint, (struct mf_span){(const uint8_t *)row->str, row->len}, timeline->styled,
                 indent_of(row), out);
    g_array_free(timeline->styled, TRUE);
    timeline->styled = NULL;
    g_string_free(row, TRUE);
}
