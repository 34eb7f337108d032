/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a TLS handshake says of itself: versions, states, times of the server's certificate. The
 * clock is the packet's time, never today's: an expired certificate is one that had expired when it
 * was shown.
 * https://docs.suricata.io/en/latest/rules/tls-keywords.html
 */
#include "number_rows.h"
#include "set.h"

#include <string.h>

static const struct mf_number_name versions[] = {
    {"1.0", 0x301},    {"1.1", 0x302},    {"1.2", 0x303},    {"1.3", 0x304},
    {"sslv2", 2},      {"sslv3", 0x300},  {"tls1.0", 0x301}, {"tls1.1", 0x302},
    {"tls1.2", 0x303}, {"tls1.3", 0x304}, {NULL, 0},
};

/* One of a list of versions. */
struct wanted {
    uint16_t version;
    bool negated;
};

struct version_list {
    unsigned n;
    struct wanted wanted[];
};

/* The version that the message settles on; a server says it in an extension from TLS 1.3 on. */
static uint64_t
version_of(const struct mf_message *message)
{
    uint64_t version = mf_message_number(message, MF_BUF_TLS_VERSION, 0);

    if (message->direction == MF_RESP)
        version = mf_message_number(message, MF_BUF_TLS_SUPPORTED_VERSION, version);
    return version;
}

static bool
version_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct version_list *list = condition->as.data;
    uint64_t version = context->message != NULL ? version_of(context->message) : 0;

    for (unsigned i = 0; i < list->n && version != 0; i++)
        if ((list->wanted[i].version == version) != list->wanted[i].negated)
            return true;
    return false;
}

/* A name, or the number on the wire (0x7f12). */
static bool
parse_version(struct mf_parser *parser, struct mf_token text, struct wanted *wanted)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX};
    struct mf_number_test test;
    uint64_t version;

    wanted->negated = mf_token_negated(&text);
    if (mf_number_name_find(versions, text, &version)) {
        wanted->version = (uint16_t)version;
        return true;
    }
    if (text.length < 3 || memcmp(text.text, "0x", 2) != 0)
        return mf_parser_fail(parser, text.text, "expected a version such as 1.2, not '%.*s'",
                              (int)MIN(text.length, 40), text.text);
    if (!mf_number_test_parse(parser, text, &kind, &test))
        return false;
    wanted->version = (uint16_t)test.low;
    return test.op == MF_COMPARE_EQ || mf_parser_fail(parser, text.text, "expected one version");
}

static bool
version_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, part;
    struct mf_condition condition = {.run = version_run, .destroy = g_free};
    struct version_list *list;
    bool good = true;

    if (rest.text[0] == '"' && !mf_token_unquote(parser, &rest))
        return false;
    list = g_malloc0(sizeof *list + (rest.length + 1) * sizeof list->wanted[0]);
    condition.as.data = list;
    while (good && mf_token_next(&rest, ',', &part))
        good = parse_version(parser, part, &list->wanted[list->n++]);
    parser->context->set->wanted[MF_BUF_TLS_SUPPORTED_VERSION] = 1;
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_VERSION) && good;
}

/* --- ssl_state: kinds of handshake messages, one of which must (not) be there --- */

static const struct mf_number_name states[] = {
    {"client_hello", 1}, {"server_hello", 2}, {"server_keyx", 12}, {"client_keyx", 16}, {NULL, 0}};

struct state_list {
    uint32_t there, not_there; /* a bit per handshake type */
};

static bool
state_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct state_list *list = condition->as.data;
    uint64_t types[MF_NUMBERS_MAX];
    uint32_t seen = 0;
    unsigned n = context->message != NULL
                     ? mf_numbers_of_buffer(context->message, MF_BUF_TLS_HANDSHAKE_TYPE, types)
                     : 0;

    for (unsigned i = 0; i < n; i++)
        if (types[i] < 32)
            seen |= 1u << types[i];
    return (seen & list->there) != 0 || (~seen & list->not_there) != 0;
}

static bool
state_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, part;
    char separator = memchr(rest.text, ',', rest.length) != NULL ? ',' : '|';
    struct mf_condition condition = {.run = state_run, .destroy = g_free};
    struct state_list list = {0, 0};

    while (mf_token_next(&rest, separator, &part)) {
        bool negated = mf_token_negated(&part);
        uint64_t type;

        if (!mf_number_name_find(states, part, &type))
            return mf_parser_fail(parser, part.text,
                                  "expected client_hello, server_hello, client_keyx or "
                                  "server_keyx, not '%.*s'",
                                  (int)MIN(part.length, 40), part.text);
        *(negated ? &list.not_there : &list.there) |= 1u << type;
    }
    condition.as.data = g_memdup2(&list, sizeof list);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_HANDSHAKE_TYPE);
}

/* --- times of certificates --- */

/* Seconds since 1970. False: the message has no certificate. */
static bool
time_of(const struct mf_context *context, enum mf_buffer_id id, int64_t *seconds)
{
    const struct mf_buffer *buffer =
        context->message != NULL ? mf_message_find(context->message, id) : NULL;

    *seconds = buffer != NULL ? (int64_t)buffer->number : 0;
    return buffer != NULL;
}

static bool
expired_run(const struct mf_condition *condition, const struct mf_context *context)
{
    int64_t end;

    (void)condition;
    return time_of(context, MF_BUF_TLS_CERT_NOT_AFTER, &end) && end < context->now / MF_NS_PER_S;
}

