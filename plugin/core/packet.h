/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One packet as the engine sees it. ws/extract.c fills it from Wireshark, a test writes one by
 * hand; nothing else passes between the two. All pointers are borrowed for the duration of the call
 * that takes the packet.
 */
#ifndef MALFLOW_CORE_PACKET_H
#define MALFLOW_CORE_PACKET_H

#include "address.h"
#include "buffers.h"
#include "types.h"

#include <stdbool.h>

/* TCP flag bits as on the wire (RFC 9293, 3.1). */
enum mf_tcp_flag {
    MF_TCP_FIN = 0x01,
    MF_TCP_SYN = 0x02,
    MF_TCP_RST = 0x04,
    MF_TCP_PSH = 0x08,
    MF_TCP_ACK = 0x10,
};

/* Which members count depends on the id's kind, see buffers.h. Ids from MF_BUFFER_COUNT on are the
 * fields that rules name themselves (mf_ruleset_fields(), in that order): TEXT or BYTES. */
struct mf_buffer {
    enum mf_buffer_id id;
    uint32_t length;
    const uint8_t *data;
    uint64_t number;
};

struct mf_packet {
    mf_nanoseconds time;  /* further from 0 than MF_TIME_MAX: taken for that */
    uint32_t frame;       /* 1-based, as Wireshark numbers */
    uint32_t wire_length; /* bytes of the whole frame on the wire */

    enum mf_l4 l4;
    struct mf_addr src, dst; /* innermost; ARP: sender and target protocol address */
    uint16_t src_port, dst_port;

    uint8_t tcp_flags;
    uint16_t window;
    uint32_t seq, ack; /* raw, host byte order */

    uint8_t icmp_type, icmp_code;
    uint16_t icmp_id;
    uint16_t arp_opcode; /* 1 request, 2 reply */
    bool is_fragment;    /* an IP fragment that is not (yet) a whole datagram */

    /* A transaction inside a UDP tuple (a DNS query and its answers: id << 16 | hash of the
     * question's name): sessions are kept apart by it when has_transaction. */
    bool has_transaction;
    bool is_reply; /* known to be sent by the responder (a DNS response, say) */
    uint32_t transaction;

    /* Bytes above TCP or UDP (ICMP: after the 4-byte header), undecoded. captured <= length when
     * the capture cut it. */
    const uint8_t *payload;
    uint32_t payload_captured, payload_length;

    /* Headers as captured, of the innermost IP header where there are several; NULL: not there or
     * cut. l4 is what follows the IP header and its extensions, whatever the protocol. */
    const uint8_t *link_header, *ip_header, *l4_header;
    uint16_t link_length, ip_length, l4_length; /* of each header alone */
    uint8_t ip_protocol;                        /* behind ip_header and its extensions (IANA) */

    /* For rules with display filters: one byte per filter of the set (mf_ruleset_filters()), 1 when
     * it holds for this frame. NULL: the set has none. */
    const uint8_t *filters_hold;

    const char
        *app; /* L7 name by Wireshark ("HTTP", "TLS:HTTP2"); NULL: none. Copied by the engine. */

    bool app_is_carrier; /* app only carries others (NBSS): any later name replaces it */

    const struct mf_buffer *buffers;
    unsigned n_buffers;
};

#endif
