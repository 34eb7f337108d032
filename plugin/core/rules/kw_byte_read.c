/* SPDX-License-Identifier: GPL-2.0-or-later */
/* byte_extract: COUNT, OFFSET, NAME [, relative, multiplier N, big, little, dce, string, hex, dec,
 * oct, align N] and byte_math: bytes COUNT, offset OFFSET, oper OPERATOR, rvalue VALUE, result NAME
 * [, relative, endian big|little|dce, string hex|dec|oct, dce, bitmask M]. Both read a number, move
 * the cursor behind it, and keep what they make of it as variable NAME for options that follow.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#byte-extract */
#include "keyword.h"
#include "number.h"

#include <string.h>

enum { SHIFT_MAX = 64, OFFSET_MAX = UINT16_MAX, TEXT_BASE = 10 };

static bool
calculate(char op, uint64_t value, uint64_t operand, uint64_t *out)
{
    switch (op) {
    case '+':
        *out = value + operand;
        break;
    case '-':
        *out = value - operand;
        break;
    case '*':
        *out = value * operand;
        break;
    case 'l':
        *out = operand < SHIFT_MAX ? value << operand : 0;
        break;
    case 'r':
        *out = operand < SHIFT_MAX ? value >> operand : 0;
        break;
    default:
        *out = operand != 0 ? value / operand : 0;
        return operand != 0;
    }
    return true;
}

static enum mf_match
byte_read_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_byte_read *read = &step->as.read;
    int64_t at = read->offset + (step->relative ? attempt->cursor : 0);
    uint64_t operand =
        read->variable_operand != 0 ? matcher->variables[read->variable_operand] : read->operand;
    struct mf_number_found number;
    enum mf_match found = mf_number_read(matcher, &read->number, at, &number);
    uint64_t value = 0;

    attempt->from = MF_TRY_LAST;
    attempt->end = number.end;
    if (found != MF_MATCH_YES)
        return found;
    if (!calculate(read->op, number.value, operand, &value))
        return MF_MATCH_NO;
    if (read->align > 0 && value % read->align != 0)
        value += read->align - value % read->align;
    matcher->variables[read->result] = mf_number_masked(&read->number, value);
    return MF_MATCH_YES;
}

static bool
parse_offset(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    int64_t number;

    if (!mf_token_number(parser, word, -OFFSET_MAX, OFFSET_MAX, &number))
        return false;
    read->offset = (int32_t)number;
    return true;
}

/* Defines the result last: VALUE may be an older variable of the same name. */
static bool
finish(struct mf_parser *parser, const struct mf_option *option, struct mf_step *step,
       struct mf_token result)
{
    struct mf_byte_read *read = &step->as.read;

    if (read->number.text && read->number.base == 0)
        read->number.base = TEXT_BASE;
    if (!mf_number_check(parser, option->value.text, &read->number, 1))
        return false;
    read->result = mf_variable_define(parser, result);
    step->varies = (read->number.variable_count | read->variable_operand) != 0;
    return read->result != 0 && mf_parser_add_placed(parser, option, step);
}

/* --- byte_extract --- */

