/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rules could apply by their header: for those that nothing else tells apart. Private to
 * rules/. */
#ifndef MALFLOW_CORE_RULES_HEADER_INDEX_H
#define MALFLOW_CORE_RULES_HEADER_INDEX_H

#include "rule.h"

struct mf_header_index;

struct mf_header_index *
mf_header_index_new(void);

/* Accepts NULL. */
void
mf_header_index_free(struct mf_header_index *index);

void
mf_header_index_add(struct mf_header_index *index, const struct mf_rule_header *header,
                    unsigned rule);

/* After the last rule. INDEX may be NULL. */
void
mf_header_index_finish(struct mf_header_index *index);

typedef void (*mf_header_found)(void *user, unsigned rule);

/* Tells every rule whose addresses and ports fit what DIRECTION of SESSION sends; others, too, and
 * some twice. INDEX may be NULL. */
void
mf_header_index_find(const struct mf_header_index *index, const struct mf_session *session,
                     enum mf_direction direction, mf_header_found found, void *user);

#endif
