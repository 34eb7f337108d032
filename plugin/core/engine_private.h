/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's own state, for engine.c (what happens), engine_answers.c (what is asked) and
 * engine_intake.c (what comes in). */
#ifndef MALFLOW_CORE_ENGINE_PRIVATE_H
#define MALFLOW_CORE_ENGINE_PRIVATE_H

#include "engine.h"
#include "flow.h"
#include "interned.h"
#include "kept_files.h"
#include "sessions.h"

struct mf_backlog;

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
    struct mf_backlog *backlog; /* NULL: no packet ever waited */
    GStringChunk *payload_bytes;
    GArray *payload_rows;           /* struct mf_payload_row */
    mf_nanoseconds first_time, now; /* of the first packet, of this one */
    uint32_t frame;                 /* of this one */
    uint32_t frame_count, other_count;
    size_t text_bytes; /* kept for payload rows */
};

/* Accepts NULL. What waits in it is never fed. */
void
mf_backlog_free(struct mf_backlog *backlog);

/* Takes in a packet that was counted, its time kept to MF_TIME_MAX. */
void
mf_engine_feed(struct mf_engine *engine, const struct mf_packet *packet, uint16_t payload_offset);

#endif
