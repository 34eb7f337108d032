/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges in order of their first address, cut where another begins or ends, so that an address lies
 * in at most one piece and a binary search finds all rules that list it. Rules whose list has no
 * end ("any", "!x") are told for every address.
 */
#include "address_index.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    struct mf_range range;
    uint32_t rule;
};

/* From this address up to the next boundary, these rules. */
struct boundary {
    struct mf_addr from;
    uint32_t first, n; /* in rules */
};

struct mf_address_index {
    GArray *entries;    /* struct entry, by first address; until finished */
    GArray *boundaries; /* struct boundary, ascending */
    GArray *rules;      /* uint32_t */
    GArray *always;     /* uint32_t */
};

struct mf_address_index *
mf_address_index_new(void)
{
    struct mf_address_index *index = g_new0(struct mf_address_index, 1);

    index->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    index->boundaries = g_array_new(FALSE, FALSE, sizeof(struct boundary));
    index->rules = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    index->always = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return index;
}

void
mf_address_index_free(struct mf_address_index *index)
{
    if (index == NULL)
        return;
    g_array_free(index->entries, TRUE);
    g_array_free(index->boundaries, TRUE);
    g_array_free(index->rules, TRUE);
    g_array_free(index->always, TRUE);
    g_free(index);
}

void
mf_address_index_add(struct mf_address_index *index, const struct mf_range_set *set, unsigned rule)
{
    if (set == NULL || set->n_in == 0) {
        g_array_append_val(index->always, rule);
        return;
    }
    for (unsigned i = 0; i < set->n_in; i++) {
        struct entry entry = {.range = set->ranges[i], .rule = rule};

        g_array_append_val(index->entries, entry);
    }
}

static int
compare_entries(const void *a, const void *b)
{
    return memcmp(((const struct entry *)a)->range.low.bytes,
                  ((const struct entry *)b)->range.low.bytes, sizeof(struct mf_addr));
}

static int
compare_addresses(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct mf_addr));
}

/* The address behind ADDR; false: there is none. */
static bool
successor(struct mf_addr *addr)
{
    for (int i = sizeof addr->bytes - 1; i >= 0; i--)
        if (++addr->bytes[i] != 0)
            return true;
    return false;
}

/* Every address at which the answer can change, ascending, each once. */
static GArray *
cuts(const GArray *entries)
{
    GArray *all = g_array_sized_new(FALSE, FALSE, sizeof(struct mf_addr), entries->len * 2);
    unsigned kept = 0;

    for (unsigned i = 0; i < entries->len; i++) {
        const struct mf_range *range = &g_array_index(entries, struct entry, i).range;
        struct mf_addr behind = range->high;

        g_array_append_val(all, range->low);
        if (successor(&behind))
            g_array_append_val(all, behind);
    }
    if (all->len > 1)
        qsort(all->data, all->len, sizeof(struct mf_addr), compare_addresses);
    for (unsigned i = 0; i < all->len; i++) {
        const struct mf_addr *addr = &g_array_index(all, struct mf_addr, i);

        if (kept == 0 || !mf_addr_equal(addr, &g_array_index(all, struct mf_addr, kept - 1)))
            g_array_index(all, struct mf_addr, kept++) = *addr;
    }
    g_array_set_size(all, kept);
    return all;
}

/* Leaves in OPEN (uint32_t, of entries) those that reach FROM. */
static void
drop_ended(GArray *open, const GArray *entries, const struct mf_addr *from)
{
    for (unsigned i = 0; i < open->len;) {
        unsigned at = g_array_index(open, uint32_t, i);

        if (compare_addresses(&g_array_index(entries, struct entry, at).range.high, from) < 0)
            g_array_remove_index_fast(open, i);
        else
            i++;
    }
}

void
mf_address_index_finish(struct mf_address_index *index)
{
    GArray *entries = index->entries, *open = g_array_new(FALSE, FALSE, sizeof(uint32_t)), *all;
    uint32_t next = 0;

    if (entries->len > 1)
        qsort(entries->data, entries->len, sizeof(struct entry), compare_entries);
    all = cuts(entries);
    for (unsigned i = 0; i < all->len; i++) {
        struct boundary boundary = {.from = g_array_index(all, struct mf_addr, i),
                                    .first = index->rules->len};

        drop_ended(open, entries, &boundary.from);
        while (next < entries->len &&
               compare_addresses(&g_array_index(entries, struct entry, next).range.low,
                                 &boundary.from) <= 0) {
            g_array_append_val(open, next);
            next++;
        }
        for (unsigned k = 0; k < open->len; k++) {
            unsigned at = g_array_index(open, uint32_t, k);

            g_array_append_val(index->rules, g_array_index(entries, struct entry, at).rule);
        }
        boundary.n = index->rules->len - boundary.first;
        g_array_append_val(index->boundaries, boundary);
    }
    g_array_free(all, TRUE);
    g_array_free(open, TRUE);
    g_array_set_size(entries, 0);
}

void
mf_address_index_find(const struct mf_address_index *index, const struct mf_addr *addr,
                      mf_address_found found, void *user)
{
    const struct boundary *boundaries =
        (const struct boundary *)(const void *)index->boundaries->data;
    unsigned low = 0, high = index->boundaries->len;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (mf_addr_before(addr, &boundaries[middle].from))
            high = middle;
        else
            low = middle + 1;
    }
    for (unsigned i = 0; low > 0 && i < boundaries[low - 1].n; i++)
        found(user, g_array_index(index->rules, uint32_t, boundaries[low - 1].first + i));
    for (unsigned i = 0; i < index->always->len; i++)
        found(user, g_array_index(index->always, uint32_t, i));
}
