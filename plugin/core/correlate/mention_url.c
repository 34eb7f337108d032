/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * URLs (RFC 3986), as people and malware write them: hxxp, h**p, [.] and ` dot `. Reads from "://"
 * in both directions. More schemes than a browser knows: bots fetch by TFTP, miners connect to
 * stratum+tcp. What ends a URL in running text is a matter of habit (the comma and the bracket
 * behind it are not part of it), so the end is trimmed.
 */
#include "mention_private.h"

#include <arpa/inet.h>
#include <string.h>

static const struct {
    const char *name; /* none is the end of one that follows */
    uint16_t port;
    bool bounded; /* too short to be looked for at the end of a longer word */
} schemes[] = {
    {"http", 80, false},    {"https", 443, false},  {"hxxp", 80, false},  {"hxxps", 443, false},
    {"h**p", 80, false},    {"h**ps", 443, false},  {"htxp", 80, false},  {"hxtp", 80, false},
    {"h__p", 80, false},    {"h--p", 80, false},    {"meow", 80, false},  {"tftp", 69, true},
    {"sftp", 22, true},     {"ftps", 990, true},    {"ftp", 21, true},    {"fxp", 21, true},
    {"irc", 6667, true},    {"ircs", 6697, true},   {"ws", 80, true},     {"wss", 443, true},
    {"ssh", 22, true},      {"telnet", 23, true},   {"ldap", 389, true},  {"ldaps", 636, true},
    {"rmi", 1099, true},    {"smb", 445, true},     {"rtsp", 554, true},  {"socks", 1080, true},
    {"socks4", 1080, true}, {"socks5", 1080, true}, {"proxy", 0, true},   {"tcp", 0, true},
    {"udp", 0, true},       {"ssl", 0, true},       {"tls", 0, true},     {"dns", 53, true},
    {"mysql", 3306, true},  {"gopher", 70, true},   {"stratum", 0, true},
};

/* Ways to write the '.' of a host; the first letter decides mostly. */
static const char *const dots[] = {"[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", " dot "};

static const enum mf_mention_style entity = MF_STYLE_ENTITY;

static bool
stands_at(const struct mf_mention_search *search, size_t at, const char *word)
{
    const size_t n = strlen(word);

    return search->end - at >= n &&
           g_ascii_strncasecmp((const char *)search->data + at, word, n) == 0;
}

const char *
mf_mention_scheme(const struct mf_mention_search *search, size_t colon, size_t *start,
                  uint16_t *port)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        const size_t n = strlen(schemes[i].name);

        if (colon - search->begin < n || !stands_at(search, colon - n, schemes[i].name))
            continue;
        if (schemes[i].bounded && mf_mention_before(search, colon - n, MF_BYTE_NAME))
            continue;
        *start = colon - n;
        *port = schemes[i].port;
        return schemes[i].name;
    }
    return NULL;
}

/* Length of the dot at AT, 0: none. A label must follow it. */
static size_t
dot_at(const struct mf_mention_search *search, size_t at)
{
    size_t n = search->data[at] == '.';

    if (n == 0 && strchr("[({ ", search->data[at]) == NULL)
        return 0;
    for (size_t i = 0; n == 0 && i < G_N_ELEMENTS(dots); i++)
        if (stands_at(search, at, dots[i]))
            n = strlen(dots[i]);
    if (n == 0 || at + n >= search->end || (mf_mention_class(search, at + n) & MF_BYTE_NAME) == 0)
        return 0;
    return n;
}

/* Reads labels and dots at AT; behind them. */
static size_t
read_name(const struct mf_mention_search *search, size_t at, struct mf_mention_place *place)
{
    size_t length = 0;

    while (at < search->end && length < MF_MENTION_HOST_BYTES) {
        size_t n;

        if (mf_mention_class(search, at) & MF_BYTE_NAME) {
            place->host[length++] = g_ascii_tolower(search->data[at++]);
            continue;
        }
        n = length > 0 ? dot_at(search, at) : 0;
        if (n == 0)
            break;
        place->host[length++] = '.';
        at += n;
    }
    place->host[length] = '\0';
    place->host_length = length;
    return at;
}

