/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The window Statistics > Malflow Hits: the table of hits, one row per signature that fired. */
#ifndef MALFLOW_WS_HITS_WINDOW_H
#define MALFLOW_WS_HITS_WINDOW_H

void
mf_hits_window_register(void);

#endif
