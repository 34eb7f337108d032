/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sessions stand in blocks, so that they never move. The newest of each tuple stands in a hash
 * table of our own: a slot is found once per packet, and taken or handed over where it was found;
 * nothing is ever removed but what could not be followed up. Eight bytes a slot, because most
 * sessions of a scan are never looked up again.
 */
#include "sessions.h"

#include "ports.h"
#include "tcp_state.h"
#include "tuple.h"

enum { BLOCK = 256, FIRST_SLOTS = 256 };

/* A million of them are kept; see also limits.h. */
G_STATIC_ASSERT(sizeof(struct mf_session) <= 200);

struct slot {
    uint32_t hash;
    uint32_t id; /* of a session; 0: free; GONE: its tuple was given up */
};

#define GONE UINT32_MAX

struct mf_sessions {
    const struct mf_settings *settings;
    struct mf_counters *counters;
    GPtrArray *blocks; /* of struct mf_session[BLOCK] */
    uint32_t count;
    struct slot *slots;
    uint32_t n_slots, used; /* n_slots is a power of two */
};

struct mf_sessions *
mf_sessions_new(const struct mf_settings *settings, struct mf_counters *counters)
{
    struct mf_sessions *store = g_new0(struct mf_sessions, 1);

    store->settings = settings;
    store->counters = counters;
    store->blocks = g_ptr_array_new_with_free_func(g_free);
    store->n_slots = FIRST_SLOTS;
    store->slots = g_new0(struct slot, store->n_slots);
    return store;
}

void
mf_sessions_free(struct mf_sessions *store)
{
    if (store == NULL)
        return;
    g_free(store->slots);
    g_ptr_array_free(store->blocks, TRUE);
    g_free(store);
}

uint32_t
mf_sessions_count(const struct mf_sessions *store)
{
    return store->count;
}

struct mf_session *
mf_sessions_get(const struct mf_sessions *store, uint32_t id)
{
    if (id == 0 || id > store->count)
        return NULL;
    return (struct mf_session *)g_ptr_array_index(store->blocks, (id - 1) / BLOCK) +
           (id - 1) % BLOCK;
}

size_t
mf_sessions_size(const struct mf_sessions *store)
{
    return sizeof *store + store->n_slots * sizeof(struct slot) +
           store->blocks->len * (BLOCK * sizeof(struct mf_session) + sizeof(void *));
}

/* --- the table of tuples --- */

/* The slot of TUPLE, and in SIDES mf_tuple_sides() there; or the free one where it belongs. */
static struct slot *
find_slot(const struct mf_sessions *store, const struct mf_tuple *tuple, uint32_t hash,
          unsigned *sides)
{
    uint32_t mask = store->n_slots - 1, at = hash & mask;

    for (; store->slots[at].id != 0; at = (at + 1) & mask) {
        if (store->slots[at].hash != hash || store->slots[at].id == GONE)
            continue;
        *sides = mf_tuple_sides(tuple, mf_sessions_get(store, store->slots[at].id));
        if (*sides != 0)
            break;
    }
    return &store->slots[at];
}

static void
grow(struct mf_sessions *store)
{
    struct slot *old = store->slots;
    uint32_t n_old = store->n_slots, mask;

    store->n_slots *= 2;
    store->slots = g_new0(struct slot, store->n_slots);
    mask = store->n_slots - 1;
    for (uint32_t i = 0; i < n_old; i++) {
        uint32_t at = old[i].hash & mask;

        if (old[i].id == 0)
            continue;
        while (store->slots[at].id != 0)
            at = (at + 1) & mask;
        store->slots[at] = old[i];
    }
    g_free(old);
}

static void
take_slot(struct mf_sessions *store, struct slot *slot, uint32_t hash, uint32_t id)
{
    bool was_free = slot->id == 0;

    *slot = (struct slot){hash, id};
    if (was_free && ++store->used > store->n_slots / 2) /* beyond it a miss costs many probes */
        grow(store);
}

uint32_t
mf_sessions_hash(const struct mf_packet *packet)
{
    struct mf_tuple tuple;

    mf_tuple_init(&tuple, packet);
    return mf_tuple_hash(&tuple);
}

void
mf_sessions_fetch_slot(const struct mf_sessions *store, uint32_t hash)
{
    __builtin_prefetch(&store->slots[hash & (store->n_slots - 1)]);
}

void
mf_sessions_fetch(const struct mf_sessions *store, uint32_t hash)
{
    enum { LINE = 64 }; /* bytes */
    const char *session =
        (const char *)mf_sessions_get(store, store->slots[hash & (store->n_slots - 1)].id);

    for (size_t at = 0; session != NULL && at < sizeof(struct mf_session); at += LINE)
        __builtin_prefetch(session + at, 1);
}

/* --- which session --- */

