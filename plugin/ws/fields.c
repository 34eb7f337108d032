/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Leaf fields are added even when the tree is not shown, since filters, columns and -T fields read
 * them there; but nothing is computed for a frame that no one looks at.
 */
#include "fields.h"

#include "capture.h"
#include "core/summary.h"
#include "core/text.h"
#include "fieldlist.h"
#include "program.h"

#include <epan/column-info.h>

static int proto_malflow = -1;
static gint ett_malflow = -1, ett_session = -1, ett_scan = -1, ett_beacon = -1, ett_hit = -1,
            ett_file = -1, ett_cause = -1;
static expert_field ei_hit_high = EI_INIT, ei_hit_medium = EI_INIT, ei_hit_low = EI_INIT;

/* One frame's worth of context for the functions below. */
struct frame {
    tvbuff_t *tvb;
    packet_info *pinfo;
    const struct mf_engine *engine;
    const struct mf_session *session;
    struct mf_verdict verdict;
    bool is_asked; /* somebody reads our fields */
};

static void
add_string(proto_tree *tree, const struct frame *frame, int hf, const char *text)
{
    if (text != NULL && *text != '\0')
        proto_item_set_generated(proto_tree_add_string(tree, hf, frame->tvb, 0, 0, text));
}

static void
add_uint(proto_tree *tree, const struct frame *frame, int hf, uint32_t value)
{
    proto_item_set_generated(proto_tree_add_uint(tree, hf, frame->tvb, 0, 0, value));
}

static void
add_uint64(proto_tree *tree, const struct frame *frame, int hf, uint64_t value)
{
    proto_item_set_generated(proto_tree_add_uint64(tree, hf, frame->tvb, 0, 0, value));
}

static void
add_seconds(proto_tree *tree, const struct frame *frame, int hf, mf_nanoseconds value)
{
    nstime_t time = {(time_t)(value / MF_NS_PER_S), (int)(value % MF_NS_PER_S)};

    proto_item_set_generated(proto_tree_add_time(tree, hf, frame->tvb, 0, 0, &time));
}

static char *
endpoint(const struct frame *frame, enum mf_direction side)
{
    GString *text = g_string_new(NULL);
    char *copy;

    mf_endpoint_append(text, &frame->session->addr[side], mf_session_port(frame->session, side));
    copy = wmem_strdup(frame->pinfo->pool, text->str);
    g_string_free(text, TRUE);
    return copy;
}

static char *
address_text(const struct frame *frame, const struct mf_addr *addr)
{
    GString *text = g_string_new(NULL);
    char *copy;

    mf_addr_append(text, addr);
    copy = wmem_strdup(frame->pinfo->pool, text->str);
    g_string_free(text, TRUE);
    return copy;
}

static char *
summary(const struct frame *frame)
{
    GString *text = g_string_new(NULL);
    char *copy;

    mf_summary_append(frame->session, text);
    copy = wmem_strdup(frame->pinfo->pool, text->str);
    g_string_free(text, TRUE);
    return copy;
}

static const char *
app_name(const struct mf_session *session)
{
    return session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4);
}

static void
add_counts(proto_tree *tree, const struct frame *frame)
{
    const struct mf_session *session = frame->session;

    add_uint64(tree, frame, hf_malflow_session_orig_bytes, session->bytes[MF_ORIG]);
    add_uint64(tree, frame, hf_malflow_session_resp_bytes, session->bytes[MF_RESP]);
    add_uint64(tree, frame, hf_malflow_session_orig_wire_bytes, session->wire_bytes[MF_ORIG]);
    add_uint64(tree, frame, hf_malflow_session_resp_wire_bytes, session->wire_bytes[MF_RESP]);
    add_uint(tree, frame, hf_malflow_session_orig_pkts, session->packets[MF_ORIG]);
    add_uint(tree, frame, hf_malflow_session_resp_pkts, session->packets[MF_RESP]);
}

/* The signatures that fired in the session, each once, and the sum of their hits. */
static void
add_signatures(proto_tree *tree, const struct frame *frame)
{
    const struct mf_findings *findings = mf_engine_findings(frame->engine);
    uint32_t count = 0;

    for (uint32_t at = frame->session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        add_uint(tree, frame, hf_malflow_session_sid, mf_engine_hit_rule(frame->engine, hit)->sid);
        count += hit->count;
        at = hit->next_signature;
    }
    add_uint(tree, frame, hf_malflow_session_hits, count);
}

