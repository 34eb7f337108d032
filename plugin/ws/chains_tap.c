/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,chains: what caused what, tree by tree. */
#include "core/chains.h"
#include "core/verdict.h"
#include "tap.h"

#include <stdio.h>

static void
say_why_empty(const struct mf_engine *engine)
{
    if (mf_engine_correlator(engine) == NULL)
        fprintf(stderr, "malflow: causes are not looked for (preference malflow.correlate).\n");
    else
        fprintf(stderr, "malflow: nothing that passes the filter and options is known to have "
                        "caused anything.\n");
}

/* Whether there were any. */
static bool
draw_trees(const struct mf_output *output)
{
    struct mf_chains *chains = mf_chains_new(output->engine, output->options, output->sessions);
    const bool any = mf_chains_count(chains) > 0;
    GString *text = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_chains_count(chains); i++) {
        g_string_truncate(text, 0);
        mf_chains_append_text(chains, i, text);
        mf_output_print(text);
    }
    if (!any)
        say_why_empty(output->engine);
    g_string_free(text, TRUE);
    mf_chains_free(chains);
    return any;
}

static void
draw_verdicts(const struct mf_output *output)
{
    struct mf_verdicts *verdicts = mf_verdicts_new(output->engine, output->sessions);
    GString *text = g_string_new("Verdicts\n");

    mf_verdicts_append(verdicts, UINT32_MAX, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_verdicts_free(verdicts);
}

static void
draw(const struct mf_output *output)
{
    if (draw_trees(output))
        fputc('\n', stdout);
    draw_verdicts(output);
}

const struct mf_output_kind mf_output_chains = {
    .name = "chains",
    .draw = draw,
    .options = &mf_chain_option_list,
    .options_size = sizeof(struct mf_chain_options),
};
