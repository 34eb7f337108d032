/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timeline's rows as JSON: what the text tells in a line, in fields. */
#include "json_report_private.h"
#include "text.h"

/* One row. */
struct at {
    const struct mf_json_report *report;
    const struct mf_row *row;
    const struct mf_session *session;
    uint32_t number; /* of the row, from 1 */
};

/* Begins the line of a row that lasts until LAST. */
static void
begin_span(const struct at *at, const struct mf_json_kind *kind, mf_nanoseconds last)
{
    const size_t event = mf_json_begin(at->report, kind, at->row->time);

    mf_json_span(at->report->out, at->row->time, last);
    mf_json_close(at->report->out, event);
}

/* Opens "malflow" with what every row has. */
static size_t
open_malflow(const struct at *at)
{
    const size_t malflow = mf_json_open_object(at->report->out, "malflow");

    mf_json_number(at->report->out, "row", at->number);
    mf_json_number(at->report->out, "frame", at->row->frame);
    return malflow;
}

/* malflow.scan and malflow.beacon, that SESSION is in. */
static void
append_groups(GString *out, const struct mf_session *session)
{
    size_t group = mf_json_open_object(out, "scan");

    if (session->scan != 0)
        mf_json_number(out, "id", session->scan);
    mf_json_close(out, group);
    group = mf_json_open_object(out, "beacon");
    if (session->beacon != 0)
        mf_json_number(out, "id", session->beacon);
    mf_json_close(out, group);
}

static void
append_summary(const struct at *at)
{
    GString *text = g_string_new(NULL);

    mf_summary_append(at->session, text);
    mf_json_string(at->report->out, "summary", text->len > 0 ? text->str : NULL);
    g_string_free(text, TRUE);
}

static void
append_session_facts(const struct at *at)
{
    const struct mf_session *session = at->session;
    GString *out = at->report->out;
    const size_t opened = mf_json_open_session(out, session);

    mf_json_string(out, "state", mf_conn_state_name(mf_session_state(session)));
    mf_json_string(out, "history", session->history);
    mf_json_string(out, "end", mf_end_reason_name((enum mf_end_reason)session->end));
    mf_json_number(out, "orig_wire_bytes", session->wire_bytes[MF_ORIG]);
    mf_json_number(out, "resp_wire_bytes", session->wire_bytes[MF_RESP]);
    append_summary(at);
    mf_json_close(out, opened);
}

static void
append_session(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.session", "event", "network", "connection"};
    GString *out = at->report->out;
    size_t malflow;

    begin_span(at, &kind, at->session->last);
    mf_json_flow(out, at->session, true);
    mf_json_says(at->report, at->session);
    malflow = open_malflow(at);
    append_session_facts(at);
    append_groups(out, at->session);
    mf_json_session_hits(at->report, at->session);
    mf_json_causes(at->report, mf_engine_causes(at->report->engine, at->session));
    mf_json_root(at->report, at->session);
    mf_json_stages(out, "stage", mf_verdicts_session_stages(at->report->verdicts, at->session));
    mf_json_close(out, malflow);
}

/* --- groups --- */

/* What a group has beside its own object. */
static void
append_group_facts(const struct at *at)
{
    mf_json_session(at->report->out, at->session);
    mf_json_causes(at->report, mf_engine_causes(at->report->engine, at->session));
    mf_json_root(at->report, at->session);
    mf_json_stages(at->report->out, "stage",
                   mf_verdicts_session_stages(at->report->verdicts, at->session));
}

static void
append_scan_facts(GString *out, const struct mf_scan_group *group)
{
    const size_t scan = mf_json_open_object(out, "scan");
    size_t ports;

    mf_json_number(out, "id", group->id);
    mf_json_string(out, "type", group->kind == MF_SCAN_SPREAD ? "spread" : "port");
    mf_json_address(out, "source", &group->source);
    if (group->kind == MF_SCAN_PORT)
        mf_json_address(out, "target", &group->target);
    else if (group->l4 == MF_L4_TCP || group->l4 == MF_L4_UDP)
        mf_json_number(out, "port", group->port);
    mf_json_number(out, "count", group->sessions);
    mf_json_number(out, "targets", group->targets);
    mf_json_number(out, "answered", group->answered);
    ports = mf_json_open_list(out, "answered_ports");
    for (guint i = 0; group->answered_ports != NULL && i < group->answered_ports->len; i++)
        mf_json_number(out, NULL, g_array_index(group->answered_ports, uint16_t, i));
    mf_json_close(out, ports);
    mf_json_close(out, scan);
}

static void
append_scan(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.scan", "event", "network", "info"};
    const struct mf_json_report *report = at->report;
    size_t malflow;

    begin_span(at, &kind, report->timeline->scans[at->row->ref].last);
    mf_json_flow(report->out, at->session, false);
    malflow = open_malflow(at);
    append_scan_facts(report->out, mf_engine_scan(report->engine, at->row->ref));
    append_group_facts(at);
    mf_json_close(report->out, malflow);
}

