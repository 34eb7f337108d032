/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row is a text and what is found in it; each row is read again in pieces. */
#ifndef MALFLOW_TESTS_MENTIONS_KIT_H
#define MALFLOW_TESTS_MENTIONS_KIT_H

#include "core/correlate/mention_stream.h"

#include <glib.h>
#include <string.h>

enum mentions_mode { PLAIN, HTML, DIALOGUE };

/* EXPECTED: one line per mention, as mentions_note() writes it. */
struct mentions_row {
    enum mentions_mode mode;
    const char *text;
    const char *expected;
    size_t length; /* 0: up to the first NUL */
};

/* Runs every row: whole, cut off anywhere, and (DIALOGUE) as a stream cut anywhere. */
void
mentions_check(const struct mentions_row *rows, unsigned n);

/* The mentions of TEXT, a line each. The caller frees. */
char *
mentions_of(enum mentions_mode mode, const char *text, size_t length);

#endif
