/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that were found, in File > Export Objects > Malflow, and for
 * tshark --export-objects malflow,FOLDER. */
#ifndef MALFLOW_WS_EXPORT_H
#define MALFLOW_WS_EXPORT_H

#include "compat.h"

void
mf_export_register(int proto);

/* Whether somebody can ask for the files; true or false from the first packet on. */
bool
mf_export_wanted(void);

/* The frame was fed to the engine. */
void
mf_export_frame(packet_info *pinfo);

#endif
