/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A compiled rule: whom it applies to, its conditions on packet and session, its parts (what is
 * looked for in one buffer each), and what it does when all of that holds. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_RULE_H
#define MALFLOW_CORE_RULES_RULE_H

#include "ruleset.h"

#include <glib.h>
#include <string.h>

/* --- header --- */

/* Ports stand as the last two bytes of an address, so that one kind of set does for both. */
struct mf_range {
    struct mf_addr low, high;
};

/* Whether A comes before B, as memcmp() has it: inline, for the searches that every packet makes.
 */
static inline bool
mf_addr_before(const struct mf_addr *a, const struct mf_addr *b)
{
    uint64_t x[2], y[2];

    memcpy(x, a->bytes, sizeof x);
    memcpy(y, b->bytes, sizeof y);
    return x[0] != y[0] ? GUINT64_FROM_BE(x[0]) < GUINT64_FROM_BE(y[0])
                        : GUINT64_FROM_BE(x[1]) < GUINT64_FROM_BE(y[1]);
}

static inline struct mf_addr
mf_addr_of_port(uint16_t port)
{
    return (struct mf_addr){.bytes = {[14] = (uint8_t)(port >> 8), [15] = (uint8_t)port}};
}

/* Ranges that are meant, then ranges that are excepted, each in ascending order and apart from each
 * other. No range that is meant: all are. */
struct mf_range_set {
    unsigned n_in, n_out;
    struct mf_range ranges[]; /* n_in + n_out of them */
};

/* A NULL set is "any". Sets belong to the ruleset: many rules share one. */
struct mf_rule_header {
    uint8_t l4;             /* bit per enum mf_l4 */
    uint8_t directions;     /* bit per enum mf_direction: of the sender, by flow */
    bool established;       /* by flow */
    bool not_established;   /* by flow */
    bool both_ways;         /* "<>" */
    uint8_t address_family; /* 4, 6; 0: any */
    uint32_t number;        /* see header_memo.h; of a set that is compiled */
    const char
        *app; /* names, '|' between them: one is a part of the session's L7 name; NULL: any */
    const struct mf_range_set *addr[2]; /* of the sender, of the receiver */
    const struct mf_range_set *port[2];
};

/* Whether the rule could ever apply to what DIRECTION of SESSION sends. The answer for a session
 * stays what it is. */
bool
mf_rule_header_fits(const struct mf_rule_header *header, const struct mf_session *session,
                    enum mf_direction direction);

/* What a match can be, while more may come. */
enum mf_match {
    MF_MATCH_NO,    /* never, whatever comes */
    MF_MATCH_MAYBE, /* depends on what is not there yet */
    MF_MATCH_YES,   /* whatever comes */
};

/* Of a header that fits: whether the rule applies with what is known of the session now, "maybe"
 * while its L7 name is not. APP: that name, or that of what is looked at. */
enum mf_match
mf_rule_header_holds(const struct mf_rule_header *header, const struct mf_session *session,
                     const char *app);

/* Whether a part of APP ("TLS:HTTP2"; NULL has none) is one of NAMES, as in struct mf_rule_header.
 */
bool
mf_app_is_one_of(const char *app, const char *names);

/* Whether ADDR is in SET, which may be NULL. */
bool
mf_range_set_has(const struct mf_range_set *set, const struct mf_addr *addr);

/* --- conditions: on packet and session --- */

struct mf_rule_state;
struct mf_message;

/* Where a rule is being tried. */
struct mf_context {
    const struct mf_session *session;
    enum mf_direction direction;
    const struct mf_packet *packet;   /* NULL: a stream ended, or was given up, without one */
    const struct mf_message *message; /* for rules on dissected messages; else NULL */
    const char *app;                  /* what is spoken; or NULL */
    struct mf_rule_state *state;
    mf_nanoseconds now;
    unsigned rule; /* index */
};

struct mf_condition;

/* For an action the answer is ignored. */
typedef bool (*mf_condition_run)(const struct mf_condition *condition,
                                 const struct mf_context *context);

