/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "typed.h"

static bool
is_erase(uint8_t byte)
{
    return byte == 0x08 || byte == 0x7f;
}

static void
add_byte(struct mf_typed *typed, uint8_t byte)
{
    const bool at_start = typed->length == 0 || typed->text[typed->length - 1] == '\n';

    if (byte == '\r')
        byte = '\n';
    if (is_erase(byte)) {
        typed->length -= at_start ? 0 : 1;
        return;
    }
    if ((byte < 0x20 && byte != '\n') || byte > 0x7e || (at_start && (byte == '\n' || byte == ' ')))
        return;
    if (typed->length == MF_TYPED_MAX)
        typed->cut = true;
    else
        typed->text[typed->length++] = (char)byte;
}

void
mf_typed_add(struct mf_typed *typed, struct mf_span data)
{
    for (size_t i = 0; i < data.length && !typed->cut; i++)
        add_byte(typed, data.data[i]);
}

bool
mf_typed_any(const struct mf_typed *typed)
{
    return typed->length > 0;
}

void
mf_typed_append(const struct mf_typed *typed, GString *out)
{
    size_t end = typed->length;

    while (end > 0 && (typed->text[end - 1] == '\n' || typed->text[end - 1] == ' '))
        end--;
    if (end == 0)
        return;
    g_string_append_c(out, '"');
    for (size_t i = 0; i < end; i++)
        if (typed->text[i] == '\n')
            g_string_append(out, " / ");
        else
            g_string_append_c(out, typed->text[i]);
    g_string_append(out, typed->cut ? "...\"" : "\"");
}
