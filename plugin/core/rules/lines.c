/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser works on a rule in one piece; diagnostics speak of the file as the user wrote it. This
 * module joins the lines and remembers the joints, so that a place is looked up only when there is
 * something to complain about.
 */
#include "lines.h"

#include <string.h>

void
mf_line_init(struct mf_line *line, const char *file)
{
    *line = (struct mf_line){.file = file,
                             .text = g_string_new(NULL),
                             .joints = g_array_new(FALSE, FALSE, sizeof(gsize))};
}

void
mf_line_clear(struct mf_line *line)
{
    g_string_free(line->text, TRUE);
    g_array_free(line->joints, TRUE);
}

/* Appends the line at *AT, moves there behind its end. True if a '\' joins the next one to it. */
static bool
append_line(struct mf_line *line, const char **at)
{
    size_t length = strcspn(*at, "\n"), text = length;
    bool joined;

    if (text > 0 && (*at)[text - 1] == '\r')
        text--;
    joined = text > 0 && (*at)[text - 1] == '\\';
    g_string_append_len(line->text, *at, (gssize)(text - joined));
    *at += length;
    if (**at == '\n')
        ++*at;
    return joined;
}

static bool
is_rule(const char *text)
{
    text += strspn(text, " \t");
    return *text != '\0' && *text != '#';
}

bool
mf_line_next(struct mf_line *line, const char **at)
{
    unsigned number = line->number + 1 + line->joints->len;

    for (; **at != '\0'; number++) {
        bool joined;

        g_string_truncate(line->text, 0);
        g_array_set_size(line->joints, 0);
        line->number = number;
        joined = append_line(line, at);
        if (!is_rule(line->text->str))
            continue;
        while (joined && **at != '\0') {
            gsize joint = line->text->len;

            g_array_append_val(line->joints, joint);
            joined = append_line(line, at);
        }
        return true;
    }
    return false;
}

void
mf_line_locate(const struct mf_line *line, gsize offset, unsigned *number, unsigned *column)
{
    gsize begin = 0;
    unsigned i = 0;

    while (i < line->joints->len && g_array_index(line->joints, gsize, i) <= offset)
        begin = g_array_index(line->joints, gsize, i++);
    *number = line->number + i;
    *column = (unsigned)(offset - begin) + 1;
}
