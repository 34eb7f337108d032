/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fast pattern is the price of a rule: each time it is seen the rule is evaluated. Suricata
 * takes what the rule says, else the longest content of the better buffers, of equals the most
 * diverse. So do we, but for what nearly all traffic has: there a shorter literal is cheaper, and
 * which one is taken does not change what a rule on messages finds.
 * https://docs.suricata.io/en/latest/rules/fast-pattern-explained.html
 */
#define _GNU_SOURCE
#include "fast.h"

#include "prefilter.h"

#include <string.h>

enum { SAID = 1 << 16, FIND_MAX = MF_LITERAL_MAX };

/* Literals found in here say little; in lower case. */
static const char usual[] =
    "get /index.php?id= http/1.1\r\npost / http/1.0\r\nhost: www..com\r\n"
    "user-agent: mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) "
    "chrome/ safari/537.36\r\n"
    "user-agent: mozilla/4.0 (compatible; msie 6.0; windows nt 5.1; sv1)\r\nreferer: http://www."
    "\r\naccept: text/html, */*\r\naccept-language: en-us,en;q=0.5\r\naccept-encoding: gzip, "
    "deflate\r\naccept-charset: utf-8\r\nconnection: keep-alive\r\nconnection: close\r\n"
    "cache-control: no-cache\r\npragma: no-cache\r\ncookie: \r\ncontent-type: application/x-www-"
    "form-urlencoded\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: 0\r\n\r\n"
    "http/1.1 200 ok\r\nserver: apache\r\nserver: nginx\r\nset-cookie: \r\ntransfer-encoding: "
    "chunked\r\nhost\r\nuser-agent\r\naccept\r\nconnection\r\nreferer\r\ncookie\r\n\r\n"
    "https://.html .exe .asp .gif .jpg .txt <html> <script> <body> function document. window.";

/* Buffers of which nearly all messages have one of a few values. */
static const char *const usual_buffers[] = {
    "http.accept",      "http.accept_enc",   "http.accept_lang",   "http.connection",
    "http.content_len", "http.content_type", "http.header_names",  "http.method",
    "http.protocol",    "http.start",        "http.response_line", "http.stat_code",
    "http.stat_msg",    "tls.version",
};

/* Suricata's measure: a byte that was not there before counts more, and the rarer its kind the
 * more.
 */
static unsigned
strength(const uint8_t *bytes, uint32_t length)
{
    bool seen[256] = {false};
    unsigned sum = 0;

    for (uint32_t i = 0; i < length; i++) {
        uint8_t byte = bytes[i];

        if (seen[byte])
            sum += 1;
        else if (g_ascii_isalpha((char)byte))
            sum += 3;
        else if (g_ascii_isprint((char)byte) || byte <= 1 || byte == 0xff)
            sum += 4;
        else
            sum += 6;
        seen[byte] = true;
    }
    return sum;
}

static bool
is_usual(const uint8_t *bytes, uint32_t length)
{
    uint8_t lower[FIND_MAX];

    if (length > FIND_MAX)
        return false;
    for (uint32_t i = 0; i < length; i++)
        lower[i] = (uint8_t)g_ascii_tolower((char)bytes[i]);
    return memmem(usual, sizeof usual - 1, lower, length) != NULL;
}

static bool
is_usual_buffer(const char *name)
{
    for (unsigned i = 0; name != NULL && i < G_N_ELEMENTS(usual_buffers); i++)
        if (strcmp(name, usual_buffers[i]) == 0)
            return true;
    return false;
}

/* Whether libhs can look for it: Vectorscan cannot for what consists of NULs alone. */
static bool
is_searchable(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] != 0)
            return true;
    return false;
}

unsigned
mf_content_worth(const struct mf_content *content, const char *name, bool obey, unsigned than)
{
    const uint8_t *bytes = content->bytes + content->fast_offset;
    uint32_t length = mf_content_literal_length(content);
    unsigned worth = strength(bytes, length);

    if (!is_searchable(bytes, length))
        return 0;
    if (content->fast && obey)
        return worth + SAID;
    if (!content->fast && worth <= than)
        return worth;
    if (is_usual_buffer(name) || is_usual(bytes, length))
        return 1 + worth / 8;
    return worth + (content->fast ? SAID : 0);
}
