/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rules could apply to an address: for rules that have nothing but lists of addresses, tens
 * of thousands of them. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_ADDRESS_INDEX_H
#define MALFLOW_CORE_RULES_ADDRESS_INDEX_H

#include "rule.h"

struct mf_address_index;

struct mf_address_index *
mf_address_index_new(void);

/* Accepts NULL. */
void
mf_address_index_free(struct mf_address_index *index);

/* SET (may be NULL) limits the addresses of RULE. */
void
mf_address_index_add(struct mf_address_index *index, const struct mf_range_set *set, unsigned rule);

/* After the last rule. */
void
mf_address_index_finish(struct mf_address_index *index);

typedef void (*mf_address_found)(void *user, unsigned rule);

/* Tells every rule whose set has ADDR (some, whose exceptions have it, may be told too). */
void
mf_address_index_find(const struct mf_address_index *index, const struct mf_addr *addr,
                      mf_address_found found, void *user);

#endif
