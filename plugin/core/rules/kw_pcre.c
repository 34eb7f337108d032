/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcre: "/expression/flags", by PCRE2 with its just-in-time compiler. Of thousands of expressions
 * most are never needed: while rules are read they are only checked; each is compiled when it is
 * first run. Match limits bound the time. While bytes may still come, PCRE2's hard partial matching
 * tells whether they could matter.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#pcre-perl-compatible-regular-expressions
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "keyword.h"
#include "match.h"
#include "set.h"

#include "../span.h"

#include <pcre2.h>
#include <string.h>

enum {
    MATCH_LIMIT = 10000,
    DEPTH_LIMIT = 1500,
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 512 * 1024,
    WORK_CALL = 200,
    WORK_LIMITED = 200 * 1000,
    BYTES_PER_WORK = 2,
};

struct mf_regex {
    const char *text; /* of the set */
    uint32_t length, options;
    gsize once;       /* g_once: code was made */
    pcre2_code *code; /* NULL then: it is no expression after all */
    bool anchored;    /* then also: it matches at the beginning of its subject or nowhere */
    bool jit;         /* then also: as machine code */
};

struct mf_match_tools {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    GByteArray *bytes;
};

struct mf_match_tools *
mf_match_tools_new(void)
{
    struct mf_match_tools *tools = g_new0(struct mf_match_tools, 1);

    tools->context = pcre2_match_context_create(NULL);
    tools->data = pcre2_match_data_create(1, NULL);
    tools->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
    tools->bytes = g_byte_array_new();
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
    g_byte_array_unref(tools->bytes);
    g_free(tools);
}

GByteArray *
mf_match_tools_bytes(struct mf_match_tools *tools)
{
    return tools->bytes;
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
    if (g_once_init_enter(&regex->once)) {
        int error;
        PCRE2_SIZE at;

        regex->code = pcre2_compile((PCRE2_SPTR)regex->text, regex->length, regex->options, &error,
                                    &at, NULL);
        if (regex->code != NULL) {
            uint32_t options = 0;

            regex->jit =
                pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD) == 0;
            pcre2_pattern_info(regex->code, PCRE2_INFO_ALLOPTIONS, &options);
            regex->anchored = (options & PCRE2_ANCHORED) != 0;
        }
        g_once_init_leave(&regex->once, 1);
    }
    return regex->code;
}

/* What it means that nothing matched in a subject of which N bytes were left. Where there were some
 * and more could not have helped, '^' will not find it later either. */
static enum mf_match
no_match(const struct mf_view *view, const struct mf_regex *regex, size_t n)
{
    return regex->anchored && n > 0 ? MF_MATCH_NO : mf_view_beyond(view);
}

/* What became of a match, NONE if nothing matched; *FAILED: it was given up, and says nothing. */
static enum mf_match
outcome(struct mf_matcher *matcher, int rc, enum mf_match none, bool *failed)
{
    *failed = rc < 0 && rc != PCRE2_ERROR_PARTIAL && rc != PCRE2_ERROR_NOMATCH;
    if (rc >= 0)
        return MF_MATCH_YES;
    if (rc == PCRE2_ERROR_PARTIAL)
        return MF_MATCH_MAYBE;
    matcher->counters->pcre_limits += *failed;
    matcher->work += *failed ? WORK_LIMITED : 0;
    return *failed ? MF_MATCH_NO : none;
}

/* What is left out by calling machine code itself are checks of the arguments: FROM is not behind
 * LENGTH, and OPTIONS are two that it knows. */
