/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The menu Statistics > Malflow. */
#ifndef MALFLOW_WS_MENU_H
#define MALFLOW_WS_MENU_H

/* After all windows were registered; PROTO is malflow's id. */
void
mf_menu_register(int proto);

#endif
