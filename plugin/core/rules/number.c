/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "number.h"

#include <string.h>

enum { MAX_BINARY = 8, MAX_TEXT = 23 };

static const struct {
    const char *name;
    bool text, little, dce;
    uint8_t base;
} words[] = {
    {"big", .little = false}, {"little", .little = true}, {"string", .text = true},
    {"hex", .base = 16},      {"dec", .base = 10},        {"oct", .base = 8},
    {"dce", .dce = true},
};

struct mf_token
mf_token_name(struct mf_token word, struct mf_token *value)
{
    struct mf_token name = word;

    name.length = 0;
    while (name.length < word.length && !g_ascii_isspace(word.text[name.length]))
        name.length++;
    *value = mf_token_trim((struct mf_token){word.text + name.length, word.length - name.length});
    return name;
}

bool
mf_number_option(struct mf_parser *parser, struct mf_number *number, struct mf_token word)
{
    struct mf_token value, name = mf_token_name(word, &value);

    if (mf_token_is(name, "bitmask"))
        return mf_token_unsigned(parser, value, &number->mask);
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mf_token_is(word, words[i].name)) {
            number->text |= words[i].text;
            number->little |= words[i].little;
            number->dce |= words[i].dce;
            number->base |= words[i].base;
            return true;
        }
    }
    return false;
}

bool
mf_number_check(struct mf_parser *parser, const char *at, const struct mf_number *number,
                unsigned min)
{
    unsigned max = number->text ? MAX_TEXT : MAX_BINARY;

    min = number->text ? 0 : min;
    if (number->base != 0 && !number->text)
        return mf_parser_fail(parser, at, "hex, dec and oct need 'string'");
    if (number->base != 0 && number->base != 8 && number->base != 10 && number->base != 16)
        return mf_parser_fail(parser, at, "expected one of hex, dec and oct");
    if (number->dce && (number->text || number->little))
        return mf_parser_fail(parser, at, "dce does not go with string and little");
    if (number->variable_count == 0 && (number->count < min || number->count > max))
        return mf_parser_fail(parser, at, "expected %u to %u bytes", min, max);
    return true;
}

bool
mf_token_unsigned(struct mf_parser *parser, struct mf_token token, uint64_t *out)
{
    bool hex = token.length > 2 && token.text[0] == '0' && (token.text[1] | 0x20) == 'x';
    unsigned base = hex ? 16 : 10;

    *out = 0;
    for (size_t i = hex ? 2 : 0; i < token.length; i++) {
        int digit = g_ascii_xdigit_value(token.text[i]);

        if (digit < 0 || digit >= (int)base)
            return mf_parser_fail(parser, token.text + i, "expected a %s digit",
                                  hex ? "hexadecimal" : "decimal");
        if (*out > (UINT64_MAX - (unsigned)digit) / base)
            return mf_parser_fail(parser, token.text, "expected a number of at most 64 bits");
        *out = *out * base + (unsigned)digit;
    }
    return token.length > 0 || mf_parser_fail(parser, token.text, "expected a number");
}

/* --- variables --- */

static bool
is_name(struct mf_token token)
{
    return token.length > 0 && (g_ascii_isalpha(token.text[0]) || token.text[0] == '_');
}

static mf_variable
variable_find(const struct mf_parser *parser, struct mf_token name)
{
    for (unsigned i = 0; parser->variables != NULL && i < parser->variables->len; i++)
        if (mf_token_is(name, parser->variables->pdata[i]))
            return (mf_variable)(i + 1);
    return 0;
}

mf_variable
mf_variable_define(struct mf_parser *parser, struct mf_token name)
{
    mf_variable known = variable_find(parser, name);

    if (known != 0)
        return known;
    if (!is_name(name)) {
        mf_parser_fail(parser, name.text, "expected the name of a variable");
        return 0;
    }
    if (parser->variables == NULL)
        parser->variables = g_ptr_array_new_with_free_func(g_free);
    if (parser->variables->len == MF_RULE_MAX_VARIABLES) {
        mf_parser_fail(parser, name.text, "more than %d variables", MF_RULE_MAX_VARIABLES);
        return 0;
    }
    g_ptr_array_add(parser->variables, g_strndup(name.text, name.length));
    return (mf_variable)parser->variables->len;
}

bool
mf_variable_or_number(struct mf_parser *parser, struct mf_token token, const int64_t range[2],
                      int64_t *number, mf_variable *variable)
{
    *number = 0;
    *variable = 0;
    if (!is_name(token))
        return mf_token_number(parser, token, range[0], range[1], number);
    *variable = variable_find(parser, token);
    return *variable != 0 ||
           mf_parser_fail(parser, token.text, "no byte_extract or byte_math before it sets '%.*s'",
                          (int)MIN(token.length, 40), token.text);
}

