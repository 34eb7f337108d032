/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flow: who sends, in what state the session is, on what the rule is tried.
 * https://docs.suricata.io/en/latest/rules/flow-keywords.html#flow */
#include "keyword.h"

enum { ORIG = 1u << MF_ORIG, RESP = 1u << MF_RESP, ANY = ORIG | RESP };

/* What excludes each other is one group: a rule may say one word of it. */
enum group { SIDE, STATE, STREAM, FRAGMENT, GROUPS };

struct word {
    const char *name;
    enum group group;
    uint8_t directions; /* of the sender; 0: any */
    bool established, not_established;
    bool by_stream, by_packet;
    mf_condition_run run; /* of a condition on the packet; or NULL */
};

/* --- fragments --- */

enum { IPV4_FRAGMENT_AT = 6, IPV6_NEXT_AT = 6, IPV6_FRAGMENT = 44 };

/* Whether the packet came in fragments: Wireshark shows it whole in the frame of the last one. */
static bool
is_put_together(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_packet *packet = context->packet;
    const uint8_t *ip = packet->ip_header;

    (void)condition;
    if (ip == NULL || packet->is_fragment || packet->ip_length < 20)
        return false;
    if (ip[0] >> 4 == 6)
        return ip[IPV6_NEXT_AT] == IPV6_FRAGMENT;
    return ((ip[IPV4_FRAGMENT_AT] & 0x3f) | ip[IPV4_FRAGMENT_AT + 1]) != 0;
}

static bool
is_not_put_together(const struct mf_condition *condition, const struct mf_context *context)
{
    return !is_put_together(condition, context);
}

/* --- words --- */

static const struct word words[] = {
    {"to_server", SIDE, .directions = ORIG},
    {"from_client", SIDE, .directions = ORIG},
    {"to_client", SIDE, .directions = RESP},
    {"from_server", SIDE, .directions = RESP},
    {"established", STATE, .established = true},
    {"not_established", STATE, .not_established = true},
    {"stateless", STATE, .directions = 0},
    {"only_stream", STREAM, .by_stream = true},
    {"no_stream", STREAM, .by_packet = true},
    {"only_frag", FRAGMENT, .run = is_put_together},
    {"no_frag", FRAGMENT, .run = is_not_put_together},
};

static const struct word *
find_word(struct mf_token token)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (mf_token_is(token, words[i].name))
            return &words[i];
    return NULL;
}

static void
take_word(struct mf_parser *parser, const struct word *word)
{
    struct mf_rule_header *header = &parser->rule->header;
    const struct mf_condition condition = {.run = word->run};

    if (word->directions != 0)
        header->directions &= word->directions;
    header->established |= word->established;
    header->not_established |= word->not_established;
    parser->by_stream |= word->by_stream;
    parser->by_packet |= word->by_packet;
    parser->uses_flow |= word->group == SIDE || word->group == STATE;
    if (word->run != NULL)
        mf_parser_add_condition(parser, &condition, true);
}

static bool
flow_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, token;
    const struct word *seen[GROUPS] = {NULL}, *word;

    while (mf_token_next(&rest, ',', &token)) {
        word = find_word(token);
        if (word == NULL)
            return mf_parser_fail(parser, token.text, "flow does not support '%.*s'",
                                  (int)MIN(token.length, 40), token.text);
        if (seen[word->group] != NULL)
            return mf_parser_fail(parser, token.text, "'%s' does not go with '%s'", word->name,
                                  seen[word->group]->name);
        seen[word->group] = word;
        take_word(parser, word);
    }
    return parser->rule->header.directions != 0 ||
           mf_parser_fail(parser, option->value.text, "both directions at once match nothing");
}

static const struct mf_keyword rows[] = {
    {"flow", MF_VALUE_REQUIRED, flow_parse},
};

const struct mf_keyword_family mf_keywords_flow = {rows, G_N_ELEMENTS(rows)};
