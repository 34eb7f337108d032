/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tracker per (source, destination) keeps the ids of the newest contacts, 4 bytes each; times and
 * sizes are read from the sessions when it is judged, which happens at counts that grow by a third,
 * so that a contact costs one look-up and a small share of a judgement. Most destinations are
 * contacted once: such trackers are given up first. A beacon that stood the test of time ends when
 * its contacts stop being regular; a young one was a mistake and is dissolved.
 */
#include "beacon.h"

#include "beacon_regular.h"

#include <string.h>

/* Contacts after which a beacon is no mistake any more. */
#define PROVEN (2 * MF_BEACON_CONTACTS)

/* Compared byte by byte: has no padding. */
struct key {
    struct mf_addr source, target;
    uint16_t port;
    uint16_t l4;
};

G_STATIC_ASSERT(sizeof(struct key) == 36);

enum { ONCE, REPEATED, QUEUES };

struct tracker {
    struct key key;
    uint32_t *held; /* ids, oldest first */
    uint32_t n, room;
    uint32_t next;                      /* judged when it holds so many */
    uint32_t judged;                    /* what it held when its beacon was found regular last */
    uint32_t settled, settled_answered; /* contacts of its beacon that it holds no more */
    bool dirty;                         /* contacted since the last flush */
    uint8_t queue;                      /* which one it is in */
    GList link;                         /* in the queue; data is the tracker */
    struct mf_beacon *beacon;           /* open, or NULL; borrowed */
};

struct mf_beacons {
    struct mf_counters *counters;
    struct mf_session *(*lookup)(void *user, uint32_t id);
    void *user;
    GHashTable *table;     /* set of trackers by their key, which is their first member */
    GQueue queues[QUEUES]; /* least recently used first */
    GPtrArray *list;       /* struct mf_beacon, index id - 1 */
    GArray *unused;        /* uint32_t, ids of dissolved beacons */
};

/* --- trackers --- */

static guint
key_hash(gconstpointer p)
{
    uint64_t words[5] = {0}, hash = 0;

    memcpy(words, p, sizeof(struct key));
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        hash = (hash ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (guint)hash;
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct key)) == 0;
}

static void
remove_tracker(struct mf_beacons *beacons, struct tracker *tracker)
{
    g_queue_unlink(&beacons->queues[tracker->queue], &tracker->link);
    g_hash_table_remove(beacons->table, tracker);
    g_free(tracker->held);
    g_free(tracker);
}

/* Makes room for one more. */
static void
evict(struct mf_beacons *beacons)
{
    unsigned queue = beacons->queues[ONCE].length > 0 ? ONCE : REPEATED;

    beacons->counters->beacon_trackers_lost += queue == REPEATED;
    remove_tracker(beacons, beacons->queues[queue].head->data);
}

static struct tracker *
add_tracker(struct mf_beacons *beacons, const struct key *key)
{
    struct tracker *tracker;

    if (g_hash_table_size(beacons->table) >= MF_BEACON_TRACKERS)
        evict(beacons);
    tracker = g_new0(struct tracker, 1);
    tracker->key = *key;
    tracker->next = MF_BEACON_CONTACTS;
    tracker->link.data = tracker;
    g_hash_table_add(beacons->table, tracker);
    g_queue_push_tail_link(&beacons->queues[ONCE], &tracker->link);
    return tracker;
}

static struct tracker *
tracker_of(struct mf_beacons *beacons, const struct mf_session *session)
{
    const struct key key = {.source = session->addr[MF_ORIG],
                            .target = session->addr[MF_RESP],
                            .port = session->port[MF_RESP],
                            .l4 = session->l4};
    struct tracker *tracker = g_hash_table_lookup(beacons->table, &key);

    return tracker != NULL ? tracker : add_tracker(beacons, &key);
}

static void
hold(struct mf_beacons *beacons, struct tracker *tracker, uint32_t id)
{
    g_queue_unlink(&beacons->queues[tracker->queue], &tracker->link);
    if (tracker->n > 0)
        tracker->queue = REPEATED;
    if (tracker->n == tracker->room) {
        tracker->room = MIN(tracker->room * 2 + 2, MF_BEACON_HELD);
        tracker->held = g_renew(uint32_t, tracker->held, tracker->room);
    }
    tracker->held[tracker->n++] = id;
    tracker->dirty = true;
    g_queue_push_tail_link(&beacons->queues[tracker->queue], &tracker->link);
}

static void
drop_oldest(struct tracker *tracker, uint32_t count)
{
    tracker->n -= count;
    memmove(tracker->held, tracker->held + count, tracker->n * sizeof *tracker->held);
    tracker->judged -= MIN(tracker->judged, count);
}

