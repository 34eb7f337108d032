/* SPDX-License-Identifier: GPL-2.0-or-later */
/* byte_jump: COUNT, OFFSET [, relative, multiplier N, little, big, string, hex, dec, oct, align,
 * from_beginning, from_end, post_offset N]. Moves the cursor by a number that stands in the bytes.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#byte-jump */
#include "keyword.h"
#include "match.h"
#include "number.h"

/* More than any buffer holds; keeps the sums below from overflowing. */
#define FAR (INT64_C(1) << 40)

static enum mf_match
land(const struct mf_view *view, int64_t to, struct mf_try *attempt)
{
    if (to < view->base)
        return MF_MATCH_NO;
    if (to >= mf_view_end(view))
        return mf_view_beyond(view);
    attempt->end = to;
    return MF_MATCH_YES;
}

static enum mf_match
byte_jump_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_byte_jump *jump = &step->as.jump;
    const struct mf_view *view = &matcher->view;
    int64_t at = jump->offset + (step->relative ? attempt->cursor : 0), distance;
    uint64_t value = 0;
    enum mf_match found = mf_number_read(&jump->number, view, at, &value);

    attempt->from = MF_TRY_LAST;
    if (found != MF_MATCH_YES)
        return found;
    distance = (int64_t)MIN(value, (uint64_t)FAR / jump->multiplier) * jump->multiplier;
    if (jump->align)
        distance = (distance + 3) / 4 * 4;
    distance += jump->post_offset;
    if (jump->from_beginning)
        return land(view, distance, attempt);
    if (jump->from_end)
        return view->ended ? land(view, mf_view_end(view) + distance, attempt)
                           : mf_view_beyond(view);
    return land(view, at + jump->number.count + distance, attempt);
}

/* "multiplier N", "post_offset N" */
static bool
parse_pair(struct mf_parser *parser, struct mf_span word, struct mf_byte_jump *jump)
{
    struct mf_span rest = word, name;
    int64_t number;

    mf_span_next(&rest, ' ', &name);
    if (rest.text == NULL)
        rest = (struct mf_span){name.text + name.length, 0};
    if (mf_span_is(name, "multiplier")) {
        if (!mf_span_number(parser, mf_span_trim(rest), 1, UINT16_MAX, &number))
            return false;
        jump->multiplier = (uint32_t)number;
    } else if (mf_span_is(name, "post_offset")) {
        if (!mf_span_number(parser, mf_span_trim(rest), -UINT16_MAX, UINT16_MAX, &number))
            return false;
        jump->post_offset = (int32_t)number;
    } else {
        return mf_parser_fail(parser, word.text, "byte_jump does not support '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    }
    return true;
}

static bool
parse_words(struct mf_parser *parser, struct mf_span rest, struct mf_step *step)
{
    struct mf_byte_jump *jump = &step->as.jump;
    struct mf_span word;

    while (mf_span_next(&rest, ',', &word)) {
        if (mf_span_is(word, "relative"))
            step->relative = true;
        else if (mf_span_is(word, "align"))
            jump->align = true;
        else if (mf_span_is(word, "from_beginning"))
            jump->from_beginning = true;
        else if (mf_span_is(word, "from_end"))
            jump->from_end = true;
        else if (!mf_number_option(&jump->number, word) && !parse_pair(parser, word, jump))
            return false;
    }
    return true;
}

static bool
byte_jump_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, count, offset;
    struct mf_step step = {.run = byte_jump_run, .as.jump.multiplier = 1, .sets_cursor = true};
    int64_t number = 0;

    if (!mf_span_next(&rest, ',', &count) || !mf_span_next(&rest, ',', &offset))
        return mf_parser_fail(parser, option->value.text,
                              "expected COUNT,OFFSET and further words");
    if (!mf_span_number(parser, count, 1, UINT8_MAX, &number))
        return false;
    step.as.jump.number.count = (uint8_t)number;
    if (!mf_span_number(parser, offset, -UINT16_MAX, UINT16_MAX, &number))
        return false;
    step.as.jump.offset = (int32_t)number;
    return parse_words(parser, rest, &step) &&
           mf_number_check(parser, count.text, &step.as.jump.number) &&
           mf_parser_add_step(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"byte_jump", MF_VALUE_REQUIRED, byte_jump_parse},
};

const struct mf_keyword_family mf_keywords_byte_jump = {rows, G_N_ELEMENTS(rows)};
