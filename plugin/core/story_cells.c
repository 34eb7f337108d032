/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells: the words of a text timeline's row, each in its column. Written for the search over all
 * rows as much as for the screen: no format is used where it would cost more than the rest of the
 * cell.
 */
#include "cause_text.h"
#include "story_private.h"
#include "summary.h"
#include "text.h"

#include <string.h>

/* A row with what most cells ask of it. */
struct place {
    const struct mf_story *story;
    const struct mf_row *row;
    const struct mf_session *session;
};

/* Takes the blanks off that OUT has at FROM. */
static void
strip(GString *out, size_t from)
{
    g_string_erase(out, (gssize)from, (gssize)strspn(out->str + from, " "));
}

/* --- times --- */

static void
append_time(const struct place *at, GString *out)
{
    const size_t before = out->len;

    mf_timeline_append_time(at->story->timeline, at->row->time, out);
    strip(out, before);
}

static void
append_distance(GString *out, mf_nanoseconds first, mf_nanoseconds last)
{
    const size_t before = out->len;

    mf_timeline_append_duration(out, mf_timeline_distance(first, last));
    strip(out, before);
}

static void
append_duration(const struct place *at, GString *out)
{
    static const char *const words[] = {
        [MF_ROW_REQUEST] = "REQUEST", [MF_ROW_PACKET] = "PACKET", [MF_ROW_HIT] = "HIT"};
    const uint8_t kind = at->row->kind;

    if (mf_story_is_group(at->row)) {
        const struct mf_story_group *group = mf_story_group(at->story, at->row);

        append_distance(out, group->first, group->last);
    } else if (kind == MF_ROW_SESSION) {
        append_distance(out, at->session->start, at->session->last);
    } else if (kind < G_N_ELEMENTS(words) && words[kind] != NULL) {
        g_string_append(out, words[kind]);
    }
}

/* --- who --- */

static void
append_session(const struct place *at, GString *out)
{
    mf_text_append_number(out, at->row->session);
}

static void
append_endpoint(const struct place *at, enum mf_direction side, GString *out)
{
    if (at->row->kind != MF_ROW_FOLD)
        mf_endpoint_append(out, &at->session->addr[side], mf_session_port(at->session, side));
    else if (side == MF_ORIG) /* all that its sessions have in common */
        mf_addr_append(out, &at->session->addr[side]);
}

static void
append_source(const struct place *at, GString *out)
{
    append_endpoint(at, mf_story_side(at->story, at->row), out);
}

static void
append_destination(const struct place *at, GString *out)
{
    append_endpoint(at, (enum mf_direction)(mf_story_side(at->story, at->row) ^ 1), out);
}

static void
append_protocol(const struct place *at, GString *out)
{
    const size_t before = out->len;

    if (at->row->kind == MF_ROW_FOLD)
        return;
    mf_row_append_protocol(at->session, out);
    g_string_erase(out, (gssize)before, 2); /* " (" */
    g_string_truncate(out, out->len - 1);
}

/* --- what --- */

static void
append_session_summary(const struct place *at, GString *out)
{
    const size_t before = out->len;

    mf_summary_append(at->session, out);
    if (out->len > before)
        return;
    mf_row_append_counts(at->session, out);
    g_string_erase(out, (gssize)before, 2); /* " [" */
    g_string_truncate(out, out->len - 1);
}

static void
append_scan_summary(const struct place *at, GString *out)
{
    mf_row_append_scan(mf_engine_scan(at->story->engine, at->row->ref), out);
}

static void
append_beacon_summary(const struct place *at, GString *out)
{
    mf_row_append_beacon(mf_engine_beacon(at->story->engine, at->row->ref), out);
    mf_row_append_summary(at->session, out);
}

static void
append_fold_summary(const struct place *at, GString *out)
{
    mf_timeline_append_fold_text(at->story->timeline, at->row->ref, out);
}

static void
append_request_summary(const struct place *at, GString *out)
{
    struct mf_summary_item item;

    if (mf_story_request(at->story, at->row, &item))
        mf_summary_item_append(at->session, at->row->ref, out);
}

static void
append_packet_summary(const struct place *at, GString *out)
{
    GByteArray *scratch = g_byte_array_new();
    struct mf_story_packet packet;

    if (mf_story_read(at->story, at->session, at->row->frame, scratch, &packet))
        mf_text_append(out, packet.data, packet.length, at->story->options.payload_bytes);
    g_byte_array_free(scratch, TRUE);
}

