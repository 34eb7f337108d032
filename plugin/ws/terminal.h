/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What standard output is, if somebody looks at it. */
#ifndef MALFLOW_WS_TERMINAL_H
#define MALFLOW_WS_TERMINAL_H

#include "core/row_paint.h"

/*
 * Colour and width of standard output; all zero unless it is a terminal. After the conventions of
 * other programs: NO_COLOR turns colours off, TERM=dumb too; CLICOLOR_FORCE=1 says that output goes
 * through a pager to a terminal, COLUMNS how wide that is.
 */
struct mf_paint
mf_terminal_paint(void);

#endif
