/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From evidence to indicators: who the peer was, by address and by the names that led there, what
 * was asked of it and how the client looked; what led to it, along the best causes. A user agent or
 * fingerprint of an ordinary browser is one too when the malware used it: an analyst must judge.
 */
#include "indicators_private.h"
#include "moments.h"

#include <string.h>

enum { DEEPEST = 12 };

static enum mf_role
role_of_stage(unsigned stage)
{
    static const uint8_t roles[MF_STAGES] = {
        [MF_STAGE_INBOUND_SCAN] = MF_ROLE_SCANNER,
        [MF_STAGE_EXPLOIT] = MF_ROLE_EXPLOIT,
        [MF_STAGE_EGG] = MF_ROLE_DOWNLOAD,
        [MF_STAGE_C2] = MF_ROLE_C2,
        [MF_STAGE_OUTBOUND_SCAN] = MF_ROLE_SCAN_TARGET,
        [MF_STAGE_SPAM] = MF_ROLE_SPAM,
        [MF_STAGE_EXFILTRATION] = MF_ROLE_EXFILTRATION,
    };

    return (enum mf_role)roles[stage];
}

/* --- names --- */

/* The name that a look-up gave the peer's address: the cause of kind dns. */
static void
add_looked_up(struct mf_indicators *indicators, const struct mf_indicator_context *context)
{
    const struct mf_engine *engine = indicators->engine;
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    uint32_t at = correlator != NULL ? mf_correlator_causes(correlator, context->session->id) : 0;

    for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next) {
        const struct mf_link *link = mf_correlator_link(correlator, at - 1);
        const char *end = strstr(link->evidence, " is ");
        struct mf_indicator_context of = *context;
        char *name;

        if (link->kind != MF_LINK_DNS || end == NULL)
            continue;
        of.session = mf_engine_session(engine, link->cause_session);
        of.frame = link->cause_frame;
        of.time = 0;
        name = g_strndup(link->evidence, (gsize)(end - link->evidence));
        mf_indicator_add_host(indicators, &of, name);
        g_free(name);
    }
}

struct detail_context {
    struct mf_indicators *indicators;
    const struct mf_indicator_context *context;
};

static void
add_certificate(struct mf_indicators *indicators, const struct mf_indicator_context *context,
                const char *text)
{
    char **bytes = g_strsplit(text, ":", -1), *digits = g_strjoinv(NULL, bytes);

    mf_indicator_add(indicators, context, MF_INDICATOR_CERT_SHA1, digits);
    g_free(digits);
    g_strfreev(bytes);
}

static void
take_detail(void *user, const struct mf_detail *detail)
{
    static const struct {
        enum mf_detail_kind detail;
        enum mf_indicator_kind kind;
    } plain[] = {
        {MF_DETAIL_JA3, MF_INDICATOR_JA3},
        {MF_DETAIL_JA4, MF_INDICATOR_JA4},
    };
    const struct detail_context *of = user;

    for (unsigned i = 0; i < G_N_ELEMENTS(plain); i++)
        if (detail->kind == plain[i].detail)
            mf_indicator_add(of->indicators, of->context, plain[i].kind, detail->text);
    if (detail->kind == MF_DETAIL_SERVER_NAME)
        mf_indicator_add_host(of->indicators, of->context, detail->text);
    if (detail->kind == MF_DETAIL_CERT_SHA1)
        add_certificate(of->indicators, of->context, detail->text);
    if (detail->kind == MF_DETAIL_MAIL_SUBJECT && of->context->role == MF_ROLE_SPAM)
        mf_indicator_add(of->indicators, of->context, MF_INDICATOR_SUBJECT, detail->text);
}

/* The peer of one's own host at SIDE, and what was asked of it in FRAME. */
static void
add_peer(struct mf_indicators *indicators, const struct mf_indicator_context *context,
         enum mf_direction side)
{
    const struct mf_session *session = context->session;
    const unsigned request =
        context->frame != 0 ? mf_moment_request_index(session, context->frame) : 0;
    struct mf_indicator_context of = *context;

    of.frame = 0; /* the session began the contact */
    of.time = 0;
    mf_indicator_add_address(indicators, &of, &session->addr[side ^ 1]);
    if (side != MF_ORIG)
        return;
    add_looked_up(indicators, &of);
    mf_summary_details(
        session, &(struct mf_detail_taker){take_detail, &(struct detail_context){indicators, &of}});
    if (request != 0)
        mf_indicator_add_request(indicators, context, request - 1);
}

/* --- what led to it --- */

static uint32_t
begins_in(const struct mf_session *session, uint32_t frame)
{
    struct mf_summary_item item;

    return mf_moment_request(session, frame, &item) ? item.frame : session->first_frame;
}

/* The best cause that says that something was told, not only when or where it was. */
static const struct mf_link *
telling_cause(const struct mf_indicators *indicators, const struct mf_session *session,
              uint32_t frame)
{
    const struct mf_correlator *correlator = mf_engine_correlator(indicators->engine);
    uint32_t at = mf_engine_frame_causes(indicators->engine, session, frame);

    for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next) {
        const struct mf_link *link = mf_correlator_link(correlator, at - 1);

        if (link->kind == MF_LINK_URL || link->kind == MF_LINK_REDIRECT ||
            link->kind == MF_LINK_COMMAND || link->kind == MF_LINK_DROP)
            return link;
    }
    return NULL;
}

