/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of dissected pieces of the frame at hand (core/buffers.h), in the order of the tree. */
#ifndef MALFLOW_WS_BUFFERS_H
#define MALFLOW_WS_BUFFERS_H

#include "compat.h"
#include "core/packet.h"

/* Empties the list, for a new frame. */
void
mf_buffers_reset(packet_info *pinfo);

/* Drops all messages: what was found so far only carried another packet. */
void
mf_buffers_drop_messages(void);

/* Adds what NODE, an item of a field or protocol in the map, and the items below it hold. */
void
mf_buffers_collect(proto_node *node);

/* The same for an item that is of no message: only what belongs to the packet as a whole. Needless
 * where mf_fieldmap_wants_below() is false. */
void
mf_buffers_collect_below(proto_node *node);

/* The list; valid until the next reset. Call once. */
const struct mf_buffer *
mf_buffers_list(unsigned *count);

/* Sets the packet's transaction when it is a DNS or LLMNR message over UDP. */
void
mf_buffers_transaction(struct mf_packet *packet);

#endif
