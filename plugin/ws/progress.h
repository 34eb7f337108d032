/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far tshark is with a large capture, for who waits for the story. */
#ifndef MALFLOW_WS_PROGRESS_H
#define MALFLOW_WS_PROGRESS_H

#include "compat.h"

/* Says so every now and then, if the environment has MALFLOW_PROGRESS=FD:BYTES: the file descriptor
 * of a terminal, and the size of the capture file (0: not known). `./malflow timeline` sets it. */
void
mf_progress_frame(const packet_info *pinfo);

/* Nothing of it is to be seen any more. */
void
mf_progress_end(void);

#endif
