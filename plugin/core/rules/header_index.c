/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A rule is kept under one of the four lists of its header, the one that takes in least: 20 servers
 * rather than the home network, port 3389 rather than both. So a packet meets only rules of which
 * that much fits, at the price of four binary searches.
 */
#include "header_index.h"

#include "address_index.h"

enum key { SENDER_ADDRESS, RECEIVER_ADDRESS, SENDER_PORT, RECEIVER_PORT, N_KEYS };

struct mf_header_index {
    struct mf_address_index *by[N_KEYS]; /* NULL: no rule is kept under it */
};

struct mf_header_index *
mf_header_index_new(void)
{
    return g_new0(struct mf_header_index, 1);
}

void
mf_header_index_free(struct mf_header_index *index)
{
    if (index == NULL)
        return;
    for (unsigned key = 0; key < N_KEYS; key++)
        mf_address_index_free(index->by[key]);
    g_free(index);
}

static bool
is_port(unsigned key)
{
    return key >= SENDER_PORT;
}

/* How much of all ports, or of the addresses of its family, RANGE takes in. */
static double
share_of(const struct mf_range *range, unsigned key)
{
    unsigned first = is_port(key) ? 14 : mf_addr_is_ipv4(&range->low) ? 12 : 0;
    double share = 1, sum = 0;

    for (unsigned i = first; i < sizeof range->low.bytes; i++) {
        share /= 256;
        sum += (range->high.bytes[i] - range->low.bytes[i]) * share;
    }
    return sum + share;
}

/* Roughly: 1 for all. */
static double
coverage(const struct mf_range_set *set, unsigned key)
{
    double sum = 0;

    if (set == NULL || set->n_in == 0)
        return 1;
    for (unsigned i = 0; i < set->n_in; i++)
        sum += share_of(&set->ranges[i], key);
    return sum;
}

static void
add(struct mf_header_index *index, unsigned key, const struct mf_range_set *set, unsigned rule)
{
    if (index->by[key] == NULL)
        index->by[key] = mf_address_index_new();
    mf_address_index_add(index->by[key], set, rule);
}

void
mf_header_index_add(struct mf_header_index *index, const struct mf_rule_header *header,
                    unsigned rule)
{
    const struct mf_range_set *const sets[N_KEYS] = {header->addr[0], header->addr[1],
                                                     header->port[0], header->port[1]};
    unsigned best = 0;

    for (unsigned key = 1; key < N_KEYS; key++)
        if (coverage(sets[key], key) < coverage(sets[best], best))
            best = key;
    add(index, best, sets[best], rule);
    if (header->both_ways)
        add(index, best ^ 1, sets[best], rule);
}

void
mf_header_index_finish(struct mf_header_index *index)
{
    for (unsigned key = 0; index != NULL && key < N_KEYS; key++)
        if (index->by[key] != NULL)
            mf_address_index_finish(index->by[key]);
}

void
mf_header_index_find(const struct mf_header_index *index, const struct mf_session *session,
                     enum mf_direction direction, mf_header_found found, void *user)
{
    if (index == NULL)
        return;
    for (unsigned key = 0; key < N_KEYS; key++) {
        unsigned side = direction ^ (key & 1);
        const struct mf_addr port = mf_addr_of_port(session->port[side]);
        const struct mf_addr *at = is_port(key) ? &port : &session->addr[side];

        if (index->by[key] != NULL && (!is_port(key) || mf_session_has_ports(session)))
            mf_address_index_find(index->by[key], at, found, user);
    }
}
