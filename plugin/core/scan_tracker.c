/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trackers of both kinds, with and without a group, live in one table, so that an attempt that
 * joins an open spread scan (the case that comes 168,426 times) costs one look-up.
 */
#include "scan_tracker.h"

#include "scan_group.h"

#include <string.h>

G_STATIC_ASSERT(sizeof(struct mf_scan_key) == 36);

void
mf_scan_key_init(struct mf_scan_key *key, enum mf_scan_kind kind, const struct mf_session *session)
{
    *key = (struct mf_scan_key){
        .source = session->addr[MF_ORIG], .l4 = session->l4, .kind = (uint8_t)kind};
    if (kind == MF_SCAN_PORT)
        key->target = session->addr[MF_RESP];
    else if (mf_session_has_ports(session))
        key->port = session->port[MF_RESP];
}

static guint
key_hash(gconstpointer p)
{
    uint64_t words[5] = {0}, hash = 0;

    memcpy(words, p, sizeof(struct mf_scan_key));
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        hash = (hash ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (guint)hash;
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct mf_scan_key)) == 0;
}

void
mf_scan_trackers_init(struct mf_scan_trackers *trackers)
{
    trackers->table = g_hash_table_new(key_hash, key_equal);
    g_queue_init(&trackers->queue);
}

void
mf_scan_trackers_clear(struct mf_scan_trackers *trackers)
{
    struct mf_scan_tracker *tracker;

    while ((tracker = mf_scan_trackers_oldest(trackers)) != NULL)
        mf_scan_trackers_remove(trackers, tracker);
    g_hash_table_destroy(trackers->table);
}

unsigned
mf_scan_trackers_count(const struct mf_scan_trackers *trackers)
{
    return g_hash_table_size(trackers->table);
}

struct mf_scan_tracker *
mf_scan_trackers_find(const struct mf_scan_trackers *trackers, const struct mf_scan_key *key)
{
    return g_hash_table_lookup(trackers->table, key);
}

struct mf_scan_tracker *
mf_scan_trackers_add(struct mf_scan_trackers *trackers, const struct mf_scan_key *key)
{
    struct mf_scan_tracker *tracker = g_new0(struct mf_scan_tracker, 1);

    tracker->key = *key;
    tracker->link.data = tracker;
    g_hash_table_add(trackers->table, &tracker->key);
    g_queue_push_tail_link(&trackers->queue, &tracker->link);
    return tracker;
}

struct mf_scan_tracker *
mf_scan_trackers_oldest(const struct mf_scan_trackers *trackers)
{
    return trackers->queue.head != NULL ? trackers->queue.head->data : NULL;
}

void
mf_scan_trackers_touch(struct mf_scan_trackers *trackers, struct mf_scan_tracker *tracker)
{
    if (trackers->queue.tail == &tracker->link)
        return;
    g_queue_unlink(&trackers->queue, &tracker->link);
    g_queue_push_tail_link(&trackers->queue, &tracker->link);
}

void
mf_scan_tracker_settle(struct mf_scan_tracker *tracker)
{
    mf_evidence_clear(&tracker->evidence);
    if (tracker->members != NULL)
        g_array_free(tracker->members, TRUE);
    tracker->members = NULL;
}

void
mf_scan_trackers_remove(struct mf_scan_trackers *trackers, struct mf_scan_tracker *tracker)
{
    g_hash_table_remove(trackers->table, &tracker->key);
    g_queue_unlink(&trackers->queue, &tracker->link);
    if (tracker->group != NULL)
        mf_scan_group_close(tracker->group);
    mf_scan_tracker_settle(tracker);
    g_free(tracker);
}

size_t
mf_scan_trackers_memory(const struct mf_scan_trackers *trackers)
{
    size_t size = 0;

    for (const GList *link = trackers->queue.head; link != NULL; link = link->next) {
        const struct mf_scan_tracker *tracker = link->data;

        size += sizeof *tracker + tracker->evidence.size * sizeof *tracker->evidence.list;
        size += 2 * (sizeof(gpointer) + sizeof(guint)); /* its slot in the table */
        if (tracker->members != NULL)
            size += tracker->members->len * sizeof(uint32_t);
    }
    return size;
}
