/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * threshold and detection_filter: which of a rule's matches are told. What a rule sets, it sets at
 * every match.
 * https://docs.suricata.io/en/latest/rules/thresholding.html
 */
#include "kw_state.h"
#include "number_test.h"

enum { UNIQUE_SRC_PORT = 1, UNIQUE_DST_PORT = 2 };

static const struct mf_number_name types[] = {
    {"limit", MF_THRESHOLD_LIMIT},
    {"threshold", MF_THRESHOLD_THRESHOLD},
    {"both", MF_THRESHOLD_BOTH},
    {"backoff", MF_THRESHOLD_BACKOFF},
    {NULL, 0},
};

static const struct mf_number_name tracks[] = {
    {"by_src", MF_TRACK_SRC},   {"by_dst", MF_TRACK_DST},   {"by_both", MF_TRACK_BOTH},
    {"by_rule", MF_TRACK_RULE}, {"by_flow", MF_TRACK_FLOW}, {NULL, 0},
};

static const struct mf_number_name ports[] = {
    {"src_port", UNIQUE_SRC_PORT}, {"dst_port", UNIQUE_DST_PORT}, {NULL, 0}};

enum setting { TYPE, TRACK, COUNT, SECONDS, MULTIPLIER, UNIQUE_ON, N_SETTINGS };

static const struct {
    const char *word;
    const struct mf_number_name *names; /* NULL: a number from 1 on */
} settings[] = {
    [TYPE] = {"type", types},
    [TRACK] = {"track", tracks},
    [COUNT] = {"count", NULL},
    [SECONDS] = {"seconds", NULL},
    [MULTIPLIER] = {"multiplier", NULL},
    [UNIQUE_ON] = {"unique_on", ports},
};

/* The values by setting; 0 where there is none (enumerations count from 0: 1 is added). */
struct values {
    uint32_t of[N_SETTINGS];
};

static bool
parse_value(struct mf_parser *parser, unsigned setting, struct mf_token text, struct values *values)
{
    uint64_t value;
    int64_t number;

    if (settings[setting].names == NULL) {
        if (!mf_token_number(parser, text, 1, UINT32_MAX, &number))
            return false;
        values->of[setting] = (uint32_t)number;
        return true;
    }
    if (!mf_number_name_find(settings[setting].names, text, &value))
        return mf_parser_fail(parser, text.text, "unknown %s '%.*s'", settings[setting].word,
                              (int)MIN(text.length, 40), text.text);
    values->of[setting] = (uint32_t)value + 1;
    return true;
}

static bool
parse_setting(struct mf_parser *parser, struct mf_token part, struct values *values)
{
    struct mf_token rest = part, word;

    mf_token_next(&rest, ' ', &word);
    for (unsigned i = 0; i < N_SETTINGS; i++) {
        if (!mf_token_is(word, settings[i].word))
            continue;
        if (values->of[i] != 0)
            return mf_parser_fail(parser, word.text, "a second '%s'", settings[i].word);
        if (rest.text == NULL)
            return mf_parser_fail(parser, word.text, "'%s' needs a value", settings[i].word);
        return parse_value(parser, i, mf_token_trim(rest), values);
    }
    return mf_parser_fail(parser, word.text,
                          "expected type, track, count, seconds, multiplier or unique_on, not "
                          "'%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

/* Whether it lets all through: rules exist that give such a one, and then what they mean. */
static bool
is_void(const struct mf_threshold *threshold)
{
    return threshold->type == MF_THRESHOLD_THRESHOLD && threshold->count == 1;
}

static bool
parse_settings(struct mf_parser *parser, const struct mf_option *option, struct values *values)
{
    struct mf_token rest = option->value, part;

    if (parser->rule->threshold != NULL && !is_void(parser->rule->threshold))
        return mf_parser_fail(parser, option->name.text,
                              "a second threshold or detection_filter in one rule");
    while (mf_token_next(&rest, ',', &part))
        if (!parse_setting(parser, part, values))
            return false;
    if (values->of[TRACK] != 0 && values->of[COUNT] != 0)
        return true;
    return mf_parser_fail(parser, option->value.text, "expected at least 'track' and 'count'");
}

static void
keep(struct mf_parser *parser, const struct values *values, enum mf_threshold_type type)
{
    struct mf_threshold *threshold = g_new0(struct mf_threshold, 1);

    g_free(parser->rule->threshold);
    parser->rule->threshold = threshold;
    threshold->type = (uint8_t)type;
    threshold->track = (uint8_t)(values->of[TRACK] - 1);
    threshold->count = values->of[COUNT];
    threshold->seconds = values->of[SECONDS];
    threshold->multiplier = values->of[MULTIPLIER];
    if (values->of[UNIQUE_ON] != 0)
        threshold->unique_on = (uint8_t)(values->of[UNIQUE_ON] - 1);
}

static bool
threshold_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct values values = {{0}};
    bool backoff;

    if (!parse_settings(parser, option, &values))
        return false;
    if (values.of[TYPE] == 0)
        return mf_parser_fail(parser, option->value.text, "expected 'type'");
    backoff = values.of[TYPE] - 1 == MF_THRESHOLD_BACKOFF;
    if (backoff && values.of[TRACK] - 1 != MF_TRACK_FLOW)
        return mf_parser_fail(parser, option->value.text, "backoff needs 'track by_flow'");
    if (values.of[backoff ? MULTIPLIER : SECONDS] == 0 ||
        values.of[backoff ? SECONDS : MULTIPLIER] != 0 || values.of[UNIQUE_ON] != 0)
        return mf_parser_fail(parser, option->value.text,
                              "expected type, track, count and %s, and nothing else",
                              backoff ? "multiplier" : "seconds");
    keep(parser, &values, (enum mf_threshold_type)(values.of[TYPE] - 1));
    return true;
}

static bool
detection_filter_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct values values = {{0}};
    unsigned ported = 1u << MF_L4_TCP | 1u << MF_L4_UDP;

    if (!parse_settings(parser, option, &values))
        return false;
    if (values.of[SECONDS] == 0 || values.of[TYPE] != 0 || values.of[MULTIPLIER] != 0)
        return mf_parser_fail(parser, option->value.text,
                              "expected track, count and seconds, and nothing else but unique_on");
    if (values.of[UNIQUE_ON] != 0 && (parser->rule->header.l4 & ~ported) != 0)
        return mf_parser_fail(parser, option->value.text, "unique_on needs a protocol with ports");
    keep(parser, &values, MF_THRESHOLD_DETECTION);
    return true;
}

static const struct mf_keyword rows[] = {
    {"detection_filter", MF_VALUE_REQUIRED, detection_filter_parse},
    {"threshold", MF_VALUE_REQUIRED, threshold_parse},
};

const struct mf_keyword_family mf_keywords_threshold = {rows, G_N_ELEMENTS(rows)};
