/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,timeline: the story itself. */
#include "capture.h"
#include "core/timeline.h"
#include "preferences.h"
#include "tap.h"
#include "terminal.h"

#include <stdio.h>

static void
init(void *options)
{
    mf_preferences_timeline(options);
}

static void
keep(const void *parsed)
{
    const struct mf_timeline_options *options = parsed;

    mf_capture_keep(&options->packets, options->payload_bytes);
}

static void
say_why_empty(const struct mf_engine *engine)
{
    uint32_t frames = mf_engine_frame_count(engine);

    if (frames == 0)
        fprintf(stderr, "malflow: the capture has no packets: there is nothing to tell.\n");
    else if (mf_engine_session_count(engine) == 0)
        fprintf(
            stderr,
            "malflow: none of the %u frames carries IP or ARP: there are no sessions to tell.\n",
            frames);
    else
        fprintf(stderr, "malflow: no session passes the filter and options.\n");
}

static void
draw(const struct mf_output *output)
{
    const struct mf_timeline_selection selection = {output->sessions, output->frames};
    struct mf_timeline *timeline = mf_timeline_new(output->engine, output->options, &selection);
    const struct mf_paint paint = mf_terminal_paint();
    GString *line = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_timeline_count(timeline); i++) {
        g_string_truncate(line, 0);
        mf_timeline_append_painted(timeline, i, &paint, line);
        mf_output_print(line);
    }
    if (mf_timeline_count(timeline) == 0)
        say_why_empty(output->engine);
    mf_timeline_free(timeline);
    g_string_free(line, TRUE);
}

const struct mf_output_kind mf_output_timeline = {
    .name = "timeline",
    .draw = draw,
    .options = &mf_timeline_option_list,
    .options_size = sizeof(struct mf_timeline_options),
    .init = init,
    .keep = keep,
    .needs_frames = true,
};
