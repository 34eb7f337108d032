/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules name the names of a DNS message by its sections. Wireshark has one field for the names of
 * all records; which section one belongs to follows from the counts in the message's header.
 */
#include "collect.h"
#include "fvalue.h"

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
