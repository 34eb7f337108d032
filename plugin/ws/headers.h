/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the headers of a packet stand in its bytes, for rules that read them. */
#ifndef MALFLOW_WS_HEADERS_H
#define MALFLOW_WS_HEADERS_H

#include "compat.h"
#include "core/packet.h"

/* Captured bytes; NULL: none. */
struct mf_bytes {
    const uint8_t *data;
    uint32_t length;
};

/* What was found on the way inwards, each from its first byte to the end of what holds it. */
struct mf_headers {
    struct mf_bytes link; /* Ethernet */
    struct mf_bytes ip;   /* innermost, of either version */
    struct mf_bytes l4;
    uint8_t l4_protocol; /* IANA's number of l4 */
};

/* Fills the members for headers, ip_protocol; and the payload of a packet that is MF_L4_OTHER.
 * PACKET's l4 and is_fragment are set. */
void
mf_headers_fill(struct mf_packet *packet, const struct mf_headers *from);

#endif
