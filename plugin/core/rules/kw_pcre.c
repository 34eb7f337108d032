/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcre: "/expression/flags", by PCRE2 with its just-in-time compiler, made when an expression is
 * first needed (most never are). Match limits bound the time. While bytes may still come, PCRE2's
 * hard partial matching tells whether they could matter.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#pcre-perl-compatible-regular-expressions
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "keyword.h"
#include "match.h"

#include <pcre2.h>
#include <string.h>

enum {
    MATCH_LIMIT = 10000,
    DEPTH_LIMIT = 1500,
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 512 * 1024,
    WORK_CALL = 200,
    BYTES_PER_WORK = 4,
};

struct mf_regex {
    pcre2_code *code;
    gsize jit; /* g_once: the just-in-time code was made */
};

struct mf_match_tools {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
};

struct mf_match_tools *
mf_match_tools_new(void)
{
    struct mf_match_tools *tools = g_new0(struct mf_match_tools, 1);

    tools->context = pcre2_match_context_create(NULL);
    tools->data = pcre2_match_data_create(1, NULL);
    tools->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
    pcre2_set_match_limit(tools->context, MATCH_LIMIT);
    pcre2_set_depth_limit(tools->context, DEPTH_LIMIT);
    pcre2_jit_stack_assign(tools->context, NULL, tools->stack);
    return tools;
}

void
mf_match_tools_free(struct mf_match_tools *tools)
{
    if (tools == NULL)
        return;
    pcre2_jit_stack_free(tools->stack);
    pcre2_match_data_free(tools->data);
    pcre2_match_context_free(tools->context);
    g_free(tools);
}

void
mf_regex_free(struct mf_regex *regex)
{
    if (regex == NULL)
        return;
    pcre2_code_free(regex->code);
    g_free(regex);
}

/* Where JIT is not to be had, PCRE2 interprets. */
static const pcre2_code *
regex_code(struct mf_regex *regex)
{
    if (g_once_init_enter(&regex->jit)) {
        pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
        g_once_init_leave(&regex->jit, 1);
    }
    return regex->code;
}

static enum mf_match
outcome(struct mf_matcher *matcher, int rc)
{
    if (rc >= 0)
        return MF_MATCH_YES;
    if (rc == PCRE2_ERROR_PARTIAL)
        return MF_MATCH_MAYBE;
    if (rc != PCRE2_ERROR_NOMATCH) {
        matcher->counters->pcre_limits++;
        return MF_MATCH_NO;
    }
    return mf_view_beyond(&matcher->view);
}

/*
 * As in Suricata, the subject of a relative expression begins at the cursor ('^' is there), that of
 * any other at the start; of which '^' is told when it is not in view.
 */
enum mf_match
mf_pcre_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_view *view = &matcher->view;
    int64_t subject = step->relative ? MAX(attempt->cursor, view->base) : view->base;
    int64_t from = MAX(subject, attempt->from);
    uint32_t options = (view->complete ? 0 : PCRE2_PARTIAL_HARD) |
                       (!step->relative && view->base > 0 ? PCRE2_NOTBOL : 0);
    enum mf_match found;
    const PCRE2_SIZE *ovector;

    attempt->end = attempt->cursor;
    if (from > mf_view_end(view)) {
        found = mf_view_beyond(view);
    } else {
        const uint8_t *begin = view->data + (subject - view->base);
        size_t length = view->length - (size_t)(subject - view->base);

        matcher->work += WORK_CALL + length / BYTES_PER_WORK;
        found = outcome(matcher, pcre2_match(regex_code(step->as.pcre.regex), begin, length,
                                             (size_t)(from - subject), options,
                                             matcher->tools->data, matcher->tools->context));
    }
    if (step->as.pcre.negated) {
        attempt->from = MF_TRY_LAST;
        return (enum mf_match)(MF_MATCH_YES - found);
    }
    if (found == MF_MATCH_YES) {
        ovector = pcre2_get_ovector_pointer(matcher->tools->data);
        attempt->end = subject + (int64_t)MAX(ovector[0], ovector[1]);
        attempt->from = subject + (int64_t)ovector[0] + 1;
    }
    return found;
}

/* --- parsing --- */

static const struct {
    char flag;
    uint32_t option;
} flags[] = {
    {'i', PCRE2_CASELESS},  {'s', PCRE2_DOTALL},
    {'m', PCRE2_MULTILINE}, {'x', PCRE2_EXTENDED},
    {'A', PCRE2_ANCHORED},  {'E', PCRE2_DOLLAR_ENDONLY},
    {'G', PCRE2_UNGREEDY},  {'B', 0 /* raw bytes: all are */},
};

static bool
parse_flags(struct mf_parser *parser, struct mf_span span, uint32_t *options, bool *relative)
{
    for (size_t i = 0; i < span.length; i++) {
        unsigned row = 0;

        while (row < G_N_ELEMENTS(flags) && flags[row].flag != span.text[i])
            row++;
        if (row < G_N_ELEMENTS(flags))
            *options |= flags[row].option;
        else if (span.text[i] == 'R')
            *relative = true;
        else
            return mf_parser_fail(parser, span.text + i, "the flag '%c' is not supported",
                                  g_ascii_isprint(span.text[i]) ? span.text[i] : '?');
    }
    return true;
}

/* Cuts "/expression/flags" apart. */
static bool
split(struct mf_parser *parser, struct mf_span *expression, struct mf_span *flag_part)
{
    const char *end = expression->text + expression->length, *slash = end;

    if (expression->length == 0 || expression->text[0] != '/')
        return mf_parser_fail(parser, expression->text, "expected '/', the expression and '/'");
    while (slash[-1] != '/')
        slash--;
    if (slash - 1 == expression->text)
        return mf_parser_fail(parser, end, "expected the '/' that ends the expression");
    *flag_part = (struct mf_span){slash, (size_t)(end - slash)};
    expression->text++;
    expression->length = (size_t)(slash - 1 - expression->text);
    return true;
}

static bool
compile(struct mf_parser *parser, struct mf_span expression, uint32_t options,
        struct mf_regex **out)
{
    int error;
    PCRE2_SIZE at;
    PCRE2_UCHAR message[128];
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression.text, expression.length,
                                     options | PCRE2_NO_UTF_CHECK, &error, &at, NULL);

    if (code == NULL) {
        pcre2_get_error_message(error, message, sizeof message);
        return mf_parser_fail(parser, expression.text + MIN(at, expression.length), "%s", message);
    }
    *out = g_new0(struct mf_regex, 1);
    (*out)->code = code;
    return true;
}

static bool
pcre_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span value = option->value, flag_part = {NULL, 0};
    struct mf_step step = {.run = mf_pcre_run};
    uint32_t options = PCRE2_NEVER_UTF;

    step.as.pcre.negated = mf_span_negated(&value);
    step.sets_cursor = !step.as.pcre.negated;
    if (!mf_span_unquote(parser, &value) || !split(parser, &value, &flag_part) ||
        !parse_flags(parser, flag_part, &options, &step.relative) ||
        !compile(parser, value, options, &step.as.pcre.regex))
        return false;
    if (mf_parser_add_step(parser, option, &step))
        return true;
    mf_regex_free(step.as.pcre.regex);
    return false;
}

static const struct mf_keyword rows[] = {
    {"pcre", MF_VALUE_REQUIRED, pcre_parse},
};

const struct mf_keyword_family mf_keywords_pcre = {rows, G_N_ELEMENTS(rows)};
