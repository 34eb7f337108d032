/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tshark prints to a terminal, to a pager or to a program; only this module asks which. */
#include "terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool
is_set(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' && g_strcmp0(value, "0") != 0;
}

/* Columns by the environment; 0: it does not say. */
static unsigned
told_columns(void)
{
    const char *value = getenv("COLUMNS");
    guint64 columns;

    if (value == NULL || !g_ascii_string_to_unsigned(value, 10, 1, G_MAXUINT16, &columns, NULL))
        return 0;
    return (unsigned)columns;
}

struct mf_paint
mf_terminal_paint(void)
{
    const bool is_terminal = isatty(STDOUT_FILENO);
    struct mf_paint paint = {0};
    struct winsize size;

    if (!is_terminal && !is_set("CLICOLOR_FORCE"))
        return paint;
    paint.colour = !is_set("NO_COLOR") && is_set("TERM") && g_strcmp0(getenv("TERM"), "dumb") != 0;
    if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        paint.width = size.ws_col;
    else
        paint.width = told_columns();
    return paint;
}
