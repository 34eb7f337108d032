/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One rule from text to struct mf_rule. The first thing that is wrong ends it, with one diagnostic
 * that points at the place; a rule that is half understood must not run. Grammar:
 * https://docs.suricata.io/en/latest/rules/intro.html
 */
#include "keyword.h"

#include <string.h>

bool
mf_parser_fail(struct mf_parser *parser, const char *at, const char *format, ...)
{
    unsigned line, column;
    char *message;
    va_list args;

    if (parser->failed)
        return false;
    parser->failed = true;
    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    mf_line_locate(parser->line, (gsize)(at - parser->line->text->str), &line, &column);
    mf_diags_add(parser->context->diags, parser->line->file, line, column, "%s", message);
    g_free(message);
    return false;
}

bool
mf_parser_add_step(struct mf_parser *parser, const struct mf_option *option,
                   const struct mf_step *step)
{
    if (parser->steps->len == MF_RULE_MAX_STEPS)
        return mf_parser_fail(parser, option->name.text, "more than %d conditions",
                              MF_RULE_MAX_STEPS);
    if (parser->steps->len > 0 && parser->rule->slot != parser->slot)
        return mf_parser_fail(parser, parser->slot_at,
                              "a rule that reads more than one buffer is not supported yet");
    parser->rule->slot = (uint8_t)parser->slot;
    parser->slot_at = NULL;
    g_array_append_val(parser->steps, *step);
    return true;
}

/* Cuts the option at *AT, which is not blank; moves behind its ';'. */
static bool
next_option(struct mf_parser *parser, const char **at, struct mf_option *option)
{
    const char *end = *at;
    struct mf_span rest;

    while (*end != '\0' && *end != ';')
        end += *end == '\\' && end[1] != '\0' ? 2 : 1;
    if (*end == '\0')
        return mf_parser_fail(parser, *at, "expected a ';' after this option, and ')' at the end");
    rest = (struct mf_span){*at, (size_t)(end - *at)};
    *at = end + 1;
    mf_span_next(&rest, ':', &option->name);
    option->value = rest;
    if (rest.text != NULL)
        option->value = mf_span_trim(rest);
    return true;
}

static bool
parse_option(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_keyword *keyword = mf_keyword_find(option->name);
    int width = (int)MIN(option->name.length, 40);
    const char *name = option->name.text;

    if (keyword == NULL) {
        char *key = g_strndup(name, option->name.length);
        int slot = GPOINTER_TO_INT(g_hash_table_lookup(parser->context->buffers, key)) - 1;

        g_free(key);
        if (slot >= 0)
            return mf_keyword_buffer(parser, option, slot);
        if (width == 0)
            return mf_parser_fail(parser, name, "expected a keyword");
        return mf_parser_fail(parser, name, "the keyword '%.*s' is not supported", width, name);
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

    for (at++;;) {
        at += strspn(at, " \t");
        if (*at == ')')
            break;
        if (!next_option(parser, &at, &option) || !parse_option(parser, &option))
            return false;
    }
    at++;
    at += strspn(at, " \t");
    return *at == '\0' || mf_parser_fail(parser, at, "expected nothing after ')'");
}

static bool
content_outranks(const struct mf_content *a, const struct mf_content *b)
{
    return a->fast != b->fast ? a->fast : a->length > b->length;
}

/* The literal to look for in everything: the longest that must be there, the first of equals. */
static int
choose_fast(const GArray *steps, mf_step_run content_run)
{
    const struct mf_step *best = NULL;

    for (unsigned i = 0; i < steps->len; i++) {
        const struct mf_step *step = &g_array_index(steps, struct mf_step, i);

        if (step->run == content_run && !step->as.content.negated &&
            (best == NULL || content_outranks(&step->as.content, &best->as.content)))
            best = step;
    }
    return best != NULL ? (int)(best - &g_array_index(steps, struct mf_step, 0)) : -1;
}

/* Another match of a step helps only if a later step reads the cursor that it leaves. */
static void
mark_retries(struct mf_rule *rule)
{
    bool wanted = false;

    for (unsigned i = rule->n_steps; i-- > 0;) {
        struct mf_step *step = &rule->steps[i];

        step->retry = wanted && step->sets_cursor;
        wanted = step->relative || (wanted && !step->sets_cursor);
    }
}

static bool
finish(struct mf_parser *parser)
{
    struct mf_rule *rule = parser->rule;

    if (parser->sid == NULL)
        return mf_parser_fail(parser, parser->line->text->str, "the rule has no sid");
    if (parser->slot_at != NULL)
        return mf_parser_fail(parser, parser->slot_at, "nothing is looked for in this buffer");
    rule->fast = (int16_t)choose_fast(parser->steps, mf_content_run);
    rule->n_steps = (uint16_t)parser->steps->len;
    rule->steps = (struct mf_step *)(void *)g_array_free(parser->steps, FALSE);
    parser->steps = NULL;
    mark_retries(rule);
    return true;
}

static void
steps_free(struct mf_step *steps, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (steps[i].run == mf_pcre_run)
            mf_regex_free(steps[i].as.pcre.regex);
    g_free(steps);
}

void
mf_rule_free(struct mf_rule *rule)
{
    if (rule == NULL)
        return;
    mf_rule_header_clear(&rule->header);
    steps_free(rule->steps, rule->n_steps);
    g_free(rule);
}

struct mf_rule *
mf_parser_rule(const struct mf_parser_context *context, const struct mf_line *line,
               const char **sid_at)
{
    const char *at = line->text->str;
    struct mf_parser parser = {
        .context = context,
        .line = line,
        .rule = g_new0(struct mf_rule, 1),
        .steps = g_array_new(FALSE, TRUE, sizeof(struct mf_step)),
        .content = -1,
        .slot = MF_SLOT_STREAM,
    };
    unsigned column;

    parser.rule->slot = MF_SLOT_STREAM;
    parser.rule->info.priority = 3;
    parser.rule->info.file = g_string_chunk_insert_const(context->strings, line->file);
    mf_line_locate(line, 0, &parser.rule->info.line, &column);
    if (mf_parser_header(&parser, &at) && parse_options(&parser, at) && finish(&parser)) {
        *sid_at = parser.sid;
        return parser.rule;
    }
    if (parser.steps != NULL) {
        unsigned n = parser.steps->len;

        steps_free((struct mf_step *)(void *)g_array_free(parser.steps, FALSE), n);
    }
    mf_rule_free(parser.rule);
    return NULL;
}
