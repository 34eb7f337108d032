/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing of it depends on packets: it is printed when tshark starts its outputs. */
#include "rules_tap.h"

#include "compat.h"
#include "core/rule_report.h"
#include "signatures.h"
#include "tap.h"

#include <stdio.h>

#define CLI_NAME "malflow,rules"

static MF_STAT_INIT_RETURN
start(const char *argument, void *user)
{
    GString *text;

    (void)user;
    if (strcmp(argument, CLI_NAME) != 0)
        mf_tap_refuse(CLI_NAME, "expected nothing behind it");
    text = g_string_new(NULL);
    mf_rule_report_full(mf_signatures(), mf_signatures_diags(), text);
    fwrite(text->str, 1, text->len, stdout);
    fflush(stdout);
    g_string_free(text, TRUE);
    MF_STAT_INIT_OK;
}

void
mf_rules_tap_register(void)
{
    mf_tap_register_output(CLI_NAME, start);
}
