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

enum mf_keyword_value { MF_VALUE_NONE, MF_VALUE_OPTIONAL, MF_VALUE_REQUIRED };

struct mf_keyword {
    const char *name;
    enum mf_keyword_value value;
    mf_keyword_parse parse;
};

/* The rows of one kw_ file. */
struct mf_keyword_family {
    const struct mf_keyword *rows;
    unsigned n;
};

/* One line per family: mf_keywords_NAME, in kw_ files. */
#define MF_KEYWORD_FAMILIES(X)                                                                     \
    X(app)                                                                                         \
    X(base64)                                                                                      \
    X(byte_jump)                                                                                   \
    X(byte_read)                                                                                   \
    X(byte_test)                                                                                   \
    X(checksum)                                                                                    \
    X(content)                                                                                     \
    X(dcerpc)                                                                                      \
    X(entropy)                                                                                     \
    X(flags)                                                                                       \
    X(flow)                                                                                        \
    X(flowbits)                                                                                    \
    X(flowint)                                                                                     \
    X(flowstats)                                                                                   \
    X(ftp)                                                                                         \
    X(hostbits)                                                                                    \
    X(industrial)                                                                                  \
    X(ip)                                                                                          \
    X(isdataat)                                                                                    \
    X(meta)                                                                                        \
    X(modifiers)                                                                                   \
    X(packet)                                                                                      \
    X(pairs)                                                                                       \
    X(pcre)                                                                                        \
    X(protocol)                                                                                    \
    X(size)                                                                                        \
    X(threshold)                                                                                   \
    X(tls)                                                                                         \
    X(values)                                                                                      \
    X(wireshark)

#define MF_KEYWORD_FAMILY(name) extern const struct mf_keyword_family mf_keywords_##name;
MF_KEYWORD_FAMILIES(MF_KEYWORD_FAMILY)
#undef MF_KEYWORD_FAMILY

/* All rows of all families. The caller frees. */
GHashTable *
mf_keywords_new(void);

/* That of NAME, however it is written; or NULL. */
const struct mf_keyword *
mf_keywords_find(GHashTable *keywords, struct mf_token name);

/* Run functions that others must tell apart. */
enum mf_match
mf_content_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt);
enum mf_match
mf_pcre_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt);

enum mf_match
mf_base64_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt);

/* Accepts NULL. */
void
mf_regex_free(struct mf_regex *regex);

/* kw_buffer.c: options that are the name of a buffer, of a content modifier, of a transform. False
 * with *IS_KNOWN when it is none of them. */
bool
mf_keyword_names_buffer(struct mf_parser *parser, const struct mf_option *option, bool *is_known);

#endif
