/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text.h"

#include <string.h>

void
mf_text_append(GString *out, const uint8_t *data, size_t length, size_t max)
{
    size_t n = MIN(length, max), at = out->len;

    g_string_set_size(out, at + n);
    for (size_t i = 0; i < n; i++)
        out->str[at + i] = data[i] >= 0x20 && data[i] <= 0x7e ? (char)data[i] : '.';
}

void
mf_text_append_string(GString *out, const char *string)
{
    if (string != NULL)
        mf_text_append(out, (const uint8_t *)string, strlen(string), SIZE_MAX);
}
