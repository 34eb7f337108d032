/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "html_text.h"

#include <string.h>

/* Characters that are shown as what they are. Format characters (Cf) turn text around, join or hide
 * it; what is not assigned or private may look like anything. */
static gboolean
is_plain(gunichar character)
{
    switch (g_unichar_type(character)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
        return FALSE;
    default:
        return TRUE;
    }
}

static const char *
entity_of(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Appends the character at TEXT, of LENGTH bytes at most. Returns how many it took. */
static gssize
append_wide(GString *out, const char *text, gssize length)
{
    const gunichar character = g_utf8_get_char_validated(text, length);
    gssize size;

    if (character == (gunichar)-1 || character == (gunichar)-2) {
        g_string_append_printf(out, "\\x%02x", (guint)(guint8)*text);
        return 1;
    }
    size = g_unichar_to_utf8(character, NULL);
    if (is_plain(character))
        g_string_append_len(out, text, size);
    else
        g_string_append_printf(out, "\\u{%x}", character);
    return size;
}

/* Bytes at TEXT that stand for themselves: nearly all do. */
static gssize
plain_length(const char *text, gssize length)
{
    gssize at = 0;

    while (at < length && text[at] >= 0x20 && text[at] < 0x7f && entity_of(text[at]) == NULL)
        at++;
    return at;
}

/* Appends what begins at TEXT and does not stand for itself. Returns how many bytes it took. */
static gssize
append_odd(GString *out, const char *text, gssize length)
{
    const guint8 byte = (guint8)*text;

    if (byte >= 0x80)
        return append_wide(out, text, length);
    if (byte < 0x20 || byte == 0x7f)
        g_string_append_printf(out, "\\x%02x", (guint)byte);
    else
        g_string_append(out, entity_of(*text));
    return 1;
}

void
mf_html_append_text(GString *out, const char *text, gssize length)
{
    if (text == NULL)
        return;
    if (length < 0)
        length = (gssize)strlen(text);
    for (gssize at = 0; at < length;) {
        const gssize plain = plain_length(text + at, length - at);

        g_string_append_len(out, text + at, plain);
        at += plain;
        if (at < length)
            at += append_odd(out, text + at, length - at);
    }
}

void
mf_html_append_attribute(GString *out, const char *text, gssize length)
{
    g_string_append_c(out, '"');
    mf_html_append_text(out, text, length);
    g_string_append_c(out, '"');
}
