/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a dialogue. Of IRC (RFC 1459, RFC 2812) only what somebody said is evidence: servers and
 * hosts stand in every prefix, and a server's own talk names itself. What FTP says of addresses
 * (RFC 959, RFC 2428) and IRC's DCC SEND is no URL and no word; it is taken by its own form.
 */
#include "mention_private.h"

#include <arpa/inet.h>
#include <string.h>

/* IRC commands whose last parameter somebody wrote; what the others tell is read for URLs only. */
static const struct {
    const char *name;
    bool spoken;
} commands[] = {
    {"PRIVMSG", true}, {"NOTICE", true}, {"TOPIC", true},   {"332", true},       {"PING", false},
    {"PONG", false},   {"JOIN", false},  {"PART", false},   {"QUIT", false},     {"MODE", false},
    {"NICK", false},   {"KICK", false},  {"ERROR", false},  {"USER", false},     {"PASS", false},
    {"WHO", false},    {"WHOIS", false}, {"INVITE", false}, {"USERHOST", false}, {"NAMES", false},
    {"LIST", false},   {"AWAY", false},  {"ISON", false},   {"OPER", false},     {"CAP", false},
};

/* The command that WORD is; -1: none. */
static int
command_of(struct mf_span word)
{
    if (word.length < 3 || word.length > 8 ||
        (g_ascii_isdigit(word.data[0]) && !mf_span_starts(word, "332")))
        return -1;
    for (unsigned i = 0; i < G_N_ELEMENTS(commands); i++)
        if (commands[i].name[0] == (char)word.data[0] && strlen(commands[i].name) == word.length &&
            memcmp(commands[i].name, word.data, word.length) == 0)
            return (int)i;
    return -1;
}

static bool
is_numeric(struct mf_span word)
{
    return word.length == 3 && g_ascii_isdigit(word.data[0]) && g_ascii_isdigit(word.data[1]) &&
           g_ascii_isdigit(word.data[2]);
}

/* The last parameter in PARAMETERS: behind " :", else the last word behind the target; of what is
 * not SPOKEN only the former. */
