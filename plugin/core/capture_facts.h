/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What reports say of a whole capture, and the engine does not count. Each looks at all sessions or
 * groups: asked once for a report. */
#ifndef MALFLOW_CORE_CAPTURE_FACTS_H
#define MALFLOW_CORE_CAPTURE_FACTS_H

#include "engine.h"

/* Time of the last packet of any session; of the first frame where there is none. */
mf_nanoseconds
mf_capture_last_time(const struct mf_engine *engine);

/* Sessions whose TLS or QUIC was not decrypted: what they carried was not read. */
uint32_t
mf_capture_unread(const struct mf_engine *engine);

/* Groups that are told: others were dissolved. */
uint32_t
mf_capture_scans(const struct mf_engine *engine);
uint32_t
mf_capture_beacons(const struct mf_engine *engine);

#endif
