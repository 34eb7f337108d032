/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that come in pieces, one per message: over SMB, SMB2 and TFTP. When the last byte has come,
 * or the file is closed, it is appended to the message at hand: MF_BUF_FILE_NAME, MF_BUF_FILE_DATA.
 */
#ifndef MALFLOW_WS_FILES_H
#define MALFLOW_WS_FILES_H

#include "collect.h"

/* The message at hand is over. */
void
mf_files_message(struct mf_collect *collect);

/* The capture is over: what came of files that are not whole is kept, if that is wanted. Packets
 * may follow. */
void
mf_files_give_up(void);

/* Whether the frame is the first of its conversation for which this is asked. */
bool
mf_files_is_first(const packet_info *pinfo);

#endif
