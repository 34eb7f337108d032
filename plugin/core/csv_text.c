/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "csv_text.h"

#include <stdbool.h>
#include <string.h>

static bool
is_number(const char *text)
{
    char *end;

    g_ascii_strtod(text, &end);
    return end != text && *end == '\0';
}

void
mf_csv_append(GString *out, const char *text)
{
    const bool formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL && !is_number(text);

    if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    if (formula)
        g_string_append_c(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}
