/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,json,FILE: the timeline and all that was found, one JSON object per line. */
#include "capture.h"
#include "core/json_report.h"
#include "preferences.h"
#include "signatures.h"
#include "tap.h"

#include <epan/epan.h>

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
    char *reader = g_strconcat("Wireshark ", epan_get_version(), NULL);
    const struct mf_json_scope scope = {
        .version = MALFLOW_VERSION,
        .reader = reader,
        .signatures = mf_ruleset_count(mf_signatures()),
        .sessions = output->sessions,
    };
    struct mf_timeline *timeline = mf_timeline_new(output->engine, output->options, &selection);

    mf_json_report(timeline, &scope, mf_output_print);
    mf_timeline_free(timeline);
    g_free(reader);
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
