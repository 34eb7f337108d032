/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of hosts, authorities and URLs as requests spell them (RFC 3986, 3). */
#include "correlator.h"

#include <arpa/inet.h>
#include <string.h>

struct mf_span
mf_correlate_name(struct mf_span name, char out[MF_NAME_ROOM])
{
    size_t n = MIN(name.length, MF_NAME_ROOM - 1);

    while (n > 0 && name.data[n - 1] == '.')
        n--;
    for (size_t i = 0; i < n; i++)
        out[i] = g_ascii_tolower((char)name.data[i]);
    out[n] = '\0';
    return (struct mf_span){(const uint8_t *)out, n};
}

static bool
read_port(struct mf_span digits, uint16_t *port)
{
    unsigned value = 0;

    if (digits.length == 0 || digits.length > 5)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        if (!g_ascii_isdigit((char)digits.data[i]))
            return false;
        value = value * 10 + (digits.data[i] - '0');
    }
    *port = (uint16_t)value;
    return value > 0 && value <= UINT16_MAX;
}

/* An address where NAME (with a NUL behind it) is one. */
static bool
read_address(const char *name, struct mf_addr *addr)
{
    uint8_t bytes[16];

    if (inet_pton(AF_INET, name, bytes) == 1)
        *addr = mf_addr_from_ipv4(bytes);
    else if (inet_pton(AF_INET6, name, bytes) == 1)
        *addr = mf_addr_from_ipv6(bytes);
    else
        return false;
    return true;
}

/* Where the host of AUTHORITY ends: before the colon of its port. */
static size_t
host_end(struct mf_span authority)
{
    if (authority.length > 0 && authority.data[0] == '[')
        return MIN(mf_span_index(authority, ']') + 1, authority.length);
    return mf_span_index(authority, ':');
}

bool
mf_correlate_authority(struct mf_span authority, char room[MF_NAME_ROOM], struct mf_target *target)
{
    const size_t user = mf_span_index(authority, '@');
    struct mf_span host;
    size_t end;

    if (user < authority.length)
        authority = mf_span_skip(authority, user + 1);
    end = host_end(authority);
    host = (struct mf_span){authority.data, end};
    if (end < authority.length &&
        (authority.data[end] != ':' || !read_port(mf_span_skip(authority, end + 1), &target->port)))
        return false;
    if (end >= 2 && host.data[0] == '[')
        host = (struct mf_span){host.data + 1, end - 2};
    target->host = mf_correlate_name(host, room);
    if (target->host.length == 0 || !mf_span_is_printable(target->host))
        return false;
    if (read_address(room, &target->addr))
        target->host.length = 0;
    return true;
}

static const struct {
    const char *prefix;
    uint16_t port;
} schemes[] = {{"http://", 80}, {"https://", 443}, {"ftp://", 21}, {"ws://", 80}, {"wss://", 443}};

bool
mf_correlate_url(struct mf_span url, char room[MF_NAME_ROOM], struct mf_target *target)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        const size_t n = strlen(schemes[i].prefix);
        struct mf_span rest = mf_span_skip(url, n);
        size_t path, fragment;

        if (url.length <= n ||
            g_ascii_strncasecmp((const char *)url.data, schemes[i].prefix, n) != 0)
            continue;
        fragment = mf_span_index(rest, '#');
        rest.length = MIN(rest.length, fragment);
        path = MIN(mf_span_index(rest, '/'), mf_span_index(rest, '?'));
        target->path = mf_span_skip(rest, path);
        target->port = schemes[i].port;
        return mf_correlate_authority((struct mf_span){rest.data, path}, room, target);
    }
    return false;
}
