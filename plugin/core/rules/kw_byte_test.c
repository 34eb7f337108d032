/* SPDX-License-Identifier: GPL-2.0-or-later */
/* byte_test: COUNT, [!]OPERATOR, VALUE, OFFSET [, relative, big, little, string, hex, dec, oct].
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#byte-test */
#include "keyword.h"
#include "match.h"
#include "number.h"

#include <string.h>

static bool
compare(const struct mf_byte_test *test, uint64_t value)
{
    switch (test->op) {
    case '<':
        return value < test->value;
    case '>':
        return value > test->value;
    case 'l':
        return value <= test->value;
    case 'g':
        return value >= test->value;
    case '&':
        return (value & test->value) != 0;
    case '^':
        return (value ^ test->value) != 0;
    default:
        return value == test->value;
    }
}

static enum mf_match
byte_test_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_byte_test *test = &step->as.test;
    int64_t at = test->offset + (step->relative ? attempt->cursor : 0);
    uint64_t value = 0;
    enum mf_match found = mf_number_read(&test->number, &matcher->view, at, &value);

    attempt->end = attempt->cursor;
    attempt->from = MF_TRY_LAST;
    if (found == MF_MATCH_YES && compare(test, value) == test->negated)
        return MF_MATCH_NO;
    return found;
}

static bool
parse_operator(struct mf_parser *parser, struct mf_span word, struct mf_byte_test *test)
{
    test->negated = mf_span_negated(&word);
    if (word.length == 0 && test->negated)
        test->op = '=';
    else if (mf_span_is(word, "<="))
        test->op = 'l';
    else if (mf_span_is(word, ">="))
        test->op = 'g';
    else if (word.length == 1 && strchr("<>=&^", word.text[0]) != NULL)
        test->op = word.text[0];
    else
        return mf_parser_fail(parser, word.text,
                              "expected an operator: one of < > <= >= = & ^, or ! before it");
    return true;
}

/* Decimal, or hexadecimal with 0x. */
static bool
parse_value(struct mf_parser *parser, struct mf_span word, uint64_t *out)
{
    int64_t number = 0;

    *out = 0;
    if (word.length < 3 || word.length > 18 || word.text[0] != '0' ||
        (word.text[1] | 0x20) != 'x') {
        if (!mf_span_number(parser, word, 0, INT64_MAX, &number))
            return false;
        *out = (uint64_t)number;
        return true;
    }
    for (size_t i = 2; i < word.length; i++) {
        int digit = g_ascii_xdigit_value(word.text[i]);

        if (digit < 0)
            return mf_parser_fail(parser, word.text + i, "expected a hexadecimal digit");
        *out = *out << 4 | (uint64_t)digit;
    }
    return true;
}

static bool
parse_words(struct mf_parser *parser, struct mf_span rest, struct mf_step *step)
{
    struct mf_span word;

    while (mf_span_next(&rest, ',', &word)) {
        if (mf_span_is(word, "relative"))
            step->relative = true;
        else if (!mf_number_option(&step->as.test.number, word))
            return mf_parser_fail(parser, word.text, "byte_test does not support '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
    }
    return true;
}

static bool
byte_test_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, count, op, value, offset;
    struct mf_step step = {.run = byte_test_run};
    int64_t number = 0;

    if (!mf_span_next(&rest, ',', &count) || !mf_span_next(&rest, ',', &op) ||
        !mf_span_next(&rest, ',', &value) || !mf_span_next(&rest, ',', &offset))
        return mf_parser_fail(parser, option->value.text,
                              "expected COUNT,OPERATOR,VALUE,OFFSET and further words");
    if (!mf_span_number(parser, count, 1, UINT8_MAX, &number))
        return false;
    step.as.test.number.count = (uint8_t)number;
    if (!parse_operator(parser, op, &step.as.test) ||
        !parse_value(parser, value, &step.as.test.value) ||
        !mf_span_number(parser, offset, -UINT16_MAX, UINT16_MAX, &number))
        return false;
    step.as.test.offset = (int32_t)number;
    return parse_words(parser, rest, &step) &&
           mf_number_check(parser, count.text, &step.as.test.number) &&
           mf_parser_add_step(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"byte_test", MF_VALUE_REQUIRED, byte_test_parse},
};

const struct mf_keyword_family mf_keywords_byte_test = {rows, G_N_ELEMENTS(rows)};
