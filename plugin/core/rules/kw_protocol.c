/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions that read one protocol's bytes by themselves: asn1 (X.690), rpc (RFC 5531) and
 * ftpbounce (RFC 2577). They are rare in rules, and kept as simple as Snort had them.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#asn1 */
#include "keyword.h"
#include "number.h"

#include <string.h>

/* --- asn1 --- */

enum { ASN1_NODES_MAX = 256, TAG_BITSTRING = 3, TAG_REAL = 9, REAL_MAX = 256 };

struct asn1_node {
    const uint8_t *content;
    size_t there; /* bytes of it that are there */
    uint64_t length;
    unsigned tag;
    bool constructed, universal;
};

/* Reads a node's head off *AT. False: it is not all there, or none. */
static bool
asn1_head(const uint8_t **at, const uint8_t *end, struct asn1_node *node)
{
    const uint8_t *p = *at;
    unsigned n;

    if (end - p < 2)
        return false;
    *node = (struct asn1_node){.tag = *p & 0x1f, .constructed = *p & 0x20, .universal = *p < 0x40};
    if (node->tag == 0x1f)
        while (++p < end - 1 && (*p & 0x80))
            ;
    if (++p >= end)
        return false;
    n = *p & 0x80 ? *p & 0x7f : 0;
    node->length = n > 0 || *p == 0x80 ? 0 : *p;
    if (n > 8 || end - ++p < (int64_t)n)
        return false;
    for (unsigned i = 0; i < n; i++)
        node->length = node->length << 8 | *p++;
    node->content = p;
    node->there = (size_t)MIN((uint64_t)(end - p), node->length);
    *at = node->constructed ? p : p + node->there;
    return true;
}

static bool
asn1_is_odd(const struct mf_asn1 *asn1, const struct asn1_node *node)
{
    if (node->length > asn1->oversize)
        return true;
    if (!node->universal || node->constructed || node->there == 0)
        return false;
    if (asn1->bitstring && node->tag == TAG_BITSTRING)
        return (node->length - 1) * 8 < node->content[0];
    return asn1->real && node->tag == TAG_REAL && (node->content[0] & 0xc0) == 0 &&
           node->length > REAL_MAX;
}

static enum mf_match
asn1_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_view *view = &matcher->view;
    int64_t place = (step->relative ? attempt->cursor : 0) + step->as.asn1.offset;
    const uint8_t *at, *end = view->data + view->length;
    struct asn1_node node;

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    if (place < view->base)
        return MF_MATCH_NO;
    if (place >= mf_view_end(view))
        return mf_view_beyond(view);
    at = view->data + (place - view->base);
    for (unsigned i = 0; i < ASN1_NODES_MAX && asn1_head(&at, end, &node); i++)
        if (asn1_is_odd(&step->as.asn1, &node))
            return MF_MATCH_YES;
    return mf_view_beyond(view);
}

static bool
asn1_word(struct mf_parser *parser, struct mf_token word, struct mf_step *step)
{
    struct mf_asn1 *asn1 = &step->as.asn1;
    struct mf_token value, name = mf_token_name(word, &value);
    bool relative = mf_token_is(name, "relative_offset");
    int64_t number;

    if (mf_token_is(word, "bitstring_overflow")) {
        asn1->bitstring = true;
    } else if (mf_token_is(word, "double_overflow")) {
        asn1->real = true;
    } else if (mf_token_is(name, "oversize_length")) {
        if (!mf_token_number(parser, value, 0, UINT32_MAX - 1, &number))
            return false;
        asn1->oversize = (uint32_t)number;
    } else if (relative || mf_token_is(name, "absolute_offset")) {
        if (!mf_token_number(parser, value, relative ? -UINT16_MAX : 0, UINT16_MAX, &number))
            return false;
        step->relative = relative;
        asn1->offset = (int32_t)number;
    } else {
        return mf_parser_fail(parser, word.text, "asn1 does not support '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    }
    return true;
}

static bool
asn1_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, word;
    struct mf_step step = {.run = asn1_run, .as.asn1.oversize = UINT32_MAX};

    while (mf_token_next(&rest, ',', &word))
        if (!asn1_word(parser, word, &step))
            return false;
    return mf_parser_add_placed(parser, option, &step);
}

/* --- rpc --- */

enum { RPC_TYPE = 4, RPC_PROGRAM = 12, RPC_VERSION = 16, RPC_PROCEDURE = 20, RPC_LENGTH = 24 };

static bool
word_is(const uint8_t *bytes, uint32_t value)
{
    uint32_t big = GUINT32_TO_BE(value);

    return memcmp(bytes, &big, sizeof big) == 0;
}

static enum mf_match
rpc_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_rpc *rpc = &step->as.rpc;
    const struct mf_view *view = &matcher->view;
    /* Over TCP a record mark stands before the message. */
    unsigned mark = matcher->context->session->l4 == MF_L4_TCP ? 4 : 0;
    const uint8_t *call = view->data + mark;

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    if (view->base > 0)
        return MF_MATCH_NO;
    if (view->length < mark + RPC_LENGTH)
        return mf_view_beyond(view);
    if (word_is(call + RPC_TYPE, 0) && word_is(call + RPC_PROGRAM, rpc->program) &&
        (rpc->any_version || word_is(call + RPC_VERSION, rpc->version)) &&
        (rpc->any_procedure || word_is(call + RPC_PROCEDURE, rpc->procedure)))
        return MF_MATCH_YES;
    return MF_MATCH_NO;
}

