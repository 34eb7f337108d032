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

    while (text > 0 && g_ascii_isspace((*at)[text - 1]))
        text--;
    joined = text > 0 && (*at)[text - 1] == '\\';
    g_string_append_len(line->text, *at, (gssize)(joined ? text - 1 : text));
    *at += length;
    if (**at == '\n')
        ++*at;
    return joined;
}

static void
append_rest(struct mf_line *line, const char **at, bool joined)
{
    while (joined && **at != '\0') {
        gsize joint = line->text->len;

        g_array_append_val(line->joints, joint);
        joined = append_line(line, at);
    }
}

enum content { NOTHING, A_COMMENT, A_RULE, A_RULE_SWITCHED_OFF };

/* "#alert ..." is a rule that was switched off, with all of its lines; other comments end with
 * theirs. */
static enum content
content_of(const char *text)
{
    static const char *const words[] = {"alert ", "drop ", "pass ", "reject", "config "};

    text += strspn(text, " \t");
    if (*text == '\0')
        return NOTHING;
    if (*text != '#' && *text != ';')
        return A_RULE;
    text += strspn(text, "# \t");
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return A_RULE_SWITCHED_OFF;
    return A_COMMENT;
}

bool
mf_line_next(struct mf_line *line, const char **at)
{
    while (**at != '\0') {
        bool joined;
        enum content content;

        line->number += line->joints->len + 1;
        g_string_truncate(line->text, 0);
        g_array_set_size(line->joints, 0);
        joined = append_line(line, at);
        content = content_of(line->text->str);
        if (content >= A_RULE)
            append_rest(line, at, joined);
        if (content == A_RULE)
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
