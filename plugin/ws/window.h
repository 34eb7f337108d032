/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statistics > Malflow > Timeline: opens the window, which is a shared object of its own. */
#ifndef MALFLOW_WS_WINDOW_H
#define MALFLOW_WS_WINDOW_H

/* Adds the menu for PROTO. */
void
mf_window_register(int proto);

#endif
