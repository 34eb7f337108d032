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

void
mf_conversation_filters_register(void)
{
    mf_register_conversation_filter("malflow", "malflow session", has_session, session_filter);
    mf_register_conversation_filter("malflow", "malflow scan group", has_scan, scan_filter);
}
