/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app-layer-protocol: what the session turned out to be. As in Suricata, a rule that says nothing
 * else of the payload fires once per direction; "is not" waits until something is known.
 * https://docs.suricata.io/en/latest/rules/app-layer.html#app-layer-protocol
 */
#include "kw_state.h"

#include <string.h>

struct wanted {
    const struct mf_rule *rule;
    const char *names; /* see struct mf_rule_header; NULL: nothing known */
    uint32_t told[2];  /* flowbits: fired already, by direction */
    bool negated;
};

static bool
is_wanted(const struct wanted *wanted, const struct mf_session *session)
{
    bool known = session->app != NULL && !session->app_is_carrier;

    if (wanted->names == NULL)
        return known == wanted->negated;
    return known && mf_app_is_one_of(session->app, wanted->names) != wanted->negated;
}

static bool
run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct wanted *wanted = condition->as.data;

    return is_wanted(wanted, context->session) &&
           (wanted->rule->n_parts > 0 || !mf_flowbit_get(context->state, context->session->id,
                                                         wanted->told[context->direction]));
}

static bool
note_told(const struct mf_condition *action, const struct mf_context *context)
{
    const struct wanted *wanted = action->as.data;

    if (wanted->rule->n_parts == 0)
        mf_flowbit_set(context->state, context->session->id, wanted->told[context->direction],
                       true);
    return true;
}

/* Names that no other rule has. */
static void
name_bits(struct mf_parser *parser, struct wanted *wanted)
{
    for (unsigned side = 0; side < 2; side++) {
        char *name = g_strdup_printf("%p %u", (const void *)parser->rule, side);

        wanted->told[side] =
            mf_parser_name(parser, "app-layer-protocol", (struct mf_token){name, strlen(name)});
        g_free(name);
    }
}

static bool
parse_mode(struct mf_parser *parser, struct mf_token word)
{
    static const char *const words[] = {"either", "both", "final", "toserver", "toclient"};

    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (mf_token_is(word, words[i])) /* a session has one name, of both sides, the final one */
            return true;
    return mf_parser_fail(parser, word.text, "'%.*s' is not supported", (int)MIN(word.length, 40),
                          word.text);
}

/* [!]PROTOCOL[,MODE] */
static bool
protocol_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = run, .destroy = g_free};
    struct mf_condition action = {.run = note_told, .destroy = g_free};
    struct wanted wanted = {.rule = parser->rule};
    struct mf_token rest = option->value, name, mode;

    mf_token_next(&rest, ',', &name);
    wanted.negated = mf_token_negated(&name);
    wanted.names = mf_parser_app(name);
    if (wanted.names == NULL && !mf_token_is(name, "unknown") && !mf_token_is(name, "failed"))
        return mf_parser_fail(parser, name.text, "unknown protocol '%.*s'",
                              (int)MIN(name.length, 40), name.text);
    while (mf_token_next(&rest, ',', &mode))
        if (!parse_mode(parser, mode))
            return false;
    name_bits(parser, &wanted);
    condition.as.data = g_memdup2(&wanted, sizeof wanted);
    action.as.data = g_memdup2(&wanted, sizeof wanted);
    parser->uses_flow = true;
    mf_parser_add_condition(parser, &condition, false);
    mf_parser_add_action(parser, &action);
    return true;
}

/* --- what cannot be answered from a capture --- */

static const struct {
    const char *name, *why;
} refused[] = {
    {"app-layer-event", "events of Suricata's own parsers are not known here"},
    {"decode-event", "events of Suricata's own decoder are not known here"},
    {"engine-event", "events of Suricata's own engine are not known here"},
    {"flow.elephant", "what Suricata takes for an elephant depends on its configuration"},
    {"flowvar", "text variables of sessions are not supported"},
    {"frame", "frames of Suricata's own parsers are not known here"},
    {"geoip", "there is no table of countries here"},
    {"iprep", "reputation lists of the engine's configuration are not known here"},
    {"pktvar", "text variables of packets are not supported"},
    {"stream-event", "events of Suricata's own TCP engine are not known here"},
};

static bool
refuse(struct mf_parser *parser, const struct mf_option *option)
{
    unsigned i = 0;

    while (!mf_token_is(option->name, refused[i].name))
        i++;
    return mf_parser_fail(parser, option->name.text, "the keyword '%s' is not supported: %s",
                          refused[i].name, refused[i].why);
}

static const struct mf_keyword rows[] = {
    {"app-layer-event", MF_VALUE_OPTIONAL, refuse},
    {"app-layer-protocol", MF_VALUE_REQUIRED, protocol_parse},
    {"decode-event", MF_VALUE_OPTIONAL, refuse},
    {"engine-event", MF_VALUE_OPTIONAL, refuse},
    {"flow.elephant", MF_VALUE_OPTIONAL, refuse},
    {"flowvar", MF_VALUE_OPTIONAL, refuse},
    {"frame", MF_VALUE_OPTIONAL, refuse},
    {"geoip", MF_VALUE_OPTIONAL, refuse},
    {"iprep", MF_VALUE_OPTIONAL, refuse},
    {"pktvar", MF_VALUE_OPTIONAL, refuse},
    {"stream-event", MF_VALUE_OPTIONAL, refuse},
};

const struct mf_keyword_family mf_keywords_app = {rows, G_N_ELEMENTS(rows)};
