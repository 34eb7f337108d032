/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,html,FILE: the timeline and all that was found, as a document for people. */
#include "capture.h"
#include "core/html_report.h"
#include "preferences.h"
#include "tap.h"

static void
init(void *options)
{
    mf_preferences_timeline(&((struct mf_html_options *)options)->timeline);
}

static void
keep(const void *parsed)
{
    const struct mf_timeline_options *options = &((const struct mf_html_options *)parsed)->timeline;

    mf_capture_keep(&options->packets, options->payload_bytes);
}

static void
take(void *user, const GString *text)
{
    (void)user;
    mf_output_print(text);
}

static void
draw(const struct mf_output *output)
{
    const struct mf_timeline_selection selection = {output->sessions, output->frames};
    const struct mf_html_options *options = output->options;
    const struct mf_html_taker taker = {take, NULL};
    struct mf_timeline *timeline = mf_timeline_new(output->engine, &options->timeline, &selection);
    struct mf_report_source source = mf_output_source(output);

    source.title = options->title;
    mf_html_report(timeline, &source, &taker);
    mf_timeline_free(timeline);
}

const struct mf_output_kind mf_output_html = {
    .name = "html",
    .draw = draw,
    .options = &mf_html_option_list,
    .options_size = sizeof(struct mf_html_options),
    .init = init,
    .keep = keep,
    .to_file = true,
    .needs_frames = true,
};