static void
set_address(struct mf_mention_place *place, struct mf_addr addr)
{
    GString *text = g_string_new(NULL);

    place->addr = addr;
    mf_addr_append(text, &addr);
    g_strlcpy(place->host, text->str, sizeof place->host);
    place->host_length = strlen(place->host);
    g_string_free(text, TRUE);
}

/* "[2001:db8::1]" at AT; behind it, AT: no. */
static size_t
read_ipv6(const struct mf_mention_search *search, size_t at, struct mf_mention_place *place)
{
    char text[INET6_ADDRSTRLEN];
    size_t n = 0;
    uint8_t bytes[16];

    while (at + 1 + n < search->end && n < sizeof text - 1 && search->data[at + 1 + n] != ']') {
        text[n] = (char)search->data[at + 1 + n];
        n++;
    }
    text[n] = '\0';
    if (at + 1 + n >= search->end || search->data[at + 1 + n] != ']' ||
        inet_pton(AF_INET6, text, bytes) != 1)
        return at;
    set_address(place, mf_addr_from_ipv6(bytes));
    return at + n + 2;
}

/* A host of digits only is an address, also as 3232235777 or 0xc0a80101 (as inet_aton() reads it).
 * False: it is neither a name nor an address. */
static bool
settle_host(struct mf_mention_place *place)
{
    struct in_addr numeric;
    uint8_t bytes[4];

    if (place->host_length == 0 || place->host[0] == '-')
        return false;
    if (!g_ascii_isdigit(place->host[0]))
        return true;
    if (inet_pton(AF_INET, place->host, bytes) == 1) {
        set_address(place, mf_addr_from_ipv4(bytes));
        return true;
    }
    if (strspn(place->host, "0123456789.") < place->host_length &&
        !g_str_has_prefix(place->host, "0x"))
        return true;
    if (inet_aton(place->host, &numeric) == 0)
        return !g_ascii_isdigit(place->host[place->host_length - 1]);
    memcpy(bytes, &numeric.s_addr, sizeof bytes);
    set_address(place, mf_addr_from_ipv4(bytes));
    return numeric.s_addr != 0;
}

/* Where the host begins behind "user:password@"; AT: there is none. */
static size_t
skip_user(const struct mf_mention_search *search, size_t at)
{
    const size_t end = MIN(search->end, at + MF_MENTION_HOST_BYTES);
    size_t host = at;

    for (size_t i = at; i < end && (mf_mention_class(search, i) & MF_BYTE_USER) != 0; i++)
        if (search->data[i] == '@')
            host = i + 1;
    return host;
}

static size_t
read_host(const struct mf_mention_search *search, size_t at, struct mf_mention_place *place)
{
    place->host_at = at;
    place->host_length = 0;
    if (at < search->end && search->data[at] == '[')
        return read_ipv6(search, at, place);
    return read_name(search, at, place);
}

/* ":80" or "[:]80" at AT; behind it. */
static size_t
read_port(const struct mf_mention_search *search, size_t at, struct mf_mention_place *place)
{
    size_t digits = at, end;

    if (stands_at(search, at, ":"))
        digits++;
    else if (stands_at(search, at, "[:]"))
        digits += 3;
    else
        return at;
    end = mf_mention_port(search, digits, &place->port);
    return end != 0 ? end : at;
}

/* What stands before a URL tells what ends it. */
static bool
closes(uint8_t byte, int open_brackets)
{
    return byte == '\'' || ((byte == ')' || byte == ']') && open_brackets <= 0);
}

static size_t
path_extent(const struct mf_mention_search *search, size_t at)
{
    const size_t end = MIN(search->end, at + MF_MENTION_PATH_BYTES - 1);
    int brackets = 0;

    for (; at < end && (mf_mention_class(search, at) & MF_BYTE_PATH) != 0; at++) {
        const uint8_t byte = search->data[at];

        if (byte > ']' || byte < '\'')
            continue;
        if (closes(byte, brackets))
            break;
        brackets += (byte == '(' || byte == '[') - (byte == ')' || byte == ']');
    }
    return at;
}

