/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address.h"

#include "text.h"

#include <arpa/inet.h>
#include <string.h>

static const uint8_t v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct mf_addr
mf_addr_from_ipv4(const uint8_t bytes[4])
{
    struct mf_addr addr;

    memcpy(addr.bytes, v4_prefix, sizeof v4_prefix);
    memcpy(addr.bytes + sizeof v4_prefix, bytes, 4);
    return addr;
}

struct mf_addr
mf_addr_from_ipv6(const uint8_t bytes[16])
{
    struct mf_addr addr;

    memcpy(addr.bytes, bytes, sizeof addr.bytes);
    return addr;
}

bool
mf_addr_is_ipv4(const struct mf_addr *addr)
{
    return memcmp(addr->bytes, v4_prefix, sizeof v4_prefix) == 0;
}

bool
mf_addr_is_group(const struct mf_addr *addr)
{
    if (mf_addr_is_ipv4(addr))
        return (addr->bytes[12] & 0xf0) == 0xe0 || addr->bytes[15] == 0xff;
    return addr->bytes[0] == 0xff;
}

bool
mf_addr_is_private(const struct mf_addr *addr)
{
    static const struct {
        uint8_t prefix[16];
        uint8_t bits;
    } networks[] = {
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10}, 104},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 172, 16}, 108},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 168}, 112},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 169, 254}, 112},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 100, 64}, 106},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127}, 104},
        {{0xfc}, 7},
        {{0xfe, 0x80}, 10},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(networks); i++) {
        const unsigned whole = networks[i].bits / 8, rest = networks[i].bits % 8;
        const uint8_t mask = (uint8_t)(0xff00 >> rest);

        if (memcmp(addr->bytes, networks[i].prefix, whole) == 0 &&
            (rest == 0 || ((addr->bytes[whole] ^ networks[i].prefix[whole]) & mask) == 0))
            return true;
    }
    return false;
}

int
mf_addr_compare(const struct mf_addr *a, const struct mf_addr *b)
{
    bool a4 = mf_addr_is_ipv4(a), b4 = mf_addr_is_ipv4(b);

    if (a4 != b4)
        return a4 ? -1 : 1;
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

guint
mf_addr_hash(const struct mf_addr *addr)
{
    uint64_t half[2], hash;

    memcpy(half, addr->bytes, sizeof half);
    hash = half[0] * UINT64_C(0x9e3779b97f4a7c15) ^ half[1];
    hash = (hash ^ hash >> 32) * UINT64_C(0xff51afd7ed558ccd);
    return (guint)(hash ^ hash >> 32);
}

/* inet_ntop() would take several times as long, by a format. */
static void
append_ipv4(GString *out, const uint8_t bytes[4])
{
    for (unsigned i = 0; i < 4; i++) {
        if (i > 0)
            g_string_append_c(out, '.');
        mf_text_append_number(out, bytes[i]);
    }
}

void
mf_addr_append(GString *out, const struct mf_addr *addr)
{
    char text[INET6_ADDRSTRLEN] = "?";

    if (mf_addr_is_ipv4(addr)) {
        append_ipv4(out, addr->bytes + sizeof v4_prefix);
        return;
    }
    inet_ntop(AF_INET6, addr->bytes, text, sizeof text);
    g_string_append(out, text);
}

void
mf_endpoint_append(GString *out, const struct mf_addr *addr, int port)
{
    bool brackets = port >= 0 && !mf_addr_is_ipv4(addr);

    if (brackets)
        g_string_append_c(out, '[');
    mf_addr_append(out, addr);
    if (brackets)
        g_string_append_c(out, ']');
    if (port >= 0) {
        g_string_append_c(out, ':');
        mf_text_append_number(out, (unsigned)port);
    }
}
