/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,stats: how much was seen and found, and the memory that it takes. */
#ifndef MALFLOW_WS_STATS_TAP_H
#define MALFLOW_WS_STATS_TAP_H

void
mf_stats_tap_register(void);

#endif
