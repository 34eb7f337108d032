/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a session amounts to so far: stream_size, flow.age, flow.pkts, flow.bytes. All count the
 * packet at hand. Nothing here makes a rule one on packets alone: with a content it is tried on the
 * stream as ever.
 * https://docs.suricata.io/en/latest/rules/flow-keywords.html
 */
#include "keyword.h"
#include "number_test.h"

enum { TO_SERVER = 1u << MF_ORIG, TO_CLIENT = 1u << MF_RESP, BOTH = TO_SERVER | TO_CLIENT };

/* Of which side something is counted. */
struct sided {
    struct mf_number_test test;
    uint64_t (*count)(const struct mf_context *context, enum mf_direction side);
    uint8_t sides;
    bool either;
};

static uint64_t
packets(const struct mf_context *context, enum mf_direction side)
{
    return context->session->packets[side];
}

static uint64_t
bytes(const struct mf_context *context, enum mf_direction side)
{
    return context->session->wire_bytes[side];
}

/* How far the sequence numbers got from the SYN's, which counts. */
static uint64_t
stream_bytes(const struct mf_context *context, enum mf_direction side)
{
    const struct mf_session *session = context->session;
    const struct mf_packet *packet = context->packet;
    uint32_t end = session->seq_next[side];

    if (session->packets[side] == 0)
        return 0;
    /* While its payload is being looked at, a packet is not yet counted. */
    if (packet != NULL && packet->payload_length > 0 && context->direction == side &&
        (int32_t)(packet->seq + packet->payload_length - end) > 0)
        end = packet->seq + packet->payload_length;
    return end - session->seq_initial[side];
}

static bool
sided_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct sided *sided = condition->as.data;
    unsigned holds = 0;

    for (unsigned side = 0; side < 2; side++)
        if (mf_number_test_holds(&sided->test, sided->count(context, (enum mf_direction)side)))
            holds |= 1u << side;
    holds &= sided->sides;
    return sided->either ? holds != 0 : holds == sided->sides;
}

/* Of TCP only; of one that began before the capture the size is not known. */
static bool
stream_size_run(const struct mf_condition *condition, const struct mf_context *context)
{
    return context->session->l4 == MF_L4_TCP &&
           (context->session->tcp_seen[MF_ORIG] & MF_SEEN_SYN) != 0 &&
           sided_run(condition, context);
}

/* Whole seconds, as Suricata counts them. */
static bool
age_run(const struct mf_condition *condition, const struct mf_context *context)
{
    int64_t seconds = context->now / MF_NS_PER_S - context->session->start / MF_NS_PER_S;

    return mf_number_test_holds(&condition->as.number, (uint64_t)MAX(seconds, 0));
}

static void
add(struct mf_parser *parser, const struct sided *sided, mf_condition_run run)
{
    struct mf_condition condition = {
        .run = run, .destroy = g_free, .as.data = g_memdup2(sided, sizeof *sided)};

    parser->uses_flow = true;
    mf_parser_add_condition(parser, &condition, false);
}

static bool
parse_side(struct mf_parser *parser, struct mf_token word, struct sided *sided)
{
    static const struct {
        const char *word;
        uint8_t sides;
        bool either;
    } words[] = {
        {"toserver", TO_SERVER, false}, {"toclient", TO_CLIENT, false},
        {"both", BOTH, false},          {"either", BOTH, true},
        {"client", TO_SERVER, false},   {"server", TO_CLIENT, false},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mf_token_is(word, words[i].word)) {
            sided->sides = words[i].sides;
            sided->either = words[i].either;
            return true;
        }
    }
    return mf_parser_fail(parser, word.text, "expected a side, 'both' or 'either', not '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

/* DIRECTION,TEST */
static bool
parse_sided(struct mf_parser *parser, const struct mf_option *option, uint64_t max,
            struct sided *sided)
{
    const struct mf_number_kind kind = {.max = max};
    struct mf_token rest = option->value, word;

    mf_token_next(&rest, ',', &word);
    if (!parse_side(parser, word, sided))
        return false;
    if (rest.text == NULL)
        return mf_parser_fail(parser, word.text, "expected ',' and a number");
    if (!mf_number_test_parse(parser, mf_token_trim(rest), &kind, &sided->test))
        return false;
    add(parser, sided, sided_run);
    return true;
}

static bool
packets_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct sided sided = {.count = packets};

    return parse_sided(parser, option, UINT32_MAX, &sided);
}

