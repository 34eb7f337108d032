/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparisons of numbers: an operator, and one or two values behind it. */
#include "number_test.h"

#include <inttypes.h>
#include <string.h>

/* What is left of a text. */
struct cursor {
    const char *at, *end;
};

static const struct {
    const char *text;
    uint8_t op;
} operators[] = {
    /* longer ones first */
    {">=", MF_COMPARE_GE}, {"<=", MF_COMPARE_LE}, {"!=", MF_COMPARE_NE}, {">", MF_COMPARE_GT},
    {"<", MF_COMPARE_LT},  {"!", MF_COMPARE_NE},  {"=", MF_COMPARE_EQ},
};

static const struct {
    const char *text;
    unsigned shift;
} units[] = {
    {"kib", 10}, {"kb", 10}, {"mib", 20}, {"mb", 20}, {"gib", 30}, {"gb", 30},
};

bool
mf_number_test_holds(const struct mf_number_test *test, uint64_t number)
{
    switch ((enum mf_compare)test->op) {
    case MF_COMPARE_EQ:
        return number == test->low;
    case MF_COMPARE_NE:
        return number != test->low;
    case MF_COMPARE_LT:
        return number < test->low;
    case MF_COMPARE_LE:
        return number <= test->low;
    case MF_COMPARE_GT:
        return number > test->low;
    case MF_COMPARE_GE:
        return number >= test->low;
    case MF_COMPARE_RANGE:
        return number > test->low && number < test->high;
    case MF_COMPARE_NOT_RANGE:
        return number <= test->low || number >= test->high;
    case MF_COMPARE_MASK:
        return (number & test->low) == test->high;
    case MF_COMPARE_NOT_MASK:
        return (number & test->low) != test->high;
    }
    return false;
}

static void
skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && g_ascii_isspace(*cursor->at))
        cursor->at++;
}

/* Takes TEXT off the front. */
static bool
take(struct cursor *cursor, const char *text)
{
    size_t length = strlen(text);

    if ((size_t)(cursor->end - cursor->at) < length ||
        g_ascii_strncasecmp(cursor->at, text, length) != 0)
        return false;
    cursor->at += length;
    skip_blanks(cursor);
    return true;
}

static unsigned
take_unit(struct cursor *cursor)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(units); i++)
        if (take(cursor, units[i].text))
            return units[i].shift;
    return 0;
}

/* Takes a number of at most MAX. */
static bool
take_number(struct cursor *cursor, uint64_t max, uint64_t *value)
{
    bool hex = cursor->end - cursor->at > 2 && cursor->at[0] == '0' && cursor->at[1] == 'x';
    uint64_t base = hex ? 16 : 10;
    const char *begin = cursor->at += hex ? 2 : 0;
    unsigned shift;

    for (*value = 0; cursor->at < cursor->end; cursor->at++) {
        int digit = hex ? g_ascii_xdigit_value(*cursor->at) : g_ascii_digit_value(*cursor->at);

        if (digit < 0)
            break;
        if ((uint64_t)digit > max || *value > (max - (uint64_t)digit) / base)
            return false;
        *value = *value * base + (uint64_t)digit;
    }
    if (cursor->at == begin)
        return false;
    shift = hex ? 0 : take_unit(cursor);
    skip_blanks(cursor);
    if (*value > max >> shift)
        return false;
    *value <<= shift;
    return true;
}

/* &MASK=VALUE or &MASK!=VALUE, behind the '&'. */
static bool
take_mask(struct cursor *cursor, uint64_t max, struct mf_number_test *test)
{
    if (!take_number(cursor, max, &test->low))
        return false;
    test->op = take(cursor, "!") ? MF_COMPARE_NOT_MASK : MF_COMPARE_MASK;
    return take(cursor, "=") && take_number(cursor, max, &test->high) &&
           (test->high & ~test->low) == 0;
}

/* Whether the comparison leaves numbers that hold and numbers that do not. */
static bool
is_sensible(const struct mf_number_test *test, uint64_t max)
{
    switch ((enum mf_compare)test->op) {
    case MF_COMPARE_LT:
    case MF_COMPARE_GE:
        return test->low > 0;
    case MF_COMPARE_LE:
    case MF_COMPARE_GT:
        return test->low < max;
    case MF_COMPARE_RANGE:
    case MF_COMPARE_NOT_RANGE:
        return test->high > test->low && test->high - test->low > 1;
    default:
        return true;
    }
}

static bool
take_test(struct cursor *cursor, uint64_t max, struct mf_number_test *test)
{
    skip_blanks(cursor);
    if (take(cursor, "&"))
        return take_mask(cursor, max, test);
    test->op = MF_COMPARE_EQ;
    for (unsigned i = 0; i < G_N_ELEMENTS(operators); i++) {
        if (take(cursor, operators[i].text)) {
            test->op = operators[i].op;
            break;
        }
    }
    if (!take_number(cursor, max, &test->low))
        return false;
    if (test->op <= MF_COMPARE_NE && (take(cursor, "-") || take(cursor, "<>"))) {
        test->op = test->op == MF_COMPARE_EQ ? MF_COMPARE_RANGE : MF_COMPARE_NOT_RANGE;
        if (!take_number(cursor, max, &test->high))
            return false;
    }
    return is_sensible(test, max);
}

bool
mf_number_name_find(const struct mf_number_name *names, struct mf_token name, uint64_t *value)
{
    for (; names != NULL && names->name != NULL; names++) {
        if (strlen(names->name) == name.length &&
            g_ascii_strncasecmp(names->name, name.text, name.length) == 0) {
            *value = names->value;
            return true;
        }
    }
    return false;
}

/* A name, or !name. */
static bool
take_name(struct mf_token text, const struct mf_number_kind *kind, struct mf_number_test *test)
{
    test->op = mf_token_negated(&text) ? MF_COMPARE_NE : MF_COMPARE_EQ;
    return mf_number_name_find(kind->names, text, &test->low);
}

/* A list of names of bits, each set or (with '!') not. */
static bool
take_bits(struct mf_token text, const struct mf_number_kind *kind, struct mf_number_test *test)
{
    struct mf_token name;
    uint64_t bit;

    *test = (struct mf_number_test){.op = MF_COMPARE_MASK};
    while (mf_token_next(&text, ',', &name)) {
        bool negated = mf_token_negated(&name);

        if (!mf_number_name_find(kind->names, name, &bit))
            return false;
        test->low |= bit;
        test->high |= negated ? 0 : bit;
    }
    return true;
}

bool
mf_number_test_parse(struct mf_parser *parser, struct mf_token text,
                     const struct mf_number_kind *kind, struct mf_number_test *test)
{
    struct cursor cursor = {text.text, text.text + text.length};

    *test = (struct mf_number_test){0};
    if (text.length > 0 && take_test(&cursor, kind->max, test) && cursor.at == cursor.end)
        return true;
    if (text.length > 0 && kind->names != NULL &&
        (kind->bits ? take_bits(text, kind, test) : take_name(text, kind, test)))
        return true;
    return mf_parser_fail(parser, text.text,
                          "expected a comparison such as 5, !5, >=5 or 1-9 that numbers up to "
                          "%" PRIu64 " can pass and fail%s, not '%.*s'",
                          kind->max, kind->names != NULL ? ", or a name that is known" : "",
                          (int)MIN(text.length, 40), text.text);
}