static void
add_session(proto_tree *parent, const struct frame *frame)
{
    const struct mf_session *session = frame->session;
    const char *orig = endpoint(frame, MF_ORIG), *resp = endpoint(frame, MF_RESP);
    proto_tree *tree = proto_tree_add_subtree_format(parent, frame->tvb, 0, 0, ett_session, NULL,
                                                     "Session %u: %s -> %s (%s)", session->id, orig,
                                                     resp, app_name(session));

    add_uint(tree, frame, hf_malflow_session_id, session->id);
    add_string(tree, frame, hf_malflow_session_orig, orig);
    add_string(tree, frame, hf_malflow_session_resp, resp);
    add_string(tree, frame, hf_malflow_session_app, app_name(session));
    add_string(tree, frame, hf_malflow_session_state,
               mf_conn_state_name(mf_session_state(session)));
    add_string(tree, frame, hf_malflow_session_history, session->history);
    add_string(tree, frame, hf_malflow_session_end,
               mf_end_reason_name((enum mf_end_reason)session->end));
    add_seconds(tree, frame, hf_malflow_session_start,
                session->start - mf_engine_first_time(frame->engine));
    add_seconds(tree, frame, hf_malflow_session_duration, session->last - session->start);
    add_counts(tree, frame);
    add_string(tree, frame, hf_malflow_session_summary, summary(frame));
    add_uint(tree, frame, hf_malflow_session_first_frame, session->first_frame);
    add_signatures(tree, frame);
    add_string(tree, frame, hf_malflow_direction,
               frame->verdict.direction == MF_ORIG ? "orig" : "resp");
}

static void
add_scan(proto_tree *parent, const struct frame *frame)
{
    const struct mf_scan_group *group = mf_engine_scan(frame->engine, frame->session->scan);
    proto_tree *tree;

    if (group == NULL)
        return;
    tree = proto_tree_add_subtree_format(
        parent, frame->tvb, 0, 0, ett_scan, NULL, "Scan group %u: %s, %u sessions", group->id,
        mf_scan_kind_name((enum mf_scan_kind)group->kind), group->sessions);
    add_uint(tree, frame, hf_malflow_scan_id, group->id);
    add_string(tree, frame, hf_malflow_scan_type,
               group->kind == MF_SCAN_SPREAD ? "spread" : "port");
    add_string(tree, frame, hf_malflow_scan_source, address_text(frame, &group->source));
    if (group->kind == MF_SCAN_PORT)
        add_string(tree, frame, hf_malflow_scan_target, address_text(frame, &group->target));
    else if (mf_session_has_ports(frame->session))
        add_uint(tree, frame, hf_malflow_scan_port, group->port);
    add_uint(tree, frame, hf_malflow_scan_count, group->sessions);
    add_uint(tree, frame, hf_malflow_scan_targets, group->targets);
    add_uint(tree, frame, hf_malflow_scan_answered, group->answered);
}

static void
add_beacon(proto_tree *parent, const struct frame *frame)
{
    const struct mf_beacon *beacon = mf_engine_beacon(frame->engine, frame->session->beacon);
    proto_tree *tree;

    if (beacon == NULL)
        return;
    tree = proto_tree_add_subtree_format(parent, frame->tvb, 0, 0, ett_beacon, NULL,
                                         "Beacon %u: %u sessions", beacon->id, beacon->contacts);
    add_uint(tree, frame, hf_malflow_beacon_id, beacon->id);
    add_seconds(tree, frame, hf_malflow_beacon_period, beacon->period);
    proto_item_set_generated(
        proto_tree_add_double(tree, hf_malflow_beacon_jitter, frame->tvb, 0, 0, beacon->jitter));
    add_uint(tree, frame, hf_malflow_beacon_count, beacon->contacts);
    add_string(tree, frame, hf_malflow_beacon_target, endpoint(frame, MF_RESP));
}

static void
add_cause(proto_tree *parent, const struct frame *frame, const struct mf_link *link)
{
    const char *kind = mf_link_kind_name((enum mf_link_kind)link->kind);
    proto_tree *tree = proto_tree_add_subtree_format(parent, frame->tvb, 0, 0, ett_cause, NULL,
                                                     "%s: session %u, frame %u, %s",
                                                     link->kind == MF_LINK_EXEC ? "After" : "Cause",
                                                     link->cause_session, link->cause_frame, kind);

    add_uint(tree, frame, hf_malflow_cause_frame, link->cause_frame);
    add_uint(tree, frame, hf_malflow_cause_session, link->cause_session);
    add_string(tree, frame, hf_malflow_cause_kind, kind);
    add_string(tree, frame, hf_malflow_cause_evidence, link->evidence);
}

