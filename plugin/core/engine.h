/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facade of the core: feed it every packet of one capture file once, in order; then (or meanwhile)
 * ask by session and by frame. One engine per capture file. Nothing here prints, reads a clock, or
 * keeps state outside the object.
 */
#ifndef MALFLOW_CORE_ENGINE_H
#define MALFLOW_CORE_ENGINE_H

#include "beacon.h"
#include "correlation.h"
#include "findings.h"
#include "frametable.h"
#include "kept_files.h"
#include "options.h"
#include "packet.h"
#include "rules/ruleset.h"
#include "scan.h"
#include "session.h"
#include "span.h"

struct mf_engine;

/* A packet whose payload is kept for a timeline row. */
struct mf_payload_row {
    mf_nanoseconds time;
    uint32_t session;
    uint32_t frame;
    uint32_t length; /* bytes kept, at data */
    uint8_t direction;
    const uint8_t *data;
};

/* SETTINGS is copied. RULES may be NULL, and outlives the engine. KEEP says whose payload is kept
 * for rows; copied. */
struct mf_engine *
mf_engine_new(const struct mf_settings *settings, const struct mf_ruleset *rules,
              const struct mf_packet_protocols *keep);

/* Accepts NULL. */
void
mf_engine_free(struct mf_engine *engine);

/* Feeds the next packet. PAYLOAD_OFFSET: see struct mf_verdict. */
void
mf_engine_packet(struct mf_engine *engine, const struct mf_packet *packet, uint16_t payload_offset);

/*
 * The same, but the packet may wait until others have come, or until mf_engine_catch_up(): what is
 * told of sessions and frames does not hold it until then. FRAME: its captured bytes, where most of
 * what it points to stands. Unlike all else of it, its app lives as long as the engine.
 */
void
mf_engine_packet_later(struct mf_engine *engine, const struct mf_packet *packet,
                       uint16_t payload_offset, struct mf_span frame);

/* Feeds those that wait. */
void
mf_engine_catch_up(struct mf_engine *engine);

/* Counts a frame that is no session's (no IP, no ARP); keeps the capture's first time. */
void
mf_engine_other_frame(struct mf_engine *engine, uint32_t frame, mf_nanoseconds time);

/* Ends the capture: what waits is fed, and what is still held in streams inspected. Idempotent;
 * packets may follow (live capture). */
void
mf_engine_flush(struct mf_engine *engine);

uint32_t
mf_engine_session_count(const struct mf_engine *engine);

/* ID from 1. Borrowed; NULL if there is none. */
const struct mf_session *
mf_engine_session(const struct mf_engine *engine, uint32_t id);

struct mf_verdict
mf_engine_verdict(const struct mf_engine *engine, uint32_t frame);

/* No frame from this number on has a verdict. */
uint32_t
mf_engine_frame_end(const struct mf_engine *engine);

/* Time of the capture's first frame: the zero of relative times. */
mf_nanoseconds
mf_engine_first_time(const struct mf_engine *engine);

uint32_t
mf_engine_frame_count(const struct mf_engine *engine);

uint32_t
mf_engine_other_count(const struct mf_engine *engine);

/* Hits and files; see findings.h. mf_session.first_hit and mf_hit.next chain those of a session. */
const struct mf_findings *
mf_engine_findings(const struct mf_engine *engine);

/* What is kept of the files; NULL: nothing, it is not wanted (settings). */
const struct mf_kept_files *
mf_engine_kept_files(const struct mf_engine *engine);

/* BYTES are the beginning of the file NAME (may be empty) that came in pieces, of which the last
 * never came; FRAME, which was fed, had the newest. To be kept, if that is wanted and a file was
 * found in them. */
void
mf_engine_broken_file(struct mf_engine *engine, uint32_t frame, struct mf_span name,
                      struct mf_span bytes);

const struct mf_rule_info *
mf_engine_hit_rule(const struct mf_engine *engine, const struct mf_hit *hit);

uint32_t
mf_engine_payload_count(const struct mf_engine *engine);

const struct mf_payload_row *
mf_engine_payload(const struct mf_engine *engine, uint32_t index);

uint32_t
mf_engine_scan_count(const struct mf_engine *engine);

const struct mf_scan_group *
mf_engine_scan(const struct mf_engine *engine, uint32_t id);

/* Beacons; see beacon.h. */
uint32_t
mf_engine_beacon_count(const struct mf_engine *engine);

const struct mf_beacon *
mf_engine_beacon(const struct mf_engine *engine, uint32_t id);

/* What caused what; NULL: it was not looked for (settings). */
const struct mf_correlator *
mf_engine_correlator(const struct mf_engine *engine);

/* Causes of a session as it is told, its scan group's if it is in one that has some: index + 1 of
 * the best, see mf_correlator_causes(); 0: none. */
uint32_t
mf_engine_causes(const struct mf_engine *engine, const struct mf_session *session);

/* Index + 1 of the best cause of what begins in FRAME, of SESSION: of a later request in that
 * frame, else of the session. */
uint32_t
mf_engine_frame_causes(const struct mf_engine *engine, const struct mf_session *session,
                       uint32_t frame);

/* The session that everything began with that led to this one; its own id when that is itself. */
uint32_t
mf_engine_root(const struct mf_engine *engine, const struct mf_session *session);

/* Most payload bytes that are printed per packet. */
uint32_t
mf_engine_payload_bytes(const struct mf_engine *engine);

const struct mf_counters *
mf_engine_counters(const struct mf_engine *engine);

/* Bytes of memory that the engine holds: for sessions (with their index, summaries, scans), for
 * frames. */
void
mf_engine_memory(const struct mf_engine *engine, size_t *sessions, size_t *frames);

#endif