static int
run_code(const struct mf_match_tools *tools, const struct mf_regex *regex, struct mf_span subject,
         size_t from, uint32_t options)
{
    return (regex->jit ? pcre2_jit_match : pcre2_match)(regex->code, subject.data, subject.length,
                                                        from, options, tools->data, tools->context);
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
    struct mf_regex *regex = step->as.pcre.regex;
    const pcre2_code *code = regex_code(regex);
    enum mf_match found = MF_MATCH_NO;
    bool failed = code == NULL;
    const PCRE2_SIZE *ovector;

    attempt->end = attempt->cursor;
    if (from > mf_view_end(view)) {
        found = mf_view_beyond(view);
    } else if (!failed) {
        const size_t skip = (size_t)(subject - view->base);
        const struct mf_span text = {view->data + skip, view->length - skip};

        matcher->work += WORK_CALL + text.length / BYTES_PER_WORK;
        found = outcome(matcher,
                        run_code(matcher->tools, regex, text, (size_t)(from - subject), options),
                        no_match(view, regex, (size_t)(mf_view_end(view) - from)), &failed);
    }
    if (step->as.pcre.negated) {
        attempt->from = MF_TRY_LAST;
        return failed ? MF_MATCH_NO : (enum mf_match)(MF_MATCH_YES - found);
    }
    if (found == MF_MATCH_YES) {
        ovector = pcre2_get_ovector_pointer(matcher->tools->data);
        attempt->end = subject + (int64_t)MAX(ovector[0], ovector[1]);
        attempt->from = subject + (int64_t)ovector[0] + 1;
    }
    return found;
}

/* --- parsing --- */

/* B: raw bytes, as all are. O: Suricata's own limits, in place of which ours stand. */
static const struct {
    char flag;
    uint32_t option;
} flags[] = {
    {'i', PCRE2_CASELESS},
    {'s', PCRE2_DOTALL},
    {'m', PCRE2_MULTILINE},
    {'x', PCRE2_EXTENDED},
    {'A', PCRE2_ANCHORED},
    {'E', PCRE2_DOLLAR_ENDONLY},
    {'G', PCRE2_UNGREEDY},
    {'B', 0},
    {'O', 0},
};

/* Flags that are short for a modifier of old rules. */
static const struct {
    char flag;
    const char *modifier, *buffer; /* as a modifier, as a sticky buffer */
} buffers[] = {
    {'C', "http_cookie", "http.cookie"},     {'D', "http_raw_header", "http.header.raw"},
    {'H', "http_header", "http.header"},     {'I', "http_raw_uri", "http.uri.raw"},
    {'M', "http_method", "http.method"},     {'P', "http_client_body", "http.request_body"},
    {'Q', "http_server_body", "file.data"},  {'S', "http_stat_code", "http.stat_code"},
    {'U', "http_uri", "http.uri"},           {'V', "http_user_agent", "http.user_agent"},
    {'W', "http_host", "http.host"},         {'Y', "http_stat_msg", "http.stat_msg"},
    {'Z', "http_raw_host", "http.host.raw"},
};

/* What flags say. */
struct flagged {
    uint32_t options;
    bool relative;
    int slot; /* -1: none */
};

/* Takes a flag that names a buffer. */
static bool
take_buffer(struct mf_parser *parser, const char *at, struct flagged *out)
{
    struct mf_slots *slots = parser->context->set->slots;
    const struct mf_sticky *sticky;
    unsigned row = 0;
    int slot;

    while (row < G_N_ELEMENTS(buffers) && buffers[row].flag != *at)
        row++;
    if (row == G_N_ELEMENTS(buffers))
        return mf_parser_fail(parser, at, "the flag '%c' is not supported",
                              g_ascii_isprint(*at) ? *at : '?');
    sticky = mf_sticky_find_modifier(slots, buffers[row].modifier);
    if (sticky == NULL)
        sticky = mf_sticky_find(slots, buffers[row].buffer);
    slot = sticky != NULL ? mf_slots_of(slots, sticky) : -1;
    if (slot < 0)
        return mf_parser_fail(parser, at, "the buffer of flag '%c' is not supported", *at);
    if (out->slot >= 0 && out->slot != slot)
        return mf_parser_fail(parser, at, "flags of two buffers");
    out->slot = slot;
    return true;
}

static bool
parse_flags(struct mf_parser *parser, struct mf_token token, struct flagged *out)
{
    for (size_t i = 0; i < token.length; i++) {
        unsigned row = 0;

        while (row < G_N_ELEMENTS(flags) && flags[row].flag != token.text[i])
            row++;
        if (row < G_N_ELEMENTS(flags))
            out->options |= flags[row].option;
        else if (token.text[i] == 'R')
            out->relative = true;
        else if (!take_buffer(parser, token.text + i, out))
            return false;
    }
    return true;
}

