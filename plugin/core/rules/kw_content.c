/* SPDX-License-Identifier: GPL-2.0-or-later */
/* content: bytes that must (or must not) be there.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#content */
#define _GNU_SOURCE
#include "keyword.h"
#include "number.h"
#include "set.h"

#include <string.h>

/* Positions a match may lie in. */
struct reach {
    int64_t low, high;
};

static inline uint8_t
lower(uint8_t byte)
{
    return byte | (uint8_t)((uint8_t)(byte - 'A') < 26) << 5;
}

/* Strides of a fixed number of bytes become vector instructions. */
static void
lower_all(uint8_t *restrict to, const uint8_t *restrict from, size_t n)
{
    enum { STRIDE = 32 };
    size_t i = 0;

    for (; i + STRIDE <= n; i += STRIDE)
        for (unsigned k = 0; k < STRIDE; k++)
            to[i + k] = lower(from[i + k]);
    for (; i < n; i++)
        to[i] = lower(from[i]);
}

static bool
is_equal_nocase(const uint8_t *bytes, const struct mf_content *pattern)
{
    for (uint32_t i = 0; i < pattern->length; i++)
        if (lower(bytes[i]) != pattern->bytes[i])
            return false;
    return true;
}

/* memmem() looks at each byte, memchr() at 32 at once: so the first byte is looked for, until it
 * turns out to be a frequent one. LENGTH is not less than N. */
static const uint8_t *
find_exact(const uint8_t *bytes, size_t length, const uint8_t *pattern, size_t n)
{
    enum { SPARSE = 32, PATIENCE = 4 };
    const uint8_t *const begin = bytes, *const end = bytes + length;

    for (size_t misses = 0; misses * SPARSE <= (size_t)(bytes - begin) + PATIENCE * SPARSE;
         misses++) {
        if ((size_t)(end - bytes) < n)
            return NULL;
        bytes = memchr(bytes, pattern[0], (size_t)(end - bytes) - n + 1);
        if (bytes == NULL || memcmp(bytes, pattern, n) == 0)
            return bytes;
        bytes++;
    }
    return memmem(bytes, (size_t)(end - bytes), pattern, n);
}

/* PATTERN is in lower case. In lower-case copies of what is searched, piece by piece: so the time
 * is linear, whatever the bytes. */
static const uint8_t *
find_nocase(const uint8_t *bytes, size_t length, const struct mf_content *pattern)
{
    enum { PIECE = 1024 };
    uint8_t copy[PIECE + MF_CONTENT_MAX];
    const uint8_t *end = bytes + length;

    if (length == pattern->length)
        return is_equal_nocase(bytes, pattern) ? bytes : NULL;
    for (; (size_t)(end - bytes) >= pattern->length; bytes += PIECE) {
        size_t n = MIN((size_t)(end - bytes), PIECE + pattern->length - 1);
        const uint8_t *found;

        lower_all(copy, bytes, n);
        found = find_exact(copy, n, pattern->bytes, pattern->length);
        if (found != NULL)
            return bytes + (found - copy);
        if ((size_t)(end - bytes) <= PIECE)
            break;
    }
    return NULL;
}

/* Nothing in BYTES is known to be NUL-terminated. */
static const uint8_t *
find(const uint8_t *bytes, size_t length, const struct mf_content *pattern)
{
    if (pattern->nocase)
        return find_nocase(bytes, length, pattern);
    if (length == pattern->length)
        return memcmp(bytes, pattern->bytes, length) == 0 ? bytes : NULL;
    return find_exact(bytes, length, pattern->bytes, pattern->length);
}

static struct reach
content_reach(const struct mf_matcher *matcher, const struct mf_step *step, int64_t cursor)
{
    const struct mf_content *content = &step->as.content;
    struct reach reach = {.high = INT64_MAX};

    if (step->relative) {
        reach.low =
            cursor + mf_variable_distance(matcher, content->variable_distance, content->distance);
        if (content->within >= 0 || content->variable_within != 0)
            reach.high =
                reach.low + mf_variable_place(matcher, content->variable_within, content->within);
        return reach;
    }
    reach.low = mf_variable_place(matcher, content->variable_offset, content->offset);
    if (content->depth >= 0 || content->variable_depth != 0)
        reach.high =
            reach.low + mf_variable_place(matcher, content->variable_depth, content->depth);
    return reach;
}