static bool
valid_run(const struct mf_condition *condition, const struct mf_context *context)
{
    int64_t begin, end, now = context->now / MF_NS_PER_S;

    (void)condition;
    return time_of(context, MF_BUF_TLS_CERT_NOT_BEFORE, &begin) && begin <= now &&
           time_of(context, MF_BUF_TLS_CERT_NOT_AFTER, &end) && end >= now;
}

static bool
expired_parse(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_condition condition = {.run = expired_run};

    return mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_CERT_NOT_AFTER);
}

static bool
valid_parse(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_condition condition = {.run = valid_run};

    parser->context->set->wanted[MF_BUF_TLS_CERT_NOT_BEFORE] = 1;
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_CERT_NOT_AFTER);
}

static bool
not_before_run(const struct mf_condition *condition, const struct mf_context *context)
{
    int64_t seconds;

    return time_of(context, MF_BUF_TLS_CERT_NOT_BEFORE, &seconds) && seconds >= 0 &&
           mf_number_test_holds(&condition->as.number, (uint64_t)seconds);
}

static bool
not_after_run(const struct mf_condition *condition, const struct mf_context *context)
{
    int64_t seconds;

    return time_of(context, MF_BUF_TLS_CERT_NOT_AFTER, &seconds) && seconds >= 0 &&
           mf_number_test_holds(&condition->as.number, (uint64_t)seconds);
}

/* YYYY[-MM[-DD[ HH[:MM[:SS]]]]], in UTC; a T may stand for the blank. */
static bool
parse_time(struct mf_parser *parser, struct mf_token text, uint64_t *seconds)
{
    static const struct {
        unsigned digits;
        int low, high, otherwise;
        const char *before;
    } fields[] = {
        {4, 1970, 9999, 1970, ""}, {2, 1, 12, 1, "-"}, {2, 1, 31, 1, "-"},
        {2, 0, 23, 0, " T"},       {2, 0, 59, 0, ":"}, {2, 0, 59, 0, ":"},
    };
    int values[G_N_ELEMENTS(fields)];
    size_t at = 0;
    GDateTime *time;

    for (unsigned f = 0; f < G_N_ELEMENTS(fields); f++) {
        values[f] = fields[f].otherwise;
        if (at == text.length)
            continue;
        at += f > 0 && strchr(fields[f].before, text.text[at]) != NULL;
        values[f] = 0;
        for (unsigned i = 0; i < fields[f].digits; i++, at++) {
            int digit = at < text.length ? g_ascii_digit_value(text.text[at]) : -1;

            if (digit < 0)
                return mf_parser_fail(parser, text.text, "expected a time as 2025-01-31 23:59:59");
            values[f] = values[f] * 10 + digit;
        }
        if (values[f] < fields[f].low || values[f] > fields[f].high)
            return mf_parser_fail(parser, text.text, "there is no such time");
    }
    time = g_date_time_new_utc(values[0], values[1], values[2], values[3], values[4], values[5]);
    if (time == NULL || at != text.length) {
        g_clear_pointer(&time, g_date_time_unref);
        return mf_parser_fail(parser, text.text, "there is no such time");
    }
    *seconds = (uint64_t)g_date_time_to_unix(time);
    g_date_time_unref(time);
    return true;
}

/* TIME, <TIME, >TIME, or TIME<>TIME */
static bool
parse_times(struct mf_parser *parser, struct mf_token text, struct mf_number_test *test)
{
    const char *range;

    if (text.text[0] == '"' && !mf_token_unquote(parser, &text))
        return false;
    range = g_strstr_len(text.text, (gssize)text.length, "<>");
    test->op = MF_COMPARE_EQ;
    if (range != NULL) {
        struct mf_token low = {text.text, (size_t)(range - text.text)};
        struct mf_token high = {range + 2, text.length - low.length - 2};

        test->op = MF_COMPARE_RANGE;
        return parse_time(parser, mf_token_trim(low), &test->low) &&
               parse_time(parser, mf_token_trim(high), &test->high);
    }
    if (text.length > 0 && (text.text[0] == '<' || text.text[0] == '>')) {
        test->op = text.text[0] == '<' ? MF_COMPARE_LT : MF_COMPARE_GT;
        text = mf_token_trim((struct mf_token){text.text + 1, text.length - 1});
    }
    return parse_time(parser, text, &test->low);
}

static bool
not_before_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = not_before_run};

    return parse_times(parser, option->value, &condition.as.number) &&
           mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_CERT_NOT_BEFORE);
}

static bool
not_after_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = not_after_run};

    return parse_times(parser, option->value, &condition.as.number) &&
           mf_parser_ask_message(parser, option, &condition, MF_BUF_TLS_CERT_NOT_AFTER);
}

static const struct mf_keyword rows[] = {
    {"ssl_state", MF_VALUE_REQUIRED, state_parse},
    {"ssl_version", MF_VALUE_REQUIRED, version_parse},
    {"tls.version", MF_VALUE_REQUIRED, version_parse},
    {"tls_cert_expired", MF_VALUE_NONE, expired_parse},
    {"tls_cert_notafter", MF_VALUE_REQUIRED, not_after_parse},
    {"tls_cert_notbefore", MF_VALUE_REQUIRED, not_before_parse},
    {"tls_cert_valid", MF_VALUE_NONE, valid_parse},
};

const struct mf_keyword_family mf_keywords_tls = {rows, G_N_ELEMENTS(rows)};
