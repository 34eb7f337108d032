/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostbits and xbits: marks that rules leave on a host, or on a pair of hosts, for a while. Both
 * keywords mean the same marks where they name one host.
 * https://docs.suricata.io/en/latest/rules/xbits.html
 */
#include "kw_state.h"

enum { HOSTBITS_EXPIRE = 300, XBITS_EXPIRE = 30 };
enum track { TRACK_SRC, TRACK_DST, TRACK_PAIR };

static struct mf_host_key
key_of(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_addr *addr = context->session->addr;
    enum mf_direction sender = context->direction;
    bool dst = condition->as.bit.track == TRACK_DST;

    return (struct mf_host_key){.host = &addr[dst ? sender ^ 1 : sender],
                                .other = condition->as.bit.track == TRACK_PAIR ? &addr[sender ^ 1]
                                                                               : NULL,
                                .bit = condition->as.bit.name};
}

static bool
is_set(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_host_key key = key_of(condition, context);

    return mf_hostbit_get(context->state, &key, context->now);
}

static bool
ask(const struct mf_condition *condition, const struct mf_context *context)
{
    return is_set(condition, context) == (condition->as.bit.op == MF_BIT_ISSET);
}

static bool
change(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_host_key key = key_of(condition, context);
    uint8_t op = condition->as.bit.op;

    if (op == MF_BIT_SET || (op == MF_BIT_TOGGLE && !is_set(condition, context)))
        mf_hostbit_set(context->state, &key, context->now,
                       context->now + condition->as.bit.value * MF_NS_PER_S);
    else
        mf_hostbit_unset(context->state, &key);
    return true;
}

static bool
add(struct mf_parser *parser, struct mf_condition *condition, struct mf_token name)
{
    bool pair = condition->as.bit.track == TRACK_PAIR, asks = mf_bit_op_asks(condition->as.bit.op);

    condition->as.bit.name = mf_parser_name(parser, pair ? "pairbit" : "hostbit", name);
    condition->run = asks ? ask : change;
    mf_state_add(parser, condition, pair ? MF_ORDER_PAIRBITS : MF_ORDER_HOSTBITS, asks);
    return true;
}

static bool
parse_expire(struct mf_parser *parser, struct mf_token text, struct mf_condition *condition)
{
    int64_t seconds;

    if (!mf_token_number(parser, text, 1, UINT32_MAX, &seconds))
        return false;
    condition->as.bit.value = (uint32_t)seconds;
    return true;
}

/* "noalert", or what is told or asked and the name. *NAME is empty for the first. */
static bool
parse_head(struct mf_parser *parser, struct mf_token *rest, struct mf_condition *condition,
           struct mf_token *name)
{
    struct mf_token word;

    *name = (struct mf_token){0};
    mf_token_next(rest, ',', &word);
    if (mf_token_is(word, "noalert") && rest->text == NULL) {
        parser->rule->noalert = true;
        return true;
    }
    if (!mf_bit_op_find(word, &condition->as.bit.op))
        return mf_parser_fail(parser, word.text,
                              "expected set, unset, toggle, isset, isnotset or noalert, not '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    if (!mf_token_next(rest, ',', name) || name->length == 0)
        return mf_parser_fail(parser, word.text, "expected a name after '%.*s'", (int)word.length,
                              word.text);
    return true;
}

/* set,name[,src|dst[,seconds]] */
static bool
hostbits_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, name, word;
    struct mf_condition condition = {.as.bit.value = HOSTBITS_EXPIRE};

    if (!parse_head(parser, &rest, &condition, &name) || name.length == 0)
        return parser->rule->noalert && !parser->failed;
    if (mf_token_next(&rest, ',', &word)) {
        if (mf_token_is(word, "dst"))
            condition.as.bit.track = TRACK_DST;
        else if (!mf_token_is(word, "src"))
            return mf_parser_fail(parser, word.text, "expected src or dst, not '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
    }
    if (mf_token_next(&rest, ',', &word) && !parse_expire(parser, word, &condition))
        return false;
    return add(parser, &condition, name);
}

static bool
parse_track(struct mf_parser *parser, struct mf_token text, uint8_t *track)
{
    static const char *const names[] = {
        [TRACK_SRC] = "ip_src", [TRACK_DST] = "ip_dst", [TRACK_PAIR] = "ip_pair"};

    for (*track = 0; *track < G_N_ELEMENTS(names); (*track)++)
        if (mf_token_is(text, names[*track]))
            return true;
    return mf_parser_fail(parser, text.text, "expected ip_src, ip_dst or ip_pair, not '%.*s'",
                          (int)MIN(text.length, 40), text.text);
}

/* set,name,track ip_src[,expire seconds] */
static bool
xbits_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, name, part, word;
    struct mf_condition condition = {.as.bit.value = XBITS_EXPIRE};
    bool tracked = false;

    if (!parse_head(parser, &rest, &condition, &name) || name.length == 0)
        return parser->rule->noalert && !parser->failed;
    while (mf_token_next(&rest, ',', &part)) {
        bool good;

        mf_token_next(&part, ' ', &word);
        part = part.text != NULL ? mf_token_trim(part) : word;
        if (mf_token_is(word, "track"))
            good = tracked = parse_track(parser, part, &condition.as.bit.track);
        else if (mf_token_is(word, "expire"))
            good = parse_expire(parser, part, &condition);
        else
            good = mf_parser_fail(parser, word.text, "expected track or expire, not '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
        if (!good)
            return false;
    }
    if (!tracked)
        return mf_parser_fail(parser, option->value.text, "expected 'track ip_src' or the like");
    return add(parser, &condition, name);
}

static const struct mf_keyword rows[] = {
    {"hostbits", MF_VALUE_REQUIRED, hostbits_parse},
    {"xbits", MF_VALUE_REQUIRED, xbits_parse},
};

const struct mf_keyword_family mf_keywords_hostbits = {rows, G_N_ELEMENTS(rows)};
