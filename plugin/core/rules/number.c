/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "number.h"

#include "match.h"

#include <string.h>

enum { MAX_BINARY = 8, MAX_TEXT = 23 };

static const struct {
    const char *name;
    bool text, little;
    uint8_t base;
} words[] = {
    {"big", .little = false}, {"little", .little = true}, {"string", .text = true},
    {"hex", .base = 16},      {"dec", .base = 10},        {"oct", .base = 8},
};

bool
mf_number_option(struct mf_number *number, struct mf_span word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mf_span_is(word, words[i].name)) {
            number->text |= words[i].text;
            number->little |= words[i].little;
            number->base |= words[i].base;
            return true;
        }
    }
    return false;
}

bool
mf_number_check(struct mf_parser *parser, const char *at, const struct mf_number *number)
{
    if (number->base != 0 && !number->text)
        return mf_parser_fail(parser, at, "hex, dec and oct need 'string'");
    if (number->base != 0 && number->base != 8 && number->base != 10 && number->base != 16)
        return mf_parser_fail(parser, at, "expected one of hex, dec and oct");
    if (number->count < 1 || number->count > (number->text ? MAX_TEXT : MAX_BINARY))
        return mf_parser_fail(parser, at, "expected 1 to %d bytes",
                              number->text ? MAX_TEXT : MAX_BINARY);
    return true;
}

static bool
read_text(const struct mf_number *number, const uint8_t *bytes, uint64_t *value)
{
    char text[MAX_TEXT + 1], *end;

    memcpy(text, bytes, number->count);
    text[number->count] = '\0';
    *value = g_ascii_strtoull(text, &end, number->base);
    return end != text;
}

static uint64_t
read_binary(const struct mf_number *number, const uint8_t *bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < number->count; i++)
        value = value << 8 | bytes[number->little ? number->count - 1u - i : i];
    return value;
}

enum mf_match
mf_number_read(const struct mf_number *number, const struct mf_view *view, int64_t at,
               uint64_t *value)
{
    const uint8_t *bytes;

    if (at < view->base)
        return MF_MATCH_NO;
    if (at + number->count > mf_view_end(view))
        return mf_view_beyond(view);
    bytes = view->data + (at - view->base);
    if (!number->text)
        *value = read_binary(number, bytes);
    else if (!read_text(number, bytes, value))
        return MF_MATCH_NO;
    return MF_MATCH_YES;
}
