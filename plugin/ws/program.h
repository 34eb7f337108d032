/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program that the plugin runs in. */
#ifndef MALFLOW_WS_PROGRAM_H
#define MALFLOW_WS_PROGRAM_H

#include <stdbool.h>

/* What tshark is not asked for at its start nobody looks at later; of any other program that is not
 * known. */
bool
mf_program_is_tshark(void);

#endif
