/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conversation_filters.h"

#include "capture.h"
#include "compat.h"

static const struct mf_session *
session_of(const struct _packet_info *pinfo)
{
    const struct mf_engine *engine = mf_capture_engine();

    return mf_engine_session(engine, mf_engine_verdict(engine, pinfo->num).session);
}

static mf_ws_bool
has_session(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return session_of(pinfo) != NULL;
}

static mf_ws_bool
has_scan(MF_CONVERSATION_FILTER_ARGS)
{
    const struct mf_session *session = session_of(pinfo);

    MF_CONVERSATION_FILTER_UNUSED;
    return session != NULL && session->scan != 0;
}

static mf_ws_bool
has_beacon(MF_CONVERSATION_FILTER_ARGS)
{
    const struct mf_session *session = session_of(pinfo);

    MF_CONVERSATION_FILTER_UNUSED;
    return session != NULL && session->beacon != 0;
}

static mf_ws_bool
has_chain(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return mf_engine_correlator(mf_capture_engine()) != NULL && session_of(pinfo) != NULL;
}

/* Position of the first hit on the packet; those behind it may be others'. */
static uint32_t
first_hit_of(const struct _packet_info *pinfo)
{
    return mf_findings_first_of_frame(mf_engine_findings(mf_capture_engine()), pinfo->num);
}

/* The hit at POSITION, or NULL if it is not on the packet. */
static const struct mf_hit *
hit_of(const struct _packet_info *pinfo, uint32_t position)
{
    const struct mf_findings *findings = mf_engine_findings(mf_capture_engine());
    const struct mf_hit *hit = position < mf_findings_hit_count(findings)
                                   ? mf_findings_hit_by_frame(findings, position)
                                   : NULL;

    return hit != NULL && hit->frame == pinfo->num ? hit : NULL;
}

static mf_ws_bool
has_hit(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return hit_of(pinfo, first_hit_of(pinfo)) != NULL;
}

/* All sessions in which the signatures of this packet fired. */
static char *
signature_filter(MF_CONVERSATION_FILTER_ARGS)
{
    GHashTable *known = g_hash_table_new(NULL, NULL);
    GString *filter = g_string_new(NULL);
    const struct mf_hit *hit;

    MF_CONVERSATION_FILTER_UNUSED;
    for (uint32_t at = first_hit_of(pinfo); (hit = hit_of(pinfo, at)) != NULL; at++)
        if (g_hash_table_add(known, GUINT_TO_POINTER(hit->rule)))
            g_string_append_printf(filter, "%smalflow.session.sid == %u",
                                   filter->len > 0 ? " || " : "",
                                   mf_engine_hit_rule(mf_capture_engine(), hit)->sid);
    g_hash_table_destroy(known);
    return g_string_free(filter, FALSE);
}

static char *
session_filter(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return g_strdup_printf("malflow.session.id == %u", session_of(pinfo)->id);
}

static char *
scan_filter(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return g_strdup_printf("malflow.scan.id == %u", session_of(pinfo)->scan);
}

static char *
beacon_filter(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return g_strdup_printf("malflow.beacon.id == %u", session_of(pinfo)->beacon);
}

/* Everything that the beginning of this session's chain led to. */
static char *
chain_filter(MF_CONVERSATION_FILTER_ARGS)
{
    MF_CONVERSATION_FILTER_UNUSED;
    return g_strdup_printf("malflow.root.session == %u",
                           mf_engine_root(mf_capture_engine(), session_of(pinfo)));
}

void
mf_conversation_filters_register(void)
{
    mf_register_conversation_filter("malflow", "malflow session", has_session, session_filter);
    mf_register_conversation_filter("malflow", "malflow scan group", has_scan, scan_filter);
    mf_register_conversation_filter("malflow", "malflow beacon", has_beacon, beacon_filter);
    mf_register_conversation_filter("malflow", "malflow chain", has_chain, chain_filter);
    mf_register_conversation_filter("malflow", "malflow signature", has_hit, signature_filter);
}
