/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From text to struct mf_rule. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_PARSER_H
#define MALFLOW_CORE_RULES_PARSER_H

#include "lines.h"
#include "rule.h"

#include "slots.h"

#include <string.h>

/* Bounds that keep a rule's evaluation small. */
enum {
    MF_RULE_MAX_OPTIONS = 4096,
    MF_RULE_MAX_STEPS = 256,
    MF_CONTENT_MAX = 1024,
    MF_LIST_DEPTH_MAX = 8
};

/* Of rules that say neither priority nor a known classtype. */
enum { MF_PRIORITY_DEFAULT = 3 };

/* A piece of the rule being parsed. */
struct mf_token {
    const char *text; /* not NUL-terminated */
    size_t length;
};

/* NAME or NAME:VALUE, as it stands between two ';'. */
struct mf_option {
    struct mf_token name, value;
};

/* What the rules of one set share while they are read. */
struct mf_parser_context {
    struct mf_diags *diags;
    struct mf_ruleset *set;
    GStringChunk *strings; /* the set's: what rules keep */
};

/* What became of a rule. */
enum mf_parsed {
    MF_PARSED_RULE,
    MF_PARSED_WRONG,    /* said in a diagnostic */
    MF_PARSED_LEFT_OUT, /* it requires what we are not */
    MF_PARSED_DISABLED, /* switched off by its sid */
};

/* State of one rule. The arrays and the text are used again for the next one. */
struct mf_parser {
    const struct mf_parser_context *context;
    const struct mf_line *line;
    struct mf_rule *rule; /* NULL: a variable is read */
    GArray *steps;        /* struct mf_step, in the order of the rule */
    GArray *parts;        /* struct mf_part */
    GArray *conditions;   /* struct mf_condition */
    GArray *actions;      /* struct mf_condition */
    GString *text;        /* scratch, of mf_token_intern() and of single options */
    GString *references;  /* of the rule, a blank between them */
    GPtrArray *variables; /* names (borrowed) of byte_extract and byte_math, or NULL */
    int content;          /* index of the content that modifiers mean; -1: none */
    int slot;             /* where steps read now */
    bool fresh;           /* the slot was named since the last step */
    bool uses_flow;       /* by state or side */
    bool by_packet;       /* tcp-pkt, dsize, flags, ...: never on the reassembled stream */
    bool by_stream;       /* tcp-stream: never on packets */
    const char *sid;      /* where the sid stands */
    const char *slot_at;
    bool has_priority; /* by its own keyword */
    bool failed;
    enum mf_parsed outcome;
    bool is_transaction;       /* "=>" */
    uint8_t side;              /* with it: that the buffer named last is of, as mf_part.side */
    uint8_t side_named;        /* by the option being parsed */
    struct mf_rule *request;   /* with it: the rule on requests; the caller's */
    unsigned nested_variables; /* that a list is read for */
};

/* Says what is wrong with the rule at AT, a place in its text. Only the first is kept, and nothing
 * is said of a rule that would not be used anyway. Always false. */
bool
mf_parser_fail(struct mf_parser *parser, const char *at, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Appends STEP to the part on the slot that was named last; false with a diagnostic when the rule
 * cannot take it. STEP's data is the rule's from then on, also when it fails. */
bool
mf_parser_add_step(struct mf_parser *parser, const struct mf_option *option,
                   const struct mf_step *step);

/* The part that steps go to now (it is begun when there is none). */
struct mf_part *
mf_parser_part(struct mf_parser *parser);

/* Appends a condition on packet or session. NEEDS_PACKET: it reads the packet, so that the rule is
 * tried on packets alone. */
void
mf_parser_add_condition(struct mf_parser *parser, const struct mf_condition *condition,
                        bool needs_packet);

/* Appends what is done when the rule holds. */
void
mf_parser_add_action(struct mf_parser *parser, const struct mf_condition *action);

/* The steps that follow read SLOT, named by OPTION. */
void
mf_parser_use_slot(struct mf_parser *parser, const struct mf_option *option, int slot);

/* The number of NAME among the set's names of one KIND ("flowbit", "xbit"); the same name gives the
 * same number. */
uint32_t
mf_parser_name(const struct mf_parser *parser, const char *kind, struct mf_token name);

/* parse_finish.c: parts, kinds and fast pattern from what was collected. */
bool
mf_parser_finish(struct mf_parser *parser);

/* Parses the action, protocol, addresses, ports and direction at *AT up to '('; moves *AT there. */
bool
mf_parser_header(struct mf_parser *parser, const char **at);

/* The names of application protocol NAME ("http") as struct mf_rule_header has them; NULL: it is
 * none. */
const char *
mf_parser_app(struct mf_token name);

/* Parses an address or port list. *OUT is NULL for "any". */
bool
mf_parser_addresses(struct mf_parser *parser, struct mf_token token,
                    const struct mf_range_set **out);

bool
mf_parser_ports(struct mf_parser *parser, struct mf_token token, const struct mf_range_set **out);

struct mf_variable;

/* Reads a variable as what it seems to be. False with a diagnostic when that is wrong. */
bool
mf_parser_check_variable(const struct mf_parser_context *context, struct mf_variable *variable);

/* CONTEXT outlives the parser. */
void
mf_parser_init(struct mf_parser *parser, const struct mf_parser_context *context);

void
mf_parser_clear(struct mf_parser *parser);

/* Parses LINE. *RULE is the caller's; NULL unless MF_PARSED_RULE. So is parser->request, which is
 * NULL unless the rule is two (transaction.h). */
enum mf_parsed
mf_parser_rule(struct mf_parser *parser, const struct mf_line *line, struct mf_rule **rule);

/* Cuts the option at *AT, which is not blank; moves behind its ';'. False: there is none. */
bool
mf_parser_cut_option(const char **at, struct mf_option *option);

/* kw_requires.c: whether VALUE is what we are. *WRONG: where it cannot be understood, or NULL. */
bool
mf_requires_met(const struct mf_ruleset *set, struct mf_token value, const char **wrong);

/* The keyword itself. */
bool
mf_parser_requires(struct mf_parser *parser, const struct mf_option *option);

/* --- tokens: values of options --- */

struct mf_token
mf_token_trim(struct mf_token token);

static inline bool
mf_token_same(struct mf_token a, struct mf_token b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static inline bool
mf_token_is(struct mf_token token, const char *text)
{
    return mf_token_same(token, (struct mf_token){text, strlen(text)});
}

/* Cuts the first part up to SEPARATOR off *REST, trimmed. False when nothing is left. */
bool
mf_token_next(struct mf_token *rest, char separator, struct mf_token *part);

/* Takes a '!' off the front. */
bool
mf_token_negated(struct mf_token *token);

/* A decimal number of MIN..MAX, or a diagnostic that says WHAT was expected. */
bool
mf_token_number(struct mf_parser *parser, struct mf_token token, int64_t min, int64_t max,
                int64_t *out);

/* Takes the quotes off, or a diagnostic. Escapes are left alone. */
bool
mf_token_unquote(struct mf_parser *parser, struct mf_token *token);

/* A copy of the set's own, escaped for a terminal: one for all that are equal. */
const char *
mf_token_intern(const struct mf_parser *parser, struct mf_token token);

/* The same for what hardly any other rule says. */
const char *
mf_token_keep(const struct mf_parser *parser, struct mf_token token);

#endif
