/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One rule from text to struct mf_rule. The first thing that is wrong ends it, with one diagnostic
 * that points at the place; a rule that is half understood must not run. Grammar:
 * https://docs.suricata.io/en/latest/rules/intro.html
 */
#include "keyword.h"
#include "set.h"
#include "transaction.h"

#include <string.h>

/* --- what is wrong with a rule --- */

/* A rule that nobody asked for may be of a language that we do not speak: no word about it. */
static enum mf_parsed
outcome_of_wrong(const struct mf_parser *parser)
{
    const struct mf_ruleset *set = parser->context->set;
    const char *at = strchr(parser->line->text->str, '('), *wrong;
    struct mf_option option;

    if (parser->rule == NULL || at == NULL)
        return MF_PARSED_WRONG;
    for (at++; mf_parser_cut_option(&at, &option);) {
        if (option.value.length == 0)
            continue;
        if (mf_token_is(option.name, "requires") && !mf_requires_met(set, option.value, &wrong) &&
            wrong == NULL)
            return MF_PARSED_LEFT_OUT;
        if (mf_token_is(option.name, "sid") &&
            mf_ruleset_is_disabled(set, (uint32_t)g_ascii_strtoull(option.value.text, NULL, 10)))
            return MF_PARSED_DISABLED;
    }
    return MF_PARSED_WRONG;
}

bool
mf_parser_fail(struct mf_parser *parser, const char *at, const char *format, ...)
{
    unsigned line, column;
    char *message;
    va_list args;

    if (parser->failed)
        return false;
    parser->failed = true;
    parser->outcome = outcome_of_wrong(parser);
    if (parser->outcome != MF_PARSED_WRONG)
        return false;
    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    mf_line_locate(parser->line, (gsize)(at - parser->line->text->str), &line, &column);
    mf_diags_add(parser->context->diags, parser->line->file, line, column, "%s", message);
    g_free(message);
    return false;
}

/* --- what keywords add to a rule --- */

struct mf_part *
mf_parser_part(struct mf_parser *parser)
{
    const struct mf_slot *slot = mf_slots_get(parser->context->set->slots, (unsigned)parser->slot);
    struct mf_part part = {.slot = (uint16_t)parser->slot,
                           .side = parser->side_named != 0 ? parser->side_named : parser->side,
                           .nested = parser->slot == MF_SLOT_DECODED};
    bool another = parser->fresh && slot->sticky->multi;

    parser->fresh = false;
    parser->slot_at = NULL;
    for (unsigned i = parser->parts->len; !another && i-- > 0;) {
        struct mf_part *old = &g_array_index(parser->parts, struct mf_part, i);

        if (old->slot == part.slot && old->side == part.side)
            return old;
    }
    g_array_append_val(parser->parts, part);
    return &g_array_index(parser->parts, struct mf_part, parser->parts->len - 1);
}

bool
mf_parser_add_step(struct mf_parser *parser, const struct mf_option *option,
                   const struct mf_step *step)
{
    struct mf_step copy = *step;

    copy.part = (uint16_t)(mf_parser_part(parser) - (struct mf_part *)(void *)parser->parts->data);
    g_array_append_val(parser->steps, copy);
    return parser->steps->len <= MF_RULE_MAX_STEPS ||
           mf_parser_fail(parser, option->name.text, "more than %d conditions", MF_RULE_MAX_STEPS);
}

void
mf_parser_add_condition(struct mf_parser *parser, const struct mf_condition *condition,
                        bool needs_packet)
{
    g_array_append_vals(parser->conditions, condition, 1);
    parser->rule->needs_packet |= needs_packet;
}

void
mf_parser_add_action(struct mf_parser *parser, const struct mf_condition *action)
{
    g_array_append_vals(parser->actions, action, 1);
}

void
mf_parser_use_slot(struct mf_parser *parser, const struct mf_option *option, int slot)
{
    parser->slot = slot;
    parser->side = parser->side_named;
    parser->fresh = true;
    parser->slot_at = option->name.text;
    parser->content = -1;
}

