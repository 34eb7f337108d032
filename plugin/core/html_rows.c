/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline's rows, with the words of the text (timeline_text.c) in cells: what stands between
 * its brackets, the two ends, the protocol, and the rest. A row is what its script needs too; so
 * that nothing stands in the document twice but payload, whose bytes the text does not have.
 */
#include "cause_text.h"
#include "html_private.h"
#include "row_text.h"
#include "summary.h"
#include "text.h"

#include <string.h>

enum { TOGETHER = 100 }; /* rows that a browser lays out at once, when they come into view */

/* A row that is written. */
struct at {
    struct mf_html_report *report;
    const struct mf_row *row;
    const struct mf_session *session;
    uint32_t number;
};

/* --- cells --- */

static struct mf_row_hits
hits_of(const struct at *at)
{
    return (struct mf_row_hits){at->report->engine, at->report->timeline->options->priority};
}

static GString *
begin(const struct at *at)
{
    return g_string_truncate(at->report->scratch, 0);
}

/* Appends what was gathered, printable as in the text, without the blank in front. */
static void
append_gathered(const struct at *at)
{
    GString *text = at->report->scratch;

    mf_row_make_printable(text, 0);
    mf_html_append_text(at->report->out, text->str + strspn(text->str, " "), -1);
}

static void
append_duration(const struct at *at, mf_nanoseconds last)
{
    mf_timeline_append_duration(begin(at), mf_timeline_distance(at->session->start, last));
    g_string_append(at->report->out, "<td>");
    append_gathered(at);
}

static void
append_who(const struct at *at)
{
    for (unsigned side = 0; side < 2; side++) {
        g_string_append(at->report->out, "<td>");
        mf_endpoint_append(at->report->out, &at->session->addr[side],
                           mf_session_port(at->session, (enum mf_direction)side));
    }
    g_string_append(at->report->out, "<td>");
    mf_row_append_protocol(at->session, begin(at));
    g_string_erase(at->report->scratch, 0, 2); /* " (" */
    g_string_truncate(at->report->scratch, at->report->scratch->len - 1);
    append_gathered(at);
    g_string_append(at->report->out, "<td>");
}

static void
take_hit(void *user, const struct mf_rule_info *rule, unsigned count)
{
    const struct at *at = user;

    g_string_append(at->report->out, " <b>");
    mf_row_append_message(rule, begin(at));
    append_gathered(at);
    g_string_append(at->report->out, "</b>");
    if (count > 1)
        g_string_append_printf(at->report->out, " x%u", count);
}

/* Of the session, or of its FRAMES. */
static void
append_hits(const struct at *at, const uint32_t frames[2])
{
    const struct mf_row_hits hits = hits_of(at);

    mf_row_tell_hits(&hits, at->session, frames, take_hit, (void *)at);
}

static void
take_cause(void *user, const struct mf_link *link, const char *before)
{
    enum { TOLD = 120 }; /* bytes of evidence */
    const struct at *at = user;
    GString *out = at->report->out;
    const uint32_t row = mf_html_row_of(at->report, link->cause_session, link->cause_frame);

    mf_html_append_text(out, before, -1);
    if (row != 0) {
        g_string_append_printf(out, "<a href=#r%u title=", row);
        mf_html_append_attribute(out, link->evidence,
                                 (gssize)MIN(strlen(link->evidence), (size_t)TOLD));
        g_string_append_c(out, '>');
    }
    mf_cause_append(link, out);
    g_string_append(out, row != 0 ? "</a>" : "");
}

static void
append_causes(const struct at *at, uint32_t first)
{
    const struct mf_cause_taker taker = {take_cause, (void *)at};
    GString *out = at->report->out;
    size_t before;

    g_string_append(out, "<i>");
    before = out->len;
    mf_causes_tell(at->report->engine, first, &taker);
    if (out->len == before)
        g_string_truncate(out, before - strlen("<i>"));
    else
        g_string_append(out, "</i>");
}

static void
append_session_causes(const struct at *at)
{
    append_causes(at, mf_engine_causes(at->report->engine, at->session));
}

/* --- groups --- */

static void
append_states(const struct mf_html_report *report, const struct mf_html_group *group)
{
    const char *before = "States: ";

    for (unsigned state = 0; state < G_N_ELEMENTS(group->states); state++)
        if (group->states[state] > 0) {
            g_string_append_printf(report->out, "%s%u %s", before, group->states[state],
                                   mf_conn_state_name((enum mf_conn_state)state));
            before = ", ";
        }
}

