/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens: pieces of a rule's text, cut without copying; each remembers by its pointer where it
 * stands, so that a diagnostic can point at it. */
#include "parser.h"

#include "../text.h"

#include <inttypes.h>
#include <string.h>

struct mf_token
mf_token_trim(struct mf_token token)
{
    while (token.length > 0 && g_ascii_isspace(token.text[0])) {
        token.text++;
        token.length--;
    }
    while (token.length > 0 && g_ascii_isspace(token.text[token.length - 1]))
        token.length--;
    return token;
}

bool
mf_token_next(struct mf_token *rest, char separator, struct mf_token *part)
{
    const char *end;

    if (rest->text == NULL)
        return false;
    end = memchr(rest->text, separator, rest->length);
    *part = *rest;
    if (end == NULL) {
        *rest = (struct mf_token){NULL, 0};
    } else {
        part->length = (size_t)(end - rest->text);
        rest->length -= part->length + 1;
        rest->text = end + 1;
    }
    *part = mf_token_trim(*part);
    return true;
}

bool
mf_token_negated(struct mf_token *token)
{
    if (token->length == 0 || token->text[0] != '!')
        return false;
    token->text++;
    token->length--;
    *token = mf_token_trim(*token);
    return true;
}

bool
mf_token_number(struct mf_parser *parser, struct mf_token token, int64_t min, int64_t max,
                int64_t *out)
{
    char text[24], *end = NULL;
    bool sign = token.length > 0 && (token.text[0] == '-' || token.text[0] == '+');

    *out = 0;
    if (token.length > sign && token.length < sizeof text && g_ascii_isdigit(token.text[sign])) {
        memcpy(text, token.text, token.length);
        text[token.length] = '\0';
        *out = g_ascii_strtoll(text, &end, 10);
    }
    if (end != NULL && *end == '\0' && *out >= min && *out <= max)
        return true;
    return mf_parser_fail(parser, token.text,
                          "expected a number from %" PRId64 " to %" PRId64 ", not '%.*s'", min, max,
                          (int)MIN(token.length, 40), token.text);
}

bool
mf_token_unquote(struct mf_parser *parser, struct mf_token *token)
{
    if (token->length == 0 || token->text[0] != '"')
        return mf_parser_fail(parser, token->text, "expected a text in double quotes");
    if (token->length < 2 || token->text[token->length - 1] != '"')
        return mf_parser_fail(
            parser, token->text + token->length,
            "expected the closing quote here; a ';' inside the quotes is written '\\;'");
    token->text++;
    token->length -= 2;
    return true;
}

static void
escape(const struct mf_parser *parser, struct mf_token token)
{
    g_string_truncate(parser->text, 0);
    mf_text_append(parser->text, (const uint8_t *)token.text, token.length, SIZE_MAX);
}

const char *
mf_token_intern(const struct mf_parser *parser, struct mf_token token)
{
    escape(parser, token);
    return g_string_chunk_insert_const(parser->context->strings, parser->text->str);
}

const char *
mf_token_keep(const struct mf_parser *parser, struct mf_token token)
{
    escape(parser, token);
    return g_string_chunk_insert_len(parser->context->strings, parser->text->str,
                                     (gssize)parser->text->len);
}
