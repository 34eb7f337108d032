/* SPDX-License-Identifier: GPL-2.0-or-later */
/* byte_test: COUNT, [!]OPERATOR, VALUE, OFFSET [, relative, big, little, string, hex, dec, oct,
 * dce, bitmask M]; COUNT, VALUE and OFFSET may be variables.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#byte-test */
#include "keyword.h"
#include "number.h"

#include <string.h>

static bool
compare(char op, uint64_t value, uint64_t with)
{
    switch (op) {
    case '<':
        return value < with;
    case '>':
        return value > with;
    case 'l':
        return value <= with;
    case 'g':
        return value >= with;
    case '&':
        return (value & with) != 0;
    case '^':
        return (value ^ with) != 0;
    default:
        return value == with;
    }
}

static enum mf_match
byte_test_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_byte_test *test = &step->as.test;
    int64_t at = mf_variable_distance(matcher, test->variable_offset, test->offset) +
                 (step->relative ? attempt->cursor : 0);
    uint64_t with =
        test->variable_value != 0 ? matcher->variables[test->variable_value] : test->value;
    struct mf_number_found number;
    enum mf_match found = mf_number_read(matcher, &test->number, at, &number);

    attempt->end = attempt->cursor;
    attempt->from = MF_TRY_LAST;
    if (found != MF_MATCH_YES)
        return found;
    if (step->relative && at >= mf_view_end(&matcher->view)) /* 0 bytes, by a variable */
        return mf_view_beyond(&matcher->view);
    return compare(test->op, mf_number_masked(&test->number, number.value), with) != test->negated
               ? MF_MATCH_YES
               : MF_MATCH_NO;
}

static bool
parse_operator(struct mf_parser *parser, struct mf_token word, struct mf_byte_test *test)
{
    test->negated = mf_token_negated(&word);
    if (word.length == 0 && test->negated)
        test->op = '=';
    else if (mf_token_is(word, "<="))
        test->op = 'l';
    else if (mf_token_is(word, ">="))
        test->op = 'g';
    else if (word.length == 1 && strchr("<>=&^", word.text[0]) != NULL)
        test->op = word.text[0];
    else
        return mf_parser_fail(parser, word.text,
                              "expected an operator: one of < > <= >= = & ^, or ! before it");
    return true;
}

static bool
parse_value(struct mf_parser *parser, struct mf_token word, struct mf_byte_test *test)
{
    static const int64_t range[2] = {0, 0};
    int64_t unused;

    if (word.length > 0 && g_ascii_isdigit(word.text[0]))
        return mf_token_unsigned(parser, word, &test->value);
    return mf_variable_or_number(parser, word, range, &unused, &test->variable_value);
}

static bool
parse_offset(struct mf_parser *parser, struct mf_token word, struct mf_byte_test *test)
{
    static const int64_t range[2] = {-INT32_MAX, INT32_MAX};
    int64_t number;

    if (!mf_variable_or_number(parser, word, range, &number, &test->variable_offset))
        return false;
    test->offset = (int32_t)number;
    return true;
}

static bool
parse_words(struct mf_parser *parser, struct mf_token rest, struct mf_step *step)
{
    struct mf_token word;

    while (mf_token_next(&rest, ',', &word)) {
        if (mf_token_is(word, "relative"))
            step->relative = true;
        else if (!mf_number_option(parser, &step->as.test.number, word))
            return mf_parser_fail(parser, word.text, "byte_test does not support '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
    }
    return true;
}

static bool
byte_test_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, count, op, value, offset;
    struct mf_step step = {.run = byte_test_run};
    struct mf_byte_test *test = &step.as.test;

    if (!mf_token_next(&rest, ',', &count) || !mf_token_next(&rest, ',', &op) ||
        !mf_token_next(&rest, ',', &value) || !mf_token_next(&rest, ',', &offset))
        return mf_parser_fail(parser, option->value.text,
                              "expected COUNT,OPERATOR,VALUE,OFFSET and further words");
    if (!mf_number_count(parser, count, &test->number) || !parse_operator(parser, op, test) ||
        !parse_value(parser, value, test) || !parse_offset(parser, offset, test) ||
        !parse_words(parser, rest, &step) || !mf_number_check(parser, count.text, &test->number, 1))
        return false;
    step.varies = (test->number.variable_count | test->variable_value | test->variable_offset) != 0;
    return mf_parser_add_placed(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"byte_test", MF_VALUE_REQUIRED, byte_test_parse},
};

const struct mf_keyword_family mf_keywords_byte_test = {rows, G_N_ELEMENTS(rows)};
