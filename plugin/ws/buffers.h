/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of dissected pieces of the frame at hand (core/buffers.h), in the order of the tree. */
#ifndef MALFLOW_WS_BUFFERS_H
#define MALFLOW_WS_BUFFERS_H

#include "compat.h"
#include "core/packet.h"

/* Empties the list. */
void
mf_buffers_reset(void);

/* Adds what NODE, an item of a field or protocol in the map, and the items below it hold. */
void
mf_buffers_collect(packet_info *pinfo, proto_node *node);

/* The list; valid until the next reset. */
const struct mf_buffer *
mf_buffers_list(unsigned *count);

/* Sets the packet's transaction when it is a DNS or LLMNR message over UDP. */
void
mf_buffers_transaction(struct mf_packet *packet);

#endif
