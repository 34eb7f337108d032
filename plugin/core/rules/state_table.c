/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries stand in one array, chained by number, so that an entry costs its key, its value and 16
 * bytes. Nobody tells when a time has come and a list by expiry would cost more than it gives:
 * instead every new entry pays for a look at two old ones, where a hand goes round the array. So
 * the array holds about twice what is alive, whatever the mix of times; and as entries are laid
 * down in the hand's order, what it turns out at the limit is among the oldest.
 */
#include "state_table.h"

#include "../address.h"

enum { FIRST_CAPACITY = 64, LOOKS = 2 };

/* Before the key and the value. */
struct entry {
    mf_nanoseconds expires; /* FREE: is on the list of free ones */
    uint32_t hash;
    uint32_t next; /* index + 1 of the next in the chain or in the list; 0: none */
};

#define FREE INT64_MIN

struct mf_state_table {
    size_t key_size, value_size, entry_size;
    uint64_t *lost;
    uint8_t *entries;
    uint32_t *chains; /* CAPACITY of them: index + 1; 0: empty */
    uint32_t limit, capacity, used, count;
    uint32_t hand;
    uint32_t free; /* index + 1 of the first free one below USED; 0: none */
};

struct mf_state_table *
mf_state_table_new(size_t key_size, size_t value_size, uint32_t limit, uint64_t *lost)
{
    struct mf_state_table *table = g_new0(struct mf_state_table, 1);

    g_assert(key_size % 8 == 0 && value_size % 8 == 0);
    g_assert(limit > 0 && (limit & (limit - 1)) == 0);
    table->key_size = key_size;
    table->value_size = value_size;
    table->entry_size = sizeof(struct entry) + key_size + value_size;
    table->limit = limit;
    table->lost = lost;
    return table;
}

void
mf_state_table_free(struct mf_state_table *table)
{
    if (table == NULL)
        return;
    g_free(table->entries);
    g_free(table->chains);
    g_free(table);
}

static struct entry *
entry_at(const struct mf_state_table *table, uint32_t index)
{
    return (struct entry *)(void *)(table->entries + index * table->entry_size);
}

static void *
value_of(const struct mf_state_table *table, struct entry *entry)
{
    return (uint8_t *)(entry + 1) + table->key_size;
}

static struct entry *
entry_of(const struct mf_state_table *table, const void *value)
{
    return (struct entry *)(void *)((uintptr_t)value - table->key_size) - 1;
}

static uint32_t
hash_of(const struct mf_state_table *table, const void *key)
{
    const uint8_t *bytes = key;
    uint32_t hash = 0, word;

    for (size_t i = 0; i < table->key_size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = mf_hash_mix((hash + (uint32_t)i) ^ word);
    }
    return hash;
}

static uint32_t *
chain_of(const struct mf_state_table *table, uint32_t hash)
{
    return &table->chains[hash & (table->capacity - 1)];
}

/* Where the number of KEY's entry stands, or the end of its chain. */
static uint32_t *
find_link(const struct mf_state_table *table, const void *key, uint32_t hash)
{
    uint32_t *link = chain_of(table, hash);

    while (*link != 0) {
        struct entry *entry = entry_at(table, *link - 1);

        if (entry->hash == hash && memcmp(entry + 1, key, table->key_size) == 0)
            break;
        link = &entry->next;
    }
    return link;
}

void *
mf_state_table_find(const struct mf_state_table *table, const void *key)
{
    uint32_t *link;

    if (table->count == 0)
        return NULL;
    link = find_link(table, key, hash_of(table, key));
    return *link == 0 ? NULL : value_of(table, entry_at(table, *link - 1));
}

/* Takes the entry that LINK names out of its chain. */
static void
release(struct mf_state_table *table, uint32_t *link)
{
    uint32_t index = *link - 1;
    struct entry *entry = entry_at(table, index);

    *link = entry->next;
    entry->expires = FREE;
    entry->next = table->free;
    table->free = index + 1;
    table->count--;
}

static void
release_at(struct mf_state_table *table, uint32_t index)
{
    const struct entry *entry = entry_at(table, index);
    uint32_t *link = chain_of(table, entry->hash);

    while (*link != index + 1)
        link = &entry_at(table, *link - 1)->next;
    release(table, link);
}

void
mf_state_table_remove(struct mf_state_table *table, const void *key)
{
    uint32_t *link;

    if (table->count == 0)
        return;
    link = find_link(table, key, hash_of(table, key));
    if (*link != 0)
        release(table, link);
}

/* --- room for a new entry --- */

static void
step_hand(struct mf_state_table *table)
{
    table->hand = (table->hand + 1) % table->used;
}

static void
sweep(struct mf_state_table *table, mf_nanoseconds now)
{
    for (unsigned i = 0; i < LOOKS && table->used > 0; i++) {
        const struct entry *entry = entry_at(table, table->hand);

        if (entry->expires != FREE && entry->expires < now)
            release_at(table, table->hand);
        step_hand(table);
    }
}

static void
grow(struct mf_state_table *table)
{
    table->capacity =
        table->capacity == 0 ? MIN(FIRST_CAPACITY, table->limit) : table->capacity * 2;
    table->entries = g_realloc_n(table->entries, table->capacity, table->entry_size);
    g_free(table->chains);
    table->chains = g_new0(uint32_t, table->capacity);
    for (uint32_t i = 0; i < table->used; i++) {
        struct entry *entry = entry_at(table, i);
        uint32_t *chain = chain_of(table, entry->hash);

        entry->next = *chain;
        *chain = i + 1;
    }
}

/* The index of an entry that is in no chain. */
static uint32_t
take(struct mf_state_table *table)
{
    uint32_t index;

    if (table->free == 0 && table->used == table->limit) {
        release_at(table, table->hand);
        step_hand(table);
        (*table->lost)++;
    }
    if (table->free == 0) {
        if (table->used == table->capacity)
            grow(table);
        return table->used++;
    }
    index = table->free - 1;
    table->free = entry_at(table, index)->next;
    return index;
}

void *
mf_state_table_add(struct mf_state_table *table, const void *key, mf_nanoseconds now)
{
    uint32_t hash = hash_of(table, key), index, *chain;
    struct entry *entry;

    sweep(table, now);
    index = take(table);
    entry = entry_at(table, index);
    chain = chain_of(table, hash);
    *entry = (struct entry){.expires = INT64_MAX, .hash = hash, .next = *chain};
    *chain = index + 1;
    table->count++;
    memcpy(entry + 1, key, table->key_size);
    return memset(value_of(table, entry), 0, table->value_size);
}

void
mf_state_table_set_expiry(const struct mf_state_table *table, void *value, mf_nanoseconds expires)
{
    entry_of(table, value)->expires = MAX(expires, FREE + 1);
}

mf_nanoseconds
mf_state_table_expiry(const struct mf_state_table *table, const void *value)
{
    return entry_of(table, value)->expires;
}

uint32_t
mf_state_table_count(const struct mf_state_table *table)
{
    return table->count;
}

size_t
mf_state_table_memory(const struct mf_state_table *table)
{
    return sizeof *table + table->capacity * (table->entry_size + sizeof *table->chains);
}
