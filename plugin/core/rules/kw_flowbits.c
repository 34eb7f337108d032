/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flowbits: marks that rules leave on a session for other rules.
 * https://docs.suricata.io/en/latest/rules/flow-keywords.html#flowbits */
#include "kw_state.h"

#include <string.h>

/* For a|b|c. */
struct names {
    unsigned n;
    uint32_t names[];
};

static bool
isset(const struct mf_condition *condition, const struct mf_context *context)
{
    return mf_flowbit_get(context->state, context->session->id, condition->as.bit.name);
}

static bool
isnotset(const struct mf_condition *condition, const struct mf_context *context)
{
    return !isset(condition, context);
}

static bool
set(const struct mf_condition *condition, const struct mf_context *context)
{
    mf_flowbit_set(context->state, context->session->id, condition->as.bit.name, true);
    return true;
}

static bool
unset(const struct mf_condition *condition, const struct mf_context *context)
{
    mf_flowbit_set(context->state, context->session->id, condition->as.bit.name, false);
    return true;
}

static bool
toggle(const struct mf_condition *condition, const struct mf_context *context)
{
    mf_flowbit_set(context->state, context->session->id, condition->as.bit.name,
                   !isset(condition, context));
    return true;
}

/* Whether one of several bits is set (VALUE), or not. */
static bool
any_is(const struct mf_condition *condition, const struct mf_context *context, bool value)
{
    const struct names *names = condition->as.data;

    for (unsigned i = 0; i < names->n; i++)
        if (mf_flowbit_get(context->state, context->session->id, names->names[i]) == value)
            return true;
    return false;
}

static bool
any_isset(const struct mf_condition *condition, const struct mf_context *context)
{
    return any_is(condition, context, true);
}

static bool
any_isnotset(const struct mf_condition *condition, const struct mf_context *context)
{
    return any_is(condition, context, false);
}

static const mf_condition_run runs[] = {
    [MF_BIT_SET] = set,     [MF_BIT_UNSET] = unset,       [MF_BIT_TOGGLE] = toggle,
    [MF_BIT_ISSET] = isset, [MF_BIT_ISNOTSET] = isnotset,
};

static bool
parse_name(struct mf_parser *parser, struct mf_token name, uint32_t *number)
{
    if (name.length == 0 || memchr(name.text, ' ', name.length) != NULL)
        return mf_parser_fail(parser, name.text, "expected a flowbit's name without blanks");
    *number = mf_parser_name(parser, "flowbit", name);
    return true;
}

/* a|b|c */
static bool
parse_names(struct mf_parser *parser, struct mf_token rest, uint8_t op)
{
    struct mf_condition condition = {.run = op == MF_BIT_ISSET ? any_isset : any_isnotset,
                                     .destroy = g_free};
    struct names *names;
    struct mf_token name;
    bool good = true;

    if (!mf_bit_op_asks(op))
        return mf_parser_fail(parser, rest.text, "only isset and isnotset take several names");
    names = g_malloc0(sizeof *names + (rest.length + 1) * sizeof names->names[0]);
    while (good && mf_token_next(&rest, '|', &name))
        good = parse_name(parser, name, &names->names[names->n++]);
    condition.as.data = names;
    mf_state_add(parser, &condition, MF_ORDER_FLOWBITS, true);
    return good;
}

static bool
flowbits_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, word;
    struct mf_condition condition = {0};
    uint8_t op;

    mf_token_next(&rest, ',', &word);
    if (mf_token_is(word, "noalert") && rest.text == NULL) {
        parser->rule->noalert = true;
        return true;
    }
    if (!mf_bit_op_find(word, &op))
        return mf_parser_fail(parser, word.text,
                              "expected set, unset, toggle, isset, isnotset or noalert, not '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    if (rest.text == NULL)
        return mf_parser_fail(parser, option->value.text, "expected a flowbit's name");
    rest = mf_token_trim(rest);
    if (memchr(rest.text, '|', rest.length) != NULL)
        return parse_names(parser, rest, op);
    condition.run = runs[op];
    if (!parse_name(parser, rest, &condition.as.bit.name))
        return false;
    mf_state_add(parser, &condition, MF_ORDER_FLOWBITS, mf_bit_op_asks(op));
    return true;
}

static const struct mf_keyword rows[] = {
    {"flowbits", MF_VALUE_REQUIRED, flowbits_parse},
};

const struct mf_keyword_family mf_keywords_flowbits = {rows, G_N_ELEMENTS(rows)};
