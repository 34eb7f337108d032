/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text.h"

#include <string.h>

void
mf_text_write(char *restrict to, const uint8_t *restrict data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        to[i] = data[i] >= 0x20 && data[i] <= 0x7e ? (char)data[i] : '.';
}

void
mf_text_append(GString *out, const uint8_t *data, size_t length, size_t max)
{
    size_t n = MIN(length, max), at = out->len;

    g_string_set_size(out, at + n);
    mf_text_write(out->str + at, data, n);
}

void
mf_text_append_string(GString *out, const char *string)
{
    if (string != NULL)
        mf_text_append(out, (const uint8_t *)string, strlen(string), SIZE_MAX);
}

void
mf_text_append_number(GString *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits, before = out->len;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    g_string_set_size(out, before + sizeof digits - at);
    memcpy(out->str + before, digits + at, sizeof digits - at);
}
