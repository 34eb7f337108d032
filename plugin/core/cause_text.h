/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Causes as rows of text show them. */
#ifndef MALFLOW_CORE_CAUSE_TEXT_H
#define MALFLOW_CORE_CAUSE_TEXT_H

#include "engine.h"

/* Appends " <= [4] frame 57 url, [5] frame 60 dns" of a list of causes (index + 1 of the first, see
 * mf_engine_causes(); 0 appends nothing), best first; and " after [7] frame 91 exec"
 * where nothing but that, or a look-up, is known. */
void
mf_causes_append(const struct mf_engine *engine, uint32_t first, GString *out);

/* The same of a later request that the packet in FRAME begins. */
void
mf_request_causes_append(const struct mf_engine *engine, uint32_t frame, GString *out);

/* Index + 1 of the best cause of a later request that the packet in FRAME begins; 0: none. */
uint32_t
mf_request_causes(const struct mf_engine *engine, uint32_t frame);

/* --- one by one --- */

struct mf_cause_taker {
    /* BEFORE: what stands before it, " <= ", ", " or " after ". */
    void (*take)(void *user, const struct mf_link *link, const char *before);
    void *user;
};

/* Tells those that mf_causes_append() appends. */
void
mf_causes_tell(const struct mf_engine *engine, uint32_t first, const struct mf_cause_taker *taker);

/* Appends "[4] frame 57 url". */
void
mf_cause_append(const struct mf_link *link, GString *out);

#endif