/* Comparisons of unsigned numbers, as Suricata writes them. */
enum mf_compare {
    MF_COMPARE_EQ,
    MF_COMPARE_NE,
    MF_COMPARE_LT,
    MF_COMPARE_LE,
    MF_COMPARE_GT,
    MF_COMPARE_GE,
    MF_COMPARE_RANGE,     /* a-b, a<>b: both ends outside (a < x < b) */
    MF_COMPARE_NOT_RANGE, /* !a-b */
    MF_COMPARE_MASK,      /* &m=v, &m!=v */
    MF_COMPARE_NOT_MASK,
};

struct mf_number_test {
    uint64_t low, high; /* MASK: low the mask, high the value */
    uint8_t op;         /* enum mf_compare */
};

bool
mf_number_test_holds(const struct mf_number_test *test, uint64_t number);

/* A condition, or an action. Keep it small: whatever is large hangs on as.data. */
struct mf_condition {
    mf_condition_run run;
    void (*destroy)(void *data); /* of as.data; NULL: none */
    union {
        struct mf_number_test number;
        struct {
            uint32_t name;
            uint8_t op, kind, track;
            uint32_t value;
        } bit; /* flowbits, flowint, xbits, hostbits */
        struct {
            uint8_t op, want, mask;
            bool negated;
        } flags;
        void *data;
    } as;
};

/* --- steps: on the bytes of one buffer --- */

/* The bytes that a rule is tried on. Positions are offsets in the stream or buffer. */
struct mf_view {
    const uint8_t *data; /* never NULL */
    size_t length;
    int64_t base;    /* position of data[0] */
    uint64_t number; /* of a NUMBER buffer */
    bool complete;   /* no byte after these will be looked at */
    bool ended;      /* there is none */
};

struct mf_matcher;
struct mf_step;

#define MF_TRY_LAST INT64_MAX

/* One try of one step. */
struct mf_try {
    int64_t cursor; /* in: end of the match before */
    int64_t from; /* in: search from here on; out: from where the next try has to, or MF_TRY_LAST */
    int64_t begin; /* out, for MF_MATCH_YES: where it matched; contents say it, of others it is the
                      beginning of what they look at */
    int64_t end;   /* out, for MF_MATCH_YES: the cursor after it */
    bool is_only;  /* out: the step matches here, or where it was tried before, and nowhere behind:
                      a cursor further behind would not help it */
};

typedef enum mf_match (*mf_step_run)(struct mf_matcher *matcher, const struct mf_step *step,
                                     struct mf_try *attempt);

/* Numbers that byte_extract and byte_math read, by their place in struct mf_matcher; 0 says that
 * the number stands in the rule itself. */
typedef uint8_t mf_variable;

/* What options said about a content, each once. */
enum mf_content_given {
    MF_GIVEN_OFFSET = 0x01,
    MF_GIVEN_DEPTH = 0x02,
    MF_GIVEN_DISTANCE = 0x04,
    MF_GIVEN_WITHIN = 0x08,
    MF_GIVEN_STARTSWITH = 0x10,
    MF_GIVEN_ENDSWITH = 0x20,
    MF_GIVEN_NOCASE = 0x40,
    MF_GIVEN_FAST_ONLY = 0x80,
};

struct mf_content {
    const uint8_t *bytes; /* of the set; in lower case when nocase */
    uint32_t length;
    int32_t offset, depth; /* depth, within: -1 when absent */
    int32_t distance, within;
    mf_variable variable_offset, variable_depth, variable_distance, variable_within;
    uint16_t fast_offset, fast_length; /* the part that is looked for first; length 0: all */
    uint8_t given;                     /* bits of enum mf_content_given */
    bool negated, nocase, at_end, fast;
    bool is_absolute, is_relative; /* by the options given */
};

/* How a number stands in bytes. */
struct mf_number {
    uint64_t mask; /* what is kept of it, shifted down to bit 0; 0: all */
    uint8_t count;
    uint8_t base;               /* of text: 8, 10, 16, or 0 for "as C writes it" */
    mf_variable variable_count; /* in place of count */
    bool text, little;
    bool dce; /* as the DCE/RPC message says it */
};

struct mf_byte_test {
    struct mf_number number;
    uint64_t value;
    int32_t offset;
    char op; /* < > = & ^, l for <=, g for >= */
    bool negated;
    mf_variable variable_value, variable_offset;
};

struct mf_byte_jump {
    struct mf_number number;
    int32_t offset, post_offset;
    uint32_t multiplier;
    bool align, from_beginning, from_end;
    mf_variable variable_offset;
};

