/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,iocs: indicators of compromise, for lists and platforms. */
#include "capture.h"
#include "core/indicators.h"
#include "tap.h"

static void
keep(const void *options)
{
    (void)options;
    mf_capture_want_md5();
}

static void
draw(const struct mf_output *output)
{
    const struct mf_indicator_options *options = output->options;
    struct mf_verdicts *verdicts = mf_verdicts_new(output->engine, output->sessions);
    struct mf_indicators *indicators = mf_indicators_new(output->engine, verdicts);
    GString *text = g_string_new(NULL);

    mf_indicators_append(indicators, options->format, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_indicators_free(indicators);
    mf_verdicts_free(verdicts);
}

const struct mf_output_kind mf_output_iocs = {
    .name = "iocs",
    .draw = draw,
    .options = &mf_indicator_option_list,
    .options_size = sizeof(struct mf_indicator_options),
    .keep = keep,
};
