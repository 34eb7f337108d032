/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What caused what (design 1.8). The engine tells the correlator of packets, stream bytes, hits and
 * scan groups; it answers by session, by frame and by scan group. An effect is the start of a
 * session, or a later request on it.
 */
#ifndef MALFLOW_CORE_CORRELATION_H
#define MALFLOW_CORE_CORRELATION_H

#include "findings.h"
#include "limits.h"
#include "message.h"
#include "options.h"
#include "scan.h"
#include "span.h"

enum mf_link_kind {
    MF_LINK_DNS,
    MF_LINK_URL,
    MF_LINK_REDIRECT,
    MF_LINK_COMMAND,
    MF_LINK_DROP,
    MF_LINK_EXEC, /* weak: after, never because */
    MF_LINK_KINDS
};

/* "dns", "url", ...; static. */
const char *
mf_link_kind_name(enum mf_link_kind kind);

/* One cause of one effect. */
struct mf_link {
    uint32_t cause_session, cause_frame;
    uint32_t session; /* the effect's; a scan group's: its first member */
    uint32_t frame;   /* of the effect: the first packet of its session, or the request */
    uint32_t next;    /* next cause of the same session or group, best first (index + 1); 0: none */
    uint32_t scan;    /* the effect is this scan group; 0: it is a session or a request */
    const char *evidence; /* the text that matched, printable ASCII; lives as long as the engine */
    uint8_t kind;         /* enum mf_link_kind */
    uint8_t strength;     /* 0-100; orders the causes of one effect */
    bool of_request;      /* the effect is a later request of the session, not its start */
};

/* Evidence of an interactive session that nothing may have come of. */
struct mf_order {
    uint32_t session, frame;
    mf_nanoseconds time;
    const char *text; /* printable ASCII; lives as long as the engine */
    uint8_t kind;     /* MF_LINK_URL or MF_LINK_COMMAND: what it would have caused */
    uint32_t effects; /* links that came of it */
};

struct mf_correlator;

/* SETTINGS and COUNTERS outlive the object. */
struct mf_correlator *
mf_correlator_new(const struct mf_settings *settings, struct mf_counters *counters);

/* Accepts NULL. */
void
mf_correlator_free(struct mf_correlator *correlator);

/* --- what happens; in order of the packets --- */

/* A packet of SESSION, before its payload is inspected. OPENED: it is the session's first. */
void
mf_correlator_packet(struct mf_correlator *correlator, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet, bool opened);

/* Bytes of one side of SESSION, in order, in FRAME. */
void
mf_correlator_stream(struct mf_correlator *correlator, const struct mf_session *session,
                     enum mf_direction direction, struct mf_span bytes, bool gap, uint32_t frame);

/* SESSION became a member of GROUP with its packet in FRAME. */
void
mf_correlator_scan(struct mf_correlator *correlator, const struct mf_scan_group *group,
                   const struct mf_session *session, uint32_t frame);

/* --- answers --- */

uint32_t
mf_correlator_link_count(const struct mf_correlator *correlator);

/* INDEX below the count. Borrowed until the next packet. */
const struct mf_link *
mf_correlator_link(const struct mf_correlator *correlator, uint32_t index);

/* Index + 1 of the best cause of the session's start (or first request), followed by its others by
 * their `next`; then those of later requests. 0: none is known. */
uint32_t
mf_correlator_causes(const struct mf_correlator *correlator, uint32_t session);

/* The same of a scan group. */
uint32_t
mf_correlator_scan_causes(const struct mf_correlator *correlator,
                          const struct mf_scan_group *group);

/* Where everything began that led to SESSION: the session that has no cause itself. Its own id when
 * it has none. Weak links lead nowhere. A DNS look-up that nothing caused belongs to the session
 * that used its answer first, and is no root then. */
uint32_t
mf_correlator_root(const struct mf_correlator *correlator, uint32_t session);

/* Orders received on interactive sessions, in order of their frames. */
uint32_t
mf_correlator_order_count(const struct mf_correlator *correlator);

const struct mf_order *
mf_correlator_order(const struct mf_correlator *correlator, uint32_t index);

size_t
mf_correlator_memory(const struct mf_correlator *correlator);

#endif