uint32_t
mf_parser_name(const struct mf_parser *parser, const char *kind, struct mf_token name)
{
    GHashTable *names = parser->context->set->names;
    char *key = g_strdup_printf("%s %.*s", kind, (int)name.length, name.text);
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(names, key));

    if (number == 0) {
        number = g_hash_table_size(names) + 1;
        g_hash_table_insert(names, key, GUINT_TO_POINTER(number));
    } else {
        g_free(key);
    }
    return number;
}

/* --- options --- */

/* Before each option there is one, or none: too few for strspn(). */
static const char *
skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

bool
mf_parser_cut_option(const char **at, struct mf_option *option)
{
    const char *begin = skip_blanks(*at), *end = begin;
    struct mf_token rest;

    for (end += strcspn(end, ";\\"); *end == '\\'; end += strcspn(end, ";\\"))
        end += end[1] != '\0' ? 2 : 1;
    if (*end == '\0')
        return false;
    rest = (struct mf_token){begin, (size_t)(end - begin)};
    *at = end + 1;
    mf_token_next(&rest, ':', &option->name);
    option->value = rest;
    if (rest.text != NULL)
        option->value = mf_token_trim(rest);
    return true;
}

/* In rules with "=>" a value may say first of which side it speaks: "filesize: to_client, >100". */
static void
take_side(struct mf_parser *parser, struct mf_option *option)
{
    static const char *const names[2] = {"to_server", "to_client"};
    struct mf_token rest = option->value, word;

    parser->side_named = 0;
    if (!parser->is_transaction || !mf_token_next(&rest, ',', &word))
        return;
    for (unsigned side = 0; side < 2; side++) {
        if (mf_token_is(word, names[side])) {
            parser->side_named = (uint8_t)(1u << side);
            option->value = rest.text != NULL ? mf_token_trim(rest) : rest;
        }
    }
}

static bool
parse_option(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_keyword *keyword;
    int width = (int)MIN(option->name.length, 40);
    const char *name = option->name.text;
    bool is_known = false, good;

    if (width == 0)
        return mf_parser_fail(parser, name, "expected a keyword");
    keyword = mf_keywords_find(parser->context->set->keywords, option->name);
    if (keyword == NULL) {
        good = mf_keyword_names_buffer(parser, option, &is_known);
        if (!is_known)
            return mf_parser_fail(parser, name, "the keyword '%.*s' is not supported", width, name);
        return good;
    }
    if (keyword->value == MF_VALUE_REQUIRED && option->value.length == 0)
        return mf_parser_fail(parser, name, "'%s' needs a value", keyword->name);
    if (keyword->value == MF_VALUE_NONE && option->value.text != NULL)
        return mf_parser_fail(parser, option->value.text, "'%s' with a value is not supported",
                              keyword->name);
    return keyword->parse(parser, option);
}

static bool
parse_options(struct mf_parser *parser, const char *at)
{
    struct mf_option option;

    at++;
    for (unsigned n = 0;; n++) {
        at = skip_blanks(at);
        if (*at == ')')
            break;
        if (n == MF_RULE_MAX_OPTIONS)
            return mf_parser_fail(parser, at, "more than %d options", MF_RULE_MAX_OPTIONS);
        if (!mf_parser_cut_option(&at, &option))
            return mf_parser_fail(parser, at,
                                  "expected a ';' after this option, and ')' at the end");
        if (!mf_token_is(option.name, "flow"))
            take_side(parser, &option);
        if (!parse_option(parser, &option))
            return false;
    }
    at++;
    at = skip_blanks(at);
    return *at == '\0' || mf_parser_fail(parser, at, "expected nothing after ')'");
}

/* --- memory --- */

static void
steps_clear(struct mf_step *steps, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (steps[i].run == mf_pcre_run)
            mf_regex_free(steps[i].as.pcre.regex);
        else if (steps[i].destroy != NULL)
            steps[i].destroy(steps[i].as.data);
    }
}

static void
conditions_clear(struct mf_condition *conditions, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (conditions[i].destroy != NULL)
            conditions[i].destroy(conditions[i].as.data);
}

