/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statistics > Malflow > Timeline: opens the window, which is a shared object of its own. */
#ifndef MALFLOW_WS_WINDOW_H
#define MALFLOW_WS_WINDOW_H

#include "compat.h"

#include <epan/plugin_if.h>

/* Adds its entry to MENU. */
void
mf_window_register(ext_menu_t *menu);

#endif
