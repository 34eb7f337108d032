/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands in the trees besides sessions. Everything is found from the side of the lists that
 * the engine keeps anyway (links, files, orders), each walked once, so that the cost follows what
 * was found and not what was captured.
 */
#include "chains_private.h"
#include "stage.h"
#include "summary.h"

static void
add(struct mf_chain_forest *forest, struct mf_chain_node node)
{
    node.times = 1;
    g_array_append_val(forest->entries, node);
    mf_chain_mark(forest, node.under, MF_CHAIN_LOUD | MF_CHAIN_NOTED);
}

/* --- requests --- */

/* The requests of sessions that something is to be said of. */
struct requests {
    GHashTable *known;  /* set of session ids */
    GHashTable *frames; /* frame -> number of the item (index + 1) that begins there */
};

/* Adds the requests of SESSION, if they are not there. */
static void
know_requests(const struct requests *requests, const struct mf_session *session)
{
    const unsigned count = session->summary != NULL ? mf_summary_count(session) : 0;

    if (!g_hash_table_add(requests->known, GUINT_TO_POINTER(session->id)))
        return;
    for (unsigned i = 0; i < count; i++) {
        struct mf_summary_item item;

        mf_summary_item(session, i, &item);
        if (!g_hash_table_contains(requests->frames, GUINT_TO_POINTER(item.frame)))
            g_hash_table_insert(requests->frames, GUINT_TO_POINTER(item.frame),
                                GUINT_TO_POINTER(i + 1));
    }
}

/* LINK is the best cause of a later request. */
static void
gather_request(struct mf_chain_forest *forest, const struct requests *requests,
               const struct mf_link *link)
{
    const struct mf_session *session = mf_engine_session(forest->engine, link->session);

    know_requests(requests, session);
    add(forest, (struct mf_chain_node){
                    .session = session->id,
                    .under = session->id,
                    .frame = link->frame,
                    .ref = GPOINTER_TO_UINT(
                        g_hash_table_lookup(requests->frames, GUINT_TO_POINTER(link->frame))),
                    .kind = MF_CHAIN_REQUEST,
                });
}

/* --- what came after --- */

/* Whether no more is known of the effect of LINK than that it came after, or was looked up. */
static bool
is_all_that_is_known(const struct mf_chain_forest *forest, const struct mf_link *link)
{
    const struct mf_session *session = mf_engine_session(forest->engine, link->session);
    const uint32_t best = mf_engine_causes(forest->engine, session);
    const uint8_t kind = best != 0 ? mf_correlator_link(forest->correlator, best - 1)->kind : 0;

    if (session->scan != 0 &&
        mf_engine_scan(forest->engine, session->scan)->first_session != session->id)
        return false;
    return best != 0 && (kind == MF_LINK_DNS || kind == MF_LINK_EXEC);
}

static void
gather_links(struct mf_chain_forest *forest)
{
    const struct requests requests = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
    const uint32_t count = mf_correlator_link_count(forest->correlator);

    for (uint32_t i = 0; i < count; i++) {
        const struct mf_link *link = mf_correlator_link(forest->correlator, i);

        if (link->session == 0) /* of a group that was dissolved */
            continue;
        if (link->kind != MF_LINK_DNS && link->kind != MF_LINK_EXEC)
            mf_chain_mark(forest, link->session, MF_CHAIN_NOTED);
        if (link->of_request &&
            mf_correlator_request_causes(forest->correlator, link->frame) == i + 1)
            gather_request(forest, &requests, link);
        if (link->kind == MF_LINK_EXEC && !link->of_request && is_all_that_is_known(forest, link))
            add(forest, (struct mf_chain_node){.session = link->session,
                                               .under = link->cause_session,
                                               .frame = link->frame,
                                               .ref = i,
                                               .kind = MF_CHAIN_AFTER});
    }
    g_hash_table_destroy(requests.known);
    g_hash_table_destroy(requests.frames);
}

/* --- files and orders --- */

/* Frame of the latest request that FILE, which is seen in a frame of SESSION, can have come for:
 * the last item that is not after it, by bisection. */
static uint32_t
asked_in(const struct mf_session *session, const struct mf_file *file)
{
    unsigned low = 0, high = session->summary != NULL ? mf_summary_count(session) : 0;
    struct mf_summary_item item = {.frame = 0};

    while (low < high) {
        const unsigned middle = low + (high - low) / 2;

        mf_summary_item(session, middle, &item);
        if (item.frame < file->frame)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    mf_summary_item(session, low - 1, &item);
    return item.frame;
}

static void
gather_files(struct mf_chain_forest *forest)
{
    const struct mf_findings *findings = mf_engine_findings(forest->engine);
    const uint32_t count = mf_findings_file_count(findings);

    for (uint32_t i = 0; i < count; i++) {
        const struct mf_file *file = mf_findings_file(findings, i);

        if (mf_stage_is_program(file->type))
            add(forest,
                (struct mf_chain_node){
                    .session = file->session,
                    .under = file->session,
                    .frame = file->frame,
                    .ref = i,
                    .asked = asked_in(mf_engine_session(forest->engine, file->session), file),
                    .kind = MF_CHAIN_FILE});
    }
}

/* The same thing said again on the same session is one node. */
static guint
hash_order(gconstpointer pointer)
{
    const struct mf_order *order = pointer;

    return g_direct_hash(order->text) ^ (order->session * 31 + order->kind);
}

static gboolean
equal_orders(gconstpointer pa, gconstpointer pb)
{
    const struct mf_order *a = pa, *b = pb;

    return a->session == b->session && a->kind == b->kind && a->text == b->text; /* interned */
}

static void
gather_orders(struct mf_chain_forest *forest)
{
    GHashTable *known = g_hash_table_new(hash_order, equal_orders);
    const uint32_t count = mf_correlator_order_count(forest->correlator);

    for (uint32_t i = 0; i < count; i++) {
        const struct mf_order *order = mf_correlator_order(forest->correlator, i);
        const guint at = GPOINTER_TO_UINT(g_hash_table_lookup(known, order));

        if (order->effects > 0)
            continue;
        if (at != 0) {
            g_array_index(forest->entries, struct mf_chain_node, at - 1).times++;
            continue;
        }
        add(forest, (struct mf_chain_node){.session = order->session,
                                           .under = order->session,
                                           .frame = order->frame,
                                           .ref = i,
                                           .kind = MF_CHAIN_ORDER});
        g_hash_table_insert(known, (gpointer)order, GUINT_TO_POINTER(forest->entries->len));
    }
    g_hash_table_destroy(known);
}

void
mf_chain_gather(struct mf_chain_forest *forest)
{
    gather_links(forest);
    gather_files(forest);
    gather_orders(forest);
}
