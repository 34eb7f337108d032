/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one place where text becomes HTML. What it appends is valid UTF-8 that holds no markup, no
 * control character, and nothing that changes the direction or the look of other text: such
 * characters, and bytes that are no UTF-8, stand as escapes, "\x1b", "\u{202e}".
 */
#ifndef MALFLOW_CORE_HTML_TEXT_H
#define MALFLOW_CORE_HTML_TEXT_H

#include <glib.h>

/* Appends LENGTH (negative: up to the NUL) bytes of TEXT (NULL: nothing) as content of an element.
 */
void
mf_html_append_text(GString *out, const char *text, gssize length);

/* The same as value of an attribute, with quotation marks around it. */
void
mf_html_append_attribute(GString *out, const char *text, gssize length);

#endif
