/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of ranges: made of lists, and shared by the lists' text. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_RANGES_H
#define MALFLOW_CORE_RULES_RANGES_H

#include "parser.h"
#include "variables.h"

/* Appends a range of addresses of one family: of IPv6 without the IPv4 ones that lie in it. */
void
mf_ranges_add(GArray *ranges, const struct mf_range *range);

/* The set of MEANT without EXCEPTED (struct mf_range; both are put in order). With BY_FAMILY, of
 * addresses: exceptions of one family say that all others of this family are meant, and nothing of
 * the other family. The caller frees with g_free(). NULL: nothing is left. */
struct mf_range_set *
mf_ranges_make(GArray *meant, GArray *excepted, bool by_family);

/* Table of sets. Free with g_hash_table_destroy(). */
GHashTable *
mf_ranges_new(void);

/* The set kept for a list's text, or NULL. */
const struct mf_range_set *
mf_ranges_kept(GHashTable *table, enum mf_list_kind kind, struct mf_token text);

/* SET is the table's from then on. */
void
mf_ranges_keep(GHashTable *table, enum mf_list_kind kind, struct mf_token text,
               const struct mf_range_set *set);

#endif
