/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From Wireshark's dissection of one frame to the engine's packet record. */
#ifndef MALFLOW_WS_EXTRACT_H
#define MALFLOW_WS_EXTRACT_H

#include "compat.h"
#include "core/packet.h"

/* What there is beside the packet. */
struct mf_extra {
    uint16_t payload_offset; /* of the payload in the frame's own bytes; 0: it is not there */
};

/*
 * Fills PACKET from the first-pass dissection of FRAME. Its pointers live as long as PINFO's
 * pool. False when the frame carries neither IP nor ARP: it belongs to no session.
 */
bool
mf_extract(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree, struct mf_packet *packet,
           struct mf_extra *extra);

/* The engine's time for a time of Wireshark. A broken capture may claim any; the engine keeps its
 * own to MF_TIME_MAX. */
mf_nanoseconds
mf_extract_time(const nstime_t *time);

#endif