static void
add_way(struct mf_indicators *indicators, const struct mf_indicator_context *context)
{
    struct mf_indicator_context of = *context;
    uint32_t frame = begins_in(of.session, of.frame != 0 ? of.frame : of.session->first_frame);

    if (mf_engine_correlator(indicators->engine) == NULL)
        return;
    of.role = MF_ROLE_LURE;
    for (unsigned depth = 0; depth < DEEPEST; depth++) {
        const struct mf_link *link = telling_cause(indicators, of.session, frame);
        char *why;

        if (link == NULL)
            return;
        of.session = mf_engine_session(indicators->engine, link->cause_session);
        of.frame = link->cause_frame;
        of.time = 0;
        frame = begins_in(of.session, of.frame);
        if (!mf_stage_is_own(of.session, MF_ORIG))
            continue;
        why = g_strdup_printf("led to it: %s", link->evidence);
        of.why = why;
        add_peer(indicators, &of, MF_ORIG);
        g_free(why);
    }
}

/* --- evidence --- */

static void
add_file(struct mf_indicators *indicators, const struct mf_indicator_context *context,
         uint32_t number)
{
    const struct mf_file *file =
        mf_findings_file(mf_engine_findings(indicators->engine), number - 1);

    mf_indicator_add(indicators, context, MF_INDICATOR_SHA256, file->sha256);
    mf_indicator_add(indicators, context, MF_INDICATOR_MD5, file->md5);
}

static void
add_evidence(struct mf_indicators *indicators, const struct mf_addr *host,
             const struct mf_evidence *evidence)
{
    const struct mf_indicator_context context = {
        .session = mf_engine_session(indicators->engine, evidence->session),
        .frame = evidence->frame,
        .time = evidence->time,
        .role = role_of_stage(evidence->stage),
        .suspected = evidence->suspected,
        .why = evidence->text,
    };
    const enum mf_direction side =
        mf_addr_equal(&context.session->addr[MF_ORIG], host) ? MF_ORIG : MF_RESP;

    if (evidence->scan != 0)
        return;
    add_peer(indicators, &context, side);
    if (evidence->file != 0)
        add_file(indicators, &context, evidence->file);
    if (context.role == MF_ROLE_DOWNLOAD || context.role == MF_ROLE_EXPLOIT ||
        context.role == MF_ROLE_C2)
        add_way(indicators, &context);
}

/* --- scans --- */

/* Evidence that is a scan group, by its id; NULL: none is. */
static const struct mf_evidence **
scans_of(const struct mf_engine *engine, const struct mf_verdicts *verdicts)
{
    const struct mf_evidence **scans =
        g_new0(const struct mf_evidence *, (size_t)mf_engine_scan_count(engine) + 1);

    for (uint32_t i = 0; i < mf_verdicts_count(verdicts); i++) {
        const struct mf_host_verdict *host = mf_verdicts_get(verdicts, i);

        for (uint32_t j = 0; j < host->n_evidence; j++)
            if (host->evidence[j].scan != 0)
                scans[host->evidence[j].scan] = &host->evidence[j];
    }
    return scans;
}

/* Who was scanned is no indicator, being chance; but who answered may be infected now. */
static void
add_scans(struct mf_indicators *indicators, const struct mf_verdicts *verdicts)
{
    const struct mf_engine *engine = indicators->engine;
    const struct mf_evidence **scans = scans_of(engine, verdicts);

    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++) {
        const struct mf_session *session = mf_engine_session(engine, id);
        const struct mf_evidence *evidence = scans[session->scan];
        const bool inbound = evidence != NULL && evidence->stage == MF_STAGE_INBOUND_SCAN;

        if (evidence == NULL || (!inbound && !session->answered))
            continue;
        mf_indicator_add_address(
            indicators,
            &(struct mf_indicator_context){.session = session,
                                           .role = role_of_stage(evidence->stage),
                                           .suspected = evidence->suspected,
                                           .why = evidence->text},
            &session->addr[inbound ? MF_ORIG : MF_RESP]);
    }
    g_free(scans);
}

/* --- the whole --- */

static gint
compare(gconstpointer pa, gconstpointer pb)
{
    const struct mf_indicator *a = pa, *b = pb;

    if ((a->apart != MF_APART_NOT) != (b->apart != MF_APART_NOT))
        return a->apart != MF_APART_NOT ? 1 : -1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->frame != b->frame)
        return a->frame < b->frame ? -1 : 1;
    return strcmp(a->value, b->value);
}

struct mf_indicators *
mf_indicators_new(const struct mf_engine *engine, const struct mf_verdicts *verdicts)
{
    struct mf_indicators *indicators = g_new0(struct mf_indicators, 1);

    indicators->engine = engine;
    indicators->texts = mf_interned_new();
    indicators->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    indicators->list = g_array_new(FALSE, FALSE, sizeof(struct mf_indicator));
    for (uint32_t i = 0; i < mf_verdicts_count(verdicts); i++) {
        const struct mf_host_verdict *host = mf_verdicts_get(verdicts, i);

        for (uint32_t j = 0; j < host->n_evidence; j++)
            add_evidence(indicators, &host->addr, &host->evidence[j]);
    }
    add_scans(indicators, verdicts);
    g_array_sort(indicators->list, compare);
    g_clear_pointer(&indicators->known, g_hash_table_destroy);
    return indicators;
}

void
mf_indicators_free(struct mf_indicators *indicators)
{
    if (indicators == NULL)
        return;
    g_array_free(indicators->list, TRUE);
    mf_interned_free(indicators->texts);
    g_free(indicators);
}
