/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the window asks of the plugin; see qt/host.h. */
#ifndef MALFLOW_WS_WINDOW_HOST_H
#define MALFLOW_WS_WINDOW_HOST_H

#include "qt/host.h"

/* Lives as long as the program. */
const struct mf_window_host *
mf_window_host(void);

#endif
