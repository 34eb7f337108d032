/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's own state, for engine.c (what happens) and engine_answers.c (what is asked). */
#ifndef MALFLOW_CORE_ENGINE_PRIVATE_H
#define MALFLOW_CORE_ENGINE_PRIVATE_H

#include "engine.h"
#include "flow.h"
#include "interned.h"
#include "kept_files.h"
#include "sessions.h"

struct mf_engine {
    struct mf_settings settings;
    const struct mf_ruleset *rules;
    struct mf_packet_protocols keep;
    struct mf_counters counters;
    struct mf_sessions *sessions;
    struct mf_frametable *frames;
    struct mf_flows *flows;
    struct mf_findings *findings;
    struct mf_scans *scans;
    struct mf_beacons *beacons;
    struct mf_correlator *correlator; /* NULL: not wanted */
    struct mf_kept_files *kept;       /* NULL: not wanted */
    struct mf_interned *strings;
    GStringChunk *payload_bytes;
    GArray *payload_rows;           /* struct mf_payload_row */
    mf_nanoseconds first_time, now; /* of the first packet, of this one */
    uint32_t frame;                 /* of this one */
    uint32_t frame_count, other_count;
    size_t text_bytes; /* kept for payload rows */
};

#endif
