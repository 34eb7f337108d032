/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tells sessions apart: the endpoints of a packet, seen the same from both sides. */
#ifndef MALFLOW_CORE_TUPLE_H
#define MALFLOW_CORE_TUPLE_H

#include "packet.h"
#include "session.h"

/* As the sender sees it: side MF_ORIG is the sender. */
struct mf_tuple {
    struct mf_addr addr[2];
    uint16_t port[2]; /* as in struct mf_session; only ports of TCP and UDP have sides */
    uint32_t transaction;
    uint8_t l4;
    bool has_transaction;
};

void
mf_tuple_init(struct mf_tuple *tuple, const struct mf_packet *packet);

/* The same for a tuple and its reverse. */
uint32_t
mf_tuple_hash(const struct mf_tuple *tuple);

/* Where the sender may stand if it is SESSION's tuple: a bit per side (1u << MF_ORIG, 1u <<
 * MF_RESP), both for a host that talks to itself; 0: it is not. */
unsigned
mf_tuple_sides(const struct mf_tuple *tuple, const struct mf_session *session);

#endif