static struct mf_span
last_parameter(struct mf_span parameters, bool spoken)
{
    const uint8_t *at = parameters.data;
    const uint8_t *const end = parameters.data + parameters.length;
    struct mf_span target;

    if (parameters.length > 0 && *at == ':')
        return mf_span_skip(parameters, 1);
    while ((at = memchr(at, ' ', (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && *at == ':')
            return (struct mf_span){at + 1, (size_t)(end - at) - 1};
    }
    if (!spoken || !mf_span_take_word(&parameters, &target))
        return (struct mf_span){end, 0};
    return parameters;
}

/* Makes LINE what of it can be read, and tells whether that is words of somebody. False: LINE is
 * none of IRC. */
static bool
read_irc(struct mf_span *line, bool *spoken)
{
    struct mf_span rest = *line, word;
    int command;

    if (line->length > 0 && line->data[0] == '@' && !mf_span_take_word(&rest, &word)) /* tags */
        return false;
    if (rest.length > 0 && rest.data[0] == ':' && !mf_span_take_word(&rest, &word))
        return false;
    if (!mf_span_take_word(&rest, &word))
        return false;
    command = command_of(word);
    if (command < 0 && (rest.data == line->data || line->data[0] != ':' || !is_numeric(word)))
        return false;
    *spoken = command >= 0 && commands[command].spoken;
    while (rest.length > 0 && rest.data[0] == ' ')
        rest = mf_span_skip(rest, 1);
    *line = last_parameter(rest, *spoken);
    return true;
}

static size_t
index_of(const struct mf_mention_search *search, const uint8_t *at)
{
    return (size_t)(at - search->data);
}

/* Keeps a place of which nothing but address (all zero: the sender's own) and port is known. */
static void
keep_endpoint(struct mf_mention_search *search, const struct mf_addr *addr, uint16_t port,
              size_t end)
{
    GString *host = g_string_new(NULL);
    struct mf_mention mention = {.kind = MF_MENTION_HOST,
                                 .addr = *addr,
                                 .port = port,
                                 .end = end,
                                 .open = end == search->end,
                                 .text = {search->data + search->begin, end - search->begin}};

    if (memcmp(addr, &(struct mf_addr){{0}}, sizeof *addr) != 0)
        mf_addr_append(host, addr);
    mention.host = (struct mf_span){(const uint8_t *)host->str, host->len};
    mf_mention_keep(search, &mention);
    g_string_free(host, TRUE);
}

/* h1,h2,h3,h4,p1,p2 at AT. */
static void
read_six(struct mf_mention_search *search, size_t at)
{
    uint8_t numbers[6];
    struct mf_addr addr;
    uint16_t port;

    for (unsigned i = 0; i < 6; i++) {
        const size_t first = at;
        unsigned value = 0;

        for (; at < search->end && at - first < 3 && g_ascii_isdigit(search->data[at]); at++)
            value = value * 10 + (search->data[at] - '0');
        if (at == first || value > 255)
            return;
        numbers[i] = (uint8_t)value;
        if (i < 5 && (at >= search->end || search->data[at++] != ','))
            return;
    }
    addr = mf_addr_from_ipv4(numbers);
    port = (uint16_t)(numbers[4] << 8 | numbers[5]);
    if (port != 0)
        keep_endpoint(search, &addr, port, at);
}

/* The first digit from AT on. */
static size_t
first_digit(const struct mf_mention_search *search, size_t at)
{
    while (at < search->end && !g_ascii_isdigit(search->data[at]))
        at++;
    return at;
}

static void
read_port_command(struct mf_mention_search *search)
{
    read_six(search, first_digit(search, search->begin));
}

/* Behind the reply's own number the address may stand without parentheses. */
static void
read_passive(struct mf_mention_search *search)
{
    read_six(search, first_digit(search, search->begin + strlen("227")));
}

/* "|1|192.0.2.1|2020|", "|2|2001:db8::1|2020|", "|||2020|" (the sender's own address). */
static void
read_extended(struct mf_mention_search *search)
{
    const struct mf_span line = {search->data + search->begin, search->end - search->begin};
    const size_t bar = mf_span_index(line, '|');
    char *text = g_strndup((const char *)line.data + bar, line.length - bar);
    char **part = g_strsplit(text, "|", 5);
    struct mf_addr addr = {{0}};
    uint16_t port = 0;
    uint8_t bytes[16];

    if (g_strv_length(part) == 5) {
        const size_t at = search->begin + bar + strlen(part[1]) + strlen(part[2]) + 3;
        const size_t end = mf_mention_port(search, at, &port);

        if (inet_pton(AF_INET, part[2], bytes) == 1)
            addr = mf_addr_from_ipv4(bytes);
        else if (inet_pton(AF_INET6, part[2], bytes) == 1)
            addr = mf_addr_from_ipv6(bytes);
        if (end != 0)
            keep_endpoint(search, &addr, port, end);
    }
    g_strfreev(part);
    g_free(text);
}

/* "\1DCC SEND name 3221225985 5000 size": the address as one number. */
static void
read_dcc(struct mf_mention_search *search)
{
    struct mf_span rest = {search->data + search->begin, search->end - search->begin}, word[5];
    struct mf_addr addr;
    char digits[12] = "";
    uint32_t number;
    uint16_t port;
    size_t end;

    for (unsigned i = 0; i < G_N_ELEMENTS(word); i++)
        if (!mf_span_take_word(&rest, &word[i]))
            return;
    if (word[3].length >= sizeof digits)
        return;
    memcpy(digits, word[3].data, word[3].length);
    number = g_htonl((guint32)g_ascii_strtoull(digits, NULL, 10));
    end = mf_mention_port(search, index_of(search, word[4].data), &port);
    if (number == 0 || end == 0)
        return;
    addr = mf_addr_from_ipv4((const uint8_t *)&number);
    keep_endpoint(search, &addr, port, end);
}

/* Lines that begin so. */
static const struct {
    const char *start;
    void (*read)(struct mf_mention_search *search);
    bool alone; /* nothing else in the line counts */
} forms[] = {
    {"227 ", read_passive, true},  {"PORT ", read_port_command, true},
    {"229 ", read_extended, true}, {"EPRT ", read_extended, true},
    {"\1DCC ", read_dcc, false},
};

static void
read_forms(struct mf_mention_search *search)
{
    const struct mf_span text = {search->data + search->begin, search->end - search->begin};

    for (unsigned i = 0; i < G_N_ELEMENTS(forms); i++)
        if (forms[i].start[0] == (char)text.data[0] && mf_span_starts(text, forms[i].start)) {
            forms[i].read(search);
            search->names = !forms[i].alone;
            return;
        }
}

static void
read_line(struct mf_mention_search *search, struct mf_span line)
{
    bool spoken = true;

    read_irc(&line, &spoken);
    while (line.length > 0 && (line.data[line.length - 1] == '\r' || line.data[0] == ' '))
        line = line.data[0] == ' ' ? mf_span_skip(line, 1)
                                   : (struct mf_span){line.data, line.length - 1};
    search->begin = index_of(search, line.data);
    search->end = search->begin + line.length;
    search->names = spoken;
    if (line.length == 0 || !spoken)
        return;
    read_forms(search);
    mf_mention_read_orders(search);
}

void
mf_mention_lines(struct mf_mention_search *search,
                 void (*read)(struct mf_mention_search *search, void *user), void *user)
{
    const bool unended = search->unended;
    size_t at = 0;

    while (at < search->length) {
        const uint8_t *start = search->data + at;
        const uint8_t *feed = memchr(start, '\n', search->length - at);
        const size_t n = feed != NULL ? (size_t)(feed - start) : search->length - at;

        const struct mf_span line = {start, n - (n > 0 && start[n - 1] == '\r')};

        search->unended = unended && feed == NULL;
        if (!mf_mention_is_binary(line)) {
            read_line(search, line);
            read(search, user);
        }
        at += n + 1;
    }
    search->unended = unended;
}