static mf_nanoseconds
timeout_of(const struct mf_sessions *store, const struct mf_session *session)
{
    if (session->l4 != MF_L4_TCP)
        return store->settings->udp_timeout * MF_NS_PER_S;
    return session->end == MF_END_CLOSED || session->end == MF_END_RESET
               ? store->settings->tcp_timeout * MF_NS_PER_S
               : INT64_MAX;
}

/* Whether the sender of PACKET, the first of a session, is its responder. */
static bool
sender_responds(const struct mf_packet *packet)
{
    if (packet->is_reply)
        return true;
    switch (packet->l4) {
    case MF_L4_TCP:
        if (packet->tcp_flags & MF_TCP_SYN)
            return (packet->tcp_flags & MF_TCP_ACK) != 0;
        return mf_port_is_better_server(packet->src_port, packet->dst_port);
    case MF_L4_UDP:
        return !mf_addr_is_group(&packet->dst) &&
               mf_port_is_better_server(packet->src_port, packet->dst_port);
    case MF_L4_ICMP:
    case MF_L4_ICMPV6:
        return mf_icmp_request_type(packet->l4, packet->icmp_type) != packet->icmp_type;
    case MF_L4_ARP:
        return packet->arp_opcode == 2;
    default:
        return false;
    }
}

/* Where the sender of PACKET stands, of SIDES. A host that talks to itself says so in other ways.
 */
static enum mf_direction
direction_of(unsigned sides, const struct mf_packet *packet)
{
    if (sides == (1u << MF_ORIG | 1u << MF_RESP))
        return sender_responds(packet) ? MF_RESP : MF_ORIG;
    return sides == 1u << MF_ORIG ? MF_ORIG : MF_RESP;
}

/* Whether PACKET can belong to SESSION, the newest on its tuple; if not, SESSION has ended. */
static bool
belongs(const struct mf_sessions *store, struct mf_session *session, enum mf_direction direction,
        const struct mf_packet *packet)
{
    mf_nanoseconds timeout = timeout_of(store, session);
    enum mf_end_reason why;

    if (packet->time - session->last > timeout)
        why = MF_END_TIMEOUT;
    else if (session->l4 == MF_L4_TCP && !mf_tcp_belongs(session, direction, packet))
        why = MF_END_REUSED;
    else
        return true;
    if (session->end == MF_END_NONE)
        session->end = (uint8_t)why;
    return false;
}

static struct mf_session *
append(struct mf_sessions *store)
{
    struct mf_session *session;

    if (store->count % BLOCK == 0)
        g_ptr_array_add(store->blocks, g_new0(struct mf_session, BLOCK));
    store->count++;
    session = mf_sessions_get(store, store->count);
    session->id = store->count;
    return session;
}

static struct mf_session *
open_session(struct mf_sessions *store, const struct mf_packet *packet,
             const struct mf_tuple *tuple)
{
    struct mf_session *session = append(store);
    bool flipped = sender_responds(packet);
    enum mf_direction sender = flipped ? MF_RESP : MF_ORIG;
    enum mf_direction port_side;

    session->l4 = tuple->l4;
    port_side = mf_session_has_ports(session) ? sender : MF_ORIG;
    session->addr[sender] = tuple->addr[MF_ORIG];
    session->addr[sender ^ 1] = tuple->addr[MF_RESP];
    session->port[port_side] = tuple->port[MF_ORIG];
    session->port[port_side ^ 1] = tuple->port[MF_RESP];
    session->has_transaction = tuple->has_transaction;
    session->transaction = tuple->transaction;
    session->flipped = flipped;
    if (flipped && mf_session_has_ports(session))
        session->history[0] = '^';
    session->start = session->last = packet->time;
    session->first_frame = packet->frame;
    return session;
}

struct mf_placement
mf_sessions_take(struct mf_sessions *store, const struct mf_packet *packet)
{
    struct mf_placement found = {0};
    struct mf_tuple tuple;
    struct slot *slot;
    unsigned sides = 0;
    uint32_t hash;

    mf_tuple_init(&tuple, packet);
    hash = mf_tuple_hash(&tuple);
    slot = find_slot(store, &tuple, hash, &sides);
    if (slot->id != 0) {
        found.session = mf_sessions_get(store, slot->id);
        found.direction = direction_of(sides, packet);
        if (belongs(store, found.session, found.direction, packet))
            return found;
        found.ended = found.session;
        found.session = NULL;
    }
    if (store->count >= MIN(store->settings->max_sessions, MF_MAX_SESSIONS)) {
        store->counters->sessions_refused++;
        if (slot->id != 0) /* what follows on this tuple is not the old session's */
            slot->id = GONE;
        return found;
    }
    found.session = open_session(store, packet, &tuple);
    found.direction = found.session->flipped ? MF_RESP : MF_ORIG;
    found.opened = true;
    take_slot(store, slot, hash, found.session->id);
    return found;
}
