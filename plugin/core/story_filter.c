/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a row leads to: its cause, its root, and what Wireshark is to be asked for. */
#include "story_private.h"

/* --- causes --- */

bool
mf_story_cause(const struct mf_story *story, const struct mf_row *row, uint32_t *session,
               uint32_t *frame)
{
    const struct mf_session *own = mf_story_session(story, row);
    const struct mf_link *link;
    uint32_t causes;

    if (mf_engine_correlator(story->engine) == NULL)
        return false;
    if (row->kind == MF_ROW_REQUEST)
        causes = mf_correlator_request_causes(mf_engine_correlator(story->engine), row->frame);
    else if (row->kind == MF_ROW_PACKET || row->kind == MF_ROW_HIT)
        causes = mf_engine_frame_causes(story->engine, own, row->frame);
    else
        causes = mf_engine_causes(story->engine, own);
    if (causes == 0)
        return false;
    link = mf_correlator_link(mf_engine_correlator(story->engine), causes - 1);
    *session = link->cause_session;
    *frame = link->cause_frame;
    return true;
}

uint32_t
mf_story_root(const struct mf_story *story, const struct mf_row *row)
{
    return mf_engine_root(story->engine, mf_story_session(story, row));
}

/* --- filters --- */

static bool
filter_session(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    (void)story;
    if (mf_story_is_group(row))
        return false;
    g_string_append_printf(out, "malflow.session.id == %u", row->session);
    return true;
}

static bool
filter_group(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    const struct mf_session *session = mf_story_session(story, row);

    if (row->kind == MF_ROW_FOLD)
        return false;
    if (row->kind == MF_ROW_SCAN || (row->kind != MF_ROW_BEACON && session->scan != 0))
        g_string_append_printf(out, "malflow.scan.id == %u",
                               row->kind == MF_ROW_SCAN ? row->ref : session->scan);
    else if (row->kind == MF_ROW_BEACON || session->beacon != 0)
        g_string_append_printf(out, "malflow.beacon.id == %u",
                               row->kind == MF_ROW_BEACON ? row->ref : session->beacon);
    else
        return false;
    return true;
}

static const struct mf_hit *
hit_of(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_session *session = mf_story_session(story, row);
    struct mf_summary_item item;

    switch (row->kind) {
    case MF_ROW_HIT:
        return mf_story_hit(story, row);
    case MF_ROW_PACKET:
        return mf_story_hit_within(story, session, row->frame, row->frame);
    case MF_ROW_REQUEST:
        return mf_story_request(story, row, &item)
                   ? mf_story_hit_within(story, session, item.frame,
                                         MAX(item.frame, item.last_frame))
                   : NULL;
    case MF_ROW_SESSION:
        return mf_story_first_hit(story, session);
    default:
        return NULL;
    }
}

static bool
filter_signature(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    const struct mf_hit *hit = hit_of(story, row);

    if (hit == NULL)
        return false;
    g_string_append_printf(out, "malflow.hit.sid == %u",
                           mf_engine_hit_rule(story->engine, hit)->sid);
    return true;
}

static bool
filter_chain(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    if (mf_engine_correlator(story->engine) == NULL)
        return false;
    g_string_append_printf(out, "malflow.root.session == %u", mf_story_root(story, row));
    return true;
}

/* "ip.addr == 192.0.2.1"; ARP has its addresses in fields of its own. */
static bool
filter_host(const struct mf_story *story, const struct mf_row *row, enum mf_direction side,
            GString *out)
{
    static const char *const of_arp[] = {"arp.src.proto_ipv4", "arp.dst.proto_ipv4", "ip.addr"};
    const struct mf_session *session = mf_story_session(story, row);
    const struct mf_addr *addr = &session->addr[side];
    const bool is_ipv4 = mf_addr_is_ipv4(addr);
    const unsigned fields = session->l4 == MF_L4_ARP && is_ipv4 ? G_N_ELEMENTS(of_arp) : 1;

    if (mf_addr_is_none(addr))
        return false;
    for (unsigned i = 0; i < fields; i++) {
        const char *field = fields > 1 ? of_arp[i] : is_ipv4 ? "ip.addr" : "ipv6.addr";

        g_string_append_printf(out, "%s%s == ", i > 0 ? " || " : "", field);
        mf_addr_append(out, addr);
    }
    return true;
}

static bool
filter_source(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    return filter_host(story, row, mf_story_side(story, row), out);
}

static bool
filter_destination(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    return row->kind != MF_ROW_FOLD &&
           filter_host(story, row, (enum mf_direction)(mf_story_side(story, row) ^ 1), out);
}

static bool
filter_port(const struct mf_story *story, const struct mf_row *row, GString *out)
{
    const struct mf_session *session = mf_story_session(story, row);
    const int port = mf_session_port(session, MF_RESP);

    if (port < 0 || row->kind == MF_ROW_FOLD)
        return false;
    g_string_append_printf(out, "%s.port == %d", session->l4 == MF_L4_TCP ? "tcp" : "udp", port);
    return true;
}

static const struct {
    const char *name;
    bool (*append)(const struct mf_story *, const struct mf_row *, GString *);
} filters[MF_STORY_FILTERS] = {
    [MF_STORY_FILTER_SESSION] = {"this session", filter_session},
    [MF_STORY_FILTER_GROUP] = {"its scan group or beacon", filter_group},
    [MF_STORY_FILTER_SIGNATURE] = {"this signature", filter_signature},
    [MF_STORY_FILTER_CHAIN] = {"this chain", filter_chain},
    [MF_STORY_FILTER_SOURCE] = {"this source", filter_source},
    [MF_STORY_FILTER_DESTINATION] = {"this destination", filter_destination},
    [MF_STORY_FILTER_PORT] = {"this port", filter_port},
};

bool
mf_story_append_filter(const struct mf_story *story, const struct mf_row *row,
                       enum mf_story_filter kind, GString *out)
{
    return filters[kind].append(story, row, out);
}

const char *
mf_story_filter_name(enum mf_story_filter kind)
{
    return filters[kind].name;
}