static void
append_member(struct mf_html_report *report, const struct mf_session *session)
{
    GString *out = report->out;

    g_string_append(out, "<li>");
    mf_html_append_time(report, session->start);
    g_string_append_printf(out, " [%u] ", session->id);
    mf_endpoint_append(out, &session->addr[MF_RESP], mf_session_port(session, MF_RESP));
    g_string_append_printf(out, " %s %" G_GUINT64_FORMAT " &lt;-&gt; %" G_GUINT64_FORMAT " byte",
                           mf_conn_state_name(mf_session_state(session)), session->bytes[MF_ORIG],
                           session->bytes[MF_RESP]);
}

/* The gathered text, that opens to members. */
static void
append_group(const struct at *at)
{
    struct mf_html_report *report = at->report;
    const struct mf_html_group *group =
        g_hash_table_lookup(report->groups, GUINT_TO_POINTER(at->number));
    uint32_t members = 0;

    if (group == NULL || group->listed->len == 0) {
        append_gathered(at);
        return;
    }
    g_string_append(report->out, "<details><summary>");
    append_gathered(at);
    g_string_append(report->out, "</summary><div>");
    append_states(report, group);
    g_string_append(report->out, "<ol>");
    for (guint i = 0; i < group->listed->len; i++)
        append_member(report,
                      mf_engine_session(report->engine, g_array_index(group->listed, uint32_t, i)));
    for (unsigned state = 0; state < G_N_ELEMENTS(group->states); state++)
        members += group->states[state];
    mf_html_append_more(report, members - group->listed->len, "li", "session");
    g_string_append(report->out, "</ol></div></details>");
}

/* --- rows --- */

static void
append_session(const struct at *at)
{
    GString *text;

    append_duration(at, at->session->last);
    append_who(at);
    text = begin(at);
    if (mf_summary_wants_counts(at->session))
        mf_row_append_counts(at->session, text);
    mf_row_append_summary(at->session, text);
    append_gathered(at);
    append_hits(at, NULL);
    append_session_causes(at);
}

static void
append_scan(const struct at *at)
{
    append_duration(at, at->report->timeline->scans[at->row->ref].last);
    append_who(at);
    mf_row_append_scan(mf_engine_scan(at->report->engine, at->row->ref), begin(at));
    append_group(at);
    append_session_causes(at);
}

static void
append_beacon(const struct at *at)
{
    append_duration(at, at->report->timeline->beacons[at->row->ref].last);
    append_who(at);
    mf_row_append_beacon(mf_engine_beacon(at->report->engine, at->row->ref), begin(at));
    mf_row_append_summary(at->session, at->report->scratch);
    append_group(at);
    append_session_causes(at);
}

static void
append_fold(const struct at *at)
{
    const struct mf_timeline_fold fold = mf_timeline_fold_get(at->report->timeline, at->row->ref);

    append_duration(at, fold.last);
    g_string_append(at->report->out, "<td>");
    mf_addr_append(at->report->out, fold.host);
    g_string_append(at->report->out, "<td><td><td>");
    mf_timeline_append_fold_text(at->report->timeline, at->row->ref, begin(at));
    append_group(at);
}

static void
append_request(const struct at *at)
{
    struct mf_summary_item item;

    g_string_append(at->report->out, "<td>REQUEST<td colspan=4>");
    if (at->row->ref >= mf_summary_count(at->session)) /* a story's, that is gone */
        return;
    mf_summary_item(at->session, at->row->ref, &item);
    mf_summary_item_append(at->session, at->row->ref, begin(at));
    append_gathered(at);
    append_hits(at, (const uint32_t[]){item.frame, MAX(item.frame, item.last_frame)});
    append_causes(at, mf_request_causes(at->report->engine, item.frame));
}

/* Payload that one side sent, with what fired on its frame. */
static void
append_bytes(const struct at *at, const struct mf_timeline_bytes *bytes)
{
    const size_t length = MIN(bytes->length, at->report->timeline->options->payload_bytes);
    GString *out = at->report->out;
    char *base64 = g_base64_encode(bytes->data, length);

    g_string_append_printf(out, "<td>PACKET<td colspan=4 data-b=\"%s\"><em>(", base64);
    g_free(base64);
    g_string_append(begin(at), at->session->app != NULL ? at->session->app
                                                        : mf_l4_name((enum mf_l4)at->session->l4));
    append_gathered(at);
    g_string_append(out,
                    bytes->direction == MF_ORIG ? ") To &gt;&gt;</em> " : ") From &lt;&lt;</em> ");
    mf_text_append(begin(at), bytes->data, length, length);
    mf_html_append_text(out, at->report->scratch->str, -1);
    append_hits(at, (const uint32_t[]){at->row->frame, at->row->frame});
}

