/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hash table that forgets: entries have a time until which they matter, expired ones are taken
 * again for new ones, and at its limit an old one gives way. Holds nothing while it is empty.
 * Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_STATE_TABLE_H
#define MALFLOW_CORE_RULES_STATE_TABLE_H

#include "../types.h"

#include <stdbool.h>
#include <stddef.h>

struct mf_state_table;

/* Keys and values of that many bytes (multiples of 8); at most LIMIT entries (a power of two).
 * *LOST counts those that gave way; it outlives the table. */
struct mf_state_table *
mf_state_table_new(size_t key_size, size_t value_size, uint32_t limit, uint64_t *lost);

/* Accepts NULL. */
void
mf_state_table_free(struct mf_state_table *table);

/* The value of KEY, expired or not, or NULL. Valid until the next entry is added. */
void *
mf_state_table_find(const struct mf_state_table *table, const void *key);

/* The value of KEY, which is not there yet: all zero, never expires. Entries that expired before
 * NOW may go for it. */
void *
mf_state_table_add(struct mf_state_table *table, const void *key, mf_nanoseconds now);

/* Does nothing when there is no KEY. */
void
mf_state_table_remove(struct mf_state_table *table, const void *key);

/* When the entry of a VALUE stops to matter: after that time. */
void
mf_state_table_set_expiry(const struct mf_state_table *table, void *value, mf_nanoseconds expires);

mf_nanoseconds
mf_state_table_expiry(const struct mf_state_table *table, const void *value);

/* Entries that are there. */
uint32_t
mf_state_table_count(const struct mf_state_table *table);

/* Bytes of memory that it holds now. */
size_t
mf_state_table_memory(const struct mf_state_table *table);

#endif
