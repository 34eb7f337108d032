/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tshark says nothing while it reads a file for listeners. The line goes to a file descriptor of
 * its own, since standard error may be read by a program; it ends at its beginning, so that an
 * error message of tshark is written over it.
 */
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    FRAMES_PER_LOOK = 2048, /* at the clock */
    SECONDS_SILENT = 1,
    LINES_PER_SECOND = 5
};

static struct {
    bool is_asked; /* whether the environment was looked at */
    int fd;        /* -1: nobody wants to know */
    guint64 size;  /* 0: not known */
    gint64 next;   /* when the next line is due, in microseconds of the monotonic clock */
    bool is_shown;
} progress = {.fd = -1};

static void
ask_environment(void)
{
    const char *value = getenv("MALFLOW_PROGRESS");
    unsigned fd;
    guint64 size;

    progress.is_asked = true;
    progress.next = g_get_monotonic_time() + SECONDS_SILENT * G_USEC_PER_SEC;
    if (value != NULL && sscanf(value, "%u:%" G_GUINT64_FORMAT, &fd, &size) == 2) {
        progress.fd = (int)fd;
        progress.size = size;
    }
}

static void
say(const packet_info *pinfo)
{
    const guint64 offset = (guint64)MAX(pinfo->fd->file_off, 0);

    if (progress.size > 0)
        dprintf(progress.fd, "malflow: %3u %%, %u packets\r",
                (unsigned)(MIN(offset, progress.size) * 100 / progress.size), pinfo->num);
    else
        dprintf(progress.fd, "malflow: %u packets\r", pinfo->num);
    progress.is_shown = true;
}

void
mf_progress_frame(const packet_info *pinfo)
{
    if (!progress.is_asked)
        ask_environment();
    if (progress.fd < 0 || pinfo->num % FRAMES_PER_LOOK != 0)
        return;

    const gint64 now = g_get_monotonic_time();

    if (now < progress.next)
        return;
    progress.next = now + G_USEC_PER_SEC / LINES_PER_SECOND;
    say(pinfo);
}

void
mf_progress_end(void)
{
    if (progress.is_shown)
        dprintf(progress.fd, "\033[K");
    progress.is_shown = false;
    progress.fd = -1;
}