void
mf_rule_free(struct mf_rule *rule)
{
    if (rule == NULL)
        return;
    steps_clear(rule->steps, rule->n_steps);
    conditions_clear(rule->conditions, (unsigned)rule->n_conditions + rule->n_actions);
    g_free(rule->steps);
    g_free(rule->conditions);
    g_free(rule->parts);
    g_free(rule->threshold);
    g_free(rule);
}

/* What was collected before the rule turned out to be wrong. */
static void
reset(struct mf_parser *parser)
{
    steps_clear((struct mf_step *)(void *)parser->steps->data, parser->steps->len);
    conditions_clear((struct mf_condition *)(void *)parser->conditions->data,
                     parser->conditions->len);
    conditions_clear((struct mf_condition *)(void *)parser->actions->data, parser->actions->len);
    g_array_set_size(parser->steps, 0);
    g_array_set_size(parser->parts, 0);
    g_array_set_size(parser->conditions, 0);
    g_array_set_size(parser->actions, 0);
    if (parser->variables != NULL)
        g_ptr_array_free(parser->variables, TRUE);
    parser->variables = NULL;
}

void
mf_parser_init(struct mf_parser *parser, const struct mf_parser_context *context)
{
    *parser = (struct mf_parser){
        .context = context,
        .steps = g_array_new(FALSE, TRUE, sizeof(struct mf_step)),
        .parts = g_array_new(FALSE, TRUE, sizeof(struct mf_part)),
        .conditions = g_array_new(FALSE, TRUE, sizeof(struct mf_condition)),
        .actions = g_array_new(FALSE, TRUE, sizeof(struct mf_condition)),
        .text = g_string_new(NULL),
        .references = g_string_new(NULL),
    };
}

void
mf_parser_clear(struct mf_parser *parser)
{
    reset(parser);
    g_array_free(parser->steps, TRUE);
    g_array_free(parser->parts, TRUE);
    g_array_free(parser->conditions, TRUE);
    g_array_free(parser->actions, TRUE);
    g_string_free(parser->text, TRUE);
    g_string_free(parser->references, TRUE);
}

/* --- rules --- */

static bool
finish(struct mf_parser *parser)
{
    const GString *references = parser->references;

    if (references->len > 0)
        parser->rule->info.references =
            mf_token_keep(parser, (struct mf_token){references->str, references->len});
    return parser->is_transaction ? mf_transaction_finish(parser) : mf_parser_finish(parser);
}

static void
begin(struct mf_parser *parser, const struct mf_line *line)
{
    unsigned column;

    *parser = (struct mf_parser){
        .context = parser->context,
        .line = line,
        .rule = g_new0(struct mf_rule, 1),
        .steps = parser->steps,
        .parts = parser->parts,
        .conditions = parser->conditions,
        .actions = parser->actions,
        .text = parser->text,
        .references = parser->references,
        .content = -1,
        .slot = MF_SLOT_PAYLOAD,
    };
    g_string_truncate(parser->references, 0);
    parser->rule->info.gid = 1;
    parser->rule->info.priority = MF_PRIORITY_DEFAULT;
    parser->rule->info.file = line->file;
    mf_line_locate(line, 0, &parser->rule->info.line, &column);
}

enum mf_parsed
mf_parser_rule(struct mf_parser *parser, const struct mf_line *line, struct mf_rule **rule)
{
    const char *at = line->text->str;

    begin(parser, line);
    if (mf_parser_header(parser, &at) && parse_options(parser, at) && finish(parser) &&
        mf_ruleset_is_disabled(parser->context->set, parser->rule->info.sid))
        parser->outcome = MF_PARSED_DISABLED;
    *rule = parser->rule;
    parser->rule = NULL;
    reset(parser);
    if (parser->outcome == MF_PARSED_RULE)
        return MF_PARSED_RULE;
    mf_rule_free(*rule);
    mf_rule_free(parser->request);
    *rule = parser->request = NULL;
    return parser->outcome;
}
