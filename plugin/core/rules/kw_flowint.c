/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flowint: numbers that rules keep for a session. One that was never set fails every comparison and
 * every subtraction; the other number of a comparison is then 0, and adding begins at 0. As in
 * Suricata, numbers wrap at 2^32.
 * https://docs.suricata.io/en/latest/rules/flow-keywords.html#flowint
 */
#include "kw_state.h"

enum op {
    OP_SET,
    OP_ADD,
    OP_SUBTRACT,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_ISSET,
    OP_ISNOTSET,
};

static const struct {
    const char *word;
    uint8_t op;
} ops[] = {
    {"=", OP_SET}, {"+", OP_ADD},       {"-", OP_SUBTRACT},      {"==", OP_EQ},
    {"!=", OP_NE}, {"<", OP_LT},        {"<=", OP_LE},           {">", OP_GT},
    {">=", OP_GE}, {"isset", OP_ISSET}, {"notset", OP_ISNOTSET}, {"isnotset", OP_ISNOTSET},
};

enum operand { OPERAND_NUMBER, OPERAND_NAME };

static bool
asks(uint8_t op)
{
    return op >= OP_EQ;
}

static uint32_t
operand(const struct mf_condition *condition, const struct mf_context *context)
{
    uint32_t value = 0;

    if (condition->as.bit.kind == OPERAND_NUMBER)
        return condition->as.bit.value;
    mf_flowint_get(context->state, context->session->id, condition->as.bit.value, &value);
    return value;
}

static bool
compare(uint8_t op, uint32_t a, uint32_t b)
{
    switch ((enum op)op) {
    case OP_EQ:
        return a == b;
    case OP_NE:
        return a != b;
    case OP_LT:
        return a < b;
    case OP_LE:
        return a <= b;
    case OP_GT:
        return a > b;
    case OP_GE:
        return a >= b;
    default:
        return false;
    }
}

static bool
ask(const struct mf_condition *condition, const struct mf_context *context)
{
    uint8_t op = condition->as.bit.op;
    uint32_t value;
    bool is_set =
        mf_flowint_get(context->state, context->session->id, condition->as.bit.name, &value);

    if (op == OP_ISSET || op == OP_ISNOTSET)
        return is_set == (op == OP_ISSET);
    return is_set && compare(op, value, operand(condition, context));
}

static bool
change(const struct mf_condition *condition, const struct mf_context *context)
{
    uint8_t op = condition->as.bit.op;
    uint32_t value = 0, by = operand(condition, context);
    bool is_set =
        mf_flowint_get(context->state, context->session->id, condition->as.bit.name, &value);

    if (op == OP_SUBTRACT && !is_set)
        return false;
    value = op == OP_SET ? by : op == OP_ADD ? value + by : value - by;
    mf_flowint_set(context->state, context->session->id, condition->as.bit.name, value);
    return true;
}

static bool
find_op(struct mf_token word, uint8_t *op)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(ops); i++) {
        if (mf_token_is(word, ops[i].word)) {
            *op = ops[i].op;
            return true;
        }
    }
    return false;
}

static bool
parse_operand(struct mf_parser *parser, struct mf_token value, struct mf_condition *condition)
{
    int64_t number;

    if (value.length > 0 && g_ascii_isalpha(value.text[0])) {
        condition->as.bit.kind = OPERAND_NAME;
        condition->as.bit.value = mf_parser_name(parser, "flowint", value);
        return true;
    }
    if (!mf_token_number(parser, value, 0, UINT32_MAX, &number))
        return false;
    condition->as.bit.value = (uint32_t)number;
    return true;
}

static bool
flowint_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, name, word = {0}, value = {0};
    struct mf_condition condition = {0};

    mf_token_next(&rest, ',', &name);
    if (name.length == 0 || !g_ascii_isalpha(name.text[0]))
        return mf_parser_fail(parser, name.text, "expected a flowint's name");
    if (!mf_token_next(&rest, ',', &word) || !find_op(word, &condition.as.bit.op))
        return mf_parser_fail(parser, word.text != NULL ? word.text : name.text,
                              "expected =, +, -, a comparison, isset or notset after the name");
    condition.as.bit.name = mf_parser_name(parser, "flowint", name);
    condition.run = asks(condition.as.bit.op) ? ask : change;
    mf_token_next(&rest, ',', &value);
    if (condition.as.bit.op < OP_ISSET) {
        if (value.text == NULL)
            return mf_parser_fail(parser, word.text, "expected a number or a name after '%.*s'",
                                  (int)word.length, word.text);
        if (!parse_operand(parser, value, &condition))
            return false;
    }
    mf_state_add(parser, &condition, MF_ORDER_FLOWINTS, asks(condition.as.bit.op));
    return true;
}

static const struct mf_keyword rows[] = {
    {"flowint", MF_VALUE_REQUIRED, flowint_parse},
};

const struct mf_keyword_family mf_keywords_flowint = {rows, G_N_ELEMENTS(rows)};
