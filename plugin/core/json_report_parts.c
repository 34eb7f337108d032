/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What objects of several kinds say alike. */
#include "community_id.h"
#include "json_report_private.h"
#include "row_text.h"

#include <string.h>

/* --- source, destination, network --- */

static void
append_end(GString *out, const char *key, const struct mf_session *session, enum mf_direction side,
           bool counted)
{
    const size_t end = mf_json_open_object(out, key);

    mf_json_address(out, "ip", &session->addr[side]);
    if (mf_session_has_ports(session))
        mf_json_number(out, "port", session->port[side]);
    if (counted) {
        mf_json_number(out, "bytes", session->bytes[side]);
        mf_json_number(out, "packets", session->packets[side]);
    }
    mf_json_close(out, end);
}

static const char *
network_type(const struct mf_session *session)
{
    if (session->l4 == MF_L4_ARP)
        return "arp";
    return mf_addr_is_ipv4(&session->addr[MF_ORIG]) ? "ipv4" : "ipv6";
}

/* The outermost name: "tls" of "TLS:HTTP2". */
static void
append_protocol(GString *out, const char *app)
{
    char *name = app != NULL ? g_ascii_strdown(app, (gssize)strcspn(app, ":")) : NULL;

    mf_json_string(out, "protocol", name);
    g_free(name);
}

static void
append_network(GString *out, const struct mf_session *session, bool counted)
{
    static const char *const transports[MF_L4_COUNT] = {
        [MF_L4_TCP] = "tcp",
        [MF_L4_UDP] = "udp",
        [MF_L4_ICMP] = "icmp",
        [MF_L4_ICMPV6] = "ipv6-icmp",
    };
    const size_t network = mf_json_open_object(out, "network");
    char id[MF_COMMUNITY_ID_SIZE];

    mf_json_string(out, "type", network_type(session));
    mf_json_string(out, "transport", transports[session->l4]);
    append_protocol(out, session->app);
    if (mf_community_id(session, id))
        mf_json_string(out, "community_id", id);
    if (counted) {
        mf_json_number(out, "bytes", session->bytes[MF_ORIG] + session->bytes[MF_RESP]);
        mf_json_number(out, "packets",
                       (uint64_t)session->packets[MF_ORIG] + session->packets[MF_RESP]);
    }
    mf_json_close(out, network);
}

void
mf_json_flow(GString *out, const struct mf_session *session, bool counted)
{
    append_end(out, "source", session, MF_ORIG, counted);
    append_end(out, "destination", session, MF_RESP, counted);
    append_network(out, session, counted);
}

/* --- malflow.* --- */

size_t
mf_json_open_session(GString *out, const struct mf_session *session)
{
    const size_t opened = mf_json_open_object(out, "session");

    mf_json_number(out, "id", session->id);
    mf_json_string(out, "app",
                   session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4));
    return opened;
}

void
mf_json_session(GString *out, const struct mf_session *session)
{
    mf_json_close(out, mf_json_open_session(out, session));
}

static void
append_cause(GString *out, const struct mf_link *link)
{
    const size_t cause = mf_json_open_object(out, NULL);

    mf_json_number(out, "session", link->cause_session);
    mf_json_number(out, "frame", link->cause_frame);
    mf_json_string(out, "kind", mf_link_kind_name((enum mf_link_kind)link->kind));
    mf_json_string(out, "evidence", link->evidence);
    mf_json_close(out, cause);
}

void
mf_json_cause(GString *out, const struct mf_link *link)
{
    const size_t list = mf_json_open_list(out, "cause");

    append_cause(out, link);
    mf_json_close(out, list);
}

void
mf_json_causes(const struct mf_json_report *report, uint32_t first)
{
    const struct mf_correlator *correlator = mf_engine_correlator(report->engine);
    const size_t list = mf_json_open_list(report->out, "cause");

    for (uint32_t at = first; at != 0; at = mf_correlator_link(correlator, at - 1)->next)
        append_cause(report->out, mf_correlator_link(correlator, at - 1));
    mf_json_close(report->out, list);
}

void
mf_json_root(const struct mf_json_report *report, const struct mf_session *session)
{
    size_t root;

    if (mf_engine_correlator(report->engine) == NULL)
        return;
    root = mf_json_open_object(report->out, "root");
    mf_json_number(report->out, "session", mf_engine_root(report->engine, session));
    mf_json_close(report->out, root);
}

