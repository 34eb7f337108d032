/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that say more about the content before them. */
#include "keyword.h"

/* The step that the option means; NULL with a diagnostic. */
static struct mf_step *
last_step(struct mf_parser *parser, const struct mf_option *option)
{
    if (parser->content >= 0)
        return &g_array_index(parser->steps, struct mf_step, parser->content);
    mf_parser_fail(parser, option->name.text, "'%.*s' needs a content before it",
                   (int)option->name.length, option->name.text);
    return NULL;
}

/* Marks the content's place as counted from the start, or from the cursor; not from both. */
static bool
place(struct mf_parser *parser, const struct mf_option *option, struct mf_step *step, bool relative)
{
    struct mf_content *content = &step->as.content;

    if (relative ? content->is_absolute : content->is_relative)
        return mf_parser_fail(parser, option->name.text,
                              "offset, depth and startswith do not go with distance and within");
    content->is_relative = relative;
    content->is_absolute = !relative;
    step->relative = relative;
    return true;
}

static bool
parse_place(struct mf_parser *parser, const struct mf_option *option, bool relative,
            int32_t *(*member)(struct mf_content *))
{
    struct mf_step *step = last_step(parser, option);
    int64_t number;

    if (step == NULL || !place(parser, option, step, relative) ||
        !mf_span_number(parser, option->value, relative ? INT32_MIN / 4 : 0, INT32_MAX / 4,
                        &number))
        return false;
    *member(&step->as.content) = (int32_t)number;
    return true;
}

static int32_t *
offset_of(struct mf_content *content)
{
    return &content->offset;
}

static int32_t *
depth_of(struct mf_content *content)
{
    return &content->depth;
}

static int32_t *
distance_of(struct mf_content *content)
{
    return &content->distance;
}

static int32_t *
within_of(struct mf_content *content)
{
    return &content->within;
}

static bool
take_offset(struct mf_parser *parser, const struct mf_option *option)
{
    return parse_place(parser, option, false, offset_of);
}

static bool
take_distance(struct mf_parser *parser, const struct mf_option *option)
{
    return parse_place(parser, option, true, distance_of);
}

/* A range that the content cannot fit in is a slip. */
static bool
check_room(struct mf_parser *parser, const struct mf_option *option, int32_t room)
{
    const struct mf_content *content =
        &g_array_index(parser->steps, struct mf_step, parser->content).as.content;

    if (room >= (int64_t)content->length)
        return true;
    return mf_parser_fail(parser, option->value.text,
                          "the content before it is longer (%" G_GUINT32_FORMAT " bytes)",
                          content->length);
}

static bool
take_depth(struct mf_parser *parser, const struct mf_option *option)
{
    return parse_place(parser, option, false, depth_of) &&
           check_room(
               parser, option,
               g_array_index(parser->steps, struct mf_step, parser->content).as.content.depth);
}

static bool
take_within(struct mf_parser *parser, const struct mf_option *option)
{
    return parse_place(parser, option, true, within_of) &&
           check_room(
               parser, option,
               g_array_index(parser->steps, struct mf_step, parser->content).as.content.within);
}

static bool
take_nocase(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option);
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

static bool
take_startswith(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option);

    if (step == NULL)
        return false;
    if (step->as.content.is_absolute)
        return mf_parser_fail(parser, option->name.text,
                              "startswith does not go with offset and depth");
    step->as.content.depth = (int32_t)step->as.content.length;
    return place(parser, option, step, false);
}

static bool
take_endswith(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option);

    if (step != NULL)
        step->as.content.at_end = true;
    return step != NULL;
}

static bool
take_fast_pattern(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_step *step = last_step(parser, option);

    if (step == NULL)
        return false;
    if (step->as.content.negated)
        return mf_parser_fail(parser, option->name.text,
                              "a negated content cannot be looked for first");
    for (unsigned i = 0; i < parser->steps->len; i++) {
        const struct mf_step *other = &g_array_index(parser->steps, struct mf_step, i);

        if (other->run == mf_content_run && other->as.content.fast)
            return mf_parser_fail(parser, option->name.text, "a second fast_pattern");
    }
    step->as.content.fast = true;
    return true;
}

static const struct mf_keyword rows[] = {
    {"depth", MF_VALUE_REQUIRED, take_depth},
    {"distance", MF_VALUE_REQUIRED, take_distance},
    {"endswith", MF_VALUE_NONE, take_endswith},
    {"fast_pattern", MF_VALUE_NONE, take_fast_pattern},
    {"nocase", MF_VALUE_NONE, take_nocase},
    {"offset", MF_VALUE_REQUIRED, take_offset},
    {"startswith", MF_VALUE_NONE, take_startswith},
    {"within", MF_VALUE_REQUIRED, take_within},
};

const struct mf_keyword_family mf_keywords_modifiers = {rows, G_N_ELEMENTS(rows)};
