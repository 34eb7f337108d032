/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Apart from what rules look at, so that who wants the file changes nothing that rules find. */
#include "http_rest.h"

void
mf_http_rest_add(struct mf_http_rest *rest, const uint8_t *data, size_t length, size_t held)
{
    if (length == 0 || rest->cut)
        return;
    if (rest->bytes != NULL)
        held += rest->bytes->len;
    if (rest->kept == NULL || !mf_kept_files_take(rest->kept, held, length)) {
        rest->cut = true;
        return;
    }
    if (rest->bytes == NULL)
        rest->bytes = g_byte_array_new();
    g_byte_array_append(rest->bytes, data, (guint)length);
}

void
mf_http_rest_clear(struct mf_http_rest *rest)
{
    if (rest->bytes != NULL) {
        mf_kept_files_give(rest->kept, rest->bytes->len);
        g_byte_array_unref(rest->bytes);
    }
    *rest = (struct mf_http_rest){0};
}
