/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transforms that decode, hash and decompress. Decompression stops at its size, so that a bomb
 * costs no more than what it was let make; what came before a broken-off end is kept, because
 * transfers that break off are what an analyst has.
 */
#include "transform_private.h"

#include "../limits.h"

#include <string.h>
#include <zlib.h>

/* --- url_decode --- */

/* Percent signs without two digits stay, as in Suricata 7. */
bool
mf_url_decode_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                  GByteArray *out)
{
    uint8_t *to;

    (void)transform;
    g_byte_array_set_size(out, (guint)length);
    to = out->data;
    for (size_t i = 0; i < length; i++) {
        if (data[i] == '%' && length - i > 2 && g_ascii_isxdigit((gchar)data[i + 1]) &&
            g_ascii_isxdigit((gchar)data[i + 2])) {
            *to++ = (uint8_t)(g_ascii_xdigit_value((gchar)data[i + 1]) << 4 |
                              g_ascii_xdigit_value((gchar)data[i + 2]));
            i += 2;
        } else {
            *to++ = data[i] == '+' ? ' ' : data[i];
        }
    }
    g_byte_array_set_size(out, (guint)(to - out->data));
    return true;
}

/* --- xor: [offset N,] "hex digits" or extract BYTES OFFSET --- */

enum { KEY_MAX = 255 };

/* Takes PREFIX and the blanks behind it off *TEXT. */
static bool
take_word(const char **text, const char *prefix)
{
    size_t length = strlen(prefix);

    if (strncmp(*text, prefix, length) != 0 || !g_ascii_isspace((*text)[length]))
        return false;
    for (*text += length; g_ascii_isspace(**text);)
        (*text)++;
    return true;
}

/* Takes a decimal number of at most MAX off *TEXT. */
static bool
take_number(const char **text, guint64 max, guint64 *number)
{
    char *end;

    if (!g_ascii_isdigit(**text))
        return false;
    *number = g_ascii_strtoull(*text, &end, 10);
    *text = end;
    return *number <= max;
}

static bool
read_key_place(struct mf_transform *transform, const char *text)
{
    guint64 length, offset;

    if (!take_number(&text, KEY_MAX, &length) || length == 0 || !g_ascii_isspace(*text))
        return false;
    while (g_ascii_isspace(*text))
        text++;
    if (!take_number(&text, UINT16_MAX, &offset) || *text != '\0')
        return false;
    transform->as.xor.key_length = (uint8_t)length;
    transform->as.xor.key_offset = (uint16_t)offset;
    return true;
}

static bool
read_key(struct mf_transform *transform, const char *text)
{
    size_t length = strlen(text);
    bool quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
    const char *digits = text + quoted;

    if (quoted)
        length -= 2;
    if (length == 0 || length % 2 != 0 || length / 2 > KEY_MAX)
        return false;
    transform->as.xor.key = g_byte_array_new();
    for (size_t i = 0; i < length; i += 2) {
        int high = g_ascii_xdigit_value(digits[i]), low = g_ascii_xdigit_value(digits[i + 1]);
        guint8 byte = (guint8)((unsigned)high << 4 | (unsigned)low);

        if (high < 0 || low < 0)
            return false;
        g_byte_array_append(transform->as.xor.key, &byte, 1);
    }
    return true;
}

static bool
read_xor(struct mf_transform *transform, const char *text)
{
    guint64 from = 0;

    if (take_word(&text, "offset")) {
        if (!take_number(&text, UINT32_MAX, &from))
            return false;
        while (g_ascii_isspace(*text))
            text++;
        if (*text++ != ',')
            return false;
        while (g_ascii_isspace(*text))
            text++;
    }
    transform->as.xor.from = from;
    return take_word(&text, "extract") ? read_key_place(transform, text)
                                       : read_key(transform, text);
}

bool
mf_xor_parse(struct mf_transform *transform, const char *value, char **why)
{
    char *text = g_strstrip(g_strdup(value));
    bool good = read_xor(transform, text);

    g_free(text);
    if (!good)
        *why = g_strdup("expected [offset N,] and a key of 1 to 255 bytes: pairs of hexadecimal "
                        "digits, or extract BYTES OFFSET");
    return good;
}

