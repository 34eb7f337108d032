/* SPDX-License-Identifier: GPL-2.0-or-later */
/* entropy: [bytes N,] [offset N,] [value] [OPERATOR] X: Shannon's entropy of the buffer's bytes, 0
 * to 8 bits a byte. https://docs.suricata.io/en/latest/rules/payload-keywords.html#entropy */
#include "keyword.h"
#include "number.h"

#include <math.h>
#include <string.h>

#define ENTROPY_MAX 8.0

/* C. E. Shannon, A Mathematical Theory of Communication, 1948, 6. */
static double
entropy_of(const uint8_t *bytes, size_t length)
{
    size_t counts[256] = {0};
    double sum = 0;

    for (size_t i = 0; i < length; i++)
        counts[bytes[i]]++;
    for (unsigned i = 0; i < G_N_ELEMENTS(counts); i++) {
        double share = (double)counts[i] / (double)length;

        if (counts[i] > 0)
            sum -= share * log2(share);
    }
    return sum;
}

static bool
holds(const struct mf_entropy *entropy, double value)
{
    /* Nobody writes more digits than this. */
    const double near = 1e-9;

    switch ((enum mf_compare)entropy->op) {
    case MF_COMPARE_EQ:
        return fabs(value - entropy->low) < near;
    case MF_COMPARE_NE:
        return fabs(value - entropy->low) >= near;
    case MF_COMPARE_LT:
        return value < entropy->low;
    case MF_COMPARE_LE:
        return value <= entropy->low;
    case MF_COMPARE_GT:
        return value > entropy->low;
    case MF_COMPARE_GE:
        return value >= entropy->low;
    case MF_COMPARE_RANGE:
        return value > entropy->low && value < entropy->high;
    default:
        return value <= entropy->low || value >= entropy->high;
    }
}

static enum mf_match
entropy_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    enum { BYTES_PER_WORK = 2 };
    const struct mf_entropy *entropy = &step->as.entropy;
    const struct mf_view *view = &matcher->view;
    int64_t at = entropy->offset, left = mf_view_end(view) - at;

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    if (at < view->base)
        return MF_MATCH_NO;
    if (entropy->bytes == 0 ? !view->ended : left < (int64_t)entropy->bytes)
        return mf_view_beyond(view);
    if (left <= 0)
        return MF_MATCH_NO;
    if (entropy->bytes > 0)
        left = entropy->bytes;
    matcher->work += (uint64_t)left / BYTES_PER_WORK;
    return holds(entropy, entropy_of(view->data + (at - view->base), (size_t)left)) ? MF_MATCH_YES
                                                                                    : MF_MATCH_NO;
}

/* --- parsing --- */

static const struct {
    const char *text;
    enum mf_compare op;
} operators[] = {
    /* longer ones first */
    {"<=", MF_COMPARE_LE}, {">=", MF_COMPARE_GE}, {"!=", MF_COMPARE_NE}, {"<", MF_COMPARE_LT},
    {">", MF_COMPARE_GT},  {"=", MF_COMPARE_EQ},  {"!", MF_COMPARE_NE},
};

/* Takes a number off the front of *SPAN. */
static bool
take_double(struct mf_parser *parser, struct mf_token *token, double *out)
{
    char text[24], *end;

    g_snprintf(text, sizeof text, "%.*s", (int)MIN(token->length, sizeof text - 1), token->text);
    text[strspn(text, "0123456789.")] = '\0';
    *out = g_ascii_strtod(text, &end);
    if (end == text || *out > ENTROPY_MAX)
        return mf_parser_fail(parser, token->text, "expected a number from 0.0 to 8.0");
    token->text += end - text;
    token->length -= (size_t)(end - text);
    *token = mf_token_trim(*token);
    return true;
}

static bool
take_value(struct mf_parser *parser, struct mf_token token, struct mf_entropy *entropy)
{
    entropy->op = MF_COMPARE_EQ;
    for (unsigned i = 0; i < G_N_ELEMENTS(operators); i++) {
        size_t length = strlen(operators[i].text);

        if (token.length < length || memcmp(token.text, operators[i].text, length) != 0)
            continue;
        entropy->op = (uint8_t)operators[i].op;
        token = mf_token_trim((struct mf_token){token.text + length, token.length - length});
        break;
    }
    if (!take_double(parser, &token, &entropy->low))
        return false;
    if (token.length > 0 && token.text[0] == '-' && entropy->op <= MF_COMPARE_NE) {
        entropy->op = entropy->op == MF_COMPARE_EQ ? MF_COMPARE_RANGE : MF_COMPARE_NOT_RANGE;
        token = mf_token_trim((struct mf_token){token.text + 1, token.length - 1});
        if (!take_double(parser, &token, &entropy->high))
            return false;
    }
    return token.length == 0 ||
           mf_parser_fail(parser, token.text, "expected nothing after the number");
}

/* Takes "bytes N" or "offset N"; false also for a wrong number. */
static bool
take_place(struct mf_parser *parser, struct mf_token name, struct mf_token value,
           struct mf_entropy *entropy)
{
    bool bytes = mf_token_is(name, "bytes");
    int64_t number;

    if (!bytes && !mf_token_is(name, "offset"))
        return false;
    if (!mf_token_number(parser, value, 0, INT32_MAX, &number))
        return false;
    *(bytes ? &entropy->bytes : &entropy->offset) = (uint32_t)number;
    return true;
}

static bool
entropy_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, word, value;
    struct mf_step step = {.run = entropy_run};
    bool has_value = false;

    while (mf_token_next(&rest, ',', &word)) {
        struct mf_token name = mf_token_name(word, &value);

        if (take_place(parser, name, value, &step.as.entropy))
            continue;
        if (parser->failed || has_value)
            return mf_parser_fail(parser, word.text, "a second value");
        if (!take_value(parser, mf_token_is(name, "value") ? value : word, &step.as.entropy))
            return false;
        has_value = true;
    }
    if (!has_value)
        return mf_parser_fail(parser, option->value.text, "expected a value");
    return mf_parser_add_step(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"entropy", MF_VALUE_REQUIRED, entropy_parse},
};

const struct mf_keyword_family mf_keywords_entropy = {rows, G_N_ELEMENTS(rows)};
