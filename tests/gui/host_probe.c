/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stands in for the window, without Qt: each time that it is opened it does what the file
 * $MALFLOW_HOST_PROBE.ask says, a line each, and appends what the plugin answers to the file
 * $MALFLOW_HOST_PROBE; what it is told meanwhile is appended too.
 */
#include "core/engine.h"
#include "qt/host.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mf_window_host *host;
static const struct mf_engine *known; /* as of the last command */

static void
note(const char *format, ...) G_GNUC_PRINTF(1, 2);

static void
note(const char *format, ...)
{
    FILE *file = fopen(g_getenv("MALFLOW_HOST_PROBE"), "a");
    va_list arguments;

    if (file == NULL)
        abort();
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fclose(file);
}

static void
tell_state(const char *argument)
{
    char *name = host->capture_name(), *path = host->profile_file("probe");

    (void)argument;
    known = host->engine();
    note("name %s\nreading %d\nselected %u\nsessions %u\ntime_format %d\nfont %s\nprofile %s\n",
         name != NULL ? name : "-", host->is_reading(), host->selected_frame(),
         known != NULL ? mf_engine_session_count(known) : 0, (int)host->time_format(),
         host->font() != NULL ? host->font() : "-", path);
    g_free(name);
    g_free(path);
}

static void
tell_frame(const char *argument)
{
    const uint32_t frame = (uint32_t)strtoul(argument, NULL, 10);
    GByteArray *bytes = g_byte_array_new();
    mf_nanoseconds time = -1;
    bool has_time = host->source.time(host->source.user, frame, &time);
    bool has_bytes = host->source.bytes(host->source.user, frame, bytes);

    note("frame %u %d %" PRId64 " %d ", frame, has_time, time, has_bytes);
    for (guint i = 0; i < bytes->len; i++)
        note("%02x", bytes->data[i]);
    note("\n");
    g_byte_array_free(bytes, TRUE);
}

static void
go(const char *argument)
{
    note("go %s %d\n", argument, host->go_to_frame((uint32_t)strtoul(argument, NULL, 10)));
}

static void
apply(const char *argument)
{
    note("filter %d\n", host->set_filter(argument, true));
}

static void
prepare(const char *argument)
{
    note("filter %d\n", host->set_filter(argument, false));
}

static const struct {
    const char *word;
    void (*run)(const char *argument);
} commands[] = {
    {"state", tell_state}, {"frame ", tell_frame}, {"go ", go},
    {"apply ", apply},     {"prepare ", prepare},
};

static void
run(const char *line)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_has_prefix(line, commands[i].word)) {
            commands[i].run(line + strlen(commands[i].word));
            return;
        }
}

static void
probe_open(void)
{
    char *path = g_strconcat(g_getenv("MALFLOW_HOST_PROBE"), ".ask", NULL), *text = NULL;
    char **lines;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        abort();
    lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        run(*line);
    note("done\n");
    g_strfreev(lines);
    g_free(text);
    g_free(path);
}

/* The engine is whole still, and is handed out no more. */
static void
probe_engine_gone(void)
{
    note("gone %u %d\n", known != NULL ? mf_engine_session_count(known) : 0,
         host->engine() != NULL);
    known = NULL;
}

static void
probe_quit(void)
{
    note("quit\n");
}

__attribute__((visibility("default"))) const struct mf_window *
mf_window_load(const struct mf_window_host *plugin);

const struct mf_window *
mf_window_load(const struct mf_window_host *plugin)
{
    static const struct mf_window window = {
        .abi = MF_WINDOW_ABI,
        .open = probe_open,
        .engine_gone = probe_engine_gone,
        .quit = probe_quit,
    };

    host = plugin;
    return host->abi == MF_WINDOW_ABI ? &window : NULL;
}
