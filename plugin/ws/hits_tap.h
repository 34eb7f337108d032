/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,hits and the window of the same name: one row per signature that fired. */
#ifndef MALFLOW_WS_HITS_TAP_H
#define MALFLOW_WS_HITS_TAP_H

void
mf_hits_tap_register(void);

#endif