void
mf_xor_clear(struct mf_transform *transform)
{
    if (transform->as.xor.key != NULL)
        g_byte_array_unref(transform->as.xor.key);
}

bool
mf_xor_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
           GByteArray *out)
{
    const GByteArray *fixed = transform->as.xor.key;
    size_t from = transform->as.xor.from, place = transform->as.xor.key_offset;
    size_t key_length = fixed != NULL ? fixed->len : transform->as.xor.key_length;
    const uint8_t *key;

    mf_transform_keep(data, length, out);
    if (from >= length || (fixed == NULL && (place > length || length - place < key_length)))
        return true;
    key = fixed != NULL ? fixed->data : data + place;
    for (size_t i = from; i < length; i++)
        out->data[i] ^= key[(i - from) % key_length];
    return true;
}

/* --- to_md5, to_sha1, to_sha256 --- */

bool
mf_hash_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
            GByteArray *out)
{
    GChecksumType type = (GChecksumType)transform->kind->parameter;
    gsize size = (gsize)g_checksum_type_get_length(type);
    GChecksum *checksum = g_checksum_new(type);

    while (length > 0) { /* GLib's lengths are signed, some of them short */
        size_t step = MIN(length, G_MAXINT32);

        g_checksum_update(checksum, data, (gssize)step);
        data += step;
        length -= step;
    }
    g_byte_array_set_size(out, (guint)size);
    g_checksum_get_digest(checksum, out->data, &size);
    g_checksum_free(checksum);
    return true;
}

/* --- gunzip, zlib_deflate: max-size N --- */

enum { DEFAULT_SIZE = 1024, LARGEST_SIZE = 16 * 1024 * 1024 };

/* A number with KiB or MiB behind it, or not; 0 when it is none. */
static guint64
read_size(const char *text)
{
    static const struct {
        const char *name;
        guint64 factor;
    } units[] = {{"", 1}, {"kb", 1024}, {"kib", 1024}, {"mb", 1 << 20}, {"mib", 1 << 20}};
    guint64 number;

    if (!take_number(&text, LARGEST_SIZE, &number))
        return 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_ascii_strcasecmp(text, units[i].name) == 0)
            return number * units[i].factor;
    return 0;
}

bool
mf_inflate_parse(struct mf_transform *transform, const char *value, char **why)
{
    static const char option[] = "max-size";
    char *text = g_strstrip(g_strdup(value));
    guint64 size = DEFAULT_SIZE;

    if (g_str_has_prefix(text, option)) {
        char *number = text + strlen(option);

        size = *number == '=' || g_ascii_isspace(*number) ? read_size(g_strchug(number + 1)) : 0;
    } else if (*text != '\0') {
        size = 0;
    }
    g_free(text);
    if (size == 0 || size > LARGEST_SIZE) {
        *why = g_strdup("expected max-size and a number up to 16MiB");
        return false;
    }
    transform->as.max_size = (uint32_t)MIN(size, MF_TRANSFORM_MAX);
    return true;
}

bool
mf_inflate_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
               GByteArray *out)
{
    z_stream stream = {.next_in = (z_const Bytef *)(uintptr_t)data, .avail_in = (uInt)length};
    int rc;

    if (inflateInit2(&stream, transform->kind->parameter) != Z_OK)
        return false;
    do {
        guint had = out->len, room = MIN(transform->as.max_size - had, MAX(had, DEFAULT_SIZE));

        g_byte_array_set_size(out, had + room);
        stream.next_out = out->data + had;
        stream.avail_out = room;
        rc = inflate(&stream, Z_NO_FLUSH);
        g_byte_array_set_size(out, had + room - stream.avail_out);
    } while (rc == Z_OK && stream.avail_out == 0 && out->len < transform->as.max_size);
    inflateEnd(&stream);
    return (rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR) && out->len > 0;
}
