/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spans: pieces of a rule's text, cut without copying; each remembers by its pointer where it
 * stands, so that a diagnostic can point at it. */
#include "parser.h"

#include "../text.h"

#include <inttypes.h>
#include <string.h>

struct mf_span
mf_span_trim(struct mf_span span)
{
    while (span.length > 0 && g_ascii_isspace(span.text[0])) {
        span.text++;
        span.length--;
    }
    while (span.length > 0 && g_ascii_isspace(span.text[span.length - 1]))
        span.length--;
    return span;
}

bool
mf_span_next(struct mf_span *rest, char separator, struct mf_span *part)
{
    const char *end;

    if (rest->text == NULL)
        return false;
    end = memchr(rest->text, separator, rest->length);
    *part = *rest;
    if (end == NULL) {
        *rest = (struct mf_span){NULL, 0};
    } else {
        part->length = (size_t)(end - rest->text);
        rest->length -= part->length + 1;
        rest->text = end + 1;
    }
    *part = mf_span_trim(*part);
    return true;
}

bool
mf_span_negated(struct mf_span *span)
{
    if (span->length == 0 || span->text[0] != '!')
        return false;
    span->text++;
    span->length--;
    *span = mf_span_trim(*span);
    return true;
}

bool
mf_span_number(struct mf_parser *parser, struct mf_span span, int64_t min, int64_t max,
               int64_t *out)
{
    char text[24], *end = NULL;
    bool sign = span.length > 0 && (span.text[0] == '-' || span.text[0] == '+');

    *out = 0;
    if (span.length > sign && span.length < sizeof text && g_ascii_isdigit(span.text[sign])) {
        memcpy(text, span.text, span.length);
        text[span.length] = '\0';
        *out = g_ascii_strtoll(text, &end, 10);
    }
    if (end != NULL && *end == '\0' && *out >= min && *out <= max)
        return true;
    return mf_parser_fail(parser, span.text,
                          "expected a number from %" PRId64 " to %" PRId64 ", not '%.*s'", min, max,
                          (int)MIN(span.length, 40), span.text);
}

bool
mf_span_unquote(struct mf_parser *parser, struct mf_span *span)
{
    if (span->length == 0 || span->text[0] != '"')
        return mf_parser_fail(parser, span->text, "expected a text in double quotes");
    if (span->length < 2 || span->text[span->length - 1] != '"')
        return mf_parser_fail(
            parser, span->text + span->length,
            "expected the closing quote here; a ';' inside the quotes is written '\\;'");
    span->text++;
    span->length -= 2;
    return true;
}

static void
escape(const struct mf_parser *parser, struct mf_span span)
{
    g_string_truncate(parser->text, 0);
    mf_text_append(parser->text, (const uint8_t *)span.text, span.length, SIZE_MAX);
}

const char *
mf_span_intern(const struct mf_parser *parser, struct mf_span span)
{
    escape(parser, span);
    return g_string_chunk_insert_const(parser->context->strings, parser->text->str);
}

const char *
mf_span_keep(const struct mf_parser *parser, struct mf_span span)
{
    escape(parser, span);
    return g_string_chunk_insert_len(parser->context->strings, parser->text->str,
                                     (gssize)parser->text->len);
}