static void
append_hit_summary(const struct place *at, GString *out)
{
    const struct mf_rule_info *rule =
        mf_engine_hit_rule(at->story->engine, mf_story_hit(at->story, at->row));

    mf_row_append_message(rule, out);
    g_string_append_printf(out, " (sid %u", rule->sid);
    if (rule->classtype != NULL)
        g_string_append_printf(out, ", %s", rule->classtype);
    g_string_append_c(out, ')');
}

static void
append_summary(const struct place *at, GString *out)
{
    static void (*const append[])(const struct place *, GString *) = {
        [MF_ROW_SESSION] = append_session_summary, [MF_ROW_SCAN] = append_scan_summary,
        [MF_ROW_BEACON] = append_beacon_summary,   [MF_ROW_FOLD] = append_fold_summary,
        [MF_ROW_REQUEST] = append_request_summary, [MF_ROW_PACKET] = append_packet_summary,
        [MF_ROW_HIT] = append_hit_summary,
    };
    const size_t before = out->len;

    if (append[at->row->kind] != NULL)
        append[at->row->kind](at, out);
    strip(out, before);
}

/* --- bytes --- */

/* Of a packet that is not in its frame's own bytes, no more is known than what was kept. */
static void
append_packet_bytes(const struct place *at, enum mf_direction side, GString *out)
{
    const struct mf_verdict verdict = mf_engine_verdict(at->story->engine, at->row->frame);

    if (verdict.direction == side && verdict.payload_length > 0)
        mf_text_append_number(out, verdict.payload_length);
}

static void
append_bytes(const struct place *at, enum mf_direction side, GString *out)
{
    if (mf_story_is_group(at->row))
        mf_text_append_number(out, mf_story_group(at->story, at->row)->bytes[side]);
    else if (at->row->kind == MF_ROW_SESSION)
        mf_text_append_number(out, at->session->bytes[side]);
    else if (at->row->kind == MF_ROW_PACKET)
        append_packet_bytes(at, side, out);
}

static void
append_bytes_orig(const struct place *at, GString *out)
{
    append_bytes(at, MF_ORIG, out);
}

static void
append_bytes_resp(const struct place *at, GString *out)
{
    append_bytes(at, MF_RESP, out);
}

/* --- hits and causes --- */

static void
append_hits(const struct place *at, GString *out)
{
    const struct mf_row_hits hits = mf_story_hits(at->story);
    const uint32_t frame = at->row->frame;
    struct mf_summary_item item;

    if (at->row->kind == MF_ROW_SESSION)
        mf_row_append_session_messages(&hits, at->session, out);
    else if (at->row->kind == MF_ROW_PACKET)
        mf_row_append_frame_messages(&hits, at->session, frame, frame, out);
    else if (at->row->kind == MF_ROW_HIT)
        mf_row_append_message(
            mf_engine_hit_rule(at->story->engine, mf_story_hit(at->story, at->row)), out);
    else if (at->row->kind == MF_ROW_REQUEST && mf_story_request(at->story, at->row, &item))
        mf_row_append_frame_messages(&hits, at->session, item.frame,
                                     MAX(item.frame, item.last_frame), out);
}

static void
append_cause(const struct place *at, GString *out)
{
    static const char mark[] = " <= ";
    const struct mf_engine *engine = at->story->engine;
    const size_t before = out->len;

    if (at->row->kind == MF_ROW_REQUEST)
        mf_request_causes_append(engine, at->row->frame, out);
    else if (at->row->kind == MF_ROW_SESSION || mf_story_is_group(at->row))
        mf_causes_append(engine, mf_engine_causes(engine, at->session), out);
    if (g_str_has_prefix(out->str + before, mark))
        g_string_erase(out, (gssize)before, sizeof mark - 1);
    strip(out, before);
}

void
mf_story_append_cell(const struct mf_story *story, const struct mf_row *row,
                     enum mf_story_column column, GString *out)
{
    static void (*const append[MF_STORY_COLUMNS])(const struct place *, GString *) = {
        [MF_STORY_TIME] = append_time,
        [MF_STORY_SESSION] = append_session,
        [MF_STORY_DURATION] = append_duration,
        [MF_STORY_SOURCE] = append_source,
        [MF_STORY_DESTINATION] = append_destination,
        [MF_STORY_PROTOCOL] = append_protocol,
        [MF_STORY_SUMMARY] = append_summary,
        [MF_STORY_BYTES_ORIG] = append_bytes_orig,
        [MF_STORY_BYTES_RESP] = append_bytes_resp,
        [MF_STORY_HITS] = append_hits,
        [MF_STORY_CAUSE] = append_cause,
    };
    const struct place at = {story, row, mf_story_session(story, row)};
    const size_t before = out->len;

    append[column](&at, out);
    mf_row_make_printable(out, before);
}
