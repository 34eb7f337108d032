/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * C&C by what it did, for channels that no signature knows: who gave an order that was followed,
 * who handed out a list of programs. People click at addresses that they are told in a chat, too:
 * an order counts when it started a scan or brought an executable. Pages offer several programs for
 * download: only an answer without markup is a list.
 */
#include "moments.h"
#include "verdict_private.h"

/* What was told in one frame of one session. */
static gpointer
telling_key(uint32_t session, uint32_t frame)
{
    return GSIZE_TO_POINTER((gsize)session << 32 | frame);
}

/* Calls TAKE for each URL that an executable was fetched by. */
static void
each_cause(struct mf_verdicts *verdicts, GHashTable *table,
           void (*take)(GHashTable *table, const struct mf_arrival *arrival,
                        const struct mf_link *link))
{
    const struct mf_correlator *correlator = mf_engine_correlator(verdicts->engine);

    for (uint32_t i = 0; i < verdicts->arrivals->len; i++) {
        const struct mf_arrival *arrival = &g_array_index(verdicts->arrivals, struct mf_arrival, i);
        const struct mf_session *session = mf_engine_session(verdicts->engine, arrival->session);
        uint32_t at = mf_engine_frame_causes(verdicts->engine, session, arrival->request);

        for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next)
            if (mf_correlator_link(correlator, at - 1)->kind == MF_LINK_URL)
                take(table, arrival, mf_correlator_link(correlator, at - 1));
    }
}

/* --- orders --- */

static void
note_brought(GHashTable *table, const struct mf_arrival *arrival, const struct mf_link *link)
{
    (void)arrival;
    g_hash_table_add(table, telling_key(link->cause_session, link->cause_frame));
}

/* In the first frame of an order that is in several, which ends in another. */
static void
add_order(struct mf_verdicts *verdicts, const struct mf_order *order, const char *what)
{
    const struct mf_session *session = mf_engine_session(verdicts->engine, order->session);
    const struct mf_verdict of = mf_engine_verdict(verdicts->engine, order->frame);
    const enum mf_direction side =
        of.session == order->session ? (enum mf_direction)(of.direction ^ 1) : MF_ORIG;
    char *text;

    if (!mf_stage_is_own(session, side))
        return;
    text = g_strdup_printf("order that %s: \"%s\"", what, order->text);
    mf_verdict_add(verdicts, &session->addr[side],
                   &(struct mf_evidence){.time = order->time,
                                         .session = order->session,
                                         .frame = order->frame,
                                         .stage = MF_STAGE_C2,
                                         .text = text});
    g_free(text);
}

void
mf_verdict_find_orders(struct mf_verdicts *verdicts)
{
    const struct mf_correlator *correlator = mf_engine_correlator(verdicts->engine);
    GHashTable *brought;

    if (correlator == NULL)
        return;
    brought = g_hash_table_new(NULL, NULL);
    each_cause(verdicts, brought, note_brought);
    for (uint32_t i = 0; i < mf_correlator_order_count(correlator); i++) {
        const struct mf_order *order = mf_correlator_order(correlator, i);

        if (order->effects == 0)
            continue;
        if (order->kind == MF_LINK_COMMAND)
            add_order(verdicts, order, "started a scan");
        else if (g_hash_table_contains(brought, telling_key(order->session, order->frame)))
            add_order(verdicts, order, "brought an executable");
    }
    g_hash_table_destroy(brought);
}

/* --- lists of programs --- */

struct list {
    uint32_t host;      /* index */
    GHashTable *wanted; /* requests that followed it */
};

static void
free_list(gpointer list)
{
    g_hash_table_destroy(((struct list *)list)->wanted);
    g_free(list);
}

static void
note_listed(GHashTable *table, const struct mf_arrival *arrival, const struct mf_link *link)
{
    gpointer key = telling_key(link->cause_session, link->cause_frame);
    struct list *list = g_hash_table_lookup(table, key);

    if (list == NULL) {
        list = g_new(struct list, 1);
        *list = (struct list){arrival->host, g_hash_table_new(NULL, NULL)};
        g_hash_table_insert(table, key, list);
    }
    g_hash_table_add(list->wanted, GUINT_TO_POINTER(arrival->request));
}

static void
add_list(struct mf_verdicts *verdicts, const struct list *list, uint32_t session_id, uint32_t frame)
{
    enum { SEVERAL = 2 };
    const struct mf_session *session = mf_engine_session(verdicts->engine, session_id);
    const unsigned n = g_hash_table_size(list->wanted);
    struct mf_summary_item item;
    char *text;

    if (n < SEVERAL || !mf_moment_request(session, frame, &item) || item.markup)
        return;
    text = g_strdup_printf("list of %u executables that were fetched next: %s", n,
                           item.request != NULL ? item.request : "");
    mf_verdict_add(verdicts, &mf_verdict_host_at(verdicts, list->host)->addr,
                   &(struct mf_evidence){
                       .session = session_id, .frame = frame, .stage = MF_STAGE_C2, .text = text});
    g_free(text);
}

void
mf_verdict_find_lists(struct mf_verdicts *verdicts)
{
    GHashTable *table;
    GHashTableIter iter;
    gpointer key, list;

    if (mf_engine_correlator(verdicts->engine) == NULL)
        return;
    table = g_hash_table_new_full(NULL, NULL, NULL, free_list);
    each_cause(verdicts, table, note_listed);
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, &list))
        add_list(verdicts, list, (uint32_t)(GPOINTER_TO_SIZE(key) >> 32),
                 (uint32_t)(GPOINTER_TO_SIZE(key) & UINT32_MAX));
    g_hash_table_destroy(table);
}
