/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headers of a packet as sticky buffers.
 * https://docs.suricata.io/en/latest/rules/header-keywords.html */
#include "slots.h"

static bool
ipv4_header(const struct mf_packet *packet, const uint8_t **data, size_t *length)
{
    *data = packet->ip_header;
    *length = packet->ip_length;
    return packet->ip_header != NULL && packet->ip_length >= 20 && packet->ip_header[0] >> 4 == 4;
}

static bool
ipv6_header(const struct mf_packet *packet, const uint8_t **data, size_t *length)
{
    *data = packet->ip_header;
    *length = packet->ip_length;
    return packet->ip_header != NULL && packet->ip_length >= 40 && packet->ip_header[0] >> 4 == 6;
}

static bool
l4_header(const struct mf_packet *packet, uint8_t protocol, const uint8_t **data, size_t *length)
{
    *data = packet->l4_header;
    *length = packet->l4_length;
    return packet->l4_header != NULL && packet->ip_protocol == protocol;
}

#define L4_HEADER(name, protocol)                                                                  \
    static bool name##_header(const struct mf_packet *packet, const uint8_t **data,                \
                              size_t *length)                                                      \
    {                                                                                              \
        return l4_header(packet, protocol, data, length);                                          \
    }

L4_HEADER(icmpv4, 1)
L4_HEADER(igmp, 2)
L4_HEADER(tcp, 6)
L4_HEADER(udp, 17)
L4_HEADER(icmpv6, 58)

/* With the head of the first chunk, which follows it: as Suricata has it. */
static bool
sctp_header(const struct mf_packet *packet, const uint8_t **data, size_t *length)
{
    enum { CHUNK_HEAD = 4 };

    if (!l4_header(packet, 132, data, length))
        return false;
    if (packet->payload == packet->l4_header + packet->l4_length)
        *length += MIN(packet->payload_captured, CHUNK_HEAD);
    return true;
}

static bool
link_header(const struct mf_packet *packet, const uint8_t **data, size_t *length)
{
    *data = packet->link_header;
    *length = packet->link_length;
    return packet->link_header != NULL;
}

#define HEADER(rule_name, function)                                                                \
    {                                                                                              \
        .name = (rule_name), .kind = MF_STICKY_HEADER, .header = (function)                        \
    }

static const struct mf_sticky rows[] = {
    HEADER("ether.hdr", link_header),    HEADER("icmpv4.hdr", icmpv4_header),
    HEADER("icmpv6.hdr", icmpv6_header), HEADER("igmp.hdr", igmp_header),
    HEADER("ipv4.hdr", ipv4_header),     HEADER("ipv6.hdr", ipv6_header),
    HEADER("sctp.hdr", sctp_header),     HEADER("tcp.hdr", tcp_header),
    HEADER("udp.hdr", udp_header),
};

const struct mf_sticky_family mf_sticky_headers = {rows, G_N_ELEMENTS(rows)};