static void
append_beacon_facts(GString *out, const struct mf_beacon *beacon)
{
    const size_t opened = mf_json_open_object(out, "beacon");

    mf_json_number(out, "id", beacon->id);
    mf_json_real(out, "period", (double)beacon->period / (double)MF_NS_PER_S, 6);
    mf_json_real(out, "jitter", beacon->jitter, 4);
    mf_json_number(out, "count", beacon->contacts);
    mf_json_number(out, "answered", beacon->answered);
    mf_json_number(out, "orig_bytes", beacon->bytes[MF_ORIG]);
    mf_json_number(out, "resp_bytes", beacon->bytes[MF_RESP]);
    mf_json_bool(out, "regular_time", beacon->regular_time);
    mf_json_bool(out, "regular_size", beacon->regular_size);
    mf_json_close(out, opened);
}

static void
append_beacon(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.beacon", "event", "network", "info"};
    const struct mf_json_report *report = at->report;
    size_t malflow;

    begin_span(at, &kind, report->timeline->beacons[at->row->ref].last);
    mf_json_flow(report->out, at->session, false);
    mf_json_says(report, at->session);
    malflow = open_malflow(at);
    append_beacon_facts(report->out, mf_engine_beacon(report->engine, at->row->ref));
    append_group_facts(at);
    mf_json_close(report->out, malflow);
}

static void
append_fold(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.fold", "event", "network", "info"};
    const struct mf_timeline_fold fold = mf_timeline_fold_get(at->report->timeline, at->row->ref);
    GString *out = at->report->out;
    size_t malflow, opened, names;

    begin_span(at, &kind, fold.last);
    opened = mf_json_open_object(out, "source");
    mf_json_address(out, "ip", fold.host);
    mf_json_close(out, opened);
    malflow = open_malflow(at);
    mf_json_session(out, at->session);
    opened = mf_json_open_object(out, "fold");
    mf_json_string(out, "purpose", fold.purpose);
    mf_json_number(out, "count", fold.sessions);
    mf_json_number(out, "name_count", fold.n_names);
    names = mf_json_open_list(out, "name");
    for (guint i = 0; i < fold.names->len; i++)
        mf_json_string(out, NULL, g_ptr_array_index(fold.names, i));
    mf_json_close(out, names);
    mf_json_close(out, opened);
    mf_json_close(out, malflow);
}

/* --- rows of a session --- */

static void
append_request(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.request", "event", "network", "protocol"};
    const struct mf_correlator *correlator = mf_engine_correlator(at->report->engine);
    GString *out = at->report->out, *text = g_string_new(NULL);
    struct mf_summary_item item;
    size_t malflow, request;

    mf_summary_item(at->session, at->row->ref, &item);
    mf_summary_item_append(at->session, at->row->ref, text);
    mf_json_begin_only(at->report, &kind, at->row->time);
    mf_json_flow(out, at->session, false);
    mf_json_request(at->report, at->session, &item);
    malflow = open_malflow(at);
    mf_json_session(out, at->session);
    request = mf_json_open_object(out, "request");
    mf_json_number(out, "index", at->row->ref + 1);
    mf_json_string(out, "summary", text->str);
    if (item.last_frame != 0)
        mf_json_number(out, "last_frame", item.last_frame);
    mf_json_close(out, request);
    mf_json_frame_hits(at->report, at->session, item.frame, MAX(item.frame, item.last_frame));
    if (correlator != NULL)
        mf_json_causes(at->report, mf_correlator_request_causes(correlator, item.frame));
    mf_json_close(out, malflow);
    g_string_free(text, TRUE);
}

static void
append_payload(const struct at *at)
{
    static const struct mf_json_kind kind = {"malflow.payload", "event", "network", "protocol"};
    const struct mf_payload_row *payload = mf_engine_payload(at->report->engine, at->row->ref);
    GString *out = at->report->out, *text = g_string_new(NULL);
    size_t malflow;

    mf_text_append(text, payload->data, payload->length,
                   at->report->timeline->options->payload_bytes);
    mf_json_begin_only(at->report, &kind, at->row->time);
    mf_json_flow(out, at->session, false);
    malflow = open_malflow(at);
    mf_json_session(out, at->session);
    mf_json_direction(out, (enum mf_direction)payload->direction);
    mf_json_string(out, "payload", text->str);
    mf_json_base64(out, "payload_base64", payload->data, payload->length);
    mf_json_frame_hits(at->report, at->session, at->row->frame, at->row->frame);
    mf_json_close(out, malflow);
    g_string_free(text, TRUE);
}

/* --- all --- */

static uint32_t
count(const struct mf_json_report *report)
{
    return mf_timeline_count(report->timeline);
}

static bool
append(const struct mf_json_report *report, uint32_t index)
{
    static void (*const by_kind[])(const struct at *) = {
        [MF_ROW_SESSION] = append_session, [MF_ROW_SCAN] = append_scan,
        [MF_ROW_BEACON] = append_beacon,   [MF_ROW_FOLD] = append_fold,
        [MF_ROW_REQUEST] = append_request, [MF_ROW_PAYLOAD] = append_payload,
    };
    const struct mf_row *row = mf_timeline_row(report->timeline, index);
    const struct at at = {report, row, mf_engine_session(report->engine, row->session), index + 1};

    by_kind[row->kind](&at);
    mf_json_end(report);
    return true;
}

const struct mf_json_list mf_json_rows = {count, append};
