/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>

void
mf_tap_register_output(const char *cli_name, stat_tap_init_cb start)
{
    stat_tap_ui *ui = g_new0(stat_tap_ui, 1); /* Wireshark may keep it */

    ui->group = REGISTER_STAT_GROUP_GENERIC;
    ui->cli_string = cli_name;
    ui->tap_init_cb = start;
    register_stat_tap_ui(ui, NULL);
}

void
mf_tap_refuse(const char *cli_name, const char *message)
{
    fprintf(stderr, "tshark: -z %s: %s\n", cli_name, message);
    exit(1);
}

void
mf_tap_refuse_all(const char *cli_name, const struct mf_diags *diags)
{
    GString *all = g_string_new(NULL);

    for (unsigned i = 0; i < mf_diags_count(diags); i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", mf_diags_get(diags, i)->message);
    mf_tap_refuse(cli_name, all->str);
}
