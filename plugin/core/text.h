/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place where bytes from the wire become text that is safe on a terminal, in a tree and in
 * a log. */
#ifndef MALFLOW_CORE_TEXT_H
#define MALFLOW_CORE_TEXT_H

#include <glib.h>
#include <stdint.h>

/* Writes LENGTH bytes to TO; every byte outside 0x20-0x7e becomes '.'. No NUL is put behind them.
 */
void
mf_text_write(char *to, const uint8_t *data, size_t length);

/* Appends at most MAX of LENGTH bytes; every byte outside 0x20-0x7e becomes '.'. */
void
mf_text_append(GString *out, const uint8_t *data, size_t length, size_t max);

/* The same for a string (NULL appends nothing). */
void
mf_text_append_string(GString *out, const char *string);

/* Appends NUMBER in decimal digits, faster than a format does. */
void
mf_text_append_number(GString *out, uint64_t number);

#endif
