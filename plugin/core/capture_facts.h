/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What reports say of a whole capture. */
#ifndef MALFLOW_CORE_CAPTURE_FACTS_H
#define MALFLOW_CORE_CAPTURE_FACTS_H

#include "engine.h"

/* What the core does not know of itself; borrowed for the call. NULL, or 0: not told. */
struct mf_report_source {
    const char *title;          /* what was looked at, such as the capture's name */
    const char *version;        /* malflow's */
    const char *reader;         /* what dissected the capture, with its version */
    uint32_t signatures;        /* loaded */
    const GHashTable *sessions; /* set of GUINT_TO_POINTER(id) that are told; NULL: all */
};

/* --- what the engine does not count: each looks at all sessions or groups --- */

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
