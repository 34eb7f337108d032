/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transforms of text, byte by byte. ASCII only, whatever the locale: what is white space or a
 * letter must not depend on who reads the capture.
 */
#include "transform_private.h"

#include <string.h>

/* Room for LENGTH bytes behind what OUT has. */
static uint8_t *
extend(GByteArray *out, size_t length)
{
    g_byte_array_set_size(out, out->len + (guint)length);
    return out->data + out->len - length;
}

/* As C's isspace() has it; GLib's knows no vertical tab. */
static bool
is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
mf_dotprefix_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out)
{
    (void)transform;
    g_byte_array_append(out, (const guint8 *)".", 1);
    return mf_transform_keep(data, length, out);
}

bool
mf_strip_whitespace_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                        GByteArray *out)
{
    uint8_t *to = extend(out, length);

    (void)transform;
    for (size_t i = 0; i < length; i++)
        if (!is_space(data[i]))
            *to++ = data[i];
    g_byte_array_set_size(out, (guint)(to - out->data));
    return true;
}

/* The first of a run stays as it is, be it a space or not. */
bool
mf_compress_whitespace_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                           GByteArray *out)
{
    uint8_t *to = extend(out, length);
    bool was_space = false;

    (void)transform;
    for (size_t i = 0; i < length; i++) {
        bool space = is_space(data[i]);

        if (!space || !was_space)
            *to++ = data[i];
        was_space = space;
    }
    g_byte_array_set_size(out, (guint)(to - out->data));
    return true;
}

bool
mf_to_lowercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                    GByteArray *out)
{
    uint8_t *to = extend(out, length);

    (void)transform;
    for (size_t i = 0; i < length; i++)
        to[i] = (uint8_t)g_ascii_tolower((gchar)data[i]);
    return true;
}

bool
mf_to_uppercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                    GByteArray *out)
{
    uint8_t *to = extend(out, length);

    (void)transform;
    for (size_t i = 0; i < length; i++)
        to[i] = (uint8_t)g_ascii_toupper((gchar)data[i]);
    return true;
}

/* Names of headers, that is up to the first colon of each line. */
bool
mf_header_lowercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                        GByteArray *out)
{
    uint8_t *to = extend(out, length);
    bool in_name = true;

    (void)transform;
    for (size_t i = 0; i < length; i++) {
        to[i] = in_name ? (uint8_t)g_ascii_tolower((gchar)data[i]) : data[i];
        if (data[i] == ':')
            in_name = false;
        else if (data[i] == '\n')
            in_name = true;
    }
    return true;
}

/* Lines that begin with a colon, as HTTP/2's :method, go. */
bool
mf_strip_pseudo_headers_run(const struct mf_transform *transform, const uint8_t *data,
                            size_t length, GByteArray *out)
{
    const uint8_t *end = data + length;

    (void)transform;
    while (data < end) {
        const uint8_t *newline = memchr(data, '\n', (size_t)(end - data));
        const uint8_t *next = newline == NULL ? end : newline + 1;

        if (*data != ':')
            mf_transform_keep(data, (size_t)(next - data), out);
        data = next;
    }
    return true;
}
