/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sessions stand in blocks, so that they never move, and the open one of each tuple in a hash set
 * keyed by the session itself: no key is stored twice. A tuple hashes the same from both sides, so
 * one look-up serves both directions.
 */
#include "sessions.h"

#include "ports.h"
#include "tcp_state.h"

#include <string.h>

enum { BLOCK = 256 };

struct mf_sessions {
    const struct mf_settings *settings;
    struct mf_counters *counters;
    GPtrArray *blocks; /* of struct mf_session[BLOCK] */
    uint32_t count;
    GHashTable *open; /* set of struct mf_session */
};

static guint
endpoint_hash(const struct mf_session *session, enum mf_direction side)
{
    guint port = mf_session_has_ports(session) ? session->port[side] : 0;

    return mf_addr_hash(&session->addr[side]) ^ (port * 0x9e3779b1u);
}

static guint
tuple_hash(gconstpointer key)
{
    const struct mf_session *session = key;
    guint hash = endpoint_hash(session, MF_ORIG) + endpoint_hash(session, MF_RESP);

    if (!mf_session_has_ports(session))
        hash += session->port[0] * 31u + session->port[1] * 131u;
    if (session->has_transaction)
        hash += session->transaction * 0x85ebca6bu;
    hash = (hash ^ session->l4) * 0xc2b2ae35u;
    return hash ^ (hash >> 15);
}

static bool
same_endpoints(const struct mf_session *a, const struct mf_session *b, enum mf_direction side)
{
    if (!mf_addr_equal(&a->addr[MF_ORIG], &b->addr[side]) ||
        !mf_addr_equal(&a->addr[MF_RESP], &b->addr[side ^ 1]))
        return false;
    if (!mf_session_has_ports(a))
        side = MF_ORIG;
    return a->port[MF_ORIG] == b->port[side] && a->port[MF_RESP] == b->port[side ^ 1];
}

static gboolean
tuple_equal(gconstpointer left, gconstpointer right)
{
    const struct mf_session *a = left, *b = right;

    if (a->l4 != b->l4 || a->has_transaction != b->has_transaction ||
        (a->has_transaction && a->transaction != b->transaction))
        return FALSE;
    return same_endpoints(a, b, MF_ORIG) || same_endpoints(a, b, MF_RESP);
}

struct mf_sessions *
mf_sessions_new(const struct mf_settings *settings, struct mf_counters *counters)
{
    struct mf_sessions *store = g_new0(struct mf_sessions, 1);

    store->settings = settings;
    store->counters = counters;
    store->blocks = g_ptr_array_new_with_free_func(g_free);
    store->open = g_hash_table_new(tuple_hash, tuple_equal);
    return store;
}

void
mf_sessions_free(struct mf_sessions *store)
{
    if (store == NULL)
        return;
    g_hash_table_destroy(store->open);
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
    size_t slots = 8;

    /* GHashTable keeps a power of two of slots, at most 3/4 full: 8 bytes for a key, 4 for its
     * hash. */
    while (slots * 3 / 4 < g_hash_table_size(store->open))
        slots *= 2;
    return store->blocks->len * (BLOCK * sizeof(struct mf_session) + sizeof(void *)) + slots * 12;
}

/* The tuple as the sender of PACKET sees it: side MF_ORIG is the sender. */
static void
probe_init(struct mf_session *probe, const struct mf_packet *packet)
{
    probe->l4 = (uint8_t)packet->l4;
    probe->addr[MF_ORIG] = packet->src;
    probe->addr[MF_RESP] = packet->dst;
    probe->port[MF_ORIG] = packet->src_port;
    probe->port[MF_RESP] = packet->dst_port;
    probe->has_transaction = packet->has_transaction;
    probe->transaction = packet->transaction;
    if (packet->l4 == MF_L4_ICMP || packet->l4 == MF_L4_ICMPV6) {
        probe->port[MF_ORIG] = packet->icmp_id;
        probe->port[MF_RESP] = (uint16_t)(mf_icmp_request_type(packet->l4, packet->icmp_type) << 8 |
                                          packet->icmp_code);
    }
}

static enum mf_direction
direction_of(const struct mf_session *session, const struct mf_session *probe)
{
    return same_endpoints(session, probe, MF_ORIG) ? MF_ORIG : MF_RESP;
}

static mf_nanoseconds
timeout_of(const struct mf_sessions *store, const struct mf_session *session)
{
    if (session->l4 != MF_L4_TCP)
        return store->settings->udp_timeout * MF_NS_PER_S;
    return session->end == MF_END_CLOSED || session->end == MF_END_RESET
               ? store->settings->tcp_timeout * MF_NS_PER_S
               : INT64_MAX;
}

/* Whether PACKET can belong to SESSION, which is open on its tuple; if not, why SESSION ends. */
static bool
belongs(const struct mf_sessions *store, const struct mf_session *session,
        const struct mf_packet *packet, const struct mf_session *probe, enum mf_end_reason *why)
{
    mf_nanoseconds timeout = timeout_of(store, session);

    if (timeout != INT64_MAX && packet->time - session->last > timeout) {
        *why = session->end == MF_END_NONE ? MF_END_TIMEOUT : (enum mf_end_reason)session->end;
        return false;
    }
    if (session->l4 == MF_L4_TCP &&
        !mf_tcp_belongs(session, direction_of(session, probe), packet)) {
        *why = session->end == MF_END_NONE ? MF_END_REUSED : (enum mf_end_reason)session->end;
        return false;
    }
    return true;
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
             const struct mf_session *probe)
{
    struct mf_session *session = append(store);
    bool flipped = sender_responds(packet);
    enum mf_direction sender = flipped ? MF_RESP : MF_ORIG;
    bool swap = flipped && mf_session_has_ports(probe);

    session->l4 = probe->l4;
    session->addr[sender] = probe->addr[MF_ORIG];
    session->addr[sender ^ 1] = probe->addr[MF_RESP];
    session->port[MF_ORIG] = probe->port[swap ? MF_RESP : MF_ORIG];
    session->port[MF_RESP] = probe->port[swap ? MF_ORIG : MF_RESP];
    session->has_transaction = probe->has_transaction;
    session->transaction = probe->transaction;
    session->flipped = flipped;
    session->start = session->last = packet->time;
    session->first_frame = packet->frame;
    g_hash_table_add(store->open, session);
    return session;
}

struct mf_placement
mf_sessions_take(struct mf_sessions *store, const struct mf_packet *packet)
{
    struct mf_session probe;
    struct mf_placement found = {0};
    enum mf_end_reason why;

    probe_init(&probe, packet);
    found.session = g_hash_table_lookup(store->open, &probe);
    if (found.session != NULL && !belongs(store, found.session, packet, &probe, &why)) {
        found.ended = found.session;
        found.ended->end = (uint8_t)why;
        found.session = NULL;
    }
    if (found.session == NULL) {
        if (store->count >= store->settings->max_sessions) {
            store->counters->sessions_refused++;
            return found;
        }
        found.session = open_session(store, packet, &probe);
        found.opened = true;
    }
    found.direction = direction_of(found.session, &probe);
    return found;
}
