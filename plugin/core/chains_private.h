/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What gathers the nodes of chains, places them, and writes them, share. */
#ifndef MALFLOW_CORE_CHAINS_PRIVATE_H
#define MALFLOW_CORE_CHAINS_PRIVATE_H

#include "chains.h"

struct mf_chains {
    const struct mf_engine *engine;
    const struct mf_chain_options *options;
    GArray *nodes; /* struct mf_chain_node */
};

/* What is known of a session and of all that stands under it. */
enum mf_chain_mark {
    MF_CHAIN_LOUD = 0x01,   /* says more than that it happened: keeps its node in a group */
    MF_CHAIN_NOTED = 0x02,  /* something was found, or is told by more than look-ups */
    MF_CHAIN_PASSED = 0x04, /* the filter chose it */
};

struct mf_chain_forest {
    const struct mf_engine *engine;
    const struct mf_correlator *correlator;
    uint32_t sessions; /* how many there are */
    uint8_t *marks;    /* index: session id */
    GArray *entries;   /* struct mf_chain_node that stand under one, depth unset */
};

/* The session that SESSION stands under; 0: none. */
uint32_t
mf_chain_parent(const struct mf_chain_forest *forest, uint32_t session);

/* Whether SESSION is a look-up that stands under the session which used it. */
bool
mf_chain_is_lookup(const struct mf_chain_forest *forest, uint32_t session);

/* Marks SESSION and all that it stands under. */
void
mf_chain_mark(struct mf_chain_forest *forest, uint32_t session, enum mf_chain_mark mark);

/* Adds what stands under sessions and is none: requests, files, orders, what came after. */
void
mf_chain_gather(struct mf_chain_forest *forest);

#endif
