/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recognisers of binary protocols by the exact shape of their first message: SOCKS, TFTP, and
 * Windows executables sent with nothing around them. */
#include "app_match.h"

#include <glib.h>
#include <string.h>

/* Takes a NUL-terminated printable string off REST. */
static bool
take_string(struct mf_span *rest, struct mf_span *string)
{
    size_t end = mf_span_index(*rest, 0);

    if (end == rest->length)
        return false;
    *string = (struct mf_span){rest->data, end};
    *rest = mf_span_skip(*rest, end + 1);
    return mf_span_is_printable(*string);
}

/* Source: SOCKS4 and 4A by Ying-Da Lee: version, command, port, address, user, and for 0.0.0.x a
 * name. */
static bool
is_socks4(struct mf_span data)
{
    struct mf_span string;
    bool named;

    if (data.length < 9 || data.data[0] != 4 || (data.data[1] != 1 && data.data[1] != 2))
        return false;
    if (data.data[2] == 0 && data.data[3] == 0)
        return false;
    named = memcmp(data.data + 4, "\0\0\0", 3) == 0;
    if (named && data.data[7] == 0)
        return false;
    data = mf_span_skip(data, 8);
    if (!take_string(&data, &string))
        return false;
    if (named && (!take_string(&data, &string) || string.length == 0))
        return false;
    return data.length == 0;
}

/* RFC 1928, 3: version, number of methods, methods: none, GSSAPI, password. Other methods exist on
 * paper only. */
static bool
is_socks5(struct mf_span data)
{
    if (data.length < 3 || data.data[0] != 5 || data.length != 2u + data.data[1])
        return false;
    for (size_t i = 2; i < data.length; i++)
        for (size_t j = 2; j <= i; j++)
            if (data.data[i] > 2 || (j < i && data.data[i] == data.data[j]))
                return false;
    return true;
}

bool
mf_app_is_socks(struct mf_span data)
{
    return is_socks4(data) || is_socks5(data);
}

/* RFC 1350, 5, and RFC 2347 options. */
bool
mf_app_is_tftp(struct mf_span data)
{
    struct mf_span name, mode, option;

    if (data.length < 6 || data.data[0] != 0 || (data.data[1] != 1 && data.data[1] != 2))
        return false;
    data = mf_span_skip(data, 2);
    if (!take_string(&data, &name) || name.length == 0 || !take_string(&data, &mode))
        return false;
    while (data.length > 0)
        if (!take_string(&data, &option))
            return false;
    return mf_span_equals(mode, "octet") || mf_span_equals(mode, "netascii") ||
           mf_span_equals(mode, "mail");
}

static uint32_t
read_le32(const uint8_t *data)
{
    return (uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 |
           (uint32_t)data[3] << 24;
}

static bool
is_machine(const uint8_t *data)
{
    static const uint16_t machines[] = {0x014c, 0x0200, 0x01c0, 0x01c2, 0x01c4, 0x8664, 0xaa64};
    unsigned machine = data[0] | (unsigned)data[1] << 8;

    for (unsigned i = 0; i < G_N_ELEMENTS(machines); i++)
        if (machines[i] == machine)
            return true;
    return false;
}

/* Source: PE Format, https://learn.microsoft.com/windows/win32/debug/pe-format. */
static bool
is_image(struct mf_span data)
{
    uint32_t header;

    if (data.length < 0x40 || !mf_span_starts(data, "MZ"))
        return false;
    header = read_le32(data.data + 0x3c);
    if (header < 0x40 || header > data.length || data.length - header < 6)
        return false;
    return memcmp(data.data + header, "PE\0\0", 4) == 0 && is_machine(data.data + header + 4);
}

bool
mf_app_is_pe(struct mf_span data)
{
    return is_image(data) || is_image(mf_span_skip(data, 4));
}