/* Position of the first match in REACH, which begins in the view, or -1. */
static int64_t
find_in(const struct mf_view *view, const struct mf_content *content, struct reach reach)
{
    const uint8_t *begin, *found;

    reach.high = MIN(reach.high, mf_view_end(view));
    if (reach.high - reach.low < (int64_t)content->length)
        return -1;
    begin = view->data + (reach.low - view->base);
    found = find(begin, (size_t)(reach.high - reach.low), content);
    return found != NULL ? reach.low + (found - begin) : -1;
}

int64_t
mf_content_find(const struct mf_view *view, const struct mf_content *content, int64_t from)
{
    return find_in(view, content, (struct reach){MAX(from, view->base), INT64_MAX});
}

/* The same, and what it cost. */
static int64_t
search(struct mf_matcher *matcher, const struct mf_content *content, struct reach reach)
{
    int64_t found = find_in(&matcher->view, content, reach);
    int64_t end = found >= 0 ? found : MIN(reach.high, mf_view_end(&matcher->view));
    uint64_t searched = (uint64_t)MAX(end - reach.low, 0);

    matcher->work += content->nocase ? searched : searched / 2;
    return found;
}

/* The fast pattern was seen at the pin; does it lie right? */
static int64_t
check_pin(struct mf_matcher *matcher, const struct mf_content *content, struct reach reach)
{
    struct reach exact = {.low = matcher->pin, .high = matcher->pin + content->length};

    if (exact.low < reach.low || exact.high > reach.high)
        return -1;
    return search(matcher, content, exact);
}

static bool
is_pinned(const struct mf_matcher *matcher, const struct mf_step *step)
{
    return matcher->pin >= 0 && step == &matcher->rule->steps[matcher->rule->fast];
}

/* What a search for STEP that found nothing in REACH tells. */
static enum mf_match
not_found(struct mf_matcher *matcher, const struct mf_step *step, struct reach reach)
{
    if (reach.high <= mf_view_end(&matcher->view))
        return MF_MATCH_NO;
    if (reach.high == INT64_MAX && !step->as.content.negated && !matcher->part->nested)
        matcher->missing = step;
    return mf_view_beyond(&matcher->view);
}

static enum mf_match
run_at_end(const struct mf_view *view, struct reach *reach, uint32_t length)
{
    if (reach->high < mf_view_end(view))
        return MF_MATCH_NO;
    if (!view->complete)
        return MF_MATCH_MAYBE;
    reach->low = MAX(reach->low, mf_view_end(view) - (int64_t)length);
    return view->ended ? MF_MATCH_YES : MF_MATCH_NO;
}

enum mf_match
mf_content_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_content *content = &step->as.content;
    const bool pinned = is_pinned(matcher, step);
    struct reach reach = content_reach(matcher, step, attempt->cursor);
    enum mf_match found = MF_MATCH_YES;
    int64_t at = -1;

    reach.low = MAX(MAX(reach.low, matcher->view.base), attempt->from);
    attempt->is_only = false;
    if (pinned)
        reach.high = MIN(reach.high, matcher->pin + content->length);
    if (content->at_end)
        found = run_at_end(&matcher->view, &reach, content->length);
    if (found == MF_MATCH_YES) {
        at = pinned ? check_pin(matcher, content, reach) : search(matcher, content, reach);
        found = at >= 0 ? MF_MATCH_YES : not_found(matcher, step, reach);
        attempt->is_only = !content->negated && (pinned ? at >= 0 || reach.low > matcher->pin
                                                        : at < 0 && reach.high == INT64_MAX);
    }
    attempt->from = at + 1;
    attempt->end = at + content->length;
    if (!content->negated) {
        attempt->begin = at;
    } else {
        attempt->from = MF_TRY_LAST;
        attempt->end = attempt->cursor;
        found = (enum mf_match)(MF_MATCH_YES - found);
    }
    return found;
}

