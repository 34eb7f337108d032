/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sizes: dsize of a packet's payload, bsize of a buffer, urilen of the request's URI.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#bsize */
#include "keyword.h"
#include "match.h"
#include "number_test.h"
#include "set.h"

/* --- of a packet --- */

static bool
dsize_holds(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_packet *packet = context->packet;
    /* What rules take for the payload of ICMP begins behind 8 bytes, not 4. */
    uint32_t skip = packet->l4 == MF_L4_ICMP || packet->l4 == MF_L4_ICMPV6 ? 4 : 0;
    uint32_t length = packet->payload_length;

    return mf_number_test_holds(&condition->as.number, length > skip ? length - skip : 0);
}

static bool
dsize_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX};
    struct mf_condition condition = {.run = dsize_holds};

    if (!mf_number_test_parse(parser, option->value, &kind, &condition.as.number))
        return false;
    mf_parser_add_condition(parser, &condition, true);
    parser->by_packet = true;
    return true;
}

/* --- of a buffer --- */

static enum mf_match
size_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_view *view = &matcher->view;

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    if (!view->ended)
        return mf_view_beyond(view);
    return mf_number_test_holds(&step->as.number, (uint64_t)mf_view_end(view)) ? MF_MATCH_YES
                                                                               : MF_MATCH_NO;
}

/* The payload of a stream has no size. */
static bool
bsize_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT64_MAX};
    struct mf_step step = {.run = size_run};

    if (parser->slot == MF_SLOT_PAYLOAD)
        return mf_parser_fail(parser, option->name.text,
                              "bsize needs a sticky buffer before it; dsize is for packets");
    return mf_number_test_parse(parser, option->value, &kind, &step.as.number) &&
           mf_parser_add_step(parser, option, &step);
}

static bool
urilen_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX};
    struct mf_slots *slots = parser->context->set->slots;
    struct mf_step step = {.run = size_run};
    struct mf_token rest = option->value, length, which;
    const char *name = "http.uri";
    const struct mf_sticky *sticky;
    int before = parser->slot;
    bool good;

    mf_token_next(&rest, ',', &length);
    if (mf_token_next(&rest, ',', &which)) {
        if (mf_token_is(which, "raw"))
            name = "http.uri.raw";
        else if (!mf_token_is(which, "norm"))
            return mf_parser_fail(parser, which.text, "expected 'raw' or 'norm'");
    }
    if (!mf_number_test_parse(parser, length, &kind, &step.as.number))
        return false;
    sticky = mf_sticky_find(slots, name);
    parser->slot = sticky != NULL ? mf_slots_of(slots, sticky) : -1;
    good = parser->slot >= 0
               ? mf_parser_add_step(parser, option, &step)
               : mf_parser_fail(parser, option->name.text, "the buffer %s is not supported", name);
    parser->slot = before;
    return good;
}

/* --- absent buffers --- */

static bool
absent_parse(struct mf_parser *parser, const struct mf_option *option)
{
    bool or_else = mf_token_is(option->value, "or_else");

    if (option->value.length > 0 && !or_else)
        return mf_parser_fail(parser, option->value.text, "expected 'or_else' or nothing");
    if (parser->slot == MF_SLOT_PAYLOAD || parser->slot == MF_SLOT_DECODED || !parser->fresh)
        return mf_parser_fail(parser, option->name.text,
                              "absent stands behind a sticky buffer, before its conditions");
    mf_parser_part(parser)->absent = or_else ? MF_ABSENT_OR_ELSE : MF_ABSENT;
    return true;
}

static const struct mf_keyword rows[] = {
    {"absent", MF_VALUE_OPTIONAL, absent_parse},
    {"bsize", MF_VALUE_REQUIRED, bsize_parse},
    {"dsize", MF_VALUE_REQUIRED, dsize_parse},
    {"urilen", MF_VALUE_REQUIRED, urilen_parse},
};

const struct mf_keyword_family mf_keywords_size = {rows, G_N_ELEMENTS(rows)};
