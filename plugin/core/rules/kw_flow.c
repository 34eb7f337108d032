/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flow: who sends. https://docs.suricata.io/en/latest/rules/flow-keywords.html#flow */
#include "keyword.h"

static const struct {
    const char *name;
    uint8_t directions; /* of the sender */
    bool established;
} table[] = {
    {"to_server", 1u << MF_ORIG, false},
    {"from_client", 1u << MF_ORIG, false},
    {"to_client", 1u << MF_RESP, false},
    {"from_server", 1u << MF_RESP, false},
    {"established", 1u << MF_ORIG | 1u << MF_RESP, true},
    {"stateless", 1u << MF_ORIG | 1u << MF_RESP, false},
};

static bool
parse_word(struct mf_parser *parser, struct mf_span word)
{
    struct mf_rule_header *header = &parser->rule->header;

    for (unsigned i = 0; i < G_N_ELEMENTS(table); i++) {
        if (mf_span_is(word, table[i].name)) {
            header->directions &= table[i].directions;
            header->established |= table[i].established;
            parser->uses_flow = true;
            return true;
        }
    }
    return mf_parser_fail(parser, word.text, "flow does not support '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
flow_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, word;

    while (mf_span_next(&rest, ',', &word)) {
        if (!parse_word(parser, word))
            return false;
        if (parser->rule->header.directions == 0)
            return mf_parser_fail(parser, word.text, "both directions at once match nothing");
    }
    return true;
}

static const struct mf_keyword rows[] = {
    {"flow", MF_VALUE_REQUIRED, flow_parse},
};

const struct mf_keyword_family mf_keywords_flow = {rows, G_N_ELEMENTS(rows)};
