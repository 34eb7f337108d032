/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Equal headers of many rules, told apart once. */
#include "header_memo.h"

static guint
header_hash(gconstpointer data)
{
    const struct mf_rule_header *header = data;
    guint hash = (guint)header->l4 | (guint)header->directions << 8 |
                 (guint)header->both_ways << 16 | (guint)header->address_family << 24;

    for (unsigned side = 0; side < 2; side++) {
        hash = mf_hash_mix(hash ^ g_direct_hash(header->addr[side]));
        hash = mf_hash_mix(hash ^ g_direct_hash(header->port[side]));
    }
    return hash;
}

/* All that mf_rule_header_fits() asks of a header. Sets of one text are one. */
static gboolean
header_equal(gconstpointer a, gconstpointer b)
{
    const struct mf_rule_header *x = a, *y = b;

    return x->l4 == y->l4 && x->directions == y->directions && x->both_ways == y->both_ways &&
           x->address_family == y->address_family && x->addr[0] == y->addr[0] &&
           x->addr[1] == y->addr[1] && x->port[0] == y->port[0] && x->port[1] == y->port[1];
}

GPtrArray *
mf_headers_number(const GPtrArray *rules)
{
    GHashTable *numbers = g_hash_table_new(header_hash, header_equal);
    GPtrArray *headers = g_ptr_array_new();

    for (guint i = 0; i < rules->len; i++) {
        struct mf_rule_header *header = &((struct mf_rule *)rules->pdata[i])->header;
        guint known = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, header));

        if (known == 0) {
            g_ptr_array_add(headers, header);
            known = headers->len;
            g_hash_table_insert(numbers, header, GUINT_TO_POINTER(known));
        }
        header->number = known - 1;
    }
    g_hash_table_destroy(numbers);
    return headers;
}

struct mf_header_memo *
mf_header_memo_new(const GPtrArray *headers)
{
    struct mf_header_memo *memo = g_new(struct mf_header_memo, 1);

    *memo = (struct mf_header_memo){headers, g_new0(uint64_t, headers->len)};
    return memo;
}

void
mf_header_memo_free(struct mf_header_memo *memo)
{
    if (memo == NULL)
        return;
    g_free(memo->last);
    g_free(memo);
}