static struct mf_session *
held_session(const struct mf_beacons *beacons, const struct tracker *tracker, uint32_t index)
{
    return beacons->lookup(beacons->user, tracker->held[index]);
}

/* --- what counts --- */

/* Protocols of ordinary operation that ask at intervals, by nature. */
static bool
polls(const struct mf_session *session)
{
    static const uint16_t ports[] = {53, 67, 68, 123, 137, 138, 546, 547, 1900, 5353, 5355};
    static const char *const apps[] = {"DHCP", "DHCPV6", "DNS", "LLMNR",
                                       "MDNS", "NBNS",   "NTP", "SSDP"};

    for (unsigned i = 0; i < G_N_ELEMENTS(ports) && session->l4 == MF_L4_UDP; i++)
        if (session->port[MF_RESP] == ports[i])
            return true;
    for (unsigned i = 0; i < G_N_ELEMENTS(apps) && session->app != NULL; i++)
        if (g_ascii_strcasecmp(session->app, apps[i]) == 0)
            return true;
    return false;
}

static bool
counts(const struct mf_session *session)
{
    return session->scan == 0 && mf_session_has_ports(session) && !polls(session) &&
           !mf_addr_is_group(&session->addr[MF_RESP]);
}

/* --- beacons --- */

static struct mf_beacon *
new_beacon(struct mf_beacons *beacons)
{
    struct mf_beacon *beacon;
    uint32_t id;

    if (beacons->unused->len > 0) {
        id = g_array_index(beacons->unused, uint32_t, beacons->unused->len - 1);
        g_array_set_size(beacons->unused, beacons->unused->len - 1);
        return g_ptr_array_index(beacons->list, id - 1);
    }
    beacon = g_new0(struct mf_beacon, 1);
    g_ptr_array_add(beacons->list, beacon);
    beacon->id = beacons->list->len;
    return beacon;
}

static void
open_beacon(struct mf_beacons *beacons, struct tracker *tracker)
{
    tracker->beacon = new_beacon(beacons);
    *tracker->beacon = (struct mf_beacon){.id = tracker->beacon->id,
                                          .l4 = (uint8_t)tracker->key.l4,
                                          .port = tracker->key.port,
                                          .source = tracker->key.source,
                                          .target = tracker->key.target};
}

/* Makes the oldest N that the tracker holds the beacon's contacts, and counts them anew. */
static void
take_members(struct mf_beacons *beacons, struct tracker *tracker, uint32_t n)
{
    struct mf_beacon *beacon = tracker->beacon;

    beacon->contacts = tracker->settled;
    beacon->answered = tracker->settled_answered;
    for (uint32_t i = 0; i < n; i++) {
        struct mf_session *session = held_session(beacons, tracker, i);

        if (!counts(session)) {
            session->beacon = 0;
            continue;
        }
        if (beacon->contacts++ == 0)
            beacon->first_session = session->id;
        beacon->answered += session->answered;
        session->beacon = beacon->id;
    }
    tracker->judged = n;
}

/* Gives back the contacts that came after the latest judgement that found the beacon regular, or
 * all of them if it was young. */
static void
end_beacon(struct mf_beacons *beacons, struct tracker *tracker)
{
    struct mf_beacon *beacon = tracker->beacon;
    bool proven = tracker->settled + tracker->judged >= PROVEN;

    for (uint32_t i = proven ? tracker->judged : 0; i < tracker->n; i++)
        held_session(beacons, tracker, i)->beacon = 0;
    if (proven) {
        take_members(beacons, tracker, tracker->judged);
        drop_oldest(tracker, tracker->judged);
    } else {
        beacon->contacts = 0;
        g_array_append_val(beacons->unused, beacon->id);
    }
    tracker->beacon = NULL;
    tracker->judged = tracker->settled = tracker->settled_answered = 0;
}

/* Writes the contacts that count to LIST; returns how many. NEWEST was opened just now. */
static unsigned
gather(const struct mf_beacons *beacons, const struct tracker *tracker, uint32_t newest,
       struct mf_contact *list)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < tracker->n; i++) {
        const struct mf_session *session = held_session(beacons, tracker, i);

        if (counts(session))
            list[n++] = (struct mf_contact){.start = session->start,
                                            .bytes = {session->bytes[0], session->bytes[1]},
                                            .whole = session->id != newest};
    }
    return n;
}