static bool
extract_word(struct mf_parser *parser, struct mf_token word, struct mf_step *step)
{
    struct mf_byte_read *read = &step->as.read;
    struct mf_token value, name = mf_token_name(word, &value);
    int64_t number = 0;

    if (mf_token_is(word, "relative")) {
        step->relative = true;
        return true;
    }
    if (mf_token_is(name, "multiplier")) {
        bool good = mf_token_number(parser, value, 1, UINT16_MAX, &number);

        read->operand = (uint64_t)number;
        return good;
    }
    if (mf_token_is(name, "align")) {
        bool good = mf_token_number(parser, value, 2, 4, &number);

        read->align = (uint8_t)number;
        return good && (number != 3 || mf_parser_fail(parser, value.text, "expected 2 or 4"));
    }
    return mf_number_option(parser, &read->number, word) ||
           mf_parser_fail(parser, word.text, "byte_extract does not support '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
byte_extract_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, count, offset, name, word;
    struct mf_step step = {
        .run = byte_read_run, .sets_cursor = true, .as.read = {.op = '*', .operand = 1}};

    if (!mf_token_next(&rest, ',', &count) || !mf_token_next(&rest, ',', &offset) ||
        !mf_token_next(&rest, ',', &name))
        return mf_parser_fail(parser, option->value.text,
                              "expected COUNT,OFFSET,NAME and further words");
    if (!mf_number_count(parser, count, &step.as.read.number) ||
        !parse_offset(parser, offset, &step.as.read))
        return false;
    while (mf_token_next(&rest, ',', &word))
        if (!extract_word(parser, word, &step))
            return false;
    return finish(parser, option, &step, name);
}

/* --- byte_math --- */

static bool
parse_operator(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    if (mf_token_is(word, "<<"))
        read->op = 'l';
    else if (mf_token_is(word, ">>"))
        read->op = 'r';
    else if (word.length == 1 && strchr("+-*/", word.text[0]) != NULL)
        read->op = word.text[0];
    else
        return mf_parser_fail(parser, word.text, "expected one of + - * / << >>");
    return true;
}

static bool
parse_rvalue(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    static const int64_t range[2] = {0, 0};
    int64_t unused;

    if (word.length > 0 && g_ascii_isdigit(word.text[0]))
        return mf_token_unsigned(parser, word, &read->operand) &&
               (read->op != '/' || read->operand != 0 ||
                mf_parser_fail(parser, word.text, "nothing can be divided by 0"));
    return mf_variable_or_number(parser, word, range, &unused, &read->variable_operand);
}

static bool
parse_bytes(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    return mf_number_count(parser, word, &read->number);
}

/* "endian little", "string hex": the second word is one that other keywords have alone. */
static bool
parse_endian(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    return mf_number_option(parser, &read->number, word) ||
           mf_parser_fail(parser, word.text, "expected one of big, little and dce");
}

static bool
parse_string(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read)
{
    read->number.text = true;
    return word.length == 0 || mf_number_option(parser, &read->number, word) ||
           mf_parser_fail(parser, word.text, "expected one of hex, dec and oct");
}

/* What byte_math cannot do without. */
enum { HAS_BYTES = 1, HAS_OFFSET = 2, HAS_OPER = 4, HAS_RVALUE = 8, HAS_RESULT = 16, HAS_ALL = 31 };

static const struct {
    const char *name;
    bool (*parse)(struct mf_parser *parser, struct mf_token word, struct mf_byte_read *read);
    unsigned has;
} math_words[] = {
    {"bytes", parse_bytes, HAS_BYTES},  {"offset", parse_offset, HAS_OFFSET},
    {"oper", parse_operator, HAS_OPER}, {"rvalue", parse_rvalue, HAS_RVALUE},
    {"endian", parse_endian, 0},        {"string", parse_string, 0},
};

/* Adds to *HAS what the word says. */
static bool
math_word(struct mf_parser *parser, struct mf_token word, struct mf_step *step, unsigned *has)
{
    struct mf_token value, name = mf_token_name(word, &value);

    for (unsigned i = 0; i < G_N_ELEMENTS(math_words); i++) {
        if (mf_token_is(name, math_words[i].name)) {
            if ((*has & math_words[i].has) != 0)
                return mf_parser_fail(parser, word.text, "'%s' stands here twice",
                                      math_words[i].name);
            *has |= math_words[i].has;
            return math_words[i].parse(parser, value, &step->as.read);
        }
    }
    if (mf_token_is(word, "relative")) {
        step->relative = true;
        return true;
    }
    return mf_number_option(parser, &step->as.read.number, word) ||
           mf_parser_fail(parser, word.text, "byte_math does not support '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
byte_math_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, word, value, result = option->value;
    struct mf_step step = {.run = byte_read_run, .sets_cursor = true};
    unsigned has = 0;

    while (mf_token_next(&rest, ',', &word)) {
        if (mf_token_is(mf_token_name(word, &value), "result")) {
            result = value;
            has |= HAS_RESULT;
        } else if (!math_word(parser, word, &step, &has)) {
            return false;
        }
    }
    if (has != HAS_ALL)
        return mf_parser_fail(parser, option->value.text,
                              "expected bytes, offset, oper, rvalue and result");
    return finish(parser, option, &step, result);
}

static const struct mf_keyword rows[] = {
    {"byte_extract", MF_VALUE_REQUIRED, byte_extract_parse},
    {"byte_math", MF_VALUE_REQUIRED, byte_math_parse},
};

const struct mf_keyword_family mf_keywords_byte_read = {rows, G_N_ELEMENTS(rows)};
