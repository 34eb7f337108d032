/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comma-separated values as of RFC 4180, safe to be opened in a spreadsheet. */
#ifndef MALFLOW_CORE_CSV_TEXT_H
#define MALFLOW_CORE_CSV_TEXT_H

#include <glib.h>

/* Appends one field, quoted where it must be. A text that a spreadsheet would take for a formula
 * (it begins with = + - @ TAB or CR, and is no number) gets a ' before it (OWASP, CSV injection).
 */
void
mf_csv_append(GString *out, const char *text);

#endif
