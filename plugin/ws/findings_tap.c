/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,findings: what happened, on one screen. */
#include "core/report.h"
#include "signatures.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    const struct mf_report_scope scope = {
        .signatures = mf_ruleset_count(mf_signatures()),
        .sessions = output->sessions != NULL ? g_hash_table_size(output->sessions)
                                             : mf_engine_session_count(output->engine),
        .filtered = output->sessions != NULL,
    };
    struct mf_verdicts *verdicts = mf_verdicts_new(output->engine, output->sessions);
    GString *text = g_string_new(NULL);

    mf_report_append(output->engine, verdicts, &scope, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_verdicts_free(verdicts);
}

/* There are none but the display filter. */
static const struct mf_option_list no_options = {NULL, 0};

const struct mf_output_kind mf_output_findings = {
    .name = "findings",
    .draw = draw,
    .options = &no_options,
    .options_size = 1,
};
