/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bodies of hidden HTTP: the input is the stream. It is read whole and in pieces whose lengths the
 * bytes themselves give; what is told must be the same. */
#include "core/http_body.h"

#include "core/limits.h"

#include <glib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add(GByteArray *told, struct mf_span bytes)
{
    const uint32_t length = (uint32_t)bytes.length;

    g_byte_array_append(told, (const guint8 *)&length, sizeof length);
    if (length > 0)
        g_byte_array_append(told, bytes.data, length);
}

static void
take(void *user, const struct mf_http_found *found)
{
    g_assert(found->body.length > 0 || !found->head_known);
    g_assert(found->body.length <= MF_HTTP_DECODED_BYTES + 4096);
    g_assert(found->head.length > 0 && found->head.length <= MF_HTTP_HEAD_BYTES);
    add(user, found->head);
    add(user, found->body);
}

static GByteArray *
read_cut(const uint8_t *data, size_t size, bool pieces)
{
    GByteArray *told = g_byte_array_new();
    struct mf_http_body *reader = mf_http_body_new(take, told);

    for (size_t at = 0, n; at < size; at += n) {
        uint8_t *piece;

        n = pieces ? MIN(1u + data[at] % 16, size - at) : size;
        piece = g_memdup2(data + at, n);
        mf_http_body_feed(reader, (struct mf_span){piece, n}, false, 0);
        g_free(piece);
    }
    mf_http_body_finish(reader);
    mf_http_body_free(reader);
    return told;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    GByteArray *whole = read_cut(data, size, false), *cut = read_cut(data, size, true);

    g_assert(whole->len == cut->len);
    g_assert(whole->len == 0 || memcmp(whole->data, cut->data, whole->len) == 0);
    g_byte_array_unref(whole);
    g_byte_array_unref(cut);
    return 0;
}
