/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dcerpc.iface and dcerpc.opnum: on the request of a call, and on its response: both are one
 * transaction.
 * https://docs.suricata.io/en/latest/rules/dcerpc-keywords.html
 */
#include "dcerpc.h"
#include "number_rows.h"
#include "set.h"

#include <string.h>

/* Opnums: inclusive ranges, any of which will do; or a comparison. */
struct opnums {
    struct mf_number_test test;
    unsigned n;
    struct {
        uint16_t low, high;
    } ranges[];
};

struct interface {
    uint8_t uuid[16];
    bool has_version;
    struct mf_number_test version;
};

/* Responses too: Wireshark says of them what they answer. */
static bool
is_call(const struct mf_message *message)
{
    uint64_t type;

    if (message == NULL || message->layer != MF_BUF_DCERPC)
        return false;
    type = mf_message_number(message, MF_BUF_DCERPC_TYPE, UINT64_MAX);
    return type == MF_DCERPC_REQUEST || type == MF_DCERPC_RESPONSE;
}

static bool
iface_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct interface *wanted = condition->as.data;
    struct mf_iface iface;

    return is_call(context->message) && mf_dcerpc_iface(context->state, context->message, &iface) &&
           memcmp(iface.uuid, wanted->uuid, sizeof iface.uuid) == 0 &&
           (!wanted->has_version || mf_number_test_holds(&wanted->version, iface.version));
}

static bool
opnum_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct opnums *opnums = condition->as.data;
    const struct mf_buffer *opnum;

    if (!is_call(context->message))
        return false;
    opnum = mf_message_find(context->message, MF_BUF_DCERPC_OPNUM);
    if (opnum == NULL)
        return false;
    for (unsigned i = 0; i < opnums->n; i++)
        if (opnum->number >= opnums->ranges[i].low && opnum->number <= opnums->ranges[i].high)
            return true;
    return opnums->n == 0 && mf_number_test_holds(&opnums->test, opnum->number);
}

static bool
ask(struct mf_parser *parser, const struct mf_option *option, const struct mf_condition *condition)
{
    static const enum mf_buffer_id read[] = {MF_BUF_DCERPC_TYPE, MF_BUF_DCERPC_CONTEXT,
                                             MF_BUF_DCERPC_IFACE, MF_BUF_DCERPC_IFACE_VERSION,
                                             MF_BUF_DCERPC_ACK_RESULT};

    for (unsigned i = 0; i < G_N_ELEMENTS(read); i++)
        parser->context->set->wanted[read[i]] = 1;
    return mf_parser_ask_message(parser, option, condition, MF_BUF_DCERPC_OPNUM);
}

/* UUID[,VERSION][,any_frag] */
static bool
iface_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind versions = {.max = UINT16_MAX};
    struct mf_condition condition = {.run = iface_run, .destroy = g_free};
    struct interface wanted = {.has_version = false};
    struct mf_token rest = option->value, part;

    mf_token_next(&rest, ',', &part);
    if (!mf_dcerpc_uuid(part.text, part.length, wanted.uuid))
        return mf_parser_fail(parser, part.text, "expected a UUID");
    while (mf_token_next(&rest, ',', &part)) {
        if (mf_token_is(part, "any_frag")) /* Wireshark reassembles */
            continue;
        if (!mf_number_test_parse(parser, part, &versions, &wanted.version))
            return false;
        wanted.has_version = true;
    }
    condition.as.data = g_memdup2(&wanted, sizeof wanted);
    return ask(parser, option, &condition);
}

static bool
parse_range(struct mf_parser *parser, struct mf_token text, uint16_t *low, uint16_t *high)
{
    struct mf_token rest = text, first;
    int64_t number, end;

    mf_token_next(&rest, '-', &first);
    if (!mf_token_number(parser, first, 0, UINT16_MAX, &number))
        return false;
    end = number;
    if (rest.text != NULL &&
        !mf_token_number(parser, mf_token_trim(rest), number, UINT16_MAX, &end))
        return false;
    *low = (uint16_t)number;
    *high = (uint16_t)end;
    return true;
}

/* Both ends of a range count here, unlike elsewhere. */
static bool
opnum_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX};
    struct mf_condition condition = {.run = opnum_run, .destroy = g_free};
    struct mf_token rest = option->value, part;
    struct opnums *opnums =
        g_malloc0(sizeof *opnums + (rest.length + 1) * sizeof opnums->ranges[0]);
    bool good = true;

    condition.as.data = opnums;
    if (!g_ascii_isdigit(rest.text[0]))
        good = mf_number_test_parse(parser, rest, &kind, &opnums->test);
    else
        for (; good && mf_token_next(&rest, ',', &part); opnums->n++)
            good = parse_range(parser, part, &opnums->ranges[opnums->n].low,
                               &opnums->ranges[opnums->n].high);
    return ask(parser, option, &condition) && good;
}

static const struct mf_keyword rows[] = {
    {"dce_iface", MF_VALUE_REQUIRED, iface_parse},
    {"dce_opnum", MF_VALUE_REQUIRED, opnum_parse},
    {"dcerpc.iface", MF_VALUE_REQUIRED, iface_parse},
    {"dcerpc.opnum", MF_VALUE_REQUIRED, opnum_parse},
};

const struct mf_keyword_family mf_keywords_dcerpc = {rows, G_N_ELEMENTS(rows)};
