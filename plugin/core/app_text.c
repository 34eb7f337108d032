/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recognisers of line-based protocols: HTTP, FTP, SMTP, POP3, and the prompts of command shells. */
#include "app_match.h"

#include <glib.h>
#include <string.h>

static bool
is_method(struct mf_span word)
{
    if (word.length < 3 || word.length > 24)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (!g_ascii_isupper(word.data[i]) && word.data[i] != '-' && word.data[i] != '_')
            return false;
    return g_ascii_isupper(word.data[0]);
}

/* "HTTP/1.x" at the start of DATA. */
static bool
is_version(struct mf_span data)
{
    return mf_span_starts(data, "HTTP/1.") && data.length >= 8 && g_ascii_isdigit(data.data[7]);
}

static bool
is_status_line(struct mf_span data)
{
    if (!is_version(data) || data.length < 13 || data.data[8] != ' ')
        return false;
    return g_ascii_isdigit(data.data[9]) && g_ascii_isdigit(data.data[10]) &&
           g_ascii_isdigit(data.data[11]) && memchr(" \r\n", data.data[12], 3) != NULL;
}

/* A URI so long that the version behind it is out of sight. */
static bool
is_long_request(struct mf_span uri)
{
    return uri.length >= 512 && uri.data[0] == '/' && mf_span_is_printable(uri) &&
           mf_span_index(uri, ' ') == uri.length;
}

bool
mf_app_is_http(struct mf_span data)
{
    struct mf_span rest = data, line, method, uri, version, more;

    if (is_status_line(data))
        return true;
    if (data.length == 0 || !g_ascii_isupper(data.data[0]))
        return false;
    if (!mf_span_take_line(&rest, &line))
        return mf_span_take_word(&data, &method) && is_method(method) &&
               is_long_request(mf_span_skip(data, 1));
    return mf_span_take_word(&line, &method) && is_method(method) &&
           mf_span_take_word(&line, &uri) && mf_span_take_word(&line, &version) &&
           version.length == 8 && is_version(version) && !mf_span_take_word(&line, &more);
}

/* RFC 9113, 3.4. */
bool
mf_app_is_http2(struct mf_span data)
{
    return mf_span_starts(data, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
}

/* A greeting of code 220, the first lines of which are whole. */
static bool
is_greeting(struct mf_span data)
{
    struct mf_span line;

    return data.length > 4 && (mf_span_starts(data, "220 ") || mf_span_starts(data, "220-")) &&
           mf_span_take_line(&data, &line);
}

/* "USER name" and nothing else. POP3 sends that too, but never before its server has spoken. */
static bool
is_lone_user(struct mf_span data)
{
    struct mf_span line, word, more;

    if (!mf_span_starts(data, "USER ") || !mf_span_take_line(&data, &line) ||
        mf_span_take_line(&data, &more))
        return false;
    return mf_span_take_word(&line, &word) && mf_span_take_word(&line, &word) &&
           mf_span_is_printable(word) && !mf_span_take_word(&line, &more);
}

bool
mf_app_is_ftp(struct mf_span data)
{
    if (is_greeting(data))
        return mf_span_contains(data, "FTP") && !mf_span_contains(data, "SMTP");
    return is_lone_user(data);
}

/* "EHLO name" and nothing else on the line. */
static bool
is_hello(struct mf_span data)
{
    struct mf_span line, word, name, more;

    if (!mf_span_take_line(&data, &line) || !mf_span_take_word(&line, &word))
        return false;
    return (mf_span_equals(word, "EHLO") || mf_span_equals(word, "HELO")) &&
           mf_span_take_word(&line, &name) && mf_span_is_printable(name) &&
           !mf_span_take_word(&line, &more);
}

bool
mf_app_is_smtp(struct mf_span data)
{
    if (is_greeting(data))
        return !mf_span_contains(data, "FTP") &&
               (mf_span_contains(data, "SMTP") || mf_span_contains(data, "mail"));
    return is_hello(data);
}

/* The space keeps Redis's bare "+OK" out. */
bool
mf_app_is_pop3(struct mf_span data)
{
    struct mf_span line;

    return mf_span_starts(data, "+OK ") && mf_span_take_line(&data, &line) &&
           mf_span_is_printable(line);
}

/* "C:\path>" */
static bool
is_dos_prompt(struct mf_span data)
{
    size_t end = mf_span_index(data, '>');

    return end < data.length && end >= 3 && g_ascii_isalpha(data.data[0]) &&
           memcmp(data.data + 1, ":\\", 2) == 0 &&
           mf_span_is_printable((struct mf_span){data.data, end});
}

static bool
is_dos_banner(struct mf_span data)
{
    struct mf_span line;

    if (!mf_span_starts(data, "Microsoft Windows ") || !mf_span_take_line(&data, &line))
        return false;
    return mf_span_contains(line, "[Version ") || mf_span_contains(line, "Windows XP");
}

bool
mf_app_is_shell(struct mf_span data)
{
    static const char *const starts[] = {
        "/bin/sh: ",          "/bin/bash: ",          "sh: can't access tty",
        "sh: no job control", "bash: no job control", "bash: cannot set terminal process group",
    };
    struct mf_span line;

    while (data.length > 0 && (data.data[0] == '\r' || data.data[0] == '\n'))
        data = mf_span_skip(data, 1);
    if (is_dos_banner(data) || is_dos_prompt(data))
        return true;
    for (unsigned i = 0; i < G_N_ELEMENTS(starts); i++)
        if (mf_span_starts(data, starts[i]))
            return true;
    if (!mf_span_take_line(&data, &line))
        return false;
    if (mf_span_starts(line, "BusyBox v"))
        return mf_span_contains(data, "built-in shell") || mf_span_contains(line, "built-in shell");
    return mf_span_starts(line, "uid=") && mf_span_contains(line, " gid=");
}
