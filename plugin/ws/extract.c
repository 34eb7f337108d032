/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only the fields that fieldmap.c asks for are real items in the (invisible) tree of a first pass,
 * so one walk in the tree's order costs less than a look-up per field, and keeps messages apart.
 * Protocol items stand at the top of the tree, outermost first; what an ICMP error quotes stands
 * below its ICMP item and is never entered. Header values are read from the header's own bytes.
 */
#include "extract.h"

#include "appname.h"
#include "buffers.h"
#include "fieldmap.h"

#include <string.h>

/* What has been seen on the way inwards. */
struct walk {
    packet_info *pinfo;
    struct mf_packet *packet;
    field_info *ip; /* innermost */
    field_info *l4; /* innermost, below ip; or ARP */
    unsigned ip_slot, l4_slot;
    uint32_t ip_length; /* whole datagram on the wire, 0: unknown */
    uint8_t ip_protocol;
};

/* LENGTH header bytes of an item, or NULL when the capture cut them. */
static const uint8_t *
header_bytes(const field_info *item, int length)
{
    if (item->ds_tvb == NULL || item->start < 0 ||
        tvb_captured_length_remaining(item->ds_tvb, item->start) < length)
        return NULL;
    return tvb_get_ptr(item->ds_tvb, item->start, length);
}

static uint16_t
be16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t
be32(const uint8_t *p)
{
    return (uint32_t)be16(p) << 16 | be16(p + 2);
}

static void
take_ipv4(struct walk *walk, const uint8_t *header)
{
    struct mf_packet *packet = walk->packet;

    packet->src = mf_addr_from_ipv4(header + 12);
    packet->dst = mf_addr_from_ipv4(header + 16);
    packet->is_fragment = (be16(header + 6) & 0x3fff) != 0;
    walk->ip_length = be16(header + 2);
    walk->ip_protocol = header[9];
}

static void
take_ipv6(struct walk *walk, const uint8_t *header)
{
    enum { HEADER = 40, FRAGMENT = 44 };
    struct mf_packet *packet = walk->packet;
    uint16_t length = be16(header + 4);

    packet->src = mf_addr_from_ipv6(header + 8);
    packet->dst = mf_addr_from_ipv6(header + 24);
    packet->is_fragment = header[6] == FRAGMENT;
    walk->ip_length = length != 0 ? length + HEADER : 0;
    walk->ip_protocol = header[6];
}

/* A further IP header: what was found so far was only a tunnel. */
static void
take_ip(struct walk *walk, field_info *item, unsigned slot)
{
    const uint8_t *header = header_bytes(item, slot == MF_SLOT_IPV4 ? 20 : 40);

    if (header == NULL)
        return;
    walk->ip = item;
    walk->ip_slot = slot;
    walk->l4 = NULL;
    walk->l4_slot = MF_SLOT_NONE;
    mf_buffers_reset();
    if (slot == MF_SLOT_IPV4)
        take_ipv4(walk, header);
    else
        take_ipv6(walk, header);
}

static void
take_l4(struct walk *walk, field_info *item, unsigned slot)
{
    walk->l4 = item;
    walk->l4_slot = slot;
}

static void
visit(struct walk *walk, proto_node *node)
{
    field_info *item = PNODE_FINFO(node);
    unsigned slot = item != NULL ? mf_fieldmap_slot(item->hfinfo->id) : MF_SLOT_NONE;

    switch (slot) {
    case MF_SLOT_NONE:
        break;
    case MF_SLOT_IPV4:
    case MF_SLOT_IPV6:
        take_ip(walk, item, slot);
        break;
    case MF_SLOT_TCP:
    case MF_SLOT_UDP:
    case MF_SLOT_ICMP:
    case MF_SLOT_ICMPV6:
    case MF_SLOT_ARP:
        take_l4(walk, item, slot);
        break;
    default:
        mf_buffers_collect(walk->pinfo, node);
        break;
    }
}

static uint32_t
captured_from(const field_info *item)
{
    return (uint32_t)MAX(tvb_captured_length_remaining(item->ds_tvb, item->start), 0);
}

/* Bytes of the datagram on the wire from an item inside it on; what was captured when unknown. */
static uint32_t
wire_from(const struct walk *walk, const field_info *item)
{
    int inside = item->start - (walk->ip != NULL ? walk->ip->start : 0);

    if (walk->ip == NULL || walk->ip->ds_tvb != item->ds_tvb || walk->ip_length == 0 ||
        inside < 0 || (uint32_t)inside > walk->ip_length)
        return captured_from(item);
    return walk->ip_length - (uint32_t)inside;
}

static void
set_payload(struct mf_packet *packet, const field_info *item, uint32_t skip, uint32_t wire)
{
    uint32_t captured = captured_from(item);

    packet->payload_length = wire > skip ? wire - skip : 0;
    packet->payload_captured = captured > skip ? MIN(captured - skip, packet->payload_length) : 0;
    if (packet->payload_captured > 0)
        packet->payload =
            tvb_get_ptr(item->ds_tvb, item->start + (int)skip, (int)packet->payload_captured);
}

