/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the inspections of packets, streams and messages share. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_INSPECTOR_H
#define MALFLOW_CORE_RULES_INSPECTOR_H

#include "candidates.h"
#include "instances.h"
#include "set.h"

struct mf_inspector {
    const struct mf_ruleset *set; /* or NULL */
    struct mf_counters *counters;
    mf_rule_fired fired;
    void *user;
    const struct mf_packet *packet; /* at hand; NULL: none */
    bool repeats;                   /* what it brings was there before */
    mf_nanoseconds now;
    struct hs_scratch *scratch;
    struct mf_match_tools *tools;
    struct mf_rule_state *state;
    GHashTable *passed; /* set of session ids on which a pass rule held */
    GHashTable *once;   /* set of struct once: what fired on a session that is one transaction */
    struct mf_candidates *candidates;
    /* Rules on the packet at hand whose literal was seen when its payload was searched as part of
     * the stream; not searched: it was not, or not as a whole. */
    GArray *of_packet; /* unsigned */
    bool searched;
    struct mf_instances *instances;
    struct mf_header_memo *fits;
    uint32_t next_file;        /* instance behind the file that it matched, index + 1; 0: none */
    bool goes_on;              /* from there on */
    struct mf_matched matched; /* what the rule that is being tried matched last */
};

/* What rules are being tried on. */
struct mf_inspected {
    const struct mf_session *session;
    enum mf_direction direction;
    enum mf_fired_on on;
    const struct mf_packet *packet;   /* NULL: none is at hand */
    const struct mf_message *message; /* or NULL */
    const char *app;                  /* what it is, where that is known better; or NULL */
    const uint8_t *payload;           /* NULL: none */
    size_t payload_length;
    bool only_files; /* no rule but those that read file.data */
    bool repeats;    /* no rule that is tried on the stream as well */
};

/* MATCHER matched: in VIEW, of which it may have looked at a part. */
void
mf_inspector_note_match(struct mf_inspector *inspector, const struct mf_matcher *matcher,
                        const struct mf_view *view);

/* Makes all RULES (unsigned; may be NULL) candidates. */
void
mf_inspector_propose_all(struct mf_inspector *inspector, const GArray *rules);

/* The same for every rule of KINDS (bits of enum mf_rule_kind) that could apply to WHAT and whose
 * literal, of those of PREFILTER (may be NULL), stands in VIEW. */
void
mf_inspector_propose_found(struct mf_inspector *inspector, const struct mf_inspected *what,
                           unsigned kinds, const struct mf_prefilter *prefilter,
                           const struct mf_view *view);

/* Tries the candidates in order; then there are none. */
void
mf_inspector_try_candidates(struct mf_inspector *inspector, const struct mf_inspected *what);

struct mf_context
mf_inspector_context(const struct mf_inspector *inspector, const struct mf_inspected *what,
                     unsigned rule);

/* Whether the header and the conditions of the rule hold. */
enum mf_match
mf_inspector_holds(const struct mf_inspector *inspector, const struct mf_context *context);

/* Whether all parts of the rule do. */
bool
mf_inspector_parts_hold(struct mf_inspector *inspector, const struct mf_context *context,
                        const struct mf_inspected *what);

/* The rule holds: its actions are done, and the caller is told unless it should not be. */
void
mf_inspector_fire(struct mf_inspector *inspector, const struct mf_context *context,
                  enum mf_fired_on on);

#endif
