/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keywords that are a buffer and a content at once: tls.subject:"x" is tls.cert_subject;
 * content:"x". What follows them reads what it read before.
 */
#include "keyword.h"
#include "set.h"

#include <string.h>

struct value_keyword {
    const char *name, *buffer;
    const char *prefix; /* stands before the value; NULL: nothing */
    bool nocase, starts, ends;
};

static const struct value_keyword values[] = {
    {"fileext", "file.name", ".", .nocase = true, .ends = true},
    {"filename", "file.name", .prefix = NULL, .nocase = true},
    {"ssh.protoversion", "ssh.proto", .prefix = NULL, .starts = true, .ends = true},
    {"ssh.softwareversion", "ssh.software", .prefix = NULL},
    {"tls.fingerprint", "tls.cert_fingerprint", .prefix = NULL, .nocase = true, .starts = true,
     .ends = true},
    {"tls.issuerdn", "tls.cert_issuer", .prefix = NULL},
    {"tls.subject", "tls.cert_subject", .prefix = NULL},
};

static bool
parse_as(struct mf_parser *parser, const struct mf_option *option, const char *keyword)
{
    const struct mf_keyword *row = mf_keywords_find(parser->context->set->keywords,
                                                    (struct mf_token){keyword, strlen(keyword)});

    return row->parse(parser, option);
}

/* A value without quotes, or with something before it, is what it looks like. */
static bool
add_literal(struct mf_parser *parser, const struct mf_option *option,
            const struct value_keyword *value)
{
    struct mf_token text = option->value;
    struct mf_step step = {
        .run = mf_content_run,
        .as.content = {.negated = mf_token_negated(&text), .depth = -1, .within = -1}};
    char *bytes;

    text = mf_token_trim(text);
    if (text.length > 0 && text.text[0] == '"' && !mf_token_unquote(parser, &text))
        return false;
    if (text.length == 0 || text.length > MF_CONTENT_MAX / 2)
        return mf_parser_fail(parser, option->value.text, "expected a text of up to %d bytes",
                              MF_CONTENT_MAX / 2);
    bytes = g_strdup_printf("%s%.*s", value->prefix != NULL ? value->prefix : "", (int)text.length,
                            text.text);
    step.as.content.length = (uint32_t)strlen(bytes);
    step.as.content.bytes =
        (const uint8_t *)g_string_chunk_insert_const(parser->context->strings, bytes);
    step.sets_cursor = !step.as.content.negated;
    g_free(bytes);
    parser->content = (int)parser->steps->len;
    return mf_parser_add_step(parser, option, &step);
}

static bool
add_content(struct mf_parser *parser, const struct mf_option *option,
            const struct value_keyword *value)
{
    struct mf_token text = option->value;
    bool good;

    mf_token_negated(&text);
    text = mf_token_trim(text);
    good = value->prefix == NULL && text.length > 0 && text.text[0] == '"'
               ? parse_as(parser, option, "content")
               : add_literal(parser, option, value);
    return good && (!value->nocase || parse_as(parser, option, "nocase")) &&
           (!value->starts || parse_as(parser, option, "startswith")) &&
           (!value->ends || parse_as(parser, option, "endswith"));
}

static bool
values_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_slots *slots = parser->context->set->slots;
    const struct value_keyword *value = values;
    int before = parser->slot, slot;
    bool fresh = parser->fresh, good;

    while (!mf_token_is(option->name, value->name))
        value++;
    slot = mf_slots_of(slots, mf_sticky_find(slots, value->buffer));
    if (slot < 0)
        return mf_parser_fail(parser, option->name.text, "too many different buffers");
    parser->slot = slot;
    parser->fresh = false;
    good = add_content(parser, option, value);
    parser->slot = before;
    parser->fresh = fresh;
    return good;
}

static const struct mf_keyword rows[] = {
    {"fileext", MF_VALUE_REQUIRED, values_parse},
    {"filename", MF_VALUE_REQUIRED, values_parse},
    {"ssh.protoversion", MF_VALUE_REQUIRED, values_parse},
    {"ssh.softwareversion", MF_VALUE_REQUIRED, values_parse},
    {"tls.fingerprint", MF_VALUE_REQUIRED, values_parse},
    {"tls.issuerdn", MF_VALUE_REQUIRED, values_parse},
    {"tls.subject", MF_VALUE_REQUIRED, values_parse},
};

const struct mf_keyword_family mf_keywords_values = {rows, G_N_ELEMENTS(rows)};