static bool
bytes_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct sided sided = {.count = bytes};

    return parse_sided(parser, option, UINT64_MAX, &sided);
}

/* flow.pkts_toserver and its like: the side stands in the name. */
static bool
named_side_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct {
        const char *name;
        struct sided sided;
        uint64_t max;
    } names[] = {
        {"flow.bytes_toclient", {.count = bytes, .sides = TO_CLIENT}, UINT64_MAX},
        {"flow.bytes_toserver", {.count = bytes, .sides = TO_SERVER}, UINT64_MAX},
        {"flow.pkts_toclient", {.count = packets, .sides = TO_CLIENT}, UINT32_MAX},
        {"flow.pkts_toserver", {.count = packets, .sides = TO_SERVER}, UINT32_MAX},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct mf_number_kind kind = {.max = names[i].max};
        struct sided sided = names[i].sided;

        if (!mf_token_is(option->name, names[i].name))
            continue;
        if (!mf_number_test_parse(parser, option->value, &kind, &sided.test))
            return false;
        add(parser, &sided, sided_run);
    }
    return true;
}

static bool
age_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT32_MAX};
    struct mf_condition condition = {.run = age_run};

    if (!mf_number_test_parse(parser, option->value, &kind, &condition.as.number))
        return false;
    parser->uses_flow = true;
    mf_parser_add_condition(parser, &condition, false);
    return true;
}

static bool
parse_operator(struct mf_parser *parser, struct mf_token sign, uint8_t *op)
{
    static const struct {
        const char *sign;
        uint8_t op;
    } signs[] = {
        {"<", MF_COMPARE_LT},  {"<=", MF_COMPARE_LE}, {"=", MF_COMPARE_EQ},
        {"!=", MF_COMPARE_NE}, {">=", MF_COMPARE_GE}, {">", MF_COMPARE_GT},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (mf_token_is(sign, signs[i].sign)) {
            *op = signs[i].op;
            return true;
        }
    }
    return mf_parser_fail(parser, sign.text, "expected <, <=, =, !=, >= or >, not '%.*s'",
                          (int)MIN(sign.length, 40), sign.text);
}

/* SIDE,OPERATOR,NUMBER */
static bool
stream_size_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct sided sided = {.count = stream_bytes};
    struct mf_token rest = option->value, side, sign, size;
    int64_t number;

    mf_token_next(&rest, ',', &side);
    if (!parse_side(parser, side, &sided))
        return false;
    if (!mf_token_next(&rest, ',', &sign) || !mf_token_next(&rest, ',', &size))
        return mf_parser_fail(parser, side.text, "expected SIDE,OPERATOR,NUMBER");
    if (!parse_operator(parser, sign, &sided.test.op) ||
        !mf_token_number(parser, size, 0, UINT32_MAX, &number))
        return false;
    sided.test.low = (uint64_t)number;
    add(parser, &sided, stream_size_run);
    return true;
}

static const struct mf_keyword rows[] = {
    {"flow.age", MF_VALUE_REQUIRED, age_parse},
    {"flow.bytes", MF_VALUE_REQUIRED, bytes_parse},
    {"flow.bytes_toclient", MF_VALUE_REQUIRED, named_side_parse},
    {"flow.bytes_toserver", MF_VALUE_REQUIRED, named_side_parse},
    {"flow.pkts", MF_VALUE_REQUIRED, packets_parse},
    {"flow.pkts_toclient", MF_VALUE_REQUIRED, named_side_parse},
    {"flow.pkts_toserver", MF_VALUE_REQUIRED, named_side_parse},
    {"stream_size", MF_VALUE_REQUIRED, stream_size_parse},
};

const struct mf_keyword_family mf_keywords_flowstats = {rows, G_N_ELEMENTS(rows)};
