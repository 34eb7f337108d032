/* SPDX-License-Identifier: GPL-2.0-or-later */
/* malflow's own tap (one struct mf_verdict per frame), and what its -z outputs share. */
#ifndef MALFLOW_WS_TAP_H
#define MALFLOW_WS_TAP_H

#include "compat.h"
#include "core/diag.h"

#define MF_TAP_NAME "malflow"

/* Makes -z CLI_NAME[,...] known; START gets the whole argument. CLI_NAME lives for the program's
 * life. */
void
mf_tap_register_output(const char *cli_name, stat_tap_init_cb start);

/* Says what is wrong with the argument of -z CLI_NAME and ends the program, as tshark's own outputs
 * do. */
G_NORETURN void
mf_tap_refuse(const char *cli_name, const char *message);

/* The same with all that is in the list. */
G_NORETURN void
mf_tap_refuse_all(const char *cli_name, const struct mf_diags *diags);

#endif
