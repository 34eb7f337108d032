/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a rule with "=>": its parts are dealt out to a rule on requests and one on answers, by
 * the side that a buffer is of, or that the rule names ("http.connection: to_client;"); what is of
 * no side goes with the part before it. See transaction.h.
 */
#include "set.h"
#include "transaction.h"

enum { BOTH = 1u << MF_ORIG | 1u << MF_RESP };

/* Buffers that one side alone can have, where nothing else depends on it. */
static const struct {
    enum mf_buffer_id id;
    enum mf_direction side;
} sides[] = {
    {MF_BUF_JA3_HASH, MF_ORIG},
    {MF_BUF_JA3_STRING, MF_ORIG},
    {MF_BUF_JA4_HASH, MF_ORIG},
    {MF_BUF_JA3S_HASH, MF_RESP},
    {MF_BUF_JA3S_STRING, MF_RESP},
    {MF_BUF_TLS_SNI, MF_ORIG},
    {MF_BUF_TLS_CERTS, MF_RESP},
    {MF_BUF_TLS_CERT_SUBJECT, MF_RESP},
    {MF_BUF_TLS_CERT_ISSUER, MF_RESP},
    {MF_BUF_TLS_CERT_SERIAL, MF_RESP},
    {MF_BUF_TLS_CERT_FINGERPRINT, MF_RESP},
    {MF_BUF_TLS_SUBJECT_ALT_NAME, MF_RESP},
    {MF_BUF_SSH_HASSH, MF_ORIG},
    {MF_BUF_SSH_HASSH_STRING, MF_ORIG},
    {MF_BUF_SSH_HASSH_SERVER, MF_RESP},
    {MF_BUF_SSH_HASSH_SERVER_STRING, MF_RESP},
    {MF_BUF_DNS_QUERIES_RRNAME, MF_ORIG},
    {MF_BUF_DNS_ANSWERS_RRNAME, MF_RESP},
    {MF_BUF_DNS_AUTHORITIES_RRNAME, MF_RESP},
    {MF_BUF_DNS_ADDITIONALS_RRNAME, MF_RESP},
    {MF_BUF_DNS_RESPONSE_RRNAME, MF_RESP},
    {MF_BUF_FTP_COMMAND, MF_ORIG},
    {MF_BUF_FTP_ARGUMENT, MF_ORIG},
    {MF_BUF_FTP_REPLY, MF_RESP},
    {MF_BUF_FTP_COMPLETION_CODE, MF_RESP},
    {MF_BUF_SIP_METHOD, MF_ORIG},
    {MF_BUF_SIP_URI, MF_ORIG},
    {MF_BUF_SIP_REQUEST_LINE, MF_ORIG},
    {MF_BUF_SIP_STAT_CODE, MF_RESP},
    {MF_BUF_SIP_STAT_MSG, MF_RESP},
    {MF_BUF_SIP_RESPONSE_LINE, MF_RESP},
    {MF_BUF_LDAP_REQUEST_DN, MF_ORIG},
    {MF_BUF_LDAP_RESPONSE_DN, MF_RESP},
    {MF_BUF_LDAP_RESPONSE_MESSAGE, MF_RESP},
};

/* Bits of enum mf_direction; 0: either. */
static uint8_t
side_of_sticky(const struct mf_sticky *sticky)
{
    if (sticky->directions == 1u << MF_ORIG || sticky->directions == 1u << MF_RESP)
        return sticky->directions;
    for (unsigned i = 0; i < G_N_ELEMENTS(sides) && sticky->kind == MF_STICKY_BUFFER; i++)
        if (sides[i].id == sticky->id)
            return (uint8_t)(1u << sides[i].side);
    return 0;
}

static uint8_t
side_of(const struct mf_parser *parser, const struct mf_part *part, uint8_t before)
{
    uint8_t side = side_of_sticky(mf_slots_get(parser->context->set->slots, part->slot)->sticky);

    if (part->side != 0)
        return part->side;
    return side != 0 ? side : before;
}

static unsigned
settle_sides(struct mf_parser *parser)
{
    uint8_t before = 1u << MF_ORIG, seen = 0;

    for (unsigned i = 0; i < parser->parts->len; i++) {
        struct mf_part *part = &g_array_index(parser->parts, struct mf_part, i);

        part->side = before = side_of(parser, part, before);
        seen |= part->side;
    }
    return seen;
}

