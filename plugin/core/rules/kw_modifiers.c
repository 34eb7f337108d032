/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that say more about the content before them.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#content */
#include "keyword.h"
#include "number.h"

enum { PLACE_MAX = 1024 * 1024 };

/* The step that the option means; NULL with a diagnostic. GIVEN (or 0) is noted: an option that
 * stands twice for one content is a slip. */
static struct mf_step *
last_step(struct mf_parser *parser, const struct mf_option *option, unsigned given)
{
    struct mf_step *step;

    if (parser->content < 0) {
        mf_parser_fail(parser, option->name.text, "'%.*s' needs a content before it",
                       (int)option->name.length, option->name.text);
        return NULL;
    }
    step = &g_array_index(parser->steps, struct mf_step, parser->content);
    if (step->as.content.given & given) {
        mf_parser_fail(parser, option->name.text, "a second '%.*s' for one content",
                       (int)option->name.length, option->name.text);
        return NULL;
    }
    step->as.content.given |= given;
    return step;
}

/* --- places --- */

/* What goes together on one content. */
static bool
check_given(struct mf_parser *parser, const struct mf_option *option, unsigned given)
{
    const unsigned absolute = MF_GIVEN_OFFSET | MF_GIVEN_DEPTH;
    const unsigned relative = MF_GIVEN_DISTANCE | MF_GIVEN_WITHIN;

    if ((given & (absolute | MF_GIVEN_STARTSWITH)) && (given & relative))
        return mf_parser_fail(parser, option->name.text,
                              "offset, depth and startswith do not go with distance and within");
    if ((given & MF_GIVEN_STARTSWITH) && (given & absolute))
        return mf_parser_fail(parser, option->name.text,
                              "startswith does not go with offset and depth");
    if ((given & MF_GIVEN_FAST_ONLY) && (given & (absolute | relative | MF_GIVEN_STARTSWITH)))
        return mf_parser_fail(parser, option->name.text,
                              "fast_pattern:only does not go with a place");
    return true;
}

static bool
mark_place(struct mf_parser *parser, const struct mf_option *option, struct mf_step *step)
{
    struct mf_content *content = &step->as.content;

    content->is_relative = (content->given & (MF_GIVEN_DISTANCE | MF_GIVEN_WITHIN)) != 0;
    content->is_absolute =
        (content->given & (MF_GIVEN_OFFSET | MF_GIVEN_DEPTH | MF_GIVEN_STARTSWITH)) != 0;
    step->relative = content->is_relative;
    return check_given(parser, option, content->given);
}

struct place {
    unsigned given;
    int64_t range[2];
    bool room; /* the content must fit in */
};

static bool
parse_place(struct mf_parser *parser, const struct mf_option *option, const struct place *place,
            int32_t *member, mf_variable *variable)
{
    struct mf_step *step = &g_array_index(parser->steps, struct mf_step, parser->content);
    int64_t number;

    if (!mark_place(parser, option, step) ||
        !mf_variable_or_number(parser, option->value, place->range, &number, variable))
        return false;
    *member = (int32_t)number;
    step->varies |= *variable != 0;
    if (!place->room || *variable != 0 || number >= (int64_t)step->as.content.length)
        return true;
    return mf_parser_fail(parser, option->value.text,
                          "the content before it is longer (%" G_GUINT32_FORMAT " bytes)",
                          step->as.content.length);
}

static bool
take_offset(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct place place = {MF_GIVEN_OFFSET, {0, PLACE_MAX}, false};
    struct mf_step *step = last_step(parser, option, place.given);

    return step != NULL && parse_place(parser, option, &place, &step->as.content.offset,
                                       &step->as.content.variable_offset);
}

static bool
take_depth(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct place place = {MF_GIVEN_DEPTH, {0, PLACE_MAX}, true};
    struct mf_step *step = last_step(parser, option, place.given);

    return step != NULL && parse_place(parser, option, &place, &step->as.content.depth,
                                       &step->as.content.variable_depth);
}

static bool
take_distance(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct place place = {MF_GIVEN_DISTANCE, {-PLACE_MAX, PLACE_MAX}, false};
    struct mf_step *step = last_step(parser, option, place.given);

    return step != NULL && parse_place(parser, option, &place, &step->as.content.distance,
                                       &step->as.content.variable_distance);
}

