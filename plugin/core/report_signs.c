/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What else was found on a host, by stage: C&C and exfiltration by whom it talked to, scans with
 * what ordered them, and the others. The same said of several sessions is told once; so are peers
 * that are many, by their port.
 */
#include "report_private.h"
#include "summary.h"

#include <string.h>

/* Evidence that is told together. */
struct sign {
    const struct mf_evidence *first;
    const struct mf_session *session; /* of the first */
    mf_nanoseconds last;
    uint32_t sessions, last_session;
    GHashTable *peers; /* set of texts */
    GPtrArray *texts;  /* const char *, each once */
    bool suspected;
    /* What was found out when it was first told: the host's earliest session with the peer. */
    bool looked_back;
    const struct mf_session *first_contact; /* NULL: none before */
};

static void
free_sign(gpointer data)
{
    struct sign *sign = data;

    g_hash_table_destroy(sign->peers);
    g_ptr_array_free(sign->texts, TRUE);
    g_free(sign);
}

static const struct mf_addr *
peer_of(const struct mf_host_verdict *host, const struct mf_session *session)
{
    return &session->addr[mf_addr_equal(&session->addr[MF_ORIG], &host->addr) ? MF_RESP : MF_ORIG];
}

static char *
peer_text(const struct mf_host_verdict *host, const struct mf_session *session)
{
    GString *text = g_string_new(NULL);

    mf_addr_append(text, peer_of(host, session));
    return g_string_free(text, FALSE);
}

/* What evidence is told together: that of one peer and port; of one text where peers are many. */
static char *
key_of(const struct mf_host_verdict *host, const struct mf_evidence *evidence,
       const struct mf_session *session, bool by_port)
{
    char *peer, *key;

    if (evidence->scan != 0)
        return g_strdup_printf("%u scan %u", evidence->stage, evidence->scan);
    peer = by_port ? g_strdup(evidence->text) : peer_text(host, session);
    key =
        g_strdup_printf("%u %u %u %s", evidence->stage, session->l4, session->port[MF_RESP], peer);
    g_free(peer);
    return key;
}

static struct sign *
sign_new(const struct mf_evidence *evidence, const struct mf_session *session)
{
    struct sign *sign = g_new0(struct sign, 1);

    sign->first = evidence;
    sign->session = session;
    sign->suspected = true;
    sign->peers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sign->texts = g_ptr_array_new();
    return sign;
}

static void
take_evidence(struct sign *sign, const struct mf_host_verdict *host,
              const struct mf_evidence *evidence, const struct mf_session *session)
{
    sign->last = MAX(sign->last, MAX(evidence->time, session->last));
    sign->sessions += sign->last_session != session->id;
    sign->last_session = session->id;
    sign->suspected = sign->suspected && evidence->suspected;
    g_hash_table_add(sign->peers, peer_text(host, session));
    if (!g_ptr_array_find(sign->texts, evidence->text, NULL) && sign->texts->len < 8)
        g_ptr_array_add(sign->texts, (gpointer)evidence->text);
}

/* In order of their first evidence. The caller frees. */
static GPtrArray *
collect(const struct mf_report *report, const struct mf_host_verdict *host, bool by_port)
{
    GPtrArray *signs = g_ptr_array_new_with_free_func(free_sign);
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (uint32_t i = 0; i < host->n_evidence; i++) {
        const struct mf_evidence *evidence = &host->evidence[i];
        const struct mf_session *session = mf_engine_session(report->engine, evidence->session);
        char *key;
        struct sign *sign;

        if (evidence->file != 0)
            continue;
        key = key_of(host, evidence, session, by_port);
        sign = g_hash_table_lookup(known, key);
        if (sign == NULL) {
            sign = sign_new(evidence, session);
            g_ptr_array_add(signs, sign);
            g_hash_table_insert(known, g_strdup(key), sign);
        }
        g_free(key);
        take_evidence(sign, host, evidence, session);
    }
    g_hash_table_destroy(known);
    return signs;
}

/* --- telling --- */

/* Of whom the session was opened to, as far as it is known; the caller frees. */
static char *
peer_name(const struct mf_report *report, const struct mf_session *session)
{
    static const char is[] = " is ";
    const struct mf_correlator *correlator = mf_engine_correlator(report->engine);
    struct mf_summary_names names;
    uint32_t at = correlator != NULL ? mf_correlator_causes(correlator, session->id) : 0;

    mf_summary_names(session, &names);
    if (names.server != NULL)
        return g_strdup(names.server);
    for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next) {
        const struct mf_link *link = mf_correlator_link(correlator, at - 1);
        const char *end = strstr(link->evidence, is);

        if (link->kind == MF_LINK_DNS && end != NULL)
            return g_strndup(link->evidence, (gsize)(end - link->evidence));
    }
    return NULL;
}

