/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the byte_ keywords share: how a number stands in bytes, numbers that the rule gives by name,
 * and where such a condition looks. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_NUMBER_H
#define MALFLOW_CORE_RULES_NUMBER_H

#include "match.h"
#include "parser.h"

/* Takes WORD if it says how the number stands ("little", "string", "hex", "bitmask 0x0f", ...).
 * False also when it says so wrongly: then a diagnostic was given. */
bool
mf_number_option(struct mf_parser *parser, struct mf_number *number, struct mf_token word);

/* Whether the words taken make sense together, else a diagnostic at AT. MIN bytes (0 or 1), or
 * more; of text 0 bytes are "all digits". */
bool
mf_number_check(struct mf_parser *parser, const char *at, const struct mf_number *number,
                unsigned min);

/* Decimal, or hexadecimal with 0x, of 64 bits. */
bool
mf_token_unsigned(struct mf_parser *parser, struct mf_token token, uint64_t *out);

/* Cuts "NAME VALUE" off WORD; VALUE is empty when there is none. */
struct mf_token
mf_token_name(struct mf_token word, struct mf_token *value);

/* --- variables: numbers that byte_extract and byte_math read --- */

/* The variable NAME, from here on; 0 with a diagnostic. */
mf_variable
mf_variable_define(struct mf_parser *parser, struct mf_token name);

/* Reads SPAN: a number of MIN..MAX to *NUMBER, or the name of a variable to *VARIABLE. */
bool
mf_variable_or_number(struct mf_parser *parser, struct mf_token token, const int64_t range[2],
                      int64_t *number, mf_variable *variable);

/* The number of bytes: 0 to 255, or a variable. */
bool
mf_number_count(struct mf_parser *parser, struct mf_token token, struct mf_number *number);

/* VALUE, unless VARIABLE stands in its place. A place: far ones come back as one that no buffer
 * has.
 */
static inline int64_t
mf_variable_place(const struct mf_matcher *matcher, mf_variable variable, int64_t value)
{
    const uint64_t far = UINT64_C(1) << 40;

    return variable == 0 ? value : (int64_t)MIN(matcher->variables[variable], far);
}

/* The same for a distance, which may be negative: Suricata takes 32 bits for it. */
static inline int64_t
mf_variable_distance(const struct mf_matcher *matcher, mf_variable variable, int64_t value)
{
    return variable == 0 ? value : (int64_t)(int32_t)(uint32_t)matcher->variables[variable];
}

/* --- */

/* As mf_parser_add_step(), for a condition that goes with another: in rules that name their buffers
 * behind each content (http_uri) it looks where the condition before it does. */
bool
mf_parser_add_beside(struct mf_parser *parser, const struct mf_option *option,
                     const struct mf_step *step);

/* The same if the condition is relative to that one. */
bool
mf_parser_add_placed(struct mf_parser *parser, const struct mf_option *option,
                     const struct mf_step *step);

#endif