static size_t
trim(const struct mf_mention_search *search, size_t from, size_t to)
{
    while (to > from && strchr(".,;:!?*", search->data[to - 1]) != NULL)
        to--;
    return to;
}

/* From '/' or '?' at place->path_at on. */
static void
read_path(const struct mf_mention_search *search, struct mf_mention_place *place)
{
    const size_t at = place->path_at;
    const uint8_t *fragment;
    bool query;

    place->end = place->extent = at;
    place->path = (struct mf_span){NULL, 0};
    if (at >= search->end || strchr("/?#", search->data[at]) == NULL || search->data[at] == '\0')
        return;
    query = search->data[at] == '?';
    place->extent = path_extent(search, at);
    place->end = trim(search, at, place->extent);
    fragment = memchr(search->data + at, '#', place->end - at);
    if (fragment != NULL)
        place->end = (size_t)(fragment - search->data);
    place->path = (struct mf_span){search->data + at, place->end - at};
    if (!query || place->path.length == 0)
        return;
    place->query[0] = '/';
    memcpy(place->query + 1, place->path.data, place->path.length);
    place->path = (struct mf_span){(const uint8_t *)place->query, place->path.length + 1};
}

void
mf_mention_place_address(const struct mf_mention_search *search, size_t at,
                         const struct mf_addr *addr, struct mf_mention_place *place)
{
    place->host_at = at;
    place->port = 0;
    set_address(place, *addr);
    place->path_at = read_port(search, at, place);
    read_path(search, place);
}

bool
mf_mention_place_read(const struct mf_mention_search *search, size_t at, bool user,
                      struct mf_mention_place *place)
{
    size_t behind, host;

    memset(&place->addr, 0, sizeof place->addr);
    place->port = 0;
    behind = read_host(search, at, place);
    host = user && behind < search->end && (mf_mention_class(search, behind) & MF_BYTE_USER) != 0
               ? skip_user(search, at)
               : at;
    if (host != at)
        behind = read_host(search, host, place);
    if (behind == host || !settle_host(place))
        return false;
    place->path_at = read_port(search, behind, place);
    read_path(search, place);
    return true;
}

/* Whether what stands at AT, up to the end, is the beginning of " dot ". */
static bool
may_be_dot(const struct mf_mention_search *search, size_t at)
{
    static const char dot[] = " dot ";
    const size_t n = search->end - at;

    return n < sizeof dot && g_ascii_strncasecmp((const char *)search->data + at, dot, n) == 0;
}

bool
mf_mention_place_open(const struct mf_mention_search *search, const struct mf_mention_place *place)
{
    if (place->extent == search->end)
        return true;
    if (place->path.length > 0)
        return false;
    if (may_be_dot(search, place->extent))
        return true;
    for (size_t i = place->extent; i < search->end; i++)
        if ((mf_mention_class(search, i) & MF_BYTE_USER) == 0 &&
            memchr("[](){}", search->data[i], 6) == NULL)
            return false;
    return true;
}

static bool
is_nested_too_often(struct mf_mention_search *search, size_t at)
{
    if (at >= search->outer) {
        search->nested = 0;
        return false;
    }
    return ++search->nested > MF_MENTION_NESTED;
}

void
mf_mention_read_url(struct mf_mention_search *search, size_t at, const void *how)
{
    struct mf_mention_place place;
    struct mf_mention_extent extent;
    uint16_t port;
    size_t start;

    if (is_nested_too_often(search, at) || mf_mention_scheme(search, at, &start, &port) == NULL ||
        !mf_mention_place_read(search, at + strlen(how), true, &place))
        return;
    extent = (struct mf_mention_extent){start, place.extent};
    place.port = place.port != 0 ? place.port : port;
    search->taken = place.path_at;
    search->outer = MAX(search->outer, place.extent);
    if (!search->decoded && search->depth == 0)
        g_array_append_val(search->finder->extents, extent);
    if (search->mode == MF_MODE_HTML && !search->decoded && place.path.length > 0 &&
        memchr(place.path.data, '&', place.path.length) != NULL)
        mf_mention_read_escaped(search, at, &entity);
    else
        mf_mention_keep_place(search, MF_MENTION_HOST, &place,
                              (struct mf_span){search->data + start, place.end - start});
}
