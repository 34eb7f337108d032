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