static void
judge(struct mf_beacons *beacons, struct tracker *tracker, uint32_t newest)
{
    struct mf_contact list[MF_BEACON_HELD];
    struct mf_regularity found;
    unsigned n = gather(beacons, tracker, newest, list);

    mf_regularity_measure(list, n, &found);
    if (!found.time && !found.size) {
        if (tracker->beacon != NULL)
            end_beacon(beacons, tracker);
    } else {
        if (tracker->beacon == NULL)
            open_beacon(beacons, tracker);
        take_members(beacons, tracker, tracker->n);
        tracker->beacon->period = found.period;
        tracker->beacon->jitter = found.jitter;
        tracker->beacon->bytes[MF_ORIG] = found.bytes[MF_ORIG];
        tracker->beacon->bytes[MF_RESP] = found.bytes[MF_RESP];
        tracker->beacon->regular_time = found.time;
        tracker->beacon->regular_size = found.size;
    }
}

/* Forgets the older half of a full tracker. */
static void
settle(struct mf_beacons *beacons, struct tracker *tracker)
{
    for (uint32_t i = 0; i < MF_BEACON_HELD / 2 && tracker->beacon != NULL; i++) {
        const struct mf_session *session = held_session(beacons, tracker, i);

        tracker->settled += session->beacon != 0;
        tracker->settled_answered += session->beacon != 0 && session->answered;
    }
    drop_oldest(tracker, MF_BEACON_HELD / 2);
}

/* --- the module --- */

struct mf_beacons *
mf_beacons_new(struct mf_counters *counters, struct mf_session *(*lookup)(void *user, uint32_t id),
               void *user)
{
    struct mf_beacons *beacons = g_new0(struct mf_beacons, 1);

    beacons->counters = counters;
    beacons->lookup = lookup;
    beacons->user = user;
    beacons->table = g_hash_table_new(key_hash, key_equal);
    beacons->list = g_ptr_array_new_with_free_func(g_free);
    beacons->unused = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return beacons;
}

void
mf_beacons_free(struct mf_beacons *beacons)
{
    if (beacons == NULL)
        return;
    for (unsigned queue = 0; queue < QUEUES; queue++)
        while (beacons->queues[queue].head != NULL)
            remove_tracker(beacons, beacons->queues[queue].head->data);
    g_hash_table_destroy(beacons->table);
    g_ptr_array_free(beacons->list, TRUE);
    g_array_free(beacons->unused, TRUE);
    g_free(beacons);
}

void
mf_beacons_contact(struct mf_beacons *beacons, struct mf_session *session)
{
    struct tracker *tracker;

    if (!counts(session))
        return;
    tracker = tracker_of(beacons, session);
    hold(beacons, tracker, session->id);
    if (tracker->beacon != NULL) {
        session->beacon = tracker->beacon->id;
        tracker->beacon->contacts++;
    }
    if (tracker->n < tracker->next && tracker->n < MF_BEACON_HELD)
        return;
    judge(beacons, tracker, session->id);
    if (tracker->n == MF_BEACON_HELD)
        settle(beacons, tracker);
    tracker->next = MAX(MF_BEACON_CONTACTS, tracker->n + MAX(2, tracker->n / 3));
}

void
mf_beacons_flush(struct mf_beacons *beacons)
{
    for (GList *link = beacons->queues[REPEATED].head; link != NULL; link = link->next) {
        struct tracker *tracker = link->data;

        if (tracker->dirty && tracker->n >= MF_BEACON_CONTACTS)
            judge(beacons, tracker, 0);
        tracker->dirty = false;
    }
}

unsigned
mf_beacons_count(const struct mf_beacons *beacons)
{
    return beacons->list->len;
}

const struct mf_beacon *
mf_beacons_get(const struct mf_beacons *beacons, uint32_t id)
{
    return id >= 1 && id <= beacons->list->len ? g_ptr_array_index(beacons->list, id - 1) : NULL;
}

size_t
mf_beacons_memory(const struct mf_beacons *beacons)
{
    size_t size = sizeof *beacons + beacons->unused->len * sizeof(uint32_t);

    for (unsigned queue = 0; queue < QUEUES; queue++)
        for (const GList *link = beacons->queues[queue].head; link != NULL; link = link->next)
            size += ((const struct tracker *)link->data)->room * sizeof(uint32_t);
    /* GHashTable: a pointer and a hash per slot, slots being a power of two at most half empty. */
    size += g_hash_table_size(beacons->table) *
            (sizeof(struct tracker) + 2 * (sizeof(gpointer) + sizeof(guint)));
    return size + beacons->list->len * (sizeof(struct mf_beacon) + sizeof(gpointer));
}