static bool
take_within(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct place place = {MF_GIVEN_WITHIN, {-PLACE_MAX, PLACE_MAX}, true};
    struct mf_step *step = last_step(parser, option, place.given);

    return step != NULL && parse_place(parser, option, &place, &step->as.content.within,
                                       &step->as.content.variable_within);
}

static bool
take_startswith(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option, MF_GIVEN_STARTSWITH);

    if (step == NULL)
        return false;
    if (!mark_place(parser, option, step))
        return false;
    step->as.content.depth = (int32_t)step->as.content.length;
    return true;
}

static bool
take_endswith(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option, MF_GIVEN_ENDSWITH);

    if (step != NULL)
        step->as.content.at_end = true;
    return step != NULL;
}

/* --- others --- */

static bool
take_nocase(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option, MF_GIVEN_NOCASE);
    struct mf_content *content;
    char *lower;

    if (step == NULL)
        return false;
    content = &step->as.content;
    lower = g_malloc(content->length);
    for (uint32_t i = 0; i < content->length; i++)
        lower[i] = g_ascii_tolower((char)content->bytes[i]);
    content->nocase = true;
    content->bytes = (const uint8_t *)g_string_chunk_insert_len(parser->context->strings, lower,
                                                                (gssize)content->length);
    g_free(lower);
    return true;
}

/* Snort's word for "not normalised"; replace changes packets in flight. Neither has a meaning
 * here. */
static bool
take_nothing(struct mf_parser *parser, const struct mf_option *option)
{
    return last_step(parser, option, 0) != NULL;
}

/* OFFSET,LENGTH: the part of the content that is looked for. */
static bool
parse_fast_part(struct mf_parser *parser, struct mf_token value, struct mf_content *content)
{
    struct mf_token rest = value, offset, length;
    int64_t from, n;

    if (!mf_token_next(&rest, ',', &offset) || !mf_token_next(&rest, ',', &length) ||
        rest.text != NULL)
        return mf_parser_fail(parser, value.text, "expected 'only' or OFFSET,LENGTH");
    if (!mf_token_number(parser, offset, 0, content->length - 1, &from) ||
        !mf_token_number(parser, length, 1, content->length - from, &n))
        return false;
    content->fast_offset = (uint16_t)from;
    content->fast_length = (uint16_t)n;
    return true;
}

static bool
is_second_fast(const struct mf_parser *parser)
{
    for (unsigned i = 0; i < parser->steps->len; i++) {
        const struct mf_step *step = &g_array_index(parser->steps, struct mf_step, i);

        if (step->run == mf_content_run && step->as.content.fast)
            return true;
    }
    return false;
}

/* A negated content may be marked too; what is not there cannot be looked for, so another one is.
 */
static bool
take_fast_pattern(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option, 0);
    struct mf_content *content;

    if (step == NULL)
        return false;
    content = &step->as.content;
    if (is_second_fast(parser))
        return mf_parser_fail(parser, option->name.text, "a second fast_pattern");
    if (content->negated && (content->is_absolute || content->is_relative))
        return mf_parser_fail(parser, option->name.text,
                              "a negated content at a place cannot be looked for first");
    content->fast = true;
    if (option->value.text == NULL)
        return true;
    if (!mf_token_is(option->value, "only"))
        return parse_fast_part(parser, option->value, content);
    content->given |= MF_GIVEN_FAST_ONLY;
    return check_given(parser, option, content->given);
}

static const struct mf_keyword rows[] = {
    {"depth", MF_VALUE_REQUIRED, take_depth},
    {"distance", MF_VALUE_REQUIRED, take_distance},
    {"endswith", MF_VALUE_NONE, take_endswith},
    {"fast_pattern", MF_VALUE_OPTIONAL, take_fast_pattern},
    {"nocase", MF_VALUE_NONE, take_nocase},
    {"offset", MF_VALUE_REQUIRED, take_offset},
    {"rawbytes", MF_VALUE_NONE, take_nothing},
    {"replace", MF_VALUE_REQUIRED, take_nothing},
    {"startswith", MF_VALUE_NONE, take_startswith},
    {"within", MF_VALUE_REQUIRED, take_within},
};

const struct mf_keyword_family mf_keywords_modifiers = {rows, G_N_ELEMENTS(rows)};
