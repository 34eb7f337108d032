/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evaluation of one rule on one view. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_MATCH_H
#define MALFLOW_CORE_RULES_MATCH_H

#include "rule.h"

/* What evaluations share: owned by the inspector. */
struct mf_match_tools;

struct mf_match_tools *
mf_match_tools_new(void);

/* Accepts NULL. */
void
mf_match_tools_free(struct mf_match_tools *tools);

enum { MF_RULE_MAX_VARIABLES = 16 };

/* One evaluation. */
struct mf_matcher {
    const struct mf_rule *rule;
    const struct mf_part *part; /* being matched */
    const struct mf_ruleset *set;
    const struct mf_context *context;
    struct mf_match_tools *tools;
    struct mf_counters *counters;
    struct mf_view view;
    int64_t pin;                   /* the fast pattern must match here; -1: anywhere */
    const struct mf_step *missing; /* out: last content of the view that may yet come, however far
                                    * behind it; NULL: none */
    uint64_t work;                 /* spent so far, roughly in nanoseconds */
    uint64_t limit;
    int64_t begin; /* out, for MF_MATCH_YES: where the match begins */
    bool settled;  /* no other match of an earlier step can change the answer */
    uint64_t variables[MF_RULE_MAX_VARIABLES + 1]; /* by mf_variable; [0] is not used */
};

/* Evaluates PART of MATCHER->rule on MATCHER->view. Adds to MATCHER->work; over the limit the
 * answer is no. */
enum mf_match
mf_match_part(struct mf_matcher *matcher, const struct mf_part *part);

/* Position of the first place in the view, from FROM on, where the bytes of CONTENT stand; -1: they
 * do not. */
int64_t
mf_content_find(const struct mf_view *view, const struct mf_content *content, int64_t from);

/* Position behind the last byte of the view. */
static inline int64_t
mf_view_end(const struct mf_view *view)
{
    return view->base + (int64_t)view->length;
}

/* What it means that a byte behind the view's end is needed. */
static inline enum mf_match
mf_view_beyond(const struct mf_view *view)
{
    return view->complete ? MF_MATCH_NO : MF_MATCH_MAYBE;
}

struct mf_number_found {
    uint64_t value;
    int64_t end; /* position behind it */
};

/* Reads the number of form NUMBER at position AT, without its mask. */
enum mf_match
mf_number_read(const struct mf_matcher *matcher, const struct mf_number *number, int64_t at,
               struct mf_number_found *found);

/* VALUE as NUMBER's mask leaves it. */
uint64_t
mf_number_masked(const struct mf_number *number, uint64_t value);

/* base64_decode makes bytes here, for the steps of a nested part. Not to be freed. */
GByteArray *
mf_match_tools_bytes(struct mf_match_tools *tools);

#endif
