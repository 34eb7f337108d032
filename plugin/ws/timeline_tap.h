/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,timeline[,OPTION...][,FILTER] */
#ifndef MALFLOW_WS_TIMELINE_TAP_H
#define MALFLOW_WS_TIMELINE_TAP_H

void
mf_timeline_tap_register(void);

#endif