/* byte_extract, byte_math: a number, and what is done with it, to a variable. */
struct mf_byte_read {
    struct mf_number number;
    uint64_t operand;
    int32_t offset;
    char op;       /* + - * /, l for <<, r for >> */
    uint8_t align; /* rounded up to multiples of it; 0: not */
    mf_variable result, variable_operand;
};

struct mf_isdataat {
    uint32_t offset;
    mf_variable variable_offset;
    bool negated;
};

struct mf_base64 {
    uint32_t bytes, offset;
};

struct mf_entropy {
    double low, high;
    uint32_t offset, bytes; /* bytes 0: to the end */
    uint8_t op;             /* enum mf_compare */
};

struct mf_asn1 {
    int32_t offset;
    uint32_t oversize; /* lengths above it; UINT32_MAX: any will do */
    bool bitstring, real;
};

struct mf_rpc {
    uint32_t program, version, procedure;
    bool any_version, any_procedure;
};

struct mf_regex;

struct mf_step {
    mf_step_run run;
    void (*destroy)(void *data); /* of as.data; NULL: none */
    union {
        struct mf_content content;
        struct mf_byte_test test;
        struct mf_byte_jump jump;
        struct mf_byte_read read;
        struct mf_isdataat dataat;
        struct mf_base64 base64;
        struct mf_entropy entropy;
        struct mf_asn1 asn1;
        struct mf_rpc rpc;
        struct mf_number_test number;
        struct {
            struct mf_regex *regex; /* owned */
            bool negated;
        } pcre;
        struct {
            int64_t value;
            mf_variable variable;
            bool negated;
        } plain;
        void *data;
    } as;
    uint16_t part;    /* of the rule's parts */
    bool relative;    /* reads the cursor */
    bool sets_cursor; /* what comes after does not see the cursor before */
    bool varies;      /* reads a variable that an earlier step of its part sets */
    bool retry;       /* another match of this step may help those that follow */
    bool steady;      /* the next match of an earlier step leads here, or further behind */
};

/* --- parts --- */

enum mf_absent {
    MF_PRESENT,       /* the buffer must be there and match */
    MF_ABSENT,        /* it must not be there */
    MF_ABSENT_OR_ELSE /* it is not there, or it matches */
};

/* Steps on one buffer; any instance of it that matches will do. */
struct mf_part {
    uint16_t slot;     /* see slots.h */
    uint16_t first, n; /* steps */
    uint8_t absent;    /* enum mf_absent */
    uint8_t side;      /* of a rule with "=>": bits of enum mf_direction; 0: not said */
    bool nested;       /* read only by a step of another part (base64_data) */
};

/* When a rule is tried. */
enum mf_rule_kind {
    MF_RULE_ADDRESS = 0x1, /* at the first packet of each direction of a session */
    MF_RULE_PACKET = 0x2,  /* at every packet, on its payload and headers */
    MF_RULE_STREAM = 0x4,  /* on the reassembled bytes of one direction */
    MF_RULE_MESSAGE = 0x8, /* on what Wireshark dissected */
};

enum mf_rule_action { MF_ACTION_ALERT, MF_ACTION_PASS, MF_ACTION_CONFIG };

struct mf_threshold;

struct mf_rule {
    struct mf_rule_info info;
    struct mf_rule_header header;
    struct mf_part *parts;
    struct mf_step *steps;
    struct mf_condition *conditions; /* n_conditions, then n_actions */
    struct mf_threshold *threshold;  /* owned; NULL: every match is told */
    uint32_t number;                 /* of addition to the set */
    uint16_t n_parts, n_steps;
    uint16_t n_conditions, n_actions;
    int16_t fast; /* index of the step whose content is the fast pattern; -1: none */
    int64_t fast_first, fast_last; /* where it may begin in its buffer */
    uint8_t kinds;                 /* bits of enum mf_rule_kind */
    uint8_t action;                /* enum mf_rule_action */
    uint8_t order;                 /* the higher comes first: those that set what others ask for */
    bool noalert;                  /* only its actions count */
    bool needs_packet;             /* has conditions on a packet */
    bool has_flags;                /* tried only on TCP packets for which flags_hold says yes */
    uint8_t flags_hold[32];        /* bit per value of the flags byte */
};

/* Accepts NULL. */
void
mf_rule_free(struct mf_rule *rule);

#endif
