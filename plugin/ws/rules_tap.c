/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,rules: what became of the signatures, and every rule that is not run. */
#include "core/rule_report.h"
#include "signatures.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    GString *text = g_string_new(NULL);

    (void)output;
    mf_rule_report_full(mf_signatures(), mf_signatures_diags(), text);
    mf_output_print(text);
    g_string_free(text, TRUE);
}

const struct mf_output_kind mf_output_rules = {
    .name = "rules",
    .draw = draw,
    .at_start = true,
};