static void
append_payload(const struct at *at)
{
    const struct mf_payload_row *payload = mf_engine_payload(at->report->engine, at->row->ref);

    append_bytes(at, &(struct mf_timeline_bytes){payload->data, payload->length,
                                                 (enum mf_direction)payload->direction});
}

/* --- rows that only a story has --- */

static void
append_packet(const struct at *at)
{
    const struct mf_story *story = at->report->story;
    struct mf_timeline_bytes bytes = {.direction = mf_story_side(story, at->row)};
    GByteArray *scratch = g_byte_array_new();
    struct mf_story_packet packet;

    if (mf_story_read(story, at->session, at->row->frame, scratch, &packet))
        bytes = (struct mf_timeline_bytes){packet.data, packet.length, packet.direction};
    append_bytes(at, &bytes);
    g_byte_array_free(scratch, TRUE);
}

static void
append_hit(const struct at *at)
{
    g_string_append(at->report->out, "<td>HIT<td colspan=4><b>");
    mf_story_append_cell(at->report->story, at->row, MF_STORY_SUMMARY, begin(at));
    append_gathered(at);
    g_string_append(at->report->out, "</b>");
}

/* --- all --- */

/* The row's kind for the style, and its stages. */
static void
append_marks(const struct at *at)
{
    static const char *const classes[] = {
        [MF_ROW_SESSION] = NULL, [MF_ROW_SCAN] = "g",    [MF_ROW_BEACON] = "g", [MF_ROW_FOLD] = "f",
        [MF_ROW_REQUEST] = "q",  [MF_ROW_PAYLOAD] = "p", [MF_ROW_PACKET] = "p", [MF_ROW_HIT] = "q",
    };
    const bool is_whole = at->row->kind <= MF_ROW_BEACON;
    const unsigned stages =
        is_whole ? mf_verdicts_session_stages(at->report->verdicts, at->session) : 0;
    GString *out = at->report->out;

    if (classes[at->row->kind] != NULL)
        g_string_append_printf(out, " class=%s", classes[at->row->kind]);
    if (stages != 0)
        g_string_append(out, " data-g=");
    for (unsigned stage = 0; stages >> stage != 0; stage++)
        if (stages >> stage & 1)
            g_string_append_printf(out, "%u", stage);
}

static void
append_row(struct mf_html_report *report, uint32_t number)
{
    static void (*const append[])(const struct at *) = {
        [MF_ROW_SESSION] = append_session, [MF_ROW_SCAN] = append_scan,
        [MF_ROW_BEACON] = append_beacon,   [MF_ROW_FOLD] = append_fold,
        [MF_ROW_REQUEST] = append_request, [MF_ROW_PAYLOAD] = append_payload,
        [MF_ROW_PACKET] = append_packet,   [MF_ROW_HIT] = append_hit,
    };
    const struct mf_row *row = mf_html_row(report, number);
    const struct at at = {report, row, mf_engine_session(report->engine, row->session), number};

    if (number % TOGETHER == 1)
        g_string_append(report->out, "<tbody>\n");
    g_string_append(report->out, "<tr id=r");
    mf_text_append_number(report->out, number);
    append_marks(&at);
    g_string_append(report->out, "><td>");
    mf_html_append_time(report, row->time);
    g_string_append(report->out, "<td>");
    mf_text_append_number(report->out, row->session);
    append[row->kind](&at);
    g_string_append_c(report->out, '\n');
    mf_html_flush(report);
}

void
mf_html_append_rows(struct mf_html_report *report)
{
    const enum mf_time_format time = report->timeline->options->time;
    const uint32_t n = report->rows->len;
    GString *out = report->out;

    g_string_append(out, "<section id=timeline><h2>Timeline</h2>\n<div id=axis></div>\n"
                         "<div id=tools></div>\n");
    g_string_append_printf(out,
                           "<table id=rows class=%s><thead><tr><th>Time%s<th>Session<th>Duration"
                           "<th>Source<th>Destination<th>Protocol<th>What</thead>\n",
                           time == MF_TIME_RELATIVE ? "relative" : "clock",
                           time == MF_TIME_UTC     ? " (UTC)"
                           : time == MF_TIME_LOCAL ? " (local)"
                                                   : "");
    for (uint32_t number = 1; number <= n; number++)
        append_row(report, number);
    g_string_append(out, n > 0 ? "</table>\n</section>\n"
                               : "</table>\n<p>There are no rows.</p>\n</section>\n");
}
