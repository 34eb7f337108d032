/* SPDX-License-Identifier: GPL-2.0-or-later */
/* byte_jump: COUNT, OFFSET [, relative, multiplier N, little, big, string, hex, dec, oct, dce,
 * bitmask M, align, from_beginning, from_end, post_offset N]; COUNT and OFFSET may be variables.
 * Moves the cursor by a number that stands in the bytes.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#byte-jump */
#include "keyword.h"
#include "number.h"

/* More than any buffer holds; keeps the sums below from overflowing. */
#define FAR (INT64_C(1) << 40)

/* A jump to before the beginning ends there, and one may end behind the last byte, as in Suricata.
 */
static enum mf_match
land(const struct mf_view *view, int64_t to, struct mf_try *attempt)
{
    to = MAX(to, 0);
    if (to < view->base)
        return MF_MATCH_NO;
    if (to > mf_view_end(view))
        return mf_view_beyond(view);
    attempt->end = to;
    return MF_MATCH_YES;
}

/* How far; Suricata counts in 64 bits that wrap around. */
static int64_t
distance_of(const struct mf_byte_jump *jump, uint64_t value)
{
    int64_t distance;

    value = mf_number_masked(&jump->number, value) * jump->multiplier;
    if (jump->align)
        value = (value + 3) / 4 * 4;
    distance = (int64_t)value;
    return CLAMP(distance, -FAR, FAR) + jump->post_offset;
}

static enum mf_match
byte_jump_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_byte_jump *jump = &step->as.jump;
    const struct mf_view *view = &matcher->view;
    int64_t at = mf_variable_distance(matcher, jump->variable_offset, jump->offset) +
                 (step->relative ? attempt->cursor : 0);
    struct mf_number_found number;
    enum mf_match found = mf_number_read(matcher, &jump->number, at, &number);

    attempt->from = MF_TRY_LAST;
    if (found != MF_MATCH_YES)
        return found;
    if (jump->from_beginning)
        return land(view, distance_of(jump, number.value), attempt);
    if (jump->from_end)
        return view->ended
                   ? land(view, mf_view_end(view) + distance_of(jump, number.value), attempt)
                   : mf_view_beyond(view);
    return land(view, number.end + distance_of(jump, number.value), attempt);
}

/* "multiplier N", "post_offset N" */
static bool
parse_pair(struct mf_parser *parser, struct mf_token word, struct mf_byte_jump *jump)
{
    struct mf_token value, name = mf_token_name(word, &value);
    int64_t number;

    if (mf_token_is(name, "multiplier")) {
        if (!mf_token_number(parser, value, 1, UINT16_MAX, &number))
            return false;
        jump->multiplier = (uint32_t)number;
    } else if (mf_token_is(name, "post_offset")) {
        if (!mf_token_number(parser, value, -UINT16_MAX, UINT16_MAX, &number))
            return false;
        jump->post_offset = (int32_t)number;
    } else {
        return mf_parser_fail(parser, word.text, "byte_jump does not support '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    }
    return true;
}

static bool
parse_words(struct mf_parser *parser, struct mf_token rest, struct mf_step *step)
{
    struct mf_byte_jump *jump = &step->as.jump;
    const char *at = rest.text;
    struct mf_token word;

    while (mf_token_next(&rest, ',', &word)) {
        if (mf_token_is(word, "relative"))
            step->relative = true;
        else if (mf_token_is(word, "align"))
            jump->align = true;
        else if (mf_token_is(word, "from_beginning"))
            jump->from_beginning = true;
        else if (mf_token_is(word, "from_end"))
            jump->from_end = true;
        else if (!mf_number_option(parser, &jump->number, word) && !parse_pair(parser, word, jump))
            return false;
    }
    return !(jump->from_beginning && jump->from_end) ||
           mf_parser_fail(parser, at, "from_beginning does not go with from_end");
}

static bool
byte_jump_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const int64_t range[2] = {-UINT16_MAX, UINT16_MAX};
    struct mf_token rest = option->value, count, offset;
    struct mf_step step = {.run = byte_jump_run, .as.jump.multiplier = 1, .sets_cursor = true};
    struct mf_byte_jump *jump = &step.as.jump;
    int64_t number = 0;

    if (!mf_token_next(&rest, ',', &count) || !mf_token_next(&rest, ',', &offset))
        return mf_parser_fail(parser, option->value.text,
                              "expected COUNT,OFFSET and further words");
    if (!mf_number_count(parser, count, &jump->number) ||
        !mf_variable_or_number(parser, offset, range, &number, &jump->variable_offset))
        return false;
    jump->offset = (int32_t)number;
    step.varies = (jump->number.variable_count | jump->variable_offset) != 0;
    return parse_words(parser, rest, &step) &&
           mf_number_check(parser, count.text, &jump->number, 0) &&
           mf_parser_add_placed(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"byte_jump", MF_VALUE_REQUIRED, byte_jump_parse},
};

const struct mf_keyword_family mf_keywords_byte_jump = {rows, G_N_ELEMENTS(rows)};