static void
append_peer(const struct mf_report *report, const struct mf_host_verdict *host,
            const struct sign *sign, GString *out)
{
    const struct mf_session *session = sign->session;
    const unsigned peers = g_hash_table_size(sign->peers);
    const bool calls = mf_addr_equal(&session->addr[MF_ORIG], &host->addr);
    char *name = calls ? peer_name(report, session) : NULL;

    if (peers > 1)
        g_string_append_printf(out, "%u peers, port %u", peers, session->port[MF_RESP]);
    else
        mf_endpoint_append(out, peer_of(host, session),
                           calls ? mf_session_port(session, MF_RESP) : -1);
    if (peers == 1 && name != NULL)
        g_string_append_printf(out, " %s", name);
    g_string_append_printf(
        out, " (%s)", session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4));
    g_free(name);
}

static void
append_extent(const struct mf_report *report, const struct sign *sign, GString *out)
{
    const struct mf_beacon *beacon = mf_engine_beacon(report->engine, sign->session->beacon);

    if (sign->sessions > 1)
        g_string_append_printf(out, ", %u sessions", sign->sessions);
    if (sign->sessions > 1 || sign->last - sign->session->start > MF_NS_PER_S)
        g_string_append_printf(out, ", till %.3f",
                               (double)(sign->last - mf_engine_first_time(report->engine)) /
                                   MF_NS_PER_S);
    if (beacon != NULL && beacon->contacts > 0)
        g_string_append_printf(out, ", %u contacts every %.1f s (jitter %.0f %%)", beacon->contacts,
                               (double)beacon->period / MF_NS_PER_S, beacon->jitter * 100);
}

/* What ordered a scan. */
static void
add_order(struct mf_report *report, const struct sign *sign)
{
    const uint32_t at = mf_engine_causes(report->engine, sign->session);
    const struct mf_link *link =
        at != 0 ? mf_correlator_link(mf_engine_correlator(report->engine), at - 1) : NULL;

    if (link != NULL && link->kind == MF_LINK_COMMAND)
        mf_report_add_at(report, MF_REPORT_DETAIL,
                         &(struct mf_report_place){0, link->cause_session, link->cause_frame},
                         "ordered by frame %u [%u]: \"%s\"", link->cause_frame, link->cause_session,
                         link->evidence);
}

/* What says so: C&C that gave orders may have many a signature. */
static void
add_texts(struct mf_report *report, const struct sign *sign)
{
    const unsigned most = MIN(report->most, 3);

    for (guint i = 0; i < MIN(sign->texts->len, most); i++)
        mf_report_add(report, MF_REPORT_DETAIL, "%s", (const char *)sign->texts->pdata[i]);
    if (sign->texts->len > most)
        mf_report_add(report, MF_REPORT_DETAIL, "and %u more sign%s", sign->texts->len - most,
                      sign->texts->len - most == 1 ? "" : "s");
}

/* The host's earliest session with the peer of SIGN, on its port; sessions are numbered in order.
 */
static const struct mf_session *
find_first_contact(const struct mf_report *report, const struct mf_host_verdict *host,
                   const struct sign *sign)
{
    const struct mf_addr *peer = peer_of(host, sign->session);

    for (uint32_t id = 1; id < sign->session->id; id++) {
        const struct mf_session *session = mf_engine_session(report->engine, id);

        if (session->l4 == sign->session->l4 &&
            session->port[MF_RESP] == sign->session->port[MF_RESP] &&
            mf_addr_equal(&session->addr[MF_ORIG], &host->addr) &&
            mf_addr_equal(&session->addr[MF_RESP], peer))
            return session;
    }
    return NULL;
}

static const struct mf_session *
first_contact(const struct mf_report *report, const struct mf_host_verdict *host, struct sign *sign)
{
    if (!sign->looked_back)
        sign->first_contact = find_first_contact(report, host, sign);
    sign->looked_back = true;
    return sign->first_contact;
}