static void
fill_tcp(struct walk *walk)
{
    enum { HEADER = 20 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = header_bytes(walk->l4, HEADER);
    uint32_t length;

    if (header == NULL)
        return;
    packet->l4 = MF_L4_TCP;
    packet->src_port = be16(header);
    packet->dst_port = be16(header + 2);
    packet->seq = be32(header + 4);
    packet->ack = be32(header + 8);
    packet->tcp_flags = header[13];
    packet->window = be16(header + 14);
    length = (header[12] >> 4) * 4u;
    if (length >= HEADER)
        set_payload(packet, walk->l4, length, wire_from(walk, walk->l4));
}

static void
fill_udp(struct walk *walk)
{
    enum { HEADER = 8 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = header_bytes(walk->l4, HEADER);
    uint32_t length;

    if (header == NULL)
        return;
    packet->l4 = MF_L4_UDP;
    packet->src_port = be16(header);
    packet->dst_port = be16(header + 2);
    length = be16(header + 4);
    set_payload(packet, walk->l4, HEADER, length >= HEADER ? length : wire_from(walk, walk->l4));
}

static void
fill_icmp(struct walk *walk)
{
    enum { HEADER = 4, WITH_ID = 8 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = header_bytes(walk->l4, HEADER);
    const uint8_t *more = header_bytes(walk->l4, WITH_ID);
    bool v6 = walk->l4_slot == MF_SLOT_ICMPV6;

    if (header == NULL)
        return;
    packet->l4 = v6 ? MF_L4_ICMPV6 : MF_L4_ICMP;
    packet->icmp_type = header[0];
    packet->icmp_code = header[1];
    if (more != NULL &&
        (v6 ? (header[0] == 128 || header[0] == 129)
            : (header[0] == 0 || header[0] == 8 || (header[0] >= 13 && header[0] <= 18))))
        packet->icmp_id = be16(more + 4);
    set_payload(packet, walk->l4, HEADER, wire_from(walk, walk->l4));
}

/* Only ARP for IPv4 over six-byte hardware addresses (RFC 826) makes sessions. */
static bool
fill_arp(struct walk *walk)
{
    enum { LENGTH = 28 };
    static const uint8_t ipv4_over_ethernet[4] = {0x08, 0x00, 6, 4};
    const uint8_t *arp = header_bytes(walk->l4, LENGTH);
    struct mf_packet *packet = walk->packet;

    if (arp == NULL || memcmp(arp + 2, ipv4_over_ethernet, sizeof ipv4_over_ethernet) != 0)
        return false;
    packet->l4 = MF_L4_ARP;
    packet->arp_opcode = be16(arp + 6);
    packet->src = mf_addr_from_ipv4(arp + 14);
    packet->dst = mf_addr_from_ipv4(arp + 24);
    packet->payload = arp;
    packet->payload_captured = packet->payload_length = LENGTH;
    return true;
}

static void
fill_l4(struct walk *walk)
{
    struct mf_packet *packet = walk->packet;

    if (walk->l4_slot == MF_SLOT_TCP)
        fill_tcp(walk);
    else if (walk->l4_slot == MF_SLOT_UDP)
        fill_udp(walk);
    else if (walk->l4_slot == MF_SLOT_ICMP || walk->l4_slot == MF_SLOT_ICMPV6)
        fill_icmp(walk);
    if (packet->l4 == MF_L4_OTHER) { /* one session per address pair and protocol */
        packet->src_port = packet->dst_port = walk->ip_protocol;
        packet->app = packet->is_fragment ? "fragment" : mf_appname_of_ip(walk->pinfo);
        if (packet->is_fragment)
            packet->dst_port = packet->src_port |= 0x100;
    } else {
        packet->is_fragment = false; /* reassembled */
    }
}

static uint16_t
offset_in_frame(const struct walk *walk)
{
    const struct mf_packet *packet = walk->packet;
    const struct data_source *frame =
        walk->pinfo->data_src != NULL ? walk->pinfo->data_src->data : NULL;
    const field_info *item = walk->l4;
    const uint8_t *base;
    ptrdiff_t offset;

    if (frame == NULL || item == NULL || packet->payload_captured == 0 ||
        item->ds_tvb != get_data_source_tvb(frame))
        return 0;
    base = tvb_get_ptr(item->ds_tvb, 0, 1);
    offset = packet->payload - base;
    return offset > 0 && offset <= UINT16_MAX ? (uint16_t)offset : 0;
}

static mf_nanoseconds
time_of(const packet_info *pinfo)
{
    return (mf_nanoseconds)pinfo->abs_ts.secs * MF_NS_PER_S + pinfo->abs_ts.nsecs;
}

bool
mf_extract(packet_info *pinfo, proto_tree *tree, struct mf_packet *packet, uint16_t *payload_offset)
{
    struct walk walk = {.pinfo = pinfo, .packet = packet};

    *packet = (struct mf_packet){
        .time = time_of(pinfo), .frame = pinfo->num, .wire_length = pinfo->fd->pkt_len};
    *payload_offset = 0;
    mf_buffers_reset();
    for (proto_node *node = tree != NULL ? tree->first_child : NULL; node != NULL;
         node = node->next)
        visit(&walk, node);
    if (walk.l4_slot == MF_SLOT_ARP)
        return fill_arp(&walk);
    if (walk.ip == NULL)
        return false;
    fill_l4(&walk);
    *payload_offset = offset_in_frame(&walk);
    if (packet->l4 == MF_L4_TCP || packet->l4 == MF_L4_UDP) {
        if (packet->payload_length > 0)
            packet->app = mf_appname_above(pinfo);
        packet->buffers = mf_buffers_list(&packet->n_buffers);
        mf_buffers_transaction(packet);
    }
    return true;
}
