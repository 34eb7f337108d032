/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows are painted after they were written, by where in them what stands: so the plain form, which
 * programs read, is the same whether somebody looks or not.
 */
#include "row_paint.h"

#include <string.h>

enum {
    LEAST_ROOM = 40, /* columns beside the indent, below which lines are left to the terminal */
    LEAST_FILLED = 2 /* a line is broken at a blank behind this part of it (a half), or anywhere */
};

#define RESET "\033[0m"

/* The eight colours that every terminal has, by its own theme; none is black or white. */
static const char *const sequences[MF_STYLES] = {
    [MF_STYLE_PLAIN] = "",         [MF_STYLE_SESSION] = "\033[33m", [MF_STYLE_GROUP] = "\033[35m",
    [MF_STYLE_HIT] = "\033[1;31m", [MF_STYLE_CAUSE] = "\033[36m",   [MF_STYLE_ORIG] = "\033[31m",
    [MF_STYLE_RESP] = "\033[34m",
};

/* Appends bytes FROM to TO - 1 of ROW, in their colours. NEXT: the first of STYLED that ends behind
 * FROM; moved on. */
static void
append_coloured(struct mf_span row, size_t from, size_t to, const GArray *styled, unsigned *next,
                GString *out)
{
    while (from < to) {
        const struct mf_styled *at =
            *next < styled->len ? &g_array_index(styled, struct mf_styled, *next) : NULL;
        size_t end = at == NULL ? to : at->from > from ? MIN(at->from, to) : MIN(at->to, to);
        const char *sequence = at != NULL && at->from <= from ? sequences[at->style] : "";

        g_string_append(out, sequence);
        g_string_append_len(out, (const char *)row.data + from, (gssize)(end - from));
        g_string_append(out, *sequence != '\0' ? RESET : "");
        from = end;
        if (at != NULL && at->to <= end)
            (*next)++;
    }
}

/* Where the line of ROOM columns that begins at FROM ends: before what is of a style (the first of
 * which is NEXT) and would be broken, or before a blank, if that is not too near; or anywhere. */
static size_t
line_end(struct mf_span row, size_t from, size_t room, const GArray *styled, unsigned next)
{
    const size_t least = from + room / LEAST_FILLED, most = from + room;

    if (row.length - from <= room)
        return row.length;
    for (; next < styled->len && g_array_index(styled, struct mf_styled, next).from <= most;
         next++) {
        const struct mf_styled *at = &g_array_index(styled, struct mf_styled, next);

        if (at->from > least && at->to > most && row.data[at->from] == ' ')
            return at->from;
    }
    for (size_t at = most; at > least; at--)
        if (row.data[at] == ' ')
            return at;
    return most;
}

void
mf_row_paint(const struct mf_paint *paint, struct mf_span row, const GArray *styled,
             unsigned indent, GString *out)
{
    const bool wraps = paint->width >= indent + LEAST_ROOM;
    unsigned next = 0, column = 0;
    size_t from = 0;

    do {
        const size_t end =
            wraps ? line_end(row, from, paint->width - column, styled, next) : row.length;

        g_string_append_printf(out, "%*s", (int)column, "");
        if (paint->colour)
            append_coloured(row, from, end, styled, &next, out);
        else
            g_string_append_len(out, (const char *)row.data + from, (gssize)(end - from));
        g_string_append_c(out, '\n');
        for (from = end; from < row.length && row.data[from] == ' ';)
            from++;
        while (next < styled->len && g_array_index(styled, struct mf_styled, next).to <= from)
            next++;
        column = indent;
    } while (from < row.length);
}
