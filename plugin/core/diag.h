/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages to the user about text that they wrote: rules, preferences, options. The core collects,
 * the caller shows. */
#ifndef MALFLOW_CORE_DIAG_H
#define MALFLOW_CORE_DIAG_H

#include <glib.h>

struct mf_diag {
    char *file;            /* or NULL: not from a file */
    unsigned line, column; /* 1-based; 0: unknown */
    char *message;
};

/* List of struct mf_diag, in order of discovery. */
struct mf_diags;

struct mf_diags *
mf_diags_new(void);

/* Accepts NULL. */
void
mf_diags_free(struct mf_diags *diags);

void
mf_diags_add(struct mf_diags *diags, const char *file, unsigned line, unsigned column,
             const char *format, ...) G_GNUC_PRINTF(5, 6);

unsigned
mf_diags_count(const struct mf_diags *diags);

/* Borrowed, valid until the list changes. */
const struct mf_diag *
mf_diags_get(const struct mf_diags *diags, unsigned index);

/* "file:line:column: message", escaped for a terminal. The caller frees. */
char *
mf_diag_format(const struct mf_diag *diag);

#endif
