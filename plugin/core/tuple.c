/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One hash serves both directions: the two sides are hashed alone and added. Scans make tuples that
 * differ in a few bits only, so every bit of a side goes through a full mix before the addition.
 */
#include "tuple.h"

#include "ports.h"

static bool
has_ports(const struct mf_tuple *tuple)
{
    return tuple->l4 == MF_L4_TCP || tuple->l4 == MF_L4_UDP;
}

void
mf_tuple_init(struct mf_tuple *tuple, const struct mf_packet *packet)
{
    *tuple = (struct mf_tuple){
        .addr = {packet->src, packet->dst},
        .port = {packet->src_port, packet->dst_port},
        .transaction = packet->has_transaction ? packet->transaction : 0,
        .l4 = (uint8_t)packet->l4,
        .has_transaction = packet->has_transaction,
    };
    if (packet->l4 == MF_L4_ICMP || packet->l4 == MF_L4_ICMPV6) {
        tuple->port[MF_ORIG] = packet->icmp_id;
        tuple->port[MF_RESP] = (uint16_t)(mf_icmp_request_type(packet->l4, packet->icmp_type) << 8 |
                                          packet->icmp_code);
    }
}

static uint32_t
side_hash(const struct mf_tuple *tuple, enum mf_direction side)
{
    uint32_t hash = mf_addr_hash(&tuple->addr[side]);

    return has_ports(tuple) ? mf_hash_mix(hash ^ tuple->port[side] * 0x9e3779b1u) : hash;
}

uint32_t
mf_tuple_hash(const struct mf_tuple *tuple)
{
    uint32_t hash = side_hash(tuple, MF_ORIG) + side_hash(tuple, MF_RESP);

    if (!has_ports(tuple))
        hash ^= mf_hash_mix((uint32_t)tuple->port[MF_ORIG] << 16 | tuple->port[MF_RESP]);
    return mf_hash_mix(hash ^ tuple->transaction) ^ tuple->l4;
}

/* Whether it is SESSION's tuple with the sender standing at SIDE. */
static bool
fits(const struct mf_tuple *tuple, const struct mf_session *session, enum mf_direction side)
{
    enum mf_direction port_side = has_ports(tuple) ? side : MF_ORIG;

    return tuple->port[MF_ORIG] == session->port[port_side] &&
           tuple->port[MF_RESP] == session->port[port_side ^ 1] &&
           mf_addr_equal(&tuple->addr[MF_ORIG], &session->addr[side]) &&
           mf_addr_equal(&tuple->addr[MF_RESP], &session->addr[side ^ 1]);
}

unsigned
mf_tuple_sides(const struct mf_tuple *tuple, const struct mf_session *session)
{
    if (tuple->l4 != session->l4 || tuple->has_transaction != session->has_transaction ||
        tuple->transaction != session->transaction)
        return 0;
    return (fits(tuple, session, MF_ORIG) ? 1u << MF_ORIG : 0) |
           (fits(tuple, session, MF_RESP) ? 1u << MF_RESP : 0);
}
