/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options that say where to look: a sticky buffer before its conditions (http.uri;), a modifier
 * after one content (http_uri;), a transform behind a sticky buffer. What stood before a transform
 * looks into the buffer without it.
 */
#include "keyword.h"
#include "set.h"

static bool
takes_no_value(struct mf_parser *parser, const struct mf_option *option)
{
    return option->value.text == NULL ||
           mf_parser_fail(parser, option->value.text, "a buffer's name takes no value");
}

static bool
use_sticky(struct mf_parser *parser, const struct mf_option *option, const struct mf_sticky *sticky)
{
    int slot = mf_slots_of(parser->context->set->slots, sticky);

    if (slot < 0)
        return mf_parser_fail(parser, option->name.text, "too many different buffers");
    if (!takes_no_value(parser, option))
        return false;
    mf_parser_use_slot(parser, option, slot);
    return true;
}

/* The content before it looks there, and nothing else does. */
static bool
use_modifier(struct mf_parser *parser, const struct mf_option *option,
             const struct mf_sticky *sticky)
{
    int slot = mf_slots_of(parser->context->set->slots, sticky), before = parser->slot;
    struct mf_step *step;

    if (slot < 0 || parser->content < 0)
        return mf_parser_fail(parser, option->name.text, "'%.*s' needs a content before it",
                              (int)option->name.length, option->name.text);
    if (!takes_no_value(parser, option))
        return false;
    parser->slot = slot;
    parser->fresh = false;
    step = &g_array_index(parser->steps, struct mf_step, parser->content);
    step->part = (uint16_t)(mf_parser_part(parser) - (struct mf_part *)(void *)parser->parts->data);
    parser->slot = before;
    return true;
}

static bool
use_transform(struct mf_parser *parser, const struct mf_option *option, const char *name)
{
    struct mf_token value = option->value;
    char *text, *why = NULL;
    int slot;

    if (!parser->fresh && parser->slot == MF_SLOT_PAYLOAD)
        return mf_parser_fail(parser, option->name.text,
                              "a transform stands behind a sticky buffer");
    if (value.text != NULL && value.length > 0 && value.text[0] == '"' &&
        !mf_token_unquote(parser, &value))
        return false;
    text = value.text != NULL ? g_strndup(value.text, value.length) : g_strdup("");
    slot =
        mf_slots_transformed(parser->context->set->slots, (unsigned)parser->slot, name, text, &why);
    g_free(text);
    if (slot < 0) {
        mf_parser_fail(parser, option->name.text, "%s", why);
        g_free(why);
        return false;
    }
    mf_parser_use_slot(parser, option, slot);
    return true;
}

bool
mf_keyword_names_buffer(struct mf_parser *parser, const struct mf_option *option, bool *is_known)
{
    const struct mf_slots *slots = parser->context->set->slots;
    char *name = g_strndup(option->name.text, option->name.length);
    const struct mf_sticky *sticky = mf_sticky_find(slots, name);
    const struct mf_sticky *modifier = mf_sticky_find_modifier(slots, name);
    bool good = false;

    *is_known = true;
    if (sticky != NULL)
        good = use_sticky(parser, option, sticky);
    else if (modifier != NULL)
        good = use_modifier(parser, option, modifier);
    else if (mf_transform_is_known(name))
        good = use_transform(parser, option, name);
    else
        *is_known = false;
    g_free(name);
    return good;
}
