/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IRC as bots and their servers speak it (RFC 2812, and less): bare LF, blank first lines, nicks
 * that begin with a digit or a bracket, a prefix of just "*". Strictness comes from the arguments:
 * a command word alone proves nothing.
 */
#include "app_match.h"

#include <glib.h>
#include <string.h>

static bool
is_nick(struct mf_span word)
{
    if (word.length == 0 || word.length > 64)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (!g_ascii_isalnum(word.data[i]) && strchr("[]\\`_^{|}-", word.data[i]) == NULL)
            return false;
    return mf_span_is_printable(word);
}

static bool
is_channel(struct mf_span word)
{
    return word.length >= 2 && word.length <= 200 && strchr("#&+!", word.data[0]) != NULL &&
           mf_span_is_printable(word);
}

static bool
is_trailing(struct mf_span rest)
{
    struct mf_span word;

    return mf_span_take_word(&rest, &word) && word.data[0] == ':';
}

static bool
args_nick(struct mf_span args)
{
    struct mf_span word, more;

    if (!mf_span_take_word(&args, &word))
        return false;
    if (word.data[0] == ':')
        word = mf_span_skip(word, 1);
    return is_nick(word) && !mf_span_take_word(&args, &more);
}

/* user, mode or host, unused or server, real name; bots leave one of the middle out. */
static bool
args_user(struct mf_span args)
{
    struct mf_span word;
    unsigned n = 0;
    bool real_name = false;

    while (!real_name && mf_span_take_word(&args, &word)) {
        n++;
        real_name = word.data[0] == ':';
    }
    return n == 4 || (n == 3 && real_name);
}

static bool
args_one(struct mf_span args)
{
    struct mf_span word;

    return mf_span_take_word(&args, &word) && !mf_span_take_word(&args, &word);
}

static bool
args_channel(struct mf_span args)
{
    struct mf_span word;

    if (!mf_span_take_word(&args, &word))
        return false;
    if (word.data[0] == ':')
        word = mf_span_skip(word, 1);
    return is_channel(word);
}

/* "target :text". */
static bool
args_message(struct mf_span args)
{
    struct mf_span target;

    return mf_span_take_word(&args, &target) && target.data[0] != ':' && is_trailing(args);
}

static bool
args_capability(struct mf_span args)
{
    struct mf_span word;

    return mf_span_take_word(&args, &word) &&
           (mf_span_equals(word, "LS") || mf_span_equals(word, "REQ") ||
            mf_span_equals(word, "LIST") || mf_span_equals(word, "END"));
}

static bool
args_any(struct mf_span args)
{
    struct mf_span word;

    return mf_span_take_word(&args, &word);
}

static const struct command {
    const char *word;
    bool (*plausible)(struct mf_span args);
} bare_commands[] = {
    {"NICK", args_nick},      {"USER", args_user},       {"PASS", args_one},
    {"JOIN", args_channel},   {"PRIVMSG", args_message}, {"NOTICE", args_message},
    {"PING", is_trailing},    {"PONG", is_trailing},     {"ERROR", is_trailing},
    {"CAP", args_capability},
};

static const struct command prefixed_commands[] = {
    {"PRIVMSG", args_message}, {"NOTICE", args_message}, {"JOIN", args_channel},
    {"PART", args_channel},    {"TOPIC", args_channel},  {"KICK", args_channel},
    {"NICK", args_nick},       {"MODE", args_any},       {"QUIT", is_trailing},
    {"PING", args_any},        {"PONG", args_any},       {"INVITE", args_any},
    {"ERROR", is_trailing},
};

static bool
find_command(const struct command *commands, size_t n, struct mf_span word, struct mf_span args)
{
    for (size_t i = 0; i < n; i++)
        if (word.length == strlen(commands[i].word) && mf_span_starts(word, commands[i].word))
            return commands[i].plausible(args);
    return false;
}

static bool
is_numeric(struct mf_span word)
{
    return word.length == 3 && g_ascii_isdigit(word.data[0]) && g_ascii_isdigit(word.data[1]) &&
           g_ascii_isdigit(word.data[2]);
}

static bool
is_line(struct mf_span line)
{
    struct mf_span word;

    if (!mf_span_take_word(&line, &word))
        return false;
    if (word.data[0] != ':')
        return find_command(bare_commands, G_N_ELEMENTS(bare_commands), word, line);
    if (word.length < 2 || !mf_span_is_printable(word) || !mf_span_take_word(&line, &word))
        return false;
    if (is_numeric(word))
        return args_any(line);
    return find_command(prefixed_commands, G_N_ELEMENTS(prefixed_commands), word, line);
}

bool
mf_app_is_irc(struct mf_span data)
{
    struct mf_span line;

    return mf_span_take_line(&data, &line) && is_line(line);
}
