/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pointers only: rules that look at headers read them from their own bytes. What Wireshark does not
 * dissect, or what nobody asked it to, is found by the IP header: its length and, for IPv6, the
 * chain of extension headers (RFC 8200, 4).
 */
#include "headers.h"

enum { ETHERNET = 14, IPV4 = 20, IPV6 = 40 };

static uint32_t
be16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

/* Where the chain of extension headers ends, from the start of the IPv6 header; sets PROTOCOL. */
static uint32_t
skip_extensions(struct mf_bytes ip, uint8_t *protocol)
{
    uint32_t at = IPV6;

    *protocol = ip.data[6];
    while (at + 8 <= ip.length) {
        uint8_t next = ip.data[at], units = ip.data[at + 1];

        if (*protocol == 44) /* fragment */
            at += 8;
        else if (*protocol == 0 || *protocol == 43 || *protocol == 60 || *protocol == 135)
            at += (units + 1u) * 8;
        else
            break;
        *protocol = next;
    }
    return at;
}

/* How much of the bytes behind the IP header is the header of PROTOCOL. */
static uint32_t
header_length(uint8_t protocol)
{
    static const uint8_t lengths[256] = {
        [2] = 255,  /* IGMP: all of it */
        [47] = 4,   /* GRE */
        [50] = 8,   /* ESP */
        [51] = 12,  /* AH */
        [132] = 12, /* SCTP */
    };

    return lengths[protocol];
}

static uint32_t
l4_length(const struct mf_packet *packet, struct mf_bytes l4)
{
    uint32_t length = 8; /* UDP, ICMP */

    if (packet->l4 == MF_L4_TCP)
        length = l4.length > 12 ? (l4.data[12] >> 4) * 4u : 0;
    return MIN(length, l4.length);
}

/* What is behind the IP header of LENGTH bytes (with its extensions), of TOTAL on the wire. */
static void
fill_other(struct mf_packet *packet, struct mf_bytes ip, uint32_t length, uint32_t total)
{
    uint32_t header = header_length(packet->ip_protocol), captured;

    if (ip.length <= length)
        return;
    captured = ip.length - length;
    total = total > length ? total - length : 0;
    captured = MIN(captured, total);
    header = MIN(header, captured);
    packet->l4_header = ip.data + length;
    packet->l4_length = (uint16_t)header;
    packet->payload_length = total - header;
    packet->payload_captured = captured - header;
    if (captured > header)
        packet->payload = ip.data + length + header;
}

static void
fill_ip(struct mf_packet *packet, struct mf_bytes ip)
{
    bool v4 = ip.length >= IPV4 && ip.data[0] >> 4 == 4;
    uint32_t length, total;

    if (!v4 && (ip.length < IPV6 || ip.data[0] >> 4 != 6))
        return;
    length = v4 ? (ip.data[0] & 15) * 4u : IPV6;
    if (length > ip.length || length < IPV4)
        return;
    packet->ip_header = ip.data;
    packet->ip_length = (uint16_t)length;
    packet->ip_protocol = v4 ? ip.data[9] : 0;
    total = v4 ? be16(ip.data + 2) : IPV6 + be16(ip.data + 4);
    if (!v4)
        length = skip_extensions(ip, &packet->ip_protocol);
    if (packet->l4 == MF_L4_OTHER && !packet->is_fragment)
        fill_other(packet, ip, length, total > length ? total : ip.length);
}

void
mf_headers_fill(struct mf_packet *packet, const struct mf_headers *from)
{
    if (from->link.length >= ETHERNET) {
        packet->link_header = from->link.data;
        packet->link_length = ETHERNET;
    }
    if (packet->l4 == MF_L4_ARP)
        return;
    fill_ip(packet, from->ip);
    if (packet->l4 == MF_L4_OTHER || from->l4.data == NULL)
        return;
    packet->ip_protocol = from->l4_protocol;
    packet->l4_header = from->l4.data;
    packet->l4_length = (uint16_t)l4_length(packet, from->l4);
}
