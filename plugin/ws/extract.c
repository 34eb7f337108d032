/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only the fields that fieldmap.c asks for are real items in the (invisible) tree of a first pass,
 * so one walk in the tree's order costs less than a look-up per field, and keeps messages apart.
 * Protocol items stand at the top of the tree, outermost first; what an ICMP error quotes stands
 * below its ICMP item and is never entered. Header values are read from the header's own bytes.
 * The IP items are not asked for: that alone would make Wireshark build their whole subtree for
 * every frame (about 3,500 instructions). Their header is found in front of the L4 header instead.
 */
#include "extract.h"

#include "appname.h"
#include "buffers.h"
#include "fieldmap.h"
#include "headers.h"
#include "rulehost.h"

#include <string.h>

/* What has been seen on the way inwards. */
struct walk {
    packet_info *pinfo;
    struct mf_packet *packet;
    struct mf_headers headers;
    field_info *l4; /* innermost */
    unsigned l4_slot;
    uint32_t l4_length; /* from the L4 header to the end of the datagram on the wire */
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

static bool
take_address(struct mf_addr *to, const address *from)
{
    if (from->type == AT_IPv4 && from->len == 4)
        *to = mf_addr_from_ipv4(from->data);
    else if (from->type == AT_IPv6 && from->len == 16)
        *to = mf_addr_from_ipv6(from->data);
    else
        return false;
    return true;
}

static uint8_t
ip_protocol(unsigned slot)
{
    return slot == MF_SLOT_TCP ? 6 : slot == MF_SLOT_UDP ? 17 : slot == MF_SLOT_ICMP ? 1 : 58;
}

/* An IPv4 header (RFC 791) that ends where the L4 header begins, or NULL. */
static const uint8_t *
ipv4_before(const struct walk *walk)
{
    for (int length = 20; length <= 60 && length <= walk->l4->start; length += 4) {
        const uint8_t *ip = tvb_get_ptr(walk->l4->ds_tvb, walk->l4->start - length, length);

        if (ip[0] == (0x40 | length / 4) && ip[9] == ip_protocol(walk->l4_slot))
            return ip;
    }
    return NULL;
}

/* An IPv6 header (RFC 8200) without extensions in front of the L4 header, or NULL. */
static const uint8_t *
ipv6_before(const struct walk *walk)
{
    enum { HEADER = 40 };
    const uint8_t *ip;

    if (walk->l4->start < HEADER)
        return NULL;
    ip = tvb_get_ptr(walk->l4->ds_tvb, walk->l4->start - HEADER, HEADER);
    return ip[0] >> 4 == 6 && ip[6] == ip_protocol(walk->l4_slot) ? ip : NULL;
}

static uint32_t
captured_from(const field_info *item)
{
    return (uint32_t)MAX(tvb_captured_length_remaining(item->ds_tvb, item->start), 0);
}

/*
 * Addresses and length by the IP header in front, where there is one (not when IP was reassembled).
 * An ICMP error leaves the quoted addresses in pinfo, so for ICMP the header comes first.
 */
static bool
read_ip(struct walk *walk)
{
    struct mf_packet *packet = walk->packet;
    bool v4 = walk->pinfo->net_src.type == AT_IPv4;
    const uint8_t *ip = walk->l4_slot == MF_SLOT_ICMP || (walk->l4_slot != MF_SLOT_ICMPV6 && v4)
                            ? ipv4_before(walk)
                            : NULL;

    walk->l4_length = captured_from(walk->l4);
    walk->headers.l4 = walk->l4;
    walk->headers.l4_protocol = ip_protocol(walk->l4_slot);
    walk->headers.ip_bytes = ip;
    if (ip != NULL) {
        uint32_t total = be16(ip + 2), header = (ip[0] & 15) * 4u;

        packet->src = mf_addr_from_ipv4(ip + 12);
        packet->dst = mf_addr_from_ipv4(ip + 16);
        if (total > header) /* 0: segmentation was left to the network card */
            walk->l4_length = total - header;
        return true;
    }
    if (walk->l4_slot != MF_SLOT_ICMP && (ip = ipv6_before(walk)) != NULL) {
        packet->src = mf_addr_from_ipv6(ip + 8);
        packet->dst = mf_addr_from_ipv6(ip + 24);
        if (be16(ip + 4) != 0)
            walk->l4_length = be16(ip + 4);
        walk->headers.ip_bytes = ip;
        return true;
    }
    return take_address(&packet->src, &walk->pinfo->net_src) &&
           take_address(&packet->dst, &walk->pinfo->net_dst);
}

/* A further L4 header: what was found so far only carried it. */
static void
take_l4(struct walk *walk, field_info *item, unsigned slot)
{
    walk->l4 = item;
    walk->l4_slot = slot;
    mf_buffers_drop_messages();
}

static void
visit(struct walk *walk, proto_node *node)
{
    field_info *item = PNODE_FINFO(node);
    const struct mf_feed *feed = item != NULL ? mf_fieldmap_feeds(item->hfinfo->id) : NULL;
    unsigned slot = feed != NULL ? feed->row->slot : MF_SLOT_NONE;

    switch (slot) {
    case MF_SLOT_ETHERNET:
        if (walk->headers.link == NULL)
            walk->headers.link = item;
        break;
    case MF_SLOT_IP:
        walk->headers.ip = item;
        break;
    case MF_SLOT_TCP:
    case MF_SLOT_UDP:
    case MF_SLOT_ICMP:
    case MF_SLOT_ICMPV6:
    case MF_SLOT_ARP:
        take_l4(walk, item, slot);
        break;
    case MF_SLOT_NONE:
    case MF_SLOT_BELOW:
        break;
    default:
        mf_buffers_collect(node);
        return;
    }
    mf_buffers_collect_below(node);
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
        set_payload(packet, walk->l4, length, walk->l4_length);
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
    set_payload(packet, walk->l4, HEADER, length >= HEADER ? length : walk->l4_length);
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
    set_payload(packet, walk->l4, HEADER, walk->l4_length);
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

/* One session per address pair and protocol. */
static bool
fill_other(struct walk *walk)
{
    struct mf_packet *packet = walk->packet;

    if (!take_address(&packet->src, &walk->pinfo->net_src) ||
        !take_address(&packet->dst, &walk->pinfo->net_dst))
        return false;
    packet->is_fragment = walk->pinfo->fragmented;
    packet->app = packet->is_fragment ? "fragment" : mf_appname_of_ip(walk->pinfo);
    packet->src_port = packet->dst_port =
        (uint16_t)(packet->app != NULL ? g_str_hash(packet->app) : 0);
    return true;
}

static bool
fill(struct walk *walk)
{
    if (walk->l4 == NULL || walk->l4->ds_tvb == NULL || walk->l4->start < 0 ||
        mf_appname_is_tunnel(walk->pinfo))
        return fill_other(walk);
    if (walk->l4_slot == MF_SLOT_ARP)
        return fill_arp(walk);
    if (!read_ip(walk))
        return false;
    if (walk->l4_slot == MF_SLOT_TCP)
        fill_tcp(walk);
    else if (walk->l4_slot == MF_SLOT_UDP)
        fill_udp(walk);
    else
        fill_icmp(walk);
    return walk->packet->l4 != MF_L4_OTHER || fill_other(walk);
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

/* A broken capture may claim any time; the engine keeps its own to MF_TIME_MAX. */
static mf_nanoseconds
time_of(const packet_info *pinfo)
{
    int64_t seconds = pinfo->abs_ts.secs, bound = MF_TIME_MAX / MF_NS_PER_S;

    return CLAMP(seconds, -bound, bound) * MF_NS_PER_S + pinfo->abs_ts.nsecs;
}

bool
mf_extract(packet_info *pinfo, proto_tree *tree, struct mf_packet *packet, struct mf_extra *extra)
{
    struct walk walk = {.pinfo = pinfo, .packet = packet};

    *packet = (struct mf_packet){
        .time = time_of(pinfo), .frame = pinfo->num, .wire_length = pinfo->fd->pkt_len};
    *extra = (struct mf_extra){0};
    mf_buffers_reset(pinfo);
    for (proto_node *node = tree != NULL ? tree->first_child : NULL; node != NULL;
         node = node->next)
        visit(&walk, node);
    if (!fill(&walk))
        return false;
    extra->payload_offset = offset_in_frame(&walk);
    if ((packet->l4 == MF_L4_TCP || packet->l4 == MF_L4_UDP) && packet->payload_length > 0)
        packet->app = mf_appname_above(pinfo, &packet->app_is_carrier);
    if (packet->l4 == MF_L4_OTHER && walk.l4 != NULL)
        mf_buffers_drop_messages(); /* of what it carries */
    mf_headers_fill(packet, &walk.headers);
    packet->buffers = mf_buffers_list(&packet->n_buffers);
    packet->filters_hold = mf_rulehost_filters_hold(tree);
    mf_buffers_transaction(packet);
    return true;
}