/* --- parsing --- */

struct pattern {
    uint8_t bytes[MF_CONTENT_MAX];
    uint32_t length; /* also of what did not fit */
};

static void
put(struct pattern *pattern, uint8_t byte)
{
    if (pattern->length < MF_CONTENT_MAX)
        pattern->bytes[pattern->length] = byte;
    pattern->length++;
}

/* The bytes of one |41 42| part, where blanks may stand anywhere; *AT is behind the first bar, and
 * moves behind the last. */
static bool
parse_hex(struct mf_parser *parser, const char **at, const char *end, struct pattern *out)
{
    const char *begin = *at - 1, *first = NULL;

    for (; *at < end && **at != '|'; ++*at) {
        int digit = g_ascii_xdigit_value(**at);

        if (**at == ' ')
            continue;
        if (digit < 0)
            break;
        if (first == NULL) {
            first = *at;
            continue;
        }
        put(out, (uint8_t)(g_ascii_xdigit_value(*first) << 4 | digit));
        first = NULL;
    }
    if (first != NULL || (*at < end && **at != '|'))
        return mf_parser_fail(parser, first != NULL ? first : *at,
                              "expected two hexadecimal digits");
    if (*at == end)
        return mf_parser_fail(parser, begin, "expected a '|' that ends the hexadecimal part");
    ++*at;
    return true;
}

static bool
parse_pattern(struct mf_parser *parser, struct mf_token token, struct pattern *out)
{
    const char *at = token.text, *end = token.text + token.length;

    while (at < end) {
        if (*at == '|') {
            at++;
            if (!parse_hex(parser, &at, end, out))
                return false;
            continue;
        }
        if (*at == '"')
            return mf_parser_fail(parser, at, "a '\"' inside the quotes is written '\\\"'");
        if (*at == '\\' && (++at == end || strchr("\\\";:|", *at) == NULL))
            return mf_parser_fail(parser, at - 1,
                                  "expected one of \\\\ \\\" \\; \\: here, or |5C| for a '\\'");
        put(out, (uint8_t)*at++);
    }
    if (out->length == 0)
        return mf_parser_fail(parser, token.text, "expected at least one byte");
    if (out->length > MF_CONTENT_MAX)
        return mf_parser_fail(parser, token.text, "longer than %d bytes", MF_CONTENT_MAX);
    return true;
}

static bool
content_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token value = option->value;
    struct mf_step step = {
        .run = mf_content_run,
        .as.content = {.negated = mf_token_negated(&value), .depth = -1, .within = -1}};
    struct pattern pattern;

    pattern.length = 0;
    if (!mf_token_unquote(parser, &value) || !parse_pattern(parser, value, &pattern))
        return false;
    step.as.content.length = pattern.length;
    step.as.content.bytes = (const uint8_t *)g_string_chunk_insert_len(
        parser->context->strings, (const char *)pattern.bytes, (gssize)pattern.length);
    step.sets_cursor = !step.as.content.negated;
    parser->content = (int)parser->steps->len;
    return mf_parser_add_step(parser, option, &step);
}

/* uricontent:"x" is content:"x"; http_uri. */
static bool
uricontent_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_slots *slots = parser->context->set->slots;
    int before = parser->slot, slot = mf_slots_of(slots, mf_sticky_find(slots, "http.uri"));
    bool good;

    if (slot < 0)
        return mf_parser_fail(parser, option->name.text, "too many different buffers");
    parser->slot = slot;
    parser->fresh = false;
    good = content_parse(parser, option);
    parser->slot = before;
    return good;
}

static const struct mf_keyword rows[] = {
    {"content", MF_VALUE_REQUIRED, content_parse},
    {"uricontent", MF_VALUE_REQUIRED, uricontent_parse},
};

const struct mf_keyword_family mf_keywords_content = {rows, G_N_ELEMENTS(rows)};