/* Leaves in the parser what is of SIDE; the steps of the other one go to REST. */
static void
keep_side(struct mf_parser *parser, unsigned side, GArray *rest)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < parser->steps->len; i++) {
        struct mf_step step = g_array_index(parser->steps, struct mf_step, i);

        if (g_array_index(parser->parts, struct mf_part, step.part).side & 1u << side)
            g_array_index(parser->steps, struct mf_step, kept++) = step;
        else
            g_array_append_val(rest, step);
    }
    g_array_set_size(parser->steps, kept);
    for (unsigned i = 0; i < parser->parts->len; i++) {
        struct mf_part *part = &g_array_index(parser->parts, struct mf_part, i);

        if ((part->side & 1u << side) == 0)
            *part = (struct mf_part){.slot = part->slot, .side = part->side};
    }
}

static bool
finish(struct mf_parser *parser, unsigned side)
{
    parser->rule->header.directions = (uint8_t)(1u << side);
    if (!mf_parser_finish(parser))
        return false;
    return parser->rule->kinds == MF_RULE_MESSAGE ||
           mf_parser_fail(parser, parser->line->text->str,
                          "'=>' is supported for buffers of dissected protocols alone");
}

/* The rule on requests: of the header and the parts, without conditions of its own. */
static bool
finish_request(struct mf_parser *parser, const struct mf_condition *mark)
{
    struct mf_rule *answer = parser->rule;
    GArray *conditions = parser->conditions, *actions = parser->actions;
    bool good;

    parser->request = g_new0(struct mf_rule, 1);
    parser->request->info = answer->info;
    parser->request->header = answer->header;
    parser->request->noalert = true;
    parser->rule = parser->request;
    parser->conditions = g_array_new(FALSE, TRUE, sizeof(struct mf_condition));
    parser->actions = g_array_new(FALSE, TRUE, sizeof(struct mf_condition));
    mf_parser_add_action(parser, mark);
    good = finish(parser, MF_ORIG);
    g_array_free(parser->conditions, TRUE);
    g_array_free(parser->actions, TRUE);
    parser->conditions = conditions;
    parser->actions = actions;
    parser->rule = answer;
    return good;
}

static void
swap_sides(struct mf_rule_header *header)
{
    const struct mf_range_set *addr = header->addr[0], *port = header->port[0];

    header->addr[0] = header->addr[1];
    header->port[0] = header->port[1];
    header->addr[1] = addr;
    header->port[1] = port;
}

/* What both rules call their transactions. */
static uint32_t
number_of(const struct mf_parser *parser)
{
    char *name = g_strdup_printf("%s:%u", parser->rule->info.file, parser->rule->info.line);
    uint32_t number = mf_parser_name(parser, "transaction", (struct mf_token){name, strlen(name)});

    g_free(name);
    return number;
}

bool
mf_transaction_finish(struct mf_parser *parser)
{
    const char *at = parser->line->text->str;
    struct mf_condition link = {.run = mf_transaction_mark, .as.bit.name = number_of(parser)};
    GArray *parts = parser->parts, *rest;
    bool good;

    if (parser->rule->header.directions != BOTH)
        return mf_parser_fail(parser, at, "a side in 'flow' does not go with '=>'");
    if (settle_sides(parser) != BOTH)
        return mf_parser_fail(parser, at, "'=>' needs buffers of requests and of answers");
    rest = g_array_new(FALSE, TRUE, sizeof(struct mf_step));
    parser->parts = g_array_new(FALSE, TRUE, sizeof(struct mf_part));
    g_array_append_vals(parser->parts, parts->data, parts->len);
    keep_side(parser, MF_ORIG, rest);
    good = finish_request(parser, &link);
    g_array_append_vals(parser->steps, rest->data, rest->len);
    g_array_free(rest, TRUE);
    g_array_free(parser->parts, TRUE);
    parser->parts = parts;
    if (!good)
        return false;
    rest = g_array_new(FALSE, TRUE, sizeof(struct mf_step));
    keep_side(parser, MF_RESP, rest);
    g_array_free(rest, TRUE); /* nothing: what is of requests was taken */
    swap_sides(&parser->rule->header);
    link.run = mf_transaction_is_marked;
    mf_parser_add_condition(parser, &link, false);
    return finish(parser, MF_RESP);
}
