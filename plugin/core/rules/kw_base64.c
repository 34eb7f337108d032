/* SPDX-License-Identifier: GPL-2.0-or-later */
/* base64_decode: [bytes N] [, offset N] [, relative] decodes what stands in the buffer, up to the
 * first byte that is not base64 (RFC 4648); the conditions behind base64_data are on the result.
 * What is decoded of a beginning stays what it is when more comes, so that the answer does not
 * depend on cuts. https://docs.suricata.io/en/latest/rules/base64-keywords.html */
#include "keyword.h"
#include "number.h"

enum { DECODE_MAX = UINT16_MAX, GROUP = 4, BITS = 6 };

static int
sextet(uint8_t byte)
{
    if ((unsigned)(byte - 'A') < 26)
        return byte - 'A';
    if ((unsigned)(byte - 'a') < 26)
        return byte - 'a' + 26;
    if ((unsigned)(byte - '0') < 10)
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

/* Appends what the text says; true if it ended before its last byte. */
static bool
decode(const uint8_t *text, size_t length, GByteArray *out)
{
    uint32_t bits = 0;
    size_t n;

    for (n = 0; n < length && sextet(text[n]) >= 0; n++) {
        bits = bits << BITS | (uint32_t)sextet(text[n]);
        if (n % GROUP != 0) {
            uint8_t byte = (uint8_t)(bits >> (6 - 2 * (n % GROUP)));

            g_byte_array_append(out, &byte, 1);
        }
    }
    return n < length;
}

/* Whether all nested parts hold on VIEW. */
static enum mf_match
match_nested(struct mf_matcher *matcher, const struct mf_view *view)
{
    const struct mf_view outer = matcher->view;
    const struct mf_rule *rule = matcher->rule;
    int64_t pin = matcher->pin;
    enum mf_match found = MF_MATCH_YES;

    matcher->view = *view;
    matcher->pin = -1;
    for (unsigned i = 0; i < rule->n_parts && found != MF_MATCH_NO; i++)
        if (rule->parts[i].nested)
            found = MIN(found, mf_match_part(matcher, &rule->parts[i]));
    matcher->view = outer;
    matcher->pin = pin;
    return found;
}

enum mf_match
mf_base64_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    enum { BYTES_PER_WORK = 4 };
    const struct mf_base64 *base64 = &step->as.base64;
    const struct mf_view *view = &matcher->view;
    int64_t at = (step->relative ? attempt->cursor : 0) + base64->offset;
    GByteArray *bytes = mf_match_tools_bytes(matcher->tools);
    struct mf_view inner = {.data = (const uint8_t *)""};
    size_t length;
    bool all;

    attempt->end = attempt->cursor;
    attempt->from = MF_TRY_LAST;
    if (at < view->base)
        return MF_MATCH_NO;
    if (at >= mf_view_end(view))
        return mf_view_beyond(view);
    length = MIN((size_t)(mf_view_end(view) - at), base64->bytes);
    g_byte_array_set_size(bytes, 0);
    all = decode(view->data + (at - view->base), length, bytes) || length == base64->bytes ||
          view->complete;
    matcher->work += length / BYTES_PER_WORK;
    if (bytes->len == 0)
        return all ? MF_MATCH_NO : MF_MATCH_MAYBE;
    inner.data = bytes->data;
    inner.length = bytes->len;
    inner.complete = inner.ended = all;
    return match_nested(matcher, &inner);
}

static bool
parse_word(struct mf_parser *parser, struct mf_token word, struct mf_step *step)
{
    struct mf_token value, name = mf_token_name(word, &value);
    int64_t number = 0;

    if (mf_token_is(word, "relative")) {
        step->relative = true;
        return true;
    }
    if (mf_token_is(name, "bytes")) {
        bool good = mf_token_number(parser, value, 1, DECODE_MAX, &number);

        step->as.base64.bytes = (uint32_t)number;
        return good;
    }
    if (mf_token_is(name, "offset")) {
        bool good = mf_token_number(parser, value, 0, INT32_MAX, &number);

        step->as.base64.offset = (uint32_t)number;
        return good;
    }
    return mf_parser_fail(parser, word.text, "expected bytes N, offset N or relative, not '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
base64_decode_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, word;
    struct mf_step step = {.run = mf_base64_run, .as.base64.bytes = DECODE_MAX, .varies = true};

    if (parser->slot == MF_SLOT_DECODED)
        return mf_parser_fail(parser, option->name.text,
                              "what base64_decode made is not decoded again");
    while (mf_token_next(&rest, ',', &word))
        if (!parse_word(parser, word, &step))
            return false;
    return mf_parser_add_beside(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"base64_decode", MF_VALUE_OPTIONAL, base64_decode_parse},
};

const struct mf_keyword_family mf_keywords_base64 = {rows, G_N_ELEMENTS(rows)};
