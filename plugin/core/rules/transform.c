/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of transforms. Their meaning is Suricata's, where versions differ that of 7.0.10: most
 * leave the bytes alone when they fail, and so do these. What 7 does not have (from_base64,
 * subslice, gunzip, zlib_deflate, domain, tld, keys within the data) is as in 8.
 */
#include "transform_private.h"

#include "../limits.h"

#include <stdlib.h>
#include <string.h>

enum { ZLIB_BITS = 15, GZIP_BITS = ZLIB_BITS + 16 }; /* as inflateInit2() has them */

/* Sorted by name. */
static const struct mf_transform_kind kinds[] = {
    {.name = "compress_whitespace", .run = mf_compress_whitespace_run},
    {.name = "domain", .run = mf_domain_run},
    {.name = "dotprefix", .run = mf_dotprefix_run},
    {.name = "from_base64", .parse = mf_from_base64_parse, .run = mf_from_base64_run},
    {.name = "gunzip", .parse = mf_inflate_parse, .run = mf_inflate_run, .parameter = GZIP_BITS},
    {.name = "header_lowercase", .run = mf_header_lowercase_run},
    {.name = "pcrexform",
     .parse = mf_pcrexform_parse,
     .run = mf_pcrexform_run,
     .clear = mf_pcrexform_clear},
    {.name = "strip_pseudo_headers", .run = mf_strip_pseudo_headers_run},
    {.name = "strip_whitespace", .run = mf_strip_whitespace_run},
    {.name = "subslice", .parse = mf_subslice_parse, .run = mf_subslice_run},
    {.name = "tld", .run = mf_tld_run},
    {.name = "to_lowercase", .run = mf_to_lowercase_run},
    {.name = "to_md5", .run = mf_hash_run, .parameter = G_CHECKSUM_MD5, .whole = true},
    {.name = "to_sha1", .run = mf_hash_run, .parameter = G_CHECKSUM_SHA1, .whole = true},
    {.name = "to_sha256", .run = mf_hash_run, .parameter = G_CHECKSUM_SHA256, .whole = true},
    {.name = "to_uppercase", .run = mf_to_uppercase_run},
    {.name = "url_decode", .run = mf_url_decode_run},
    {.name = "xor", .parse = mf_xor_parse, .run = mf_xor_run, .clear = mf_xor_clear},
    {.name = "zlib_deflate",
     .parse = mf_inflate_parse,
     .run = mf_inflate_run,
     .parameter = ZLIB_BITS},
};

static int
compare_name(const void *name, const void *kind)
{
    return strcmp(name, ((const struct mf_transform_kind *)kind)->name);
}

static const struct mf_transform_kind *
find(const char *name)
{
    return bsearch(name, kinds, G_N_ELEMENTS(kinds), sizeof *kinds, compare_name);
}

bool
mf_transform_is_known(const char *name)
{
    return find(name) != NULL;
}

struct mf_transform *
mf_transform_new(const char *name, const char *value, char **why)
{
    const struct mf_transform_kind *kind = find(name);
    struct mf_transform *transform;

    if (kind == NULL) {
        *why = g_strdup("there is no such transform");
        return NULL;
    }
    if (kind->parse == NULL && *value != '\0') {
        *why = g_strdup_printf("%s takes no value", name);
        return NULL;
    }
    transform = g_new0(struct mf_transform, 1);
    transform->kind = kind;
    if (kind->parse == NULL || kind->parse(transform, value, why))
        return transform;
    mf_transform_free(transform);
    return NULL;
}

void
mf_transform_free(struct mf_transform *transform)
{
    if (transform == NULL)
        return;
    if (transform->kind->clear != NULL)
        transform->kind->clear(transform);
    g_free(transform);
}

bool
mf_transform_keep(const uint8_t *data, size_t length, GByteArray *out)
{
    g_byte_array_append(out, data, (guint)length);
    return true;
}

/* As in Suricata, nothing is made of no bytes: not even a dot or a hash. */
bool
mf_transform_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out)
{
    if (length == 0)
        return true;
    if (length > MF_TRANSFORM_MAX && !transform->kind->whole)
        length = MF_TRANSFORM_MAX;
    if (!transform->kind->run(transform, data, length, out))
        return false;
    if (out->len > MF_TRANSFORM_MAX)
        g_byte_array_set_size(out, MF_TRANSFORM_MAX);
    return true;
}
