/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,json,FILE: the timeline and all that was found, one JSON object per line. */
#include "capture.h"
#include "core/json_report.h"
#include "preferences.h"
#include "tap.h"

static void
init(void *options)
{
    mf_preferences_timeline(options);
}

/* The options cut the payload that is told as text; its bytes are told whole. */
static void
keep(const void *parsed)
{
    const struct mf_timeline_options *options = parsed;

    mf_capture_keep(&options->packets, MF_PAYLOAD_ROW_BYTES_MAX);
}

static void
draw(const struct mf_output *output)
{
    const struct mf_timeline_selection selection = {output->sessions, output->frames};
    const struct mf_report_source source = mf_output_source(output);
    struct mf_timeline *timeline = mf_timeline_new(output->engine, output->options, &selection);

    mf_json_report(timeline, &source, mf_output_print);
    mf_timeline_free(timeline);
}

const struct mf_output_kind mf_output_json = {
    .name = "json",
    .draw = draw,
    .options = &mf_timeline_option_list,
    .options_size = sizeof(struct mf_timeline_options),
    .init = init,
    .keep = keep,
    .to_file = true,
    .needs_frames = true,
};
