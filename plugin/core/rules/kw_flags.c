/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flags (of TCP), fragbits and ipopts (of IPv4): bits by letter or name. A rule on flags is found
 * by a table of all 256 values, so that it costs nothing on the other packets.
 * https://docs.suricata.io/en/latest/rules/header-keywords.html
 */
#include "keyword.h"

#include "number_test.h"

#include <string.h>

enum modifier { EXACTLY, WITH_OTHERS, ANY_OF, NOT_ALL };

/* FRAGBITS: further bits there must be. */
static bool
bits_hold(uint8_t op, uint8_t bits, uint8_t want)
{
    switch ((enum modifier)op) {
    case EXACTLY:
        return bits == want;
    case WITH_OTHERS:
        return (bits & want) == want;
    case ANY_OF:
        return (bits & want) != 0;
    case NOT_ALL:
        return (bits & want) != want;
    }
    return false;
}

static bool
take_modifier(char letter, uint8_t *op)
{
    static const char letters[] = {[WITH_OTHERS] = '+', [ANY_OF] = '*', [NOT_ALL] = '!'};

    for (uint8_t i = WITH_OTHERS; i < G_N_ELEMENTS(letters); i++) {
        if (letters[i] == letter) {
            *op = i;
            return true;
        }
    }
    return false;
}

/* The bit of LETTER, by its place in LETTERS (of bit 0 first); a letter may stand there twice,
 * eight places on. */
static bool
take_letter(const char *letters, char letter, uint8_t *bits)
{
    const char *at = strchr(letters, g_ascii_toupper(letter));

    if (at == NULL || *at == '\0')
        return false;
    *bits |= (uint8_t)(1u << ((at - letters) & 7));
    return true;
}

/* --- flags --- */

/* FIN first; the last two by number as well. */
static const char flag_letters[] = "FSRPAUEC......21";

static bool
flags_hold(const struct mf_condition *condition, uint8_t flags)
{
    if (condition->as.flags.want == 0 && flags != 0)
        return condition->as.flags.op == NOT_ALL;
    return bits_hold(condition->as.flags.op, flags & condition->as.flags.mask,
                     condition->as.flags.want);
}

static bool
flags_run(const struct mf_condition *condition, const struct mf_context *context)
{
    return context->packet->l4 == MF_L4_TCP && flags_hold(condition, context->packet->tcp_flags);
}

/* Several options of a rule must all hold. */
static void
note_flags(struct mf_rule *rule, const struct mf_condition *condition)
{
    if (!rule->has_flags)
        memset(rule->flags_hold, 0xff, sizeof rule->flags_hold);
    rule->has_flags = true;
    for (unsigned flags = 0; flags < 256; flags++)
        if (!flags_hold(condition, (uint8_t)flags))
            rule->flags_hold[flags / 8] &= (uint8_t) ~(1u << flags % 8);
}

static bool
parse_flags(struct mf_parser *parser, struct mf_token text, struct mf_condition *condition)
{
    bool any = false;

    for (size_t i = 0; i < text.length; i++) {
        char letter = text.text[i];

        if (take_modifier(letter, &condition->as.flags.op))
            continue;
        if (letter != '0' &&
            (letter == '.' || !take_letter(flag_letters, letter, &condition->as.flags.want)))
            return mf_parser_fail(parser, text.text + i,
                                  "expected the letters F, S, R, P, A, U, E, C or 0, not '%c'",
                                  g_ascii_isprint(letter) ? letter : '?');
        any = true;
    }
    return any || mf_parser_fail(parser, text.text, "expected the letters of flags");
}

/* [+*!]LETTERS[,LETTERS that do not matter] */
static bool
flags_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = flags_run, .as.flags.mask = 0xff};
    struct mf_token rest = option->value, letters, ignored;
    uint8_t ignore = 0;

    mf_token_next(&rest, ',', &letters);
    if (!parse_flags(parser, letters, &condition))
        return false;
    if (mf_token_next(&rest, ',', &ignored)) {
        for (size_t i = 0; i < ignored.length; i++)
            if (ignored.text[i] == '.' || !take_letter(flag_letters, ignored.text[i], &ignore))
                return mf_parser_fail(parser, ignored.text + i, "expected letters of flags");
        condition.as.flags.mask = (uint8_t)~ignore;
    }
    note_flags(parser->rule, &condition);
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

/* --- fragbits --- */

static const uint8_t *
ipv4(const struct mf_packet *packet)
{
    bool is =
        packet->ip_header != NULL && packet->ip_length >= 20 && packet->ip_header[0] >> 4 == 4;

    return is ? packet->ip_header : NULL;
}

/* "More", "don't" and reserved, from the lowest of the three. */
static const char fragment_letters[] = "MDR";

static bool
fragbits_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const uint8_t *ip = ipv4(context->packet);
    uint8_t bits = ip != NULL ? ip[6] >> 5 : 0, op = condition->as.flags.op;
    uint8_t want = condition->as.flags.want;

    /* Suricata's "plus any others" asks for others here. */
    return ip != NULL && bits_hold(op, bits, want) && (op != WITH_OTHERS || bits != want);
}

static bool
fragbits_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = fragbits_run};
    struct mf_token text = option->value;

    for (size_t i = 0; i < text.length; i++) {
        char letter = text.text[i];

        if (!(i == 0 && take_modifier(letter, &condition.as.flags.op)) &&
            !g_ascii_isspace(letter) &&
            !take_letter(fragment_letters, letter, &condition.as.flags.want))
            return mf_parser_fail(parser, text.text + i, "expected the letters M, D or R");
    }
    if (condition.as.flags.want == 0)
        return mf_parser_fail(parser, text.text, "expected the letters M, D or R");
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

/* --- ipopts --- */

enum { OPTION_ANY = 256 };

/* By the option's first byte (RFC 791, 3.1; IANA). */
static const struct mf_number_name ip_options[] = {
    {"eol", 0},    {"nop", 1},      {"rr", 7},           {"qs", 25},     {"ts", 68},
    {"sec", 130},  {"lsrr", 131},   {"esec", 133},       {"cipso", 134}, {"satid", 136},
    {"ssrr", 137}, {"rtralt", 148}, {"any", OPTION_ANY}, {NULL, 0},
};

static bool
has_option(const uint8_t *ip, unsigned length, uint64_t wanted)
{
    enum { FIXED = 20, END = 0, NOP = 1 };

    for (unsigned at = FIXED; at < length;) {
        if (wanted == OPTION_ANY || ip[at] == wanted)
            return true;
        if (ip[at] == END)
            return false;
        if (ip[at] == NOP)
            at++;
        else if (at + 1 < length && ip[at + 1] >= 2)
            at += ip[at + 1];
        else
            return false;
    }
    return false;
}

static bool
ipopts_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const uint8_t *ip = ipv4(context->packet);

    return ip != NULL && has_option(ip, context->packet->ip_length, condition->as.number.low);
}

static bool
ipopts_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = ipopts_run};

    if (!mf_number_name_find(ip_options, option->value, &condition.as.number.low))
        return mf_parser_fail(parser, option->value.text, "unknown IP option '%.*s'",
                              (int)MIN(option->value.length, 40), option->value.text);
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

static const struct mf_keyword rows[] = {
    {"flags", MF_VALUE_REQUIRED, flags_parse},
    {"fragbits", MF_VALUE_REQUIRED, fragbits_parse},
    {"ipopts", MF_VALUE_REQUIRED, ipopts_parse},
    {"tcp.flags", MF_VALUE_REQUIRED, flags_parse},
};

const struct mf_keyword_family mf_keywords_flags = {rows, G_N_ELEMENTS(rows)};
