/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one engine of the capture file that is open, and what it is made from. */
#ifndef MALFLOW_WS_CAPTURE_H
#define MALFLOW_WS_CAPTURE_H

#include "core/verdict.h"

/* Registers the routines by which Wireshark opens and closes a capture file. */
void
mf_capture_register(void);

/* The engine, with no packet waiting; made when it is first needed. Never NULL; valid until the
 * file is closed or dissected anew. */
struct mf_engine *
mf_capture_engine(void);

/* The same to be fed: packets may wait in it. */
struct mf_engine *
mf_capture_intake(void);

/* The same for those who only look, with streams ended if it is time: NULL if there is none, or it
 * was fed nothing yet. */
const struct mf_engine *
mf_capture_known(void);

/* Whether a window reads packets of the file now, be it live or anew. */
bool
mf_capture_is_reading(void);

/* Inspects what is still held in streams, unless more packets are on their way: those would not be
 * their streams' any more. */
void
mf_capture_end_streams(void);

/* Calls GONE before the engine is freed. Once, for one. */
void
mf_capture_watch(void (*gone)(void));

/* Stages of sessions for those who ask frame by frame, when the capture was read once: as of at
 * most a sixteenth of the packets ago, while more come in. Valid until the next call. */
const struct mf_verdicts *
mf_capture_verdicts(void);

/* To be made anew: the engine has come to know more. */
void
mf_capture_forget_verdicts(void);

/* Asks for the payload of PROTOCOLS and PAYLOAD_BYTES of each packet to be kept, beyond what the
 * preferences say. For outputs that are requested before the first packet; holds for the program's
 * life. */
void
mf_capture_keep(const struct mf_packet_protocols *protocols, uint32_t payload_bytes);

/* Asks for the MD5 of files, as mf_capture_keep() does for payload. */
void
mf_capture_want_md5(void);

/* Prints, once per capture file, what was left out because of a bound (tshark: on stderr). */
void
mf_capture_report_limits(void);

#endif
