/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Links between sessions as they are found, and the roots that follow from them. */
#ifndef MALFLOW_CORE_CORRELATE_LINKS_H
#define MALFLOW_CORE_CORRELATE_LINKS_H

#include "../correlation.h"

struct mf_links;

/* COUNTERS outlives the object. */
struct mf_links *
mf_links_new(struct mf_counters *counters);

/* Accepts NULL. */
void
mf_links_free(struct mf_links *links);

/*
 * Adds LINK (next: not read) to the causes of its session, or of its scan group; evidence must live
 * as long as the object. A cause that the effect has already (same session, frame and kind) is not
 * added again. False: it was not added.
 */
bool
mf_links_add(struct mf_links *links, const struct mf_link *link);

/* SESSION is a DNS look-up: one that nothing caused is no root of what used its answer. */
void
mf_links_set_lookup(struct mf_links *links, uint32_t session);

/* Forgets the causes of scan group ID, whose id stands for another group now. */
void
mf_links_forget_scan(struct mf_links *links, uint32_t id);

uint32_t
mf_links_count(const struct mf_links *links);

/* INDEX below the count. Borrowed until the next is added. */
const struct mf_link *
mf_links_get(const struct mf_links *links, uint32_t index);

/* See mf_correlator_causes(), mf_correlator_scan_causes(), mf_correlator_root(),
 * mf_correlator_parent(). */
uint32_t
mf_links_of_session(const struct mf_links *links, uint32_t session);

/* The same of a later request: of the packet in FRAME that begins it. */
uint32_t
mf_links_of_request(const struct mf_links *links, uint32_t frame);

uint32_t
mf_links_of_scan(const struct mf_links *links, uint32_t scan);

uint32_t
mf_links_root(struct mf_links *links, uint32_t session);

uint32_t
mf_links_parent(const struct mf_links *links, uint32_t session);

size_t
mf_links_memory(const struct mf_links *links);

#endif
