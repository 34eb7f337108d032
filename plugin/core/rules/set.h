/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The insides of a compiled set, for the inspection. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_SET_H
#define MALFLOW_CORE_RULES_SET_H

#include "header_index.h"
#include "header_memo.h"
#include "match.h"
#include "prefilter.h"
#include "slots.h"
#include "state.h"
#include "variables.h"

/* Sessions are checked against the rules one by one only where these are few. */
enum { MF_FEW_RULES = 64 };

/* The rules that are tried on the bytes of one transport in one direction, on the stream or on each
 * packet. TCP's packets are searched by the stream's prefilter; their own has only the rules that
 * are not tried on the stream as well. */
struct mf_payload_rules {
    struct mf_prefilter *prefilter;     /* of the set; NULL: none has a fast pattern */
    GArray *all;                        /* unsigned */
    bool by_literal;                    /* some are tried where a literal is found */
    struct mf_header_index *always;     /* those that are not; NULL: all are */
    uint8_t always_flags[32];           /* bit per tcp_flags: some of these may hold with them */
    struct mf_header_index *on_payload; /* those on packets that hold only with a payload */
};

struct mf_ruleset {
    GPtrArray *rules;   /* struct mf_rule, owned, in the order in which they are tried */
    GHashTable *by_sid; /* struct mf_rule by its gid and sid -> index + 1; until compiled */
    GHashTable *keywords, *names;
    GHashTable *ranges; /* see ranges.h */
    struct mf_variables *variables;
    GArray *disabled; /* struct mf_sid_range, ascending and apart */
    struct mf_slots *slots;
    GStringChunk *strings;
    GPtrArray *fields, *filters; /* const char *, of strings: Wireshark's words in rules */
    const struct mf_rule_host *host;
    char *cache_folder;
    bool has_transactions; /* rules with "=>", see transaction.h */
    unsigned n_added, n_skipped, n_disabled, n_cached, n_compiled;

    GPtrArray *headers;    /* of the rules, by number */
    GPtrArray *prefilters; /* owned: all that stand in the lists below and in the slots */
    struct mf_payload_rules stream[MF_L4_COUNT][2];
    struct mf_payload_rules packet[MF_L4_COUNT][2];
    struct mf_header_index *by_header; /* rules of the header alone */
    GArray *message_always; /* unsigned: message rules without any part that must be present */
    uint8_t wanted[MF_BUFFER_COUNT]; /* 1: some rule reads the buffer */
};

static inline struct mf_rule *
mf_ruleset_rule(const struct mf_ruleset *set, unsigned index)
{
    return g_ptr_array_index(set->rules, index);
}

struct mf_sid_range {
    uint32_t first, last;
};

/* Whether SID was switched off. */
bool
mf_ruleset_is_disabled(const struct mf_ruleset *set, uint32_t sid);

/* ruleset_options.c: takes OPTIONS in. */
void
mf_ruleset_configure(struct mf_ruleset *set, const struct mf_rule_options *options,
                     struct mf_diags *diags);

/* Orders the rules and fills the lists above. */
void
mf_ruleset_index(struct mf_ruleset *set);

/* Compiles the literals in these lists, or reads them from the cache. */
bool
mf_ruleset_make_databases(struct mf_ruleset *set, struct mf_diags *diags);

#endif
