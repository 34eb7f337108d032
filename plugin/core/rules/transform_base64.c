/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * from_base64, in three degrees of patience: rfc4648 (the default) decodes up to the first byte
 * that is not base64, rfc2045 skips such bytes, strict takes none, nor anything unpadded or not
 * canonical. Where nothing can be decoded the bytes stay as they are. GLib's decoder is none of the
 * three.
 */
#include "transform_private.h"

#include <string.h>

enum { GROUP = 4, BITS = 6, PAD = 64, NONE = -1 };

struct base64_option {
    const char *name;
    bool (*read)(struct mf_transform *transform, const char *word);
};

static bool
read_number(const char *word, uint16_t *number)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(word, 10, 0, UINT16_MAX, &value, NULL))
        return false;
    *number = (uint16_t)value;
    return true;
}

static bool
read_bytes(struct mf_transform *transform, const char *word)
{
    return read_number(word, &transform->as.base64.bytes);
}

static bool
read_offset(struct mf_transform *transform, const char *word)
{
    return read_number(word, &transform->as.base64.offset);
}

static bool
read_mode(struct mf_transform *transform, const char *word)
{
    static const char *const names[] = {[MF_BASE64_RFC4648] = "rfc4648",
                                        [MF_BASE64_RFC2045] = "rfc2045",
                                        [MF_BASE64_STRICT] = "strict"};

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(word, names[i]) == 0) {
            transform->as.base64.mode = (enum mf_base64_mode)i;
            return true;
        }
    return false;
}

/* Reads one "name value"; SEEN has a bit for each name that was there. */
static bool
read_option(struct mf_transform *transform, char *option, unsigned *seen)
{
    static const struct base64_option options[] = {
        {"bytes", read_bytes}, {"offset", read_offset}, {"mode", read_mode}};
    char *word = g_strstrip(option);
    size_t name = strcspn(word, " \t");

    for (unsigned i = 0; i < G_N_ELEMENTS(options); i++) {
        if (strlen(options[i].name) != name || strncmp(word, options[i].name, name) != 0)
            continue;
        if (*seen & 1u << i)
            return false;
        *seen |= 1u << i;
        return options[i].read(transform, g_strchug(word + name));
    }
    return false;
}

bool
mf_from_base64_parse(struct mf_transform *transform, const char *value, char **why)
{
    char **options = g_strsplit(value, ",", -1);
    unsigned seen = 0;
    bool good = true;

    for (unsigned i = 0; good && options[i] != NULL; i++) {
        good = read_option(transform, options[i], &seen);
        if (!good)
            *why = g_strdup_printf("expected bytes N, offset N (up to 65535) or mode rfc4648, "
                                   "rfc2045 or strict, each once, not \"%s\"",
                                   options[i]);
    }
    g_strfreev(options);
    return good;
}

/* --- decoding --- */

static int
sextet_of(uint8_t c)
{
    if (g_ascii_isupper((gchar)c))
        return c - 'A';
    if (g_ascii_islower((gchar)c))
        return c - 'a' + 26;
    if (g_ascii_isdigit((gchar)c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? PAD : NONE;
}

/* Appends the bytes of a group; false when it pads where a byte must begin. */
static bool
decode_group(const int group[GROUP], GByteArray *out)
{
    uint32_t bits = 0;
    uint8_t bytes[3];
    guint n = group[2] == PAD ? 1 : group[3] == PAD ? 2 : 3;

    if (group[0] == PAD || group[1] == PAD)
        return false;
    for (unsigned i = 0; i < GROUP; i++)
        bits = bits << BITS | (i <= n ? (uint32_t)group[i] : 0);
    for (unsigned i = 0; i < 3; i++)
        bytes[i] = (uint8_t)(bits >> (16 - 8 * i));
    g_byte_array_append(out, bytes, n);
    return true;
}

/* What is left over of a group: 2 or 3 sextets are 1 or 2 bytes. */
static bool
decode_rest(int group[GROUP], unsigned n, GByteArray *out)
{
    if (n < 2)
        return true;
    for (; n < GROUP; n++)
        group[n] = PAD;
    return decode_group(group, out);
}

static bool
decode(const uint8_t *data, size_t length, enum mf_base64_mode mode, GByteArray *out)
{
    int group[GROUP];
    unsigned n = 0;

    for (size_t i = 0; i < length; i++) {
        int sextet = sextet_of(data[i]);

        if (sextet == NONE && mode == MF_BASE64_RFC2045)
            continue;
        if (sextet == NONE)
            break;
        group[n++] = sextet;
        if (n < GROUP)
            continue;
        if (!decode_group(group, out))
            return false;
        n = 0;
    }
    return mode != MF_BASE64_RFC4648 || decode_rest(group, n, out);
}

/* Whether DATA is as an encoder makes it: whole groups, padded only at the end, with no spare bits.
 */
static bool
is_canonical(const uint8_t *data, size_t length)
{
    size_t pads = 0;
    int last;

    if (length == 0 || length % GROUP != 0)
        return false;
    while (pads < 2 && data[length - 1 - pads] == '=')
        pads++;
    for (size_t i = 0; i < length - pads; i++) {
        int sextet = sextet_of(data[i]);

        if (sextet == NONE || sextet == PAD)
            return false;
    }
    last = sextet_of(data[length - 1 - pads]);
    return (last & ((1 << (2 * pads)) - 1)) == 0;
}

bool
mf_from_base64_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                   GByteArray *out)
{
    size_t offset = transform->as.base64.offset, bytes = transform->as.base64.bytes;
    size_t n = offset < length ? length - offset : 0;
    enum mf_base64_mode mode = transform->as.base64.mode;

    if (bytes >= n && bytes > 0) /* as Suricata does it, even if there are just as many */
        n = 0;
    else if (bytes > 0)
        n = bytes;
    if (n > 0 && (mode != MF_BASE64_STRICT || is_canonical(data + offset, n)) &&
        decode(data + offset, n, mode, out) && out->len > 0)
        return true;
    g_byte_array_set_size(out, 0);
    return mf_transform_keep(data, length, out);
}
