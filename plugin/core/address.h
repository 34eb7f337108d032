/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network addresses: one 16-byte form for IPv4 and IPv6, so that nothing above branches on the
 * family. */
#ifndef MALFLOW_CORE_ADDRESS_H
#define MALFLOW_CORE_ADDRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Big enough for "[" IPv6 "]:65535" and its NUL. */
#define MF_ENDPOINT_STRLEN 56

/* Network byte order. IPv4 stands as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). All zero: no address. */
struct mf_addr {
    uint8_t bytes[16];
};

struct mf_addr
mf_addr_from_ipv4(const uint8_t bytes[4]);

struct mf_addr
mf_addr_from_ipv6(const uint8_t bytes[16]);

bool
mf_addr_is_ipv4(const struct mf_addr *addr);

/* Whether it can never be one host: IPv4 and IPv6 multicast, limited broadcast, and x.y.z.255. */
bool
mf_addr_is_group(const struct mf_addr *addr);

static inline bool
mf_addr_equal(const struct mf_addr *a, const struct mf_addr *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static inline bool
mf_addr_is_none(const struct mf_addr *addr)
{
    static const struct mf_addr none = {{0}};

    return mf_addr_equal(addr, &none);
}

/* Whether it is one that networks give out for themselves: RFC 1918, 3927, 6598, 4193, 4291
 * (link-local), loopback. */
bool
mf_addr_is_private(const struct mf_addr *addr);

/* Like memcmp, IPv4 before IPv6. */
int
mf_addr_compare(const struct mf_addr *a, const struct mf_addr *b);

/* Every bit of the result depends on every bit of the address. */
guint
mf_addr_hash(const struct mf_addr *addr);

/* The same for a number: a bijection. */
static inline uint32_t
mf_hash_mix(uint32_t hash)
{
    hash = (hash ^ hash >> 16) * 0x85ebca6bu;
    hash = (hash ^ hash >> 13) * 0xc2b2ae35u;
    return hash ^ hash >> 16;
}

/* Appends the address as text: 192.0.2.1, 2001:db8::1. */
void
mf_addr_append(GString *out, const struct mf_addr *addr);

/* Appends address and port: 192.0.2.1:80, [2001:db8::1]:80; without a port when PORT is negative.
 */
void
mf_endpoint_append(GString *out, const struct mf_addr *addr, int port);

#endif
