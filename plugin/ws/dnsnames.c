/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules name the names of a DNS message by its sections. Wireshark has one field for the names of
 * all records; which section one belongs to follows from the counts in the message's header. That
 * is read from its bytes, since it stands in every message, and an item that somebody asked for
 * costs Wireshark about 1,000 instructions more than one that nobody did.
 */
#include "collect.h"
#include "fvalue.h"

enum { RESPONSE_FLAG = 0x8000, OPCODE = 0x7800, UPDATE = 0x2800, HEADER = 12 };

/* A header's word, and the bits that count (RFC 1035, 4.1.1). */
struct part {
    enum mf_buffer_id id;
    uint16_t at, bits;
};

static const struct part parts[] = {
    {MF_BUF_DNS_IS_RESPONSE, 2, RESPONSE_FLAG},
    {MF_BUF_DNS_OPCODE, 2, OPCODE},
    {MF_BUF_DNS_RCODE, 2, 0x000f},
    {MF_BUF_DNS_ANSWERS, 6, 0xffff},
    {MF_BUF_DNS_AUTHORITIES, 8, 0xffff},
};

/* Queries have no result, and what updates count is something else (RFC 2136, 2.2). */
static bool
has(uint16_t flags, enum mf_buffer_id id)
{
    if (id == MF_BUF_DNS_RCODE)
        return (flags & RESPONSE_FLAG) != 0;
    return (id != MF_BUF_DNS_ANSWERS && id != MF_BUF_DNS_AUTHORITIES) || (flags & OPCODE) != UPDATE;
}

void
mf_form_dns_header(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    const struct part *part = parts;
    const uint8_t *header;
    unsigned word;

    while (part->id != feed->id)
        part++;
    if (item->ds_tvb == NULL || item->start < 0 ||
        tvb_captured_length_remaining(item->ds_tvb, item->start) < HEADER)
        return;
    header = tvb_get_ptr(item->ds_tvb, item->start, HEADER);
    if (!has((uint16_t)(header[2] << 8 | header[3]), part->id))
        return;
    word = (unsigned)header[part->at] << 8 | header[part->at + 1];
    mf_collect_number(collect, part->id, (word & part->bits) / (part->bits & -part->bits));
}

/* The buffers of DNS, MDNS and LLMNR stand in the same order. */
enum section { QUERIES, ANSWERS, AUTHORITIES, ADDITIONALS, RESPONSE, SECTIONS };

G_STATIC_ASSERT(MF_BUF_DNS_RESPONSE_RRNAME - MF_BUF_DNS_QUERIES_RRNAME == RESPONSE);
G_STATIC_ASSERT(MF_BUF_MDNS_QUERIES_RRNAME - MF_BUF_DNS_QUERIES_RRNAME == SECTIONS);
G_STATIC_ASSERT(MF_BUF_LLMNR_QUERIES_RRNAME - MF_BUF_MDNS_QUERIES_RRNAME == SECTIONS);

static void
add(struct mf_collect *collect, const field_info *item, enum section section)
{
    unsigned layer = collect->list->len > 0
                         ? g_array_index(collect->list, struct mf_buffer, collect->message).id
                         : 0;
    const char *name = mf_fvalue_text(collect->pinfo->pool, item);
    unsigned first = layer == MF_BUF_MDNS    ? MF_BUF_MDNS_QUERIES_RRNAME
                     : layer == MF_BUF_LLMNR ? MF_BUF_LLMNR_QUERIES_RRNAME
                                             : MF_BUF_DNS_QUERIES_RRNAME;

    if (g_strcmp0(name, "<Root>") == 0)
        name = "";
    if (section != RESPONSE)
        mf_collect_text(collect, first + section, name);
    if (mf_collect_found(collect, MF_BUF_DNS_IS_RESPONSE) != 0)
        mf_collect_text(collect, first + RESPONSE, name);
}

void
mf_form_dns_query(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    (void)feed;
    add(collect, item, QUERIES);
}

void
mf_form_dns_record(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    uint64_t answers = mf_collect_found(collect, MF_BUF_DNS_ANSWERS);
    uint64_t authorities = mf_collect_found(collect, MF_BUF_DNS_AUTHORITIES);
    unsigned index = collect->n_records++;

    (void)feed;
    add(collect, item,
        index < answers                 ? ANSWERS
        : index < answers + authorities ? AUTHORITIES
                                        : ADDITIONALS);
}

void
mf_form_dns_data(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    (void)feed;
    add(collect, item, RESPONSE);
}
