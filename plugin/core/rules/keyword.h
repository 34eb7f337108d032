/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keywords: a row in the table of keywords.c and a function in a kw_ file. The function reads the
 * option and changes the rule being parsed; a keyword that is a condition adds a step with a run
 * function (rule.h). Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_KEYWORD_H
#define MALFLOW_CORE_RULES_KEYWORD_H

#include "parser.h"

/* Returns false after mf_parser_fail(). */
typedef bool (*mf_keyword_parse)(struct mf_parser *parser, const struct mf_option *option);

enum mf_keyword_value { MF_VALUE_NONE, MF_VALUE_REQUIRED };

struct mf_keyword {
    const char *name;
    enum mf_keyword_value value;
    mf_keyword_parse parse;
};

/* Run functions that others must tell apart. */
enum mf_match
mf_content_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt);
enum mf_match
mf_pcre_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt);

/* Accepts NULL. */
void
mf_regex_free(struct mf_regex *regex);

/* NULL: there is no such keyword. */
const struct mf_keyword *
mf_keyword_find(struct mf_span name);

/* Names of sticky buffers, and what they were called before, to slot + 1. */
GHashTable *
mf_keyword_buffers(void);

/* The steps that follow read SLOT. */
bool
mf_keyword_buffer(struct mf_parser *parser, const struct mf_option *option, int slot);

/* kw_meta.c */
bool
mf_keyword_msg(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_sid(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_rev(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_gid(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_classtype(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_priority(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_reference(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_metadata(struct mf_parser *parser, const struct mf_option *option);

/* kw_content.c */
bool
mf_keyword_content(struct mf_parser *parser, const struct mf_option *option);

/* kw_modifiers.c */
bool
mf_keyword_nocase(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_offset(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_depth(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_distance(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_within(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_startswith(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_endswith(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_fast_pattern(struct mf_parser *parser, const struct mf_option *option);

/* kw_flow.c, kw_isdataat.c, kw_byte_test.c, kw_byte_jump.c, kw_pcre.c, kw_buffer.c */
bool
mf_keyword_flow(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_isdataat(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_byte_test(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_byte_jump(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_pcre(struct mf_parser *parser, const struct mf_option *option);
bool
mf_keyword_pkt_data(struct mf_parser *parser, const struct mf_option *option);

#endif
