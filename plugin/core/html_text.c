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

void
mf_html_append_text(GString *out, const char *text, gssize length)
{
    if (text == NULL)
        return;
    if (length < 0)
        length = (gssize)strlen(text);
    for (gssize at = 0; at < length;) {
        const guint8 byte = (guint8)text[at];
        const char *entity = entity_of(text[at]);

        if (byte >= 0x80) {
            at += append_wide(out, text + at, length - at);
            continue;
        }
        if (entity != NULL)
            g_string_append(out, entity);
        else if (byte < 0x20 || byte == 0x7f)
            g_string_append_printf(out, "\\x%02x", (guint)byte);
        else
            g_string_append_c(out, (char)byte);
        at++;
    }
}

void
mf_html_append_attribute(GString *out, const char *text, gssize length)
{
    g_string_append_c(out, '"');
    mf_html_append_text(out, text, length);
    g_string_append_c(out, '"');
}