static void
add_causes(proto_tree *tree, const struct frame *frame)
{
    const struct mf_correlator *correlator = mf_engine_correlator(frame->engine);
    uint32_t at = mf_engine_frame_causes(frame->engine, frame->session, frame->pinfo->num);

    if (correlator == NULL)
        return;
    add_uint(tree, frame, hf_malflow_root_session, mf_engine_root(frame->engine, frame->session));
    for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next)
        add_cause(tree, frame, mf_correlator_link(correlator, at - 1));
}

static void
add_file(proto_tree *parent, const struct frame *frame, const struct mf_file *file)
{
    proto_tree *tree = proto_tree_add_subtree_format(
        parent, frame->tvb, 0, 0, ett_file, NULL, "File: %s %s", file->type,
        file->object.name != NULL ? file->object.name : "");

    add_string(tree, frame, hf_malflow_file_type, file->type);
    add_string(tree, frame, hf_malflow_file_name, file->object.name);
    if (file->object.size != 0)
        add_uint64(tree, frame, hf_malflow_file_size, file->object.size);
    add_string(tree, frame, hf_malflow_file_sha256, file->sha256);
    proto_item_set_generated(
        proto_tree_add_boolean(tree, hf_malflow_file_mismatch, frame->tvb, 0, 0, file->mismatch));
}

static expert_field *
expert_of(const struct mf_rule_info *rule)
{
    return rule->priority <= 1 ? &ei_hit_high : rule->priority == 2 ? &ei_hit_medium : &ei_hit_low;
}

static void
add_rule(proto_tree *tree, const struct frame *frame, const struct mf_rule_info *rule)
{
    add_uint(tree, frame, hf_malflow_hit_sid, rule->sid);
    add_uint(tree, frame, hf_malflow_hit_rev, rule->rev);
    add_string(tree, frame, hf_malflow_hit_msg, rule->msg);
    add_string(tree, frame, hf_malflow_hit_classtype, rule->classtype);
    add_uint(tree, frame, hf_malflow_hit_priority, rule->priority);
    add_string(tree, frame, hf_malflow_hit_severity, rule->severity);
    add_string(tree, frame, hf_malflow_hit_mitre, rule->mitre);
    add_string(tree, frame, hf_malflow_hit_family, rule->family);
    add_string(tree, frame, hf_malflow_hit_reference, rule->references);
}

static void
add_hit(proto_tree *parent, const struct frame *frame, const struct mf_hit *hit)
{
    const struct mf_findings *findings = mf_engine_findings(frame->engine);
    const struct mf_rule_info *rule = mf_engine_hit_rule(frame->engine, hit);
    proto_item *item;
    proto_tree *tree = proto_tree_add_subtree_format(parent, frame->tvb, 0, 0, ett_hit, &item,
                                                     "Hit: %s", rule->msg);

    if (frame->is_asked) {
        add_rule(tree, frame, rule);
        add_uint(tree, frame, hf_malflow_hit_count,
                 mf_findings_count(findings, frame->session, hit->rule));
    }
    if (frame->is_asked && hit->file != 0)
        add_file(tree, frame, mf_findings_file(findings, hit->file - 1));
    expert_add_info_format(frame->pinfo, item, expert_of(rule), "%s", rule->msg);
}

/* Expert information is collected where no tree is built as well: tree may be NULL. */
static void
add_hits(proto_tree *tree, const struct frame *frame)
{
    const struct mf_findings *findings = mf_engine_findings(frame->engine);
    uint32_t count = mf_findings_hit_count(findings);
    uint32_t at = mf_findings_first_of_frame(findings, frame->pinfo->num);

    for (; at < count; at++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, at);

        if (hit->frame != frame->pinfo->num)
            return;
        add_hit(tree, frame, hit);
    }
}

static bool
frame_has_hit(const struct mf_engine *engine, uint32_t number)
{
    const struct mf_findings *findings = mf_engine_findings(engine);
    uint32_t at = mf_findings_first_of_frame(findings, number);

    return at < mf_findings_hit_count(findings) &&
           mf_findings_hit_by_frame(findings, at)->frame == number;
}

static void
add_stages(proto_tree *tree, const struct frame *frame)
{
    const unsigned stages = frame->pinfo->fd->visited
                                ? mf_verdicts_session_stages(mf_capture_verdicts(), frame->session)
                                : mf_session_stages(frame->engine, frame->session);

    for (unsigned stage = 0; stage < MF_STAGES; stage++)
        if (stages & 1u << stage)
            add_string(tree, frame, hf_malflow_stage, mf_stage_name((enum mf_stage)stage));
}

