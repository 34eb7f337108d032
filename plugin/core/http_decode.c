/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "deflate" is zlib's format by the standard and bare deflate by custom, and "gzip" is at times
 * either, so each is tried in turn (RFC 1950-1952). A coding that the bytes do not have is not an
 * error: the browser shows the bytes as they are, and so do we.
 */
#include "http_decode.h"

#include "limits.h"

#include <zlib.h>

/* inflateInit2(): which format is read. */
enum { BARE = -MAX_WBITS, ZLIB = MAX_WBITS, GZIP = MAX_WBITS + 16 };

static bool
is_gzip(struct mf_span body)
{
    return body.length >= 2 && body.data[0] == 0x1f && body.data[1] == 0x8b;
}

static bool
is_zlib(struct mf_span body)
{
    return body.length >= 2 && (body.data[0] & 15) == Z_DEFLATED &&
           (body.data[0] << 8 | body.data[1]) % 31 == 0;
}

bool
mf_http_is_as_coded(const struct mf_http_head *head, struct mf_span body)
{
    if (head->n_codings == 0 || body.length == 0)
        return true;
    return head->codings[0] == MF_CODING_GZIP ? is_gzip(body) : is_zlib(body);
}

/* Reads on until the end, an error or the bound. Whether what came out can be used. */
static bool
inflate_all(z_stream *zlib, GByteArray *out)
{
    uint8_t piece[4096];
    int result = Z_OK;

    while (result == Z_OK && out->len < MF_HTTP_DECODED_BYTES) {
        zlib->next_out = piece;
        zlib->avail_out = sizeof piece;
        result = inflate(zlib, Z_NO_FLUSH);
        g_byte_array_append(out, piece, (guint)(sizeof piece - zlib->avail_out));
    }
    return out->len > 0 && (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
}

/* BODY read as FORMAT; NULL if it is not. */
static GByteArray *
inflated(const GByteArray *body, int format)
{
    z_stream zlib = {.next_in = body->data, .avail_in = body->len};
    GByteArray *out = g_byte_array_new();
    bool good = false;

    if (inflateInit2(&zlib, format) == Z_OK) {
        good = inflate_all(&zlib, out);
        inflateEnd(&zlib);
    }
    if (good)
        return out;
    g_byte_array_unref(out);
    return NULL;
}

static GByteArray *
undo(GByteArray *body)
{
    struct mf_span span = {body->data, body->len};
    int format = is_gzip(span) ? GZIP : is_zlib(span) ? ZLIB : BARE;
    GByteArray *out = body->len > 0 ? inflated(body, format) : NULL;

    if (out == NULL && format == ZLIB)
        out = inflated(body, BARE);
    if (out == NULL)
        return body;
    g_byte_array_unref(body);
    return out;
}

GByteArray *
mf_http_decode(const struct mf_http_head *head, GByteArray *body)
{
    for (unsigned i = head->n_codings; i > 0; i--)
        body = undo(body);
    return body;
}
