/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was found in one text. Readers find in the order of the literals that they start from, which
 * is nearly that of the ends: it is put in order once, at the end. Each is kept once, by a table of
 * its own: pages repeat their links, and a GHashTable cannot hash what lies in a growing buffer.
 */
#include "mention_private.h"

#include <string.h>

enum { BUCKETS_AT_FIRST = 64, KEPT_BYTES = 64 * 1024 };

struct piece {
    size_t at, length;
};

struct mf_mention_item {
    struct mf_mention mention; /* its spans hold no data */
    struct piece text, host, path, name;
    uint32_t hash;
};

static struct mf_mention_item *
item_at(const struct mf_mention_results *results, guint index)
{
    return &g_array_index(results->items, struct mf_mention_item, index);
}

static uint32_t *
bucket_at(const struct mf_mention_results *results, uint32_t hash)
{
    return &g_array_index(results->buckets, uint32_t, hash & (results->buckets->len - 1));
}

static void
empty_buckets(struct mf_mention_results *results, guint n)
{
    g_array_set_size(results->buckets, n);
    memset(results->buckets->data, 0, n * sizeof(uint32_t));
}

void
mf_mention_results_init(struct mf_mention_results *results)
{
    results->items = g_array_new(FALSE, FALSE, sizeof(struct mf_mention_item));
    results->buckets = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    results->bytes = g_string_new(NULL);
    results->sorted = true;
    empty_buckets(results, BUCKETS_AT_FIRST);
}

void
mf_mention_results_clear(struct mf_mention_results *results)
{
    g_array_free(results->items, TRUE);
    g_array_free(results->buckets, TRUE);
    g_string_free(results->bytes, TRUE);
}

static uint64_t
hash_span(uint64_t hash, struct mf_span span)
{
    uint64_t word;

    for (; span.length >= sizeof word; span = mf_span_skip(span, sizeof word)) {
        memcpy(&word, span.data, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    for (size_t i = 0; i < span.length; i++)
        hash = (hash ^ span.data[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint32_t
hash_mention(const struct mf_mention *mention)
{
    uint64_t hash = mention->kind * 65537u + mention->port;

    hash = hash_span(hash, mention->host);
    hash = hash_span(hash, mention->path);
    hash = hash_span(hash, mention->name);
    if (mention->kind == MF_MENTION_SCAN)
        hash = hash_span(hash, mention->text);
    return mf_hash_mix((uint32_t)(hash ^ hash >> 32));
}

static bool
holds(const struct mf_mention_results *results, struct piece piece, struct mf_span span)
{
    const uint8_t *bytes = (const uint8_t *)results->bytes->str + piece.at;

    return mf_span_same((struct mf_span){bytes, piece.length}, span);
}

static bool
same(const struct mf_mention_results *results, const struct mf_mention_item *item,
     const struct mf_mention *mention)
{
    const struct mf_mention *other = &item->mention;

    return other->kind == mention->kind && other->port == mention->port &&
           holds(results, item->host, mention->host) && holds(results, item->path, mention->path) &&
           holds(results, item->name, mention->name) &&
           (mention->kind != MF_MENTION_SCAN || holds(results, item->text, mention->text));
}

/* The item of MENTION, or the empty bucket where it belongs. */
static struct mf_mention_item *
look_up(const struct mf_mention_results *results, const struct mf_mention *mention, uint32_t hash,
        uint32_t **bucket)
{
    for (uint32_t at = hash;; at++) {
        struct mf_mention_item *item;

        *bucket = bucket_at(results, at);
        if (**bucket == 0)
            return NULL;
        item = item_at(results, **bucket - 1);
        if (item->hash == hash && same(results, item, mention))
            return item;
    }
}

static void
grow(struct mf_mention_results *results)
{
    empty_buckets(results, 2 * results->buckets->len);
    for (guint i = 0; i < results->items->len; i++) {
        uint32_t at = item_at(results, i)->hash;

        while (*bucket_at(results, at) != 0)
            at++;
        *bucket_at(results, at) = i + 1;
    }
}

static struct piece
store(struct mf_mention_results *results, struct mf_span span)
{
    struct piece piece = {results->bytes->len, span.length};

    if (span.length > 0)
        g_string_append_len(results->bytes, (const char *)span.data, (gssize)span.length);
    return piece;
}

static void
append(struct mf_mention_results *results, const struct mf_mention *mention, uint32_t hash)
{
    const guint n = results->items->len;
    struct mf_mention_item item = {.mention = *mention, .hash = hash};

    item.text = store(results, mention->text);
    item.host = store(results, mention->host);
    item.path = store(results, mention->path);
    item.name = store(results, mention->name);
    if (n > 0 && item_at(results, n - 1)->mention.end > mention->end)
        results->sorted = false;
    g_array_append_val(results->items, item);
}

void
mf_mention_results_add(struct mf_mention_results *results, const struct mf_mention *mention)
{
    const uint32_t hash = hash_mention(mention);
    uint32_t *bucket;
    struct mf_mention_item *known = look_up(results, mention, hash, &bucket);

    if (known != NULL) {
        known->mention.open = known->mention.open && mention->open;
        if (mention->end < known->mention.end) {
            known->mention.end = mention->end;
            results->sorted = false;
        }
        return;
    }
    *bucket = results->items->len + 1;
    append(results, mention, hash);
    if (2 * results->items->len > results->buckets->len)
        grow(results);
}

/* In the order of the ends, and of those at one end, in that in which they were found. */
static gint
compare(gconstpointer x, gconstpointer y)
{
    const struct mf_mention_item *a = x, *b = y;

    if (a->mention.end != b->mention.end)
        return a->mention.end < b->mention.end ? -1 : 1;
    return a->text.at < b->text.at ? -1 : a->text.at > b->text.at;
}

static struct mf_span
span_of(const struct mf_mention_results *results, struct piece piece)
{
    return (struct mf_span){(const uint8_t *)results->bytes->str + piece.at, piece.length};
}

void
mf_mention_results_tell(struct mf_mention_results *results, mf_mention_found found, void *user)
{
    if (results->items->len == 0)
        return;
    if (!results->sorted)
        g_array_sort(results->items, compare);
    for (guint i = 0; i < results->items->len; i++) {
        const struct mf_mention_item *item = item_at(results, i);
        struct mf_mention mention = item->mention;

        mention.text = span_of(results, item->text);
        mention.host = span_of(results, item->host);
        mention.path = span_of(results, item->path);
        mention.name = span_of(results, item->name);
        found(user, &mention);
    }
    if (results->bytes->len > KEPT_BYTES) {
        mf_mention_results_clear(results);
        mf_mention_results_init(results);
        return;
    }
    g_array_set_size(results->items, 0);
    g_string_truncate(results->bytes, 0);
    results->sorted = true;
    empty_buckets(results, results->buckets->len);
}