/* The payload is read from the frame's own bytes: later passes do not extract it again. */
static void
add_payload(proto_tree *tree, const struct frame *frame)
{
    const struct data_source *source =
        frame->pinfo->data_src != NULL ? frame->pinfo->data_src->data : NULL;
    tvbuff_t *bytes = source != NULL ? get_data_source_tvb(source) : NULL;
    int offset = frame->verdict.payload_offset, length = frame->verdict.payload_length;
    GString *text;

    if (offset == 0 || bytes == NULL)
        return;
    length = MIN(length, tvb_captured_length_remaining(bytes, offset));
    if (length <= 0)
        return;
    text = g_string_new(NULL);
    mf_text_append(text, tvb_get_ptr(bytes, offset, length), (size_t)length,
                   mf_engine_payload_bytes(frame->engine));
    proto_item_set_generated(
        proto_tree_add_string(tree, hf_malflow_payload, frame->tvb, 0, 0, text->str));
    g_string_free(text, TRUE);
}

/* A further pass begins: rules that still wait for bytes decide on what there is, so that all
 * fields hold the final state. */
static void
decide(const packet_info *pinfo)
{
    if (!pinfo->fd->visited || pinfo->num != 1)
        return;
    mf_capture_end_streams();
    mf_capture_forget_verdicts();
}

static void
add_facts(proto_tree *tree, const struct frame *frame)
{
    add_session(tree, frame);
    add_causes(tree, frame);
    add_stages(tree, frame);
    add_payload(tree, frame);
    if (frame->session->scan != 0)
        add_scan(tree, frame);
    if (frame->session->beacon != 0)
        add_beacon(tree, frame);
}

static void
add(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, bool is_asked)
{
    struct frame frame = {
        .tvb = tvb, .pinfo = pinfo, .engine = mf_capture_engine(), .is_asked = is_asked};
    proto_item *item;
    proto_tree *subtree;

    frame.verdict = mf_engine_verdict(frame.engine, pinfo->num);
    frame.session = mf_engine_session(frame.engine, frame.verdict.session);
    if (frame.session == NULL)
        return;
    item = proto_tree_add_protocol_format(tree, proto_malflow, tvb, 0, 0, "Malflow, Session %u, %s",
                                          frame.session->id, app_name(frame.session));
    proto_item_set_generated(item);
    subtree = proto_item_add_subtree(item, ett_malflow);
    if (is_asked)
        add_facts(subtree, &frame);
    add_hits(subtree, &frame);
}

/* Expert information is also told by a tap and a column of its own. */
static bool
expert_is_read(const packet_info *pinfo, proto_tree *tree)
{
    static int tap; /* registered after protocols are */

    if (tap == 0)
        tap = find_tap_id("expert");
    return have_tap_listener(tap) || proto_field_is_referenced(tree, proto_expert) ||
           (pinfo->cinfo != NULL && pinfo->cinfo->col_first[COL_EXPERT] >= 0);
}

bool
mf_fields_are_read(const packet_info *pinfo, proto_tree *tree)
{
    return !mf_program_is_tshark() || proto_field_is_referenced(tree, proto_malflow) ||
           expert_is_read(pinfo, tree);
}

/* Expert information on hits is wanted where nobody asks for a field, too. */
void
mf_fields_add(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    bool is_asked;

    decide(pinfo);
    is_asked = proto_field_is_referenced(tree, proto_malflow);
    if (is_asked || frame_has_hit(mf_capture_engine(), pinfo->num))
        add(tvb, pinfo, tree, is_asked);
}

void
mf_fields_register(int proto)
{
    static gint *ett[] = {&ett_malflow, &ett_session, &ett_scan, &ett_beacon,
                          &ett_hit,     &ett_file,    &ett_cause};
    static ei_register_info ei[] = {
        {&ei_hit_high,
         {"malflow.hit.high", PI_SECURITY, PI_ERROR, "Signature hit of priority 1", EXPFILL}},
        {&ei_hit_medium,
         {"malflow.hit.medium", PI_SECURITY, PI_WARN, "Signature hit of priority 2", EXPFILL}},
        {&ei_hit_low,
         {"malflow.hit.low", PI_SECURITY, PI_NOTE, "Signature hit of low priority", EXPFILL}},
    };

    proto_malflow = proto;
    mf_fieldlist_register(proto);
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert_register_protocol(proto), ei, G_N_ELEMENTS(ei));
}
