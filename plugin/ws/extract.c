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

enum { IPV6_HEADER = 40 };

/* What has been seen on the way inwards. */
struct walk {
    tvbuff_t *frame; /* all of its own bytes */
    packet_info *pinfo;
    struct mf_packet *packet;
    struct mf_headers headers;
    const field_info *link, *ip, *l4; /* ip, l4: innermost */
    unsigned l4_slot;
    uint32_t l4_length;  /* from the L4 header to the end of the datagram on the wire */
    const uint8_t *ipv4; /* the header in front of the L4 header; NULL: there is none */
    tvbuff_t *tvb;       /* what the last item stood in, and all of its bytes */
    struct mf_bytes all;
    bool wants_below; /* see mf_fieldmap_wants_below() */
};

/* The bytes from ITEM on. Nearly all items of a frame stand in its own bytes, which are asked for
 * once. */
static struct mf_bytes
bytes_from(struct walk *walk, const field_info *item)
{
    if (item->ds_tvb == NULL)
        return (struct mf_bytes){0};
    if (item->ds_tvb != walk->tvb) {
        int length = (int)tvb_captured_length(item->ds_tvb);

        walk->tvb = item->ds_tvb;
        walk->all = (struct mf_bytes){0};
        if (length > 0)
            walk->all = (struct mf_bytes){tvb_get_ptr(walk->tvb, 0, length), (uint32_t)length};
    }
    if (item->start < 0 || (uint32_t)item->start >= walk->all.length)
        return (struct mf_bytes){0};
    return (struct mf_bytes){walk->all.data + item->start,
                             walk->all.length - (uint32_t)item->start};
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

/* LENGTH bytes in front of the L4 header, or NULL. */
static const uint8_t *
bytes_before(const struct walk *walk, int length)
{
    if (length > walk->l4->start || (uint32_t)walk->l4->start > walk->all.length)
        return NULL;
    return walk->all.data + walk->l4->start - length;
}

/* An IPv4 header (RFC 791) that ends where the L4 header begins, or NULL. */
static const uint8_t *
ipv4_before(const struct walk *walk)
{
    for (int length = 20; length <= 60; length += 4) {
        const uint8_t *ip = bytes_before(walk, length);

        if (ip == NULL)
            return NULL;
        if (ip[0] == (0x40 | length / 4) && ip[9] == ip_protocol(walk->l4_slot))
            return ip;
    }
    return NULL;
}

/* An IPv6 header (RFC 8200) without extensions in front of the L4 header, or NULL. */
static const uint8_t *
ipv6_before(const struct walk *walk)
{
    const uint8_t *ip = bytes_before(walk, IPV6_HEADER);

    return ip != NULL && ip[0] >> 4 == 6 && ip[6] == ip_protocol(walk->l4_slot) ? ip : NULL;
}

/* The IP header in front is told where Wireshark has no item for it. */
static void
take_ip_header(struct walk *walk, const uint8_t *ip, uint32_t length)
{
    if (walk->headers.ip.data == NULL)
        walk->headers.ip = (struct mf_bytes){ip, length};
}

static void
read_ipv4(struct walk *walk)
{
    const uint8_t *ip = walk->ipv4;
    uint32_t total = be16(ip + 2), header = (ip[0] & 15) * 4u;

    walk->packet->src = mf_addr_from_ipv4(ip + 12);
    walk->packet->dst = mf_addr_from_ipv4(ip + 16);
    /* 0: segmentation was left to the network card */
    walk->l4_length = total > header ? total - header : walk->headers.l4.length;
    take_ip_header(walk, ip, header);
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
    const uint8_t *ip;

    walk->headers.l4_protocol = ip_protocol(walk->l4_slot);
    if (walk->l4_slot == MF_SLOT_ICMP || (walk->l4_slot != MF_SLOT_ICMPV6 && v4))
        walk->ipv4 = ipv4_before(walk);
    if (walk->ipv4 != NULL) {
        read_ipv4(walk);
        return true;
    }
    walk->l4_length = walk->headers.l4.length;
    if (walk->l4_slot != MF_SLOT_ICMP && (ip = ipv6_before(walk)) != NULL) {
        packet->src = mf_addr_from_ipv6(ip + 8);
        packet->dst = mf_addr_from_ipv6(ip + 24);
        if (be16(ip + 4) != 0)
            walk->l4_length = be16(ip + 4);
        take_ip_header(walk, ip, IPV6_HEADER);
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
        if (walk->link == NULL)
            walk->link = item;
        break;
    case MF_SLOT_IP:
        walk->ip = item;
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
    if (walk->wants_below)
        mf_buffers_collect_below(node);
}

/* LENGTH bytes of the L4 header, or NULL when the capture cut them. */
static const uint8_t *
l4_header(const struct walk *walk, uint32_t length)
{
    return walk->headers.l4.length >= length ? walk->headers.l4.data : NULL;
}

/* The payload stands behind SKIP of the WIRE bytes from the L4 header on. */
static void
set_payload(const struct walk *walk, uint32_t skip, uint32_t wire)
{
    struct mf_packet *packet = walk->packet;
    uint32_t captured = walk->headers.l4.length;

    packet->payload_length = wire > skip ? wire - skip : 0;
    packet->payload_captured = captured > skip ? MIN(captured - skip, packet->payload_length) : 0;
    if (packet->payload_captured > 0)
        packet->payload = walk->headers.l4.data + skip;
}

static void
fill_tcp(struct walk *walk)
{
    enum { HEADER = 20 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = l4_header(walk, HEADER);
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
        set_payload(walk, length, walk->l4_length);
}

static void
fill_udp(struct walk *walk)
{
    enum { HEADER = 8 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = l4_header(walk, HEADER);
    uint32_t length;

    if (header == NULL)
        return;
    packet->l4 = MF_L4_UDP;
    packet->src_port = be16(header);
    packet->dst_port = be16(header + 2);
    length = be16(header + 4);
    set_payload(walk, HEADER, length >= HEADER ? length : walk->l4_length);
}

static void
fill_icmp(struct walk *walk)
{
    enum { HEADER = 4, WITH_ID = 8 };
    struct mf_packet *packet = walk->packet;
    const uint8_t *header = l4_header(walk, HEADER);
    const uint8_t *more = l4_header(walk, WITH_ID);
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
    set_payload(walk, HEADER, walk->l4_length);
}

/* Only ARP for IPv4 over six-byte hardware addresses (RFC 826) makes sessions. */
static bool
fill_arp(struct walk *walk)
{
    enum { LENGTH = 28 };
    static const uint8_t ipv4_over_ethernet[4] = {0x08, 0x00, 6, 4};
    const uint8_t *arp = l4_header(walk, LENGTH);
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
    ptrdiff_t offset;

    if (packet->payload_captured == 0 || walk->l4 == NULL || walk->l4->ds_tvb != walk->frame)
        return 0;
    offset = walk->l4->start + (packet->payload - walk->headers.l4.data);
    return offset > 0 && offset <= UINT16_MAX ? (uint16_t)offset : 0;
}

mf_nanoseconds
mf_extract_time(const nstime_t *time)
{
    int64_t seconds = time->secs, bound = MF_TIME_MAX / MF_NS_PER_S;

    return CLAMP(seconds, -bound, bound) * MF_NS_PER_S + time->nsecs;
}

/* The L4 header comes last: what stands in front of it is looked at next. */
static void
find_headers(struct walk *walk)
{
    if (walk->link != NULL)
        walk->headers.link = bytes_from(walk, walk->link);
    if (walk->ip != NULL)
        walk->headers.ip = bytes_from(walk, walk->ip);
    if (walk->l4 != NULL)
        walk->headers.l4 = bytes_from(walk, walk->l4);
}

/* What is told of any packet, when its layers are known. */
static void
finish(struct walk *walk, proto_tree *tree, struct mf_extra *extra)
{
    struct mf_packet *packet = walk->packet;

    extra->payload_offset = offset_in_frame(walk);
    if ((packet->l4 == MF_L4_TCP || packet->l4 == MF_L4_UDP) && packet->payload_length > 0)
        packet->app = mf_appname_above(walk->pinfo, &packet->app_is_carrier);
    mf_headers_fill(packet, &walk->headers);
    packet->filters_hold = mf_rulehost_filters_hold(tree);
}

/*
 * Two of three frames are TCP over IPv4 over Ethernet with nothing dissected above. Of those the
 * last item says it all: what stands in front of TCP is found by its bytes, so that no other item
 * is looked at. False: the tree must be walked.
 */
static bool
read_bare_tcp(struct walk *walk, const proto_tree *tree)
{
    field_info *last = tree->last_child != NULL ? PNODE_FINFO(tree->last_child) : NULL;

    if (last == NULL || last->hfinfo != mf_fieldmap_tcp() || walk->wants_below ||
        last->ds_tvb != walk->frame || walk->pinfo->net_src.type != AT_IPv4 ||
        walk->pinfo->rec->rec_header.packet_header.pkt_encap != WTAP_ENCAP_ETHERNET)
        return false;
    walk->l4 = last;
    walk->l4_slot = MF_SLOT_TCP;
    walk->headers.l4 = bytes_from(walk, last);
    walk->ipv4 = ipv4_before(walk);
    if (walk->ipv4 == NULL)
        return false;
    walk->headers.link = walk->all;
    walk->headers.l4_protocol = ip_protocol(MF_SLOT_TCP);
    read_ipv4(walk);
    fill_tcp(walk);
    return walk->packet->l4 == MF_L4_TCP;
}

static bool
walk_tree(struct walk *walk, const proto_tree *tree)
{
    struct mf_packet *packet = walk->packet;

    *walk = (struct walk){.frame = walk->frame,
                          .pinfo = walk->pinfo,
                          .packet = packet,
                          .wants_below = walk->wants_below};
    mf_buffers_reset(walk->pinfo);
    for (proto_node *node = tree != NULL ? tree->first_child : NULL; node != NULL;
         node = node->next)
        visit(walk, node);
    find_headers(walk);
    if (!fill(walk))
        return false;
    if (packet->l4 == MF_L4_OTHER && walk->l4 != NULL)
        mf_buffers_drop_messages(); /* of what it carries */
    packet->buffers = mf_buffers_list(&packet->n_buffers);
    return true;
}

bool
mf_extract(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree, struct mf_packet *packet,
           struct mf_extra *extra)
{
    struct walk walk = {
        .frame = frame, .pinfo = pinfo, .packet = packet, .wants_below = mf_fieldmap_wants_below()};

    *packet = (struct mf_packet){.time = mf_extract_time(&pinfo->abs_ts),
                                 .frame = pinfo->num,
                                 .wire_length = pinfo->fd->pkt_len};
    *extra = (struct mf_extra){0};
    if ((tree == NULL || !read_bare_tcp(&walk, tree)) && !walk_tree(&walk, tree))
        return false;
    finish(&walk, tree, extra);
    if (packet->n_buffers > 0)
        mf_buffers_transaction(packet);
    return true;
}
