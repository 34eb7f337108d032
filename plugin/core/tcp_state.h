/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What TCP flags say of a session: port reuse, answers, ends, and Zeek's history. */
#ifndef MALFLOW_CORE_TCP_STATE_H
#define MALFLOW_CORE_TCP_STATE_H

#include "packet.h"
#include "session.h"

/* Whether a packet on the tuple of a live or ended session is part of it (not port reuse). */
bool
mf_tcp_belongs(const struct mf_session *session, enum mf_direction direction,
               const struct mf_packet *packet);

enum mf_side_start {
    MF_SIDE_GOES_ON,
    MF_SIDE_STARTS, /* seq_initial and seq_next were set: what was seen of it before is not its own
                     */
};

/*
 * Sets where the side's stream begins: at its first packet, or at a SYN that comes later (a stray
 * acknowledgement of an older connection may stand before a SYN-ACK, with any number).
 */
enum mf_side_start
mf_tcp_start_side(struct mf_session *session, enum mf_direction direction,
                  const struct mf_packet *packet);

/*
 * Takes in the flags of the next packet. NEW_BYTES: how many of its payload bytes were new. Sets
 * tcp_seen, history, answered, end.
 */
void
mf_tcp_update(struct mf_session *session, enum mf_direction direction,
              const struct mf_packet *packet, uint32_t new_bytes);

/* Adds a history letter once per side: LETTER upper case, printed lower case for the responder. */
void
mf_history_add(struct mf_session *session, enum mf_direction direction, char letter);

#endif