/* What makes a channel suspicious may come late on it: when they first spoke is told, too. */
static void
add_first_contact(struct mf_report *report, const struct mf_host_verdict *host, struct sign *sign)
{
    const struct mf_session *first;
    struct mf_summary_item item;
    GString *text;

    if (sign->first->stage != MF_STAGE_C2 || g_hash_table_size(sign->peers) > 1 ||
        !mf_addr_equal(&sign->session->addr[MF_ORIG], &host->addr))
        return;
    first = first_contact(report, host, sign);
    if (first == NULL)
        return;
    text = g_string_new(NULL);
    item.frame = first->first_frame;
    if (mf_summary_count(first) > 0) {
        mf_summary_item(first, 0, &item);
        mf_summary_item_append(first, 0, text);
    }
    mf_report_add_at(report, MF_REPORT_DETAIL, &(struct mf_report_place){0, first->id, item.frame},
                     "first contact in frame %u [%u]%s%s", item.frame, first->id,
                     text->len > 0 ? ": " : "", text->str);
    g_string_free(text, TRUE);
}

/* Whether ORDER was given to the host on the session of SIGN, and nothing was seen to come of it.
 */
static bool
is_vain(const struct mf_report *report, const struct mf_host_verdict *host, const struct sign *sign,
        const struct mf_order *order)
{
    const struct mf_verdict of = mf_engine_verdict(report->engine, order->frame);

    return order->session == sign->session->id && order->effects == 0 &&
           of.session == order->session &&
           mf_addr_equal(&sign->session->addr[of.direction ^ 1], &host->addr);
}

static void
add_vain_orders(struct mf_report *report, const struct mf_host_verdict *host,
                const struct sign *sign)
{
    const struct mf_correlator *correlator = mf_engine_correlator(report->engine);
    const unsigned most = MIN(report->most, 4);
    const uint32_t n = correlator != NULL ? mf_correlator_order_count(correlator) : 0;
    uint32_t told = 0;

    for (uint32_t i = 0; i < n && sign->first->stage == MF_STAGE_C2; i++) {
        const struct mf_order *order = mf_correlator_order(correlator, i);

        if (is_vain(report, host, sign, order) && told++ < most)
            mf_report_add_at(report, MF_REPORT_DETAIL,
                             &(struct mf_report_place){0, order->session, order->frame},
                             "told in frame %u, no effect seen: \"%s\"", order->frame, order->text);
    }
    if (told > most)
        mf_report_add(report, MF_REPORT_DETAIL, "and %u more such order%s", told - most,
                      told - most == 1 ? "" : "s");
}

static void
add_sign(struct mf_report *report, const struct mf_host_verdict *host, struct sign *sign)
{
    const struct mf_report_place place = {sign->first->time, sign->first->session,
                                          sign->first->frame};
    const char *doubt = sign->suspected ? "suspected: " : "";
    GString *text = g_string_new(NULL);

    if (sign->first->scan != 0) {
        mf_report_add_at(report, MF_REPORT_ENTRY, &place, "%s%s", doubt, sign->first->text);
        add_order(report, sign);
    } else {
        append_peer(report, host, sign, text);
        append_extent(report, sign, text);
        mf_report_add_at(report, MF_REPORT_ENTRY, &place, "%s%s", doubt, text->str);
        add_texts(report, sign);
        add_first_contact(report, host, sign);
        add_vain_orders(report, host, sign);
    }
    g_string_free(text, TRUE);
}

static void
add_stage(struct mf_report *report, const struct mf_host_verdict *host, const GPtrArray *signs,
          unsigned stage)
{
    uint32_t n = 0;

    for (guint i = 0; i < signs->len; i++) {
        struct sign *sign = signs->pdata[i];

        if (sign->first->stage != stage)
            continue;
        if (n == 0)
            mf_report_add(report, MF_REPORT_SECTION, "%s", mf_stage_name((enum mf_stage)stage));
        if (n++ < report->most)
            add_sign(report, host, sign);
    }
    if (n > report->most)
        mf_report_more(report, n - report->most, "such finding");
}

static GPtrArray *
collect_few(const struct mf_report *report, const struct mf_host_verdict *host)
{
    enum { MANY = 12 };
    GPtrArray *signs = collect(report, host, false);

    if (signs->len <= MANY)
        return signs;
    g_ptr_array_free(signs, TRUE);
    return collect(report, host, true);
}

/* Once per host: the report is made in several tries, and evidence may be much. */
static const GPtrArray *
signs_of(struct mf_report *report, const struct mf_host_verdict *host)
{
    GPtrArray *signs;

    if (report->signs == NULL)
        report->signs = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    signs = g_hash_table_lookup(report->signs, host);
    if (signs == NULL) {
        signs = collect_few(report, host);
        g_hash_table_insert(report->signs, (gpointer)host, signs);
    }
    return signs;
}

void
mf_report_signs(struct mf_report *report, const struct mf_host_verdict *host)
{
    const GPtrArray *signs = signs_of(report, host);

    for (unsigned stage = 0; stage < MF_STAGES; stage++)
        add_stage(report, host, signs, stage);
}
