/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The insides of a compiled set, for the inspection. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_SET_H
#define MALFLOW_CORE_RULES_SET_H

#include "match.h"
#include "prefilter.h"

/* Sessions are checked against the rules one by one only where these are few. */
enum { MF_FEW_RULES = 64 };

/* The rules that read the stream of one transport in one direction. */
struct mf_stream_rules {
    unsigned n;
    unsigned rules[MF_FEW_RULES]; /* the first of them */
};

struct mf_ruleset {
    GPtrArray *rules;   /* struct mf_rule, owned */
    GHashTable *by_sid; /* GUINT_TO_POINTER(sid) -> GUINT_TO_POINTER(index + 1) */
    GHashTable *buffers;
    GStringChunk *strings;
    GPtrArray *fields, *filters; /* const char *, of strings: Wireshark's words in rules */
    unsigned n_skipped, n_disabled;
    struct mf_prefilter *slots[MF_SLOT_COUNT]; /* NULL: no rule, or not compiled */
    struct mf_stream_rules stream[MF_L4_COUNT][2];
};

static inline const struct mf_rule *
mf_ruleset_rule(const struct mf_ruleset *set, unsigned index)
{
    return g_ptr_array_index(set->rules, index);
}

struct mf_inspector {
    const struct mf_ruleset *set; /* or NULL */
    struct mf_counters *counters;
    mf_rule_fired fired;
    void *user;
    struct hs_scratch *scratch;
    struct mf_match_tools *tools;
    uint32_t *tried; /* per rule: the call in which it was tried last */
    uint32_t call;
};

#endif
