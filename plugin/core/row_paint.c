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

/* A row on its way into OUT. NEXT: the first of STYLED that ends behind what is there already. */
struct painting {
    const struct mf_paint *paint;
    struct mf_span row;
    const GArray *styled;
    unsigned next;
    GString *out;
};

/* NULL: there are no more. */
static const struct mf_styled *
style_at(const struct painting *painting, unsigned index)
{
    return index < painting->styled->len ? &g_array_index(painting->styled, struct mf_styled, index)
                                         : NULL;
}

/* Appends bytes FROM to TO - 1 of the row in their colours. */
static void
append_coloured(struct painting *painting, size_t from, size_t to)
{
    while (from < to) {
        const struct mf_styled *at = style_at(painting, painting->next);
        const size_t end = at == NULL ? to : MIN(at->from > from ? at->from : at->to, to);
        const char *sequence = at != NULL && at->from <= from ? sequences[at->style] : "";

        g_string_append(painting->out, sequence);
        g_string_append_len(painting->out, (const char *)painting->row.data + from,
                            (gssize)(end - from));
        g_string_append(painting->out, *sequence != '\0' ? RESET : "");
        from = end;
        if (at != NULL && at->to <= end)
            painting->next++;
    }
}

/* Where the line of ROOM columns that begins at FROM ends: before what is of a style and would be
 * broken, or before a blank, if that is not too near; or anywhere. */
static size_t
line_end(const struct painting *painting, size_t from, size_t room)
{
    const struct mf_span row = painting->row;
    const size_t least = from + room / LEAST_FILLED, most = from + room;
    const struct mf_styled *at;

    if (row.length - from <= room)
        return row.length;
    for (unsigned i = painting->next; (at = style_at(painting, i)) != NULL && at->from <= most; i++)
        if (at->from > least && at->to > most && row.data[at->from] == ' ')
            return at->from;
    for (size_t blank = most; blank > least; blank--)
        if (row.data[blank] == ' ')
            return blank;
    return most;
}

/* Appends the line from FROM on behind COLUMN blanks. Returns where the next one begins. */
static size_t
append_line(struct painting *painting, size_t from, unsigned column)
{
    const struct mf_span row = painting->row;
    const unsigned width = painting->paint->width;
    const size_t end = width > 0 ? line_end(painting, from, width - column) : row.length;
    const struct mf_styled *at;

    g_string_append_printf(painting->out, "%*s", (int)column, "");
    if (painting->paint->colour)
        append_coloured(painting, from, end);
    else
        g_string_append_len(painting->out, (const char *)row.data + from, (gssize)(end - from));
    g_string_append_c(painting->out, '\n');
    for (from = end; from < row.length && row.data[from] == ' ';)
        from++;
    while ((at = style_at(painting, painting->next)) != NULL && at->to <= from)
        painting->next++;
    return from;
}

void
mf_row_paint(const struct mf_paint *paint, struct mf_span row, const GArray *styled,
             unsigned indent, GString *out)
{
    struct mf_paint fitting = *paint;
    struct painting painting = {&fitting, row, styled, 0, out};
    size_t from;

    if (paint->width < indent + LEAST_ROOM)
        fitting.width = 0;
    from = append_line(&painting, 0, 0);
    while (from < row.length)
        from = append_line(&painting, from, indent);
}
