/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Payload of sessions on its way to the signatures: one flow per direction that carries payload,
 * made with its first byte, given up when the session ends or is idle. Memory of all flows is
 * bounded (limits.h).
 */
#ifndef MALFLOW_CORE_FLOW_H
#define MALFLOW_CORE_FLOW_H

#include "flow_body.h"
#include "options.h"
#include "packet.h"
#include "rules/ruleset.h"
#include "session.h"
#include "stream.h"

struct mf_flows;

/* A rule fired. WHOLE: on a whole decoded file, not on the bytes as they were sent. */
struct mf_flow_hit {
    struct mf_session *session;
    enum mf_direction direction;
    uint32_t frame;
    mf_nanoseconds time; /* of that frame, if it is the one at hand; else 0 */
    unsigned rule;
    enum mf_fired_on on;
    bool whole;
    struct mf_matched matched; /* of the payload or of a file, from the match on */
};

typedef void (*mf_flow_fired)(void *user, const struct mf_flow_hit *hit);

/* SETTINGS, RULES (may be NULL) and COUNTERS outlive the object. */
struct mf_flows *
mf_flows_new(const struct mf_settings *settings, const struct mf_ruleset *rules,
             struct mf_counters *counters);

void
mf_flows_set_fired(struct mf_flows *flows, mf_flow_fired fired, void *user);

/* Bytes of a TCP stream, in order, as they are inspected; and the end of them: BYTES is NULL. */
typedef void (*mf_flow_bytes)(void *user, struct mf_session *session, enum mf_direction direction,
                              const struct mf_stream_bytes *bytes);

void
mf_flows_set_bytes(struct mf_flows *flows, mf_flow_bytes bytes, void *user);

/* Bodies that Wireshark does not give. */
void
mf_flows_set_found(struct mf_flows *flows, mf_flow_found found, void *user);

/* Of the bytes at hand of a stream, see http_body.h. */
void
mf_flows_keep_rest(const struct mf_session *session, enum mf_direction direction,
                   struct mf_kept_files *kept);
bool
mf_flows_keeps_rest(const struct mf_session *session, enum mf_direction direction);

/* The end of the newest byte that was inspected; all zero: nothing is inspected. */
struct mf_stream_place
mf_flows_place(const struct mf_session *session, enum mf_direction direction);

/* Frees also what is live, without inspecting what is held. Accepts NULL. */
void
mf_flows_free(struct mf_flows *flows);

/* Whether mf_flows_inspect() can have anything to do for PACKET, which carries no payload and no
 * buffers, and is not counted to SESSION yet. */
bool
mf_flows_may_inspect(const struct mf_flows *flows, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet);

/* PACKET is at hand until mf_flows_inspect(): to be called before its payload is taken. Gives up
 * what is idle by its time. */
void
mf_flows_at(struct mf_flows *flows, const struct mf_packet *packet);

/* Takes the payload of PACKET, of SESSION in DIRECTION. Returns how many of its bytes were new. */
uint32_t
mf_flows_take(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
              const struct mf_packet *packet);

/* Rules on single packets, and on the buffers of PACKET that Wireshark dissected. PACKET was
 * counted to SESSION, and its payload taken. */
void
mf_flows_inspect(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
                 const struct mf_packet *packet);

/* Inspects what is still held and gives up the session's flows. */
void
mf_flows_end(struct mf_flows *flows, struct mf_session *session);

/* The same for one direction. */
void
mf_flows_end_side(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction);

/* The same for all sessions. */
void
mf_flows_end_all(struct mf_flows *flows);

/* Gives up the flows of a session that has ended and whose bytes were all seen; else does nothing.
 */
void
mf_flows_end_if_complete(struct mf_flows *flows, struct mf_session *session);

/* Bytes of memory that it holds now. */
size_t
mf_flows_memory(const struct mf_flows *flows);

#endif
