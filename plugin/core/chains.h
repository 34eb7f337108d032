/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What caused what, as trees: each root session with what came of it, and of that. Nodes stand in
 * the order in which they are read: a tree after the other by time of their roots, in a tree a node
 * before what stands under it, and what stands under one session in order of its frames. A view
 * renders nodes and computes nothing.
 *
 * A session stands under the session that its best cause is of. A look-up that nothing caused
 * stands under the session that used its answer first. A scan group, and contacts of a beacon that
 * differ in nothing but time, are one node; contacts and members with something under them keep
 * nodes of their own. A tree has at least one node beside its root that is no file.
 */
#ifndef MALFLOW_CORE_CHAINS_H
#define MALFLOW_CORE_CHAINS_H

#include "engine.h"
#include "options.h"

enum mf_chain_kind {
    MF_CHAIN_LOOKUP,  /* that nothing caused; ref: link (index + 1) to the session it is under */
    MF_CHAIN_SESSION, /* ref: 0 */
    MF_CHAIN_SCAN,    /* ref: scan group id; session: its first member */
    MF_CHAIN_BEACON,  /* ref: beacon id; session: the first of its contacts that stand here */
    MF_CHAIN_REQUEST, /* later request of the session it is under; ref: its summary item (index + 1;
                         0: the summary does not know of it) */
    MF_CHAIN_FILE,    /* a program that arrived; ref: index of the file */
    MF_CHAIN_ORDER,   /* nothing came of it; ref: its index in the correlator */
    MF_CHAIN_AFTER, /* session that came after an executable on the one it is under, and no more is
                       known; ref: link (index) */
};

struct mf_chain_node {
    uint32_t session; /* that it tells of */
    uint32_t under;   /* session whose node it stands under; 0: it is a root */
    uint32_t frame;   /* where it begins */
    uint32_t ref;
    uint32_t asked; /* MF_CHAIN_FILE: frame of the request that it came for; else, or unknown, 0 */
    uint32_t times; /* MF_CHAIN_ORDER: how often it was given; else 1 */
    uint32_t depth; /* 0: root */
    uint8_t kind;   /* enum mf_chain_kind */
};

enum mf_chain_trees {
    MF_CHAIN_TREES_ALL,
    MF_CHAIN_TREES_NOTED /* not those of mere look-ups and their use, in which nothing was found */
};

/* Options of -z malflow,chains; all zero: the defaults. */
struct mf_chain_options {
    enum mf_time_format time;
    enum mf_chain_trees trees;
    bool bare; /* no option: for views that show place and depth in their own way. Lines are neither
                  indented nor say where their node is, and no empty ones stand before roots */
};

extern const struct mf_option_list mf_chain_option_list;

struct mf_chains;

/* A snapshot: not to be used after further packets were fed to ENGINE. ENGINE and OPTIONS outlive
 * it. SESSIONS (set of GUINT_TO_POINTER(id); NULL: all) is read during the call: only trees are
 * told that one of them belongs to. */
struct mf_chains *
mf_chains_new(const struct mf_engine *engine, const struct mf_chain_options *options,
              const GHashTable *sessions);

/* Accepts NULL. */
void
mf_chains_free(struct mf_chains *chains);

uint32_t
mf_chains_count(const struct mf_chains *chains);

/* INDEX below the count. */
const struct mf_chain_node *
mf_chains_node(const struct mf_chains *chains, uint32_t index);

/* Appends the lines of node INDEX, each with its newline, indented by its depth; an empty line
 * before every root but the first. Printable ASCII only. */
void
mf_chains_append_text(const struct mf_chains *chains, uint32_t index, GString *out);

#endif
