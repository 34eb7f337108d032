/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logical lines of a rule file: '\' joins lines; comments ('#', ';'), rules that are commented out,
 * and blank lines are left out. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_LINES_H
#define MALFLOW_CORE_RULES_LINES_H

#include <glib.h>
#include <stdbool.h>

/* One logical line, and where its parts stood. */
struct mf_line {
    const char *file;
    unsigned number; /* 1-based line on which it begins */
    GString *text;   /* joined, without line ends */
    GArray *joints;  /* offset in text (gsize) of what began each further line */
};

void
mf_line_init(struct mf_line *line, const char *file);

void
mf_line_clear(struct mf_line *line);

/* Reads the next logical line at *AT, which moves behind it. False at the end of the text. */
bool
mf_line_next(struct mf_line *line, const char **at);

/* Line and column of OFFSET in the text. */
void
mf_line_locate(const struct mf_line *line, gsize offset, unsigned *number, unsigned *column);

#endif