/* Whether TEXT begins with a name for what a group captures. */
static bool
is_capture(struct mf_token text)
{
    static const char *const kinds[] = {"flow:", "pkt:", "alert:"};

    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (text.length > strlen(kinds[i]) && strncmp(text.text, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

/* Cuts ", flow:name, ..." off the end: what Suricata writes to its log under those names nothing
 * reads here. */
static bool
cut_captures(struct mf_parser *parser, struct mf_token *value)
{
    struct mf_token names = {NULL, 0}, name;

    for (size_t i = 0; names.text == NULL && i < value->length; i++) {
        struct mf_token rest = {value->text + i + 1, value->length - i - 1};

        if (value->text[i] != ',' || !is_capture(mf_token_trim(rest)))
            continue;
        names = rest;
        value->length = i;
    }
    while (mf_token_next(&names, ',', &name))
        if (!is_capture(name))
            return mf_parser_fail(parser, name.text, "expected flow:NAME, pkt:NAME or alert:NAME");
    *value = mf_token_trim(*value);
    return true;
}

/* Cuts "/expression/flags" apart. */
static bool
split(struct mf_parser *parser, struct mf_token *expression, struct mf_token *flag_part)
{
    const char *end = expression->text + expression->length, *slash = end;

    if (expression->length == 0 || expression->text[0] != '/')
        return mf_parser_fail(parser, expression->text, "expected '/', the expression and '/'");
    while (slash[-1] != '/')
        slash--;
    if (slash - 1 == expression->text)
        return mf_parser_fail(parser, end, "expected the '/' that ends the expression");
    *flag_part = (struct mf_token){slash, (size_t)(end - slash)};
    expression->text++;
    expression->length = (size_t)(slash - 1 - expression->text);
    return true;
}

static bool
check_expression(struct mf_parser *parser, struct mf_token expression, uint32_t options)
{
    int error;
    PCRE2_SIZE at;
    PCRE2_UCHAR message[128];
    pcre2_code *code;

    code =
        pcre2_compile((PCRE2_SPTR)expression.text, expression.length, options, &error, &at, NULL);
    if (code != NULL) {
        pcre2_code_free(code);
        return true;
    }
    pcre2_get_error_message(error, message, sizeof message);
    return mf_parser_fail(parser, expression.text + MIN(at, expression.length), "%s", message);
}

/* Adds STEP where FLAGGED says, or where the next conditions look. */
static bool
add_step(struct mf_parser *parser, const struct mf_option *option, const struct mf_step *step,
         const struct flagged *flagged)
{
    int before = parser->slot;
    bool fresh = parser->fresh, good;

    if (flagged->slot < 0)
        return mf_parser_add_step(parser, option, step);
    parser->slot = flagged->slot;
    parser->fresh = fresh && before == flagged->slot;
    good = mf_parser_add_step(parser, option, step);
    parser->slot = before;
    return good;
}

static bool
pcre_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token value = option->value, flag_part = {NULL, 0};
    struct mf_step step = {.run = mf_pcre_run};
    struct flagged flagged = {.options = PCRE2_NEVER_UTF, .slot = -1};
    struct mf_regex *regex;

    step.as.pcre.negated = mf_token_negated(&value);
    if (!mf_token_unquote(parser, &value) || !cut_captures(parser, &value) ||
        !split(parser, &value, &flag_part) || !parse_flags(parser, flag_part, &flagged) ||
        !check_expression(parser, value, flagged.options))
        return false;
    regex = g_new0(struct mf_regex, 1);
    regex->text =
        g_string_chunk_insert_len(parser->context->strings, value.text, (gssize)value.length);
    regex->length = (uint32_t)value.length;
    regex->options = flagged.options;
    step.as.pcre.regex = regex;
    step.relative = flagged.relative;
    step.sets_cursor = !step.as.pcre.negated;
    return add_step(parser, option, &step, &flagged);
}

static const struct mf_keyword rows[] = {
    {"pcre", MF_VALUE_REQUIRED, pcre_parse},
};

const struct mf_keyword_family mf_keywords_pcre = {rows, G_N_ELEMENTS(rows)};
