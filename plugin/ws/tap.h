/* SPDX-License-Identifier: GPL-2.0-or-later */
/* malflow's own tap: one struct mf_verdict per frame. */
#ifndef MALFLOW_WS_TAP_H
#define MALFLOW_WS_TAP_H

#define MF_TAP_NAME "malflow"

#endif
