/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IPv4 addresses stand inside the IPv6 ones (core/address.h), but a rule that says "!10.0.0.0/8"
 * means IPv4 alone (Suricata keeps the families apart), and "::/0" IPv6 alone. Here lists become
 * sets that say so.
 */
#include "ranges.h"

#include <stdlib.h>
#include <string.h>

/* --- families --- */

enum family { IPV4, IPV6 };

static const struct mf_range ipv4 = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0}},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255}},
};
static const struct mf_range below_ipv4 = {
    {{0}},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 254, 255, 255, 255, 255}},
};
static const struct mf_range above_ipv4 = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
    {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}},
};

static int
compare(const struct mf_addr *a, const struct mf_addr *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

static bool
is_all(const struct mf_range *range)
{
    return compare(&range->low, &below_ipv4.low) == 0 &&
           compare(&range->high, &above_ipv4.high) == 0;
}

void
mf_ranges_add(GArray *ranges, const struct mf_range *range)
{
    struct mf_range parts[2] = {*range, *range};
    unsigned n = 1;

    if (compare(&range->low, &ipv4.low) < 0 && compare(&range->high, &ipv4.high) > 0) {
        parts[0].high = below_ipv4.high;
        parts[1].low = above_ipv4.low;
        n = 2;
    }
    g_array_append_vals(ranges, parts, n);
}

static bool
has_family(const GArray *ranges, enum family family)
{
    for (unsigned i = 0; i < ranges->len; i++) {
        const struct mf_range *range = &g_array_index(ranges, struct mf_range, i);
        bool below =
            compare(&range->low, &ipv4.low)<0, above = compare(&range->high, &ipv4.high)> 0;

        if (family == IPV6
                ? below || above
                : compare(&range->low, &ipv4.high) <= 0 && compare(&range->high, &ipv4.low) >= 0)
            return true;
    }
    return false;
}

static void
append_family(GArray *ranges, enum family family)
{
    if (family == IPV4) {
        g_array_append_val(ranges, ipv4);
    } else {
        g_array_append_val(ranges, below_ipv4);
        g_array_append_val(ranges, above_ipv4);
    }
}

static void
settle_families(GArray *meant, GArray *excepted)
{
    bool nothing_meant = meant->len == 0;
    bool has_exceptions[2] = {has_family(excepted, IPV4), has_family(excepted, IPV6)};

    if (excepted->len == 0)
        return;
    for (unsigned family = IPV4; family <= IPV6; family++) {
        if (nothing_meant && !has_exceptions[family])
            append_family(excepted, (enum family)family);
        if (!nothing_meant && has_exceptions[family] && !has_family(meant, (enum family)family))
            append_family(meant, (enum family)family);
    }
}

/* --- sets --- */

static int
compare_ranges(const void *a, const void *b)
{
    return compare(&((const struct mf_range *)a)->low, &((const struct mf_range *)b)->low);
}

/* Whether a range that begins at LOW overlaps one that ends at HIGH, or follows it at once. */
static bool
meets(struct mf_addr high, const struct mf_addr *low)
{
    if (compare(low, &high) <= 0)
        return true;
    for (unsigned i = sizeof high.bytes; i-- > 0;)
        if (++high.bytes[i] != 0)
            break;
    return compare(low, &high) == 0;
}

/* Puts RANGES in order; those that meet become one. */
static void
normalise(GArray *ranges)
{
    unsigned kept = 0;

    if (ranges->len < 2)
        return;
    qsort(ranges->data, ranges->len, sizeof(struct mf_range), compare_ranges);
    for (unsigned i = 1; i < ranges->len; i++) {
        const struct mf_range *next = &g_array_index(ranges, struct mf_range, i);
        struct mf_range *last = &g_array_index(ranges, struct mf_range, kept);

        if (!meets(last->high, &next->low))
            g_array_index(ranges, struct mf_range, ++kept) = *next;
        else if (compare(&next->high, &last->high) > 0)
            last->high = next->high;
    }
    g_array_set_size(ranges, kept + 1);
}

/* Whether everything that is meant is excepted: both are in order, and those that meet are one. */
static bool
is_nothing(const GArray *meant, const GArray *excepted)
{
    unsigned at = 0;

    if (meant->len == 0)
        return excepted->len == 1 && is_all(&g_array_index(excepted, struct mf_range, 0));
    for (unsigned i = 0; i < meant->len; i++) {
        const struct mf_range *range = &g_array_index(meant, struct mf_range, i);

        while (at < excepted->len &&
               compare(&g_array_index(excepted, struct mf_range, at).high, &range->low) < 0)
            at++;
        if (at == excepted->len ||
            compare(&g_array_index(excepted, struct mf_range, at).low, &range->low) > 0 ||
            compare(&g_array_index(excepted, struct mf_range, at).high, &range->high) < 0)
            return false;
    }
    return true;
}

struct mf_range_set *
mf_ranges_make(GArray *meant, GArray *excepted, bool by_family)
{
    struct mf_range_set *set;

    if (by_family)
        settle_families(meant, excepted);
    normalise(meant);
    normalise(excepted);
    if (is_nothing(meant, excepted))
        return NULL;
    set = g_malloc(sizeof *set + (meant->len + excepted->len) * sizeof(struct mf_range));
    set->n_in = meant->len;
    set->n_out = excepted->len;
    if (meant->len > 0)
        memcpy(set->ranges, meant->data, meant->len * sizeof(struct mf_range));
    if (excepted->len > 0)
        memcpy(set->ranges + meant->len, excepted->data, excepted->len * sizeof(struct mf_range));
    return set;
}

/* --- table --- */

struct key {
    const char *text;
    size_t length;
    enum mf_list_kind kind;
};

static guint
key_hash(gconstpointer data)
{
    const struct key *key = data;
    guint hash = (guint)key->kind;

    for (size_t i = 0; i < key->length; i++)
        hash = hash * 33 + (guchar)key->text[i];
    return mf_hash_mix(hash);
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    const struct key *x = a, *y = b;

    return x->kind == y->kind && x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
}

GHashTable *
mf_ranges_new(void)
{
    return g_hash_table_new_full(key_hash, key_equal, g_free, g_free);
}

const struct mf_range_set *
mf_ranges_kept(GHashTable *table, enum mf_list_kind kind, struct mf_token text)
{
    const struct key key = {text.text, text.length, kind};

    return g_hash_table_lookup(table, &key);
}

void
mf_ranges_keep(GHashTable *table, enum mf_list_kind kind, struct mf_token text,
               const struct mf_range_set *set)
{
    struct key *key = g_malloc(sizeof *key + text.length);
    char *copy = (char *)(key + 1);

    memcpy(copy, text.text, text.length);
    *key = (struct key){copy, text.length, kind};
    g_hash_table_insert(table, key, (gpointer)(uintptr_t)set);
}