bool
mf_number_count(struct mf_parser *parser, struct mf_token token, struct mf_number *number)
{
    static const int64_t range[2] = {0, UINT8_MAX};
    int64_t count;

    if (!mf_variable_or_number(parser, token, range, &count, &number->variable_count))
        return false;
    number->count = (uint8_t)count;
    return true;
}

/* --- where such a condition looks --- */

bool
mf_parser_add_beside(struct mf_parser *parser, const struct mf_option *option,
                     const struct mf_step *step)
{
    int slot = parser->slot;
    bool good, named = parser->slot_at != NULL || slot != MF_SLOT_PAYLOAD;

    if (!named && parser->steps->len > 0) {
        unsigned part = g_array_index(parser->steps, struct mf_step, parser->steps->len - 1).part;

        parser->slot = g_array_index(parser->parts, struct mf_part, part).slot;
    }
    good = mf_parser_add_step(parser, option, step);
    parser->slot = slot;
    return good;
}

bool
mf_parser_add_placed(struct mf_parser *parser, const struct mf_option *option,
                     const struct mf_step *step)
{
    return step->relative ? mf_parser_add_beside(parser, option, step)
                          : mf_parser_add_step(parser, option, step);
}

/* --- evaluation --- */

/* The bytes at AT up to the first that is no part of the number; how many those are. */
static unsigned
read_text(const uint8_t *bytes, unsigned count, unsigned base, uint64_t *value)
{
    char text[MAX_TEXT + 1], *end;

    memcpy(text, bytes, count);
    text[count] = '\0';
    *value = g_ascii_strtoull(text, &end, base);
    return (unsigned)(end - text);
}

static uint64_t
read_binary(const uint8_t *bytes, unsigned count, bool little)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < count; i++)
        value = value << 8 | bytes[little ? count - 1 - i : i];
    return value;
}

/* DCE/RPC says in its header how the sender writes numbers: nearly all write them little-endian
 * (C706, 12.6.3.1: octet 0 is the version, octet 4 begins the data representation). */
static bool
dce_is_little(const struct mf_view *view)
{
    enum { VERSION = 5, DREP = 4, LITTLE = 0x10 };

    if (view->base != 0 || view->length <= DREP || view->data[0] != VERSION)
        return true;
    return (view->data[DREP] & LITTLE) != 0;
}

static unsigned
count_of(const struct mf_matcher *matcher, const struct mf_number *number)
{
    uint64_t count =
        number->variable_count != 0 ? matcher->variables[number->variable_count] : number->count;

    return (unsigned)MIN(count, MAX_TEXT + 1);
}

/* Of 0 bytes of text: as many as there are digits. They may go on where the bytes end. */
static enum mf_match
read_open_text(const struct mf_number *number, const struct mf_view *view, int64_t at,
               struct mf_number_found *found)
{
    enum { PREFIX = 2 /* of "0x1", "-1" */ };
    unsigned count, used;

    if (at >= mf_view_end(view))
        return mf_view_beyond(view);
    count = (unsigned)MIN(mf_view_end(view) - at, MAX_TEXT);
    used = read_text(view->data + (at - view->base), count, number->base, &found->value);
    found->end = at + used;
    if (!view->complete && count < MAX_TEXT && (used == 0 || used + PREFIX > count))
        return MF_MATCH_MAYBE;
    return used > 0 ? MF_MATCH_YES : MF_MATCH_NO;
}

enum mf_match
mf_number_read(const struct mf_matcher *matcher, const struct mf_number *number, int64_t at,
               struct mf_number_found *found)
{
    const struct mf_view *view = &matcher->view;
    unsigned count = count_of(matcher, number), used = count;
    const uint8_t *bytes;

    *found = (struct mf_number_found){.end = at};
    if (at < view->base || count > (number->text ? MAX_TEXT : MAX_BINARY))
        return MF_MATCH_NO;
    if (number->text && count == 0)
        return read_open_text(number, view, at, found);
    if (at + count > mf_view_end(view))
        return mf_view_beyond(view);
    bytes = view->data + (at - view->base);
    if (!number->text)
        found->value =
            read_binary(bytes, count, number->dce ? dce_is_little(view) : number->little);
    else if ((used = read_text(bytes, count, number->base, &found->value)) == 0)
        return MF_MATCH_NO;
    found->end = at + used;
    return MF_MATCH_YES;
}

uint64_t
mf_number_masked(const struct mf_number *number, uint64_t value)
{
    uint64_t lowest = number->mask & (~number->mask + 1);

    return number->mask == 0 ? value : (value & number->mask) / lowest;
}