/* A number, or '*'. */
static bool
rpc_number(struct mf_parser *parser, struct mf_token word, bool *any, uint32_t *out)
{
    int64_t number = 0;

    *any = mf_token_is(word, "*");
    if (!*any && !mf_token_number(parser, word, 0, UINT32_MAX, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static bool
rpc_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, program, version, procedure;
    struct mf_step step = {.run = rpc_run, .as.rpc = {.any_version = true, .any_procedure = true}};
    struct mf_rpc *rpc = &step.as.rpc;
    int64_t number;

    mf_token_next(&rest, ',', &program);
    if (!mf_token_number(parser, program, 0, UINT32_MAX, &number))
        return false;
    rpc->program = (uint32_t)number;
    if (mf_token_next(&rest, ',', &version) &&
        !rpc_number(parser, version, &rpc->any_version, &rpc->version))
        return false;
    if (mf_token_next(&rest, ',', &procedure) &&
        !rpc_number(parser, procedure, &rpc->any_procedure, &rpc->procedure))
        return false;
    if (rest.text != NULL)
        return mf_parser_fail(parser, rest.text, "expected PROGRAM, VERSION, PROCEDURE");
    return mf_parser_add_step(parser, option, &step);
}

/* --- ftpbounce --- */

/* Reads "h,h,h,h" of a PORT command. */
static bool
read_host(const char *text, uint8_t host[4])
{
    for (unsigned i = 0; i < 4; i++) {
        char *end;
        guint64 number = g_ascii_strtoull(text, &end, 10);

        if (!g_ascii_isdigit(*text) || number > UINT8_MAX || *end != ',')
            return false;
        host[i] = (uint8_t)number;
        text = end + 1;
    }
    return true;
}

/* A PORT command at the beginning of the line that the cursor is in or, without one, of the view.
 */
static enum mf_match
ftpbounce_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    enum { COMMAND = 5, TEXT_MAX = 40 };
    const struct mf_view *view = &matcher->view;
    const struct mf_context *context = matcher->context;
    const struct mf_addr *client = &context->session->addr[context->direction];
    struct mf_addr named;
    char line[TEXT_MAX + 1] = "";
    uint8_t host[4];

    (void)step;
    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    for (size_t i = 0; i + COMMAND < view->length; i++) {
        size_t n = MIN(view->length - i, TEXT_MAX);

        if ((i > 0 && view->data[i - 1] != '\n') ||
            g_ascii_strncasecmp((const char *)view->data + i, "PORT ", COMMAND) != 0)
            continue;
        memcpy(line, view->data + i, n);
        line[n] = '\0';
        if (!read_host(line + COMMAND, host))
            continue;
        named = mf_addr_from_ipv4(host);
        return mf_addr_equal(client, &named) ? MF_MATCH_NO : MF_MATCH_YES;
    }
    return mf_view_beyond(view);
}

static bool
ftpbounce_parse(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_step step = {.run = ftpbounce_run};

    parser->by_packet = true;
    return mf_parser_add_step(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"asn1", MF_VALUE_REQUIRED, asn1_parse},
    {"ftpbounce", MF_VALUE_NONE, ftpbounce_parse},
    {"rpc", MF_VALUE_REQUIRED, rpc_parse},
};

const struct mf_keyword_family mf_keywords_protocol = {rows, G_N_ELEMENTS(rows)};
