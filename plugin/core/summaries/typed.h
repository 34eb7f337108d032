/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first lines that one side of a terminal session typed or printed. Zeroed memory is empty. */
#ifndef MALFLOW_CORE_SUMMARIES_TYPED_H
#define MALFLOW_CORE_SUMMARIES_TYPED_H

#include "../span.h"

#include <glib.h>

#define MF_TYPED_MAX 79

struct mf_typed {
    char text[MF_TYPED_MAX + 1]; /* printable; "\n" between lines */
    uint8_t length;
    bool cut;
};

/* Adds bytes as they came, be it one key at a time. Control bytes are left out, a backspace takes
 * its byte back, empty lines are skipped. */
void
mf_typed_add(struct mf_typed *typed, struct mf_span data);

/* "line / line ...", in quotes; nothing when nothing was typed. */
void
mf_typed_append(const struct mf_typed *typed, GString *out);

/* Whether a visible byte was typed. */
bool
mf_typed_any(const struct mf_typed *typed);

#endif
