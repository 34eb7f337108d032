/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A compiled rule: whom it applies to, and the steps that its options became. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_RULE_H
#define MALFLOW_CORE_RULES_RULE_H

#include "ruleset.h"

#include <glib.h>

/* Slot of the rules that read the payload itself; below it the slots are enum mf_buffer_id. */
#define MF_SLOT_STREAM MF_BUFFER_COUNT
#define MF_SLOT_COUNT  (MF_BUFFER_COUNT + 1)

/* --- header --- */

/* Ports stand as the last two bytes of an address, so that one kind of set does for both. */
struct mf_range {
    struct mf_addr low, high;
};

/* Ranges that are meant, then ranges that are excepted. No range that is meant: all are. */
struct mf_range_set {
    unsigned n_in, n_out;
    struct mf_range ranges[]; /* n_in + n_out of them */
};

/* A NULL set is "any". */
struct mf_rule_header {
    uint8_t l4;                   /* bit per enum mf_l4 */
    uint8_t directions;           /* bit per enum mf_direction: of the sender, by flow */
    bool established;             /* by flow */
    bool both_ways;               /* "<>" */
    const char *app;              /* how a part of the session's L7 name begins; NULL: any */
    struct mf_range_set *addr[2]; /* of the sender, of the receiver */
    struct mf_range_set *port[2];
};

/* Whether the rule could ever apply to what DIRECTION of SESSION sends. */
bool
mf_rule_header_fits(const struct mf_rule_header *header, const struct mf_session *session,
                    enum mf_direction direction);

/* Whether it does with what is known of the session now: its L7 name, its being established. */
bool
mf_rule_header_holds(const struct mf_rule_header *header, const struct mf_session *session,
                     enum mf_direction direction);

void
mf_rule_header_clear(struct mf_rule_header *header);

/* --- steps --- */

/* What is known while more bytes may come. */
enum mf_match {
    MF_MATCH_NO,    /* never, whatever comes */
    MF_MATCH_MAYBE, /* depends on bytes that are not there yet */
    MF_MATCH_YES,   /* whatever comes */
};

/* The bytes that a rule is tried on. Positions are offsets in the stream or buffer. */
struct mf_view {
    const uint8_t *data;
    size_t length;
    int64_t base;  /* position of data[0] */
    bool complete; /* no byte after these will be looked at */
    bool ended;    /* there is none */
};

struct mf_matcher;
struct mf_step;

#define MF_TRY_LAST INT64_MAX

/* One try of one step. */
struct mf_try {
    int64_t cursor; /* in: end of the match before */
    int64_t from; /* in: search from here on; out: from where the next try has to, or MF_TRY_LAST */
    int64_t end;  /* out, for MF_MATCH_YES: the cursor after it */
};

typedef enum mf_match (*mf_step_run)(struct mf_matcher *matcher, const struct mf_step *step,
                                     struct mf_try *attempt);

struct mf_content {
    const uint8_t *bytes; /* of the set; in lower case when nocase */
    uint32_t length;
    int32_t offset, depth; /* depth, within: -1 when absent */
    int32_t distance, within;
    bool negated, nocase, at_end, fast;
    bool is_absolute, is_relative; /* by the options given */
};

/* How a number stands in bytes. */
struct mf_number {
    uint8_t count;
    uint8_t base; /* of text: 8, 10, 16, or 0 for "as C writes it" */
    bool text, little;
};

struct mf_byte_test {
    struct mf_number number;
    char op; /* < > = & ^, l for <=, g for >= */
    bool negated;
    uint64_t value;
    int32_t offset;
};

struct mf_byte_jump {
    struct mf_number number;
    int32_t offset, post_offset;
    uint32_t multiplier;
    bool align, from_beginning, from_end;
};

struct mf_isdataat {
    uint32_t offset;
    bool negated;
};

struct mf_regex;

struct mf_step {
    mf_step_run run;
    union {
        struct mf_content content;
        struct mf_byte_test test;
        struct mf_byte_jump jump;
        struct mf_isdataat dataat;
        struct {
            struct mf_regex *regex; /* owned */
            bool negated;
        } pcre;
    } as;
    bool relative;    /* reads the cursor */
    bool sets_cursor; /* what comes after does not see the cursor before */
    bool retry;       /* another match of this step may help those that follow */
};

struct mf_rule {
    struct mf_rule_info info;
    struct mf_rule_header header;
    struct mf_step *steps;
    uint16_t n_steps;
    int16_t fast; /* index of the step whose content is the fast pattern; -1: none */
    uint8_t slot;
};

/* Accepts NULL. */
void
mf_rule_free(struct mf_rule *rule);

#endif