void
mf_json_stages(GString *out, const char *key, unsigned stages)
{
    const size_t list = mf_json_open_list(out, key);

    for (unsigned stage = 0; stage < MF_STAGES; stage++)
        if (stages & 1u << stage)
            mf_json_string(out, NULL, mf_stage_name((enum mf_stage)stage));
    mf_json_close(out, list);
}

void
mf_json_direction(GString *out, enum mf_direction direction)
{
    mf_json_string(out, "direction", direction == MF_ORIG ? "orig" : "resp");
}

/* --- hits --- */

static void
append_hit(GString *out, const struct mf_rule_info *rule, uint32_t count)
{
    const size_t hit = mf_json_open_object(out, NULL);

    mf_json_number(out, "sid", rule->sid);
    mf_json_string(out, "msg", rule->msg);
    mf_json_number(out, "priority", rule->priority);
    mf_json_number(out, "count", count);
    mf_json_close(out, hit);
}

static struct mf_row_hits
told(const struct mf_json_report *report)
{
    return (struct mf_row_hits){report->engine, report->timeline->options->priority};
}

void
mf_json_session_hits(const struct mf_json_report *report, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(report->engine);
    const struct mf_row_hits hits = told(report);
    const size_t list = mf_json_open_list(report->out, "hit");
    const struct mf_hit *hit;

    for (uint32_t at = session->first_hit; at != 0; at = hit->next_signature) {
        hit = mf_findings_hit(findings, at - 1);
        if (mf_row_tells(&hits, hit))
            append_hit(report->out, mf_engine_hit_rule(report->engine, hit), hit->count);
    }
    mf_json_close(report->out, list);
}

struct frame_hit {
    const struct mf_hit *hit;
    uint32_t count;
};

static void
count_hit(GArray *counted, const struct mf_hit *hit)
{
    const struct frame_hit one = {hit, 1};

    for (guint i = 0; i < counted->len; i++)
        if (g_array_index(counted, struct frame_hit, i).hit->rule == hit->rule) {
            g_array_index(counted, struct frame_hit, i).count++;
            return;
        }
    g_array_append_val(counted, one);
}

static GArray *
frame_hits(const struct mf_json_report *report, const struct mf_session *session, uint32_t first,
           uint32_t last)
{
    const struct mf_findings *findings = mf_engine_findings(report->engine);
    const struct mf_row_hits hits = told(report);
    GArray *counted = g_array_new(FALSE, FALSE, sizeof(struct frame_hit));
    uint32_t count = mf_findings_hit_count(findings);

    for (uint32_t i = mf_findings_first_of_frame(findings, first); i < count; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        if (hit->frame > last)
            break;
        if (hit->session == session->id && mf_row_tells(&hits, hit))
            count_hit(counted, hit);
    }
    return counted;
}

void
mf_json_frame_hits(const struct mf_json_report *report, const struct mf_session *session,
                   uint32_t first, uint32_t last)
{
    GArray *counted;
    size_t list;

    if (session->first_hit == 0)
        return;
    counted = frame_hits(report, session, first, last);
    list = mf_json_open_list(report->out, "hit");
    for (guint i = 0; i < counted->len; i++) {
        const struct frame_hit *one = &g_array_index(counted, struct frame_hit, i);

        append_hit(report->out, mf_engine_hit_rule(report->engine, one->hit), one->count);
    }
    mf_json_close(report->out, list);
    g_array_free(counted, TRUE);
}

/* --- files --- */

void
mf_json_file(GString *out, const struct mf_file *file)
{
    const size_t opened = mf_json_open_object(out, "file");
    size_t hash;

    mf_json_string(out, "name", file->object.name);
    mf_json_string(out, "mime_type", file->object.content_type);
    if (file->object.size != 0)
        mf_json_number(out, "size", file->object.size);
    hash = mf_json_open_object(out, "hash");
    mf_json_string(out, "sha256", *file->sha256 != '\0' ? file->sha256 : NULL);
    mf_json_string(out, "md5", *file->md5 != '\0' ? file->md5 : NULL);
    mf_json_close(out, hash);
    mf_json_close(out, opened);
}

void
mf_json_file_facts(GString *out, const struct mf_file *file)
{
    const size_t opened = mf_json_open_object(out, "file");

    mf_json_string(out, "type", file->type);
    mf_json_bool(out, "mismatch", file->mismatch);
    mf_json_close(out, opened);
}
