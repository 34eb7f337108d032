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
#include "stream.h"

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
    uint32_t effects; /* links that came of it */
    uint8_t kind;     /* MF_LINK_URL or MF_LINK_COMMAND: what would have come of it */
    bool open;        /* module's own: its line is not whole yet */
};

struct mf_correlator;

/* SETTINGS and COUNTERS outlive the object. LOOKUP gives a session by id. */
struct mf_correlator *
mf_correlator_new(const struct mf_settings *settings, struct mf_counters *counters,
                  struct mf_session *(*lookup)(void *user, uint32_t id), void *user);

/* Accepts NULL. */
void
mf_correlator_free(struct mf_correlator *correlator);

/* Whether causes are found by buffer ID, besides those that summaries read. */
bool
mf_correlator_wants(enum mf_buffer_id id);

/* --- what happens; in order of the packets --- */

/* A packet of SESSION, whose L7 name is known as far as it will be, and before its payload is
 * taken. */
void
mf_correlator_packet(struct mf_correlator *correlator, struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet);

/* SESSION was opened by its originator with this packet, and is no member of a scan group. */
void
mf_correlator_opened(struct mf_correlator *correlator, const struct mf_session *session,
                     const struct mf_packet *packet);

/* Bytes of one side of a TCP session, in order, known NOW: bytes that came before others that were
 * missing are known with those. */
void
mf_correlator_stream(struct mf_correlator *correlator, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_stream_bytes *bytes,
                     const struct mf_moment *now);

/* No more of them. */
void
mf_correlator_stream_end(struct mf_correlator *correlator, const struct mf_session *session,
                         enum mf_direction direction);

/* SESSION became a member of GROUP. */
void
mf_correlator_scan(struct mf_correlator *correlator, const struct mf_scan_group *group,
                   const struct mf_session *session);

/* What one side of SESSION sends in FRAME takes the other side over, or is a whole executable that
 * arrives there. TEXT says what it was; copied. */
struct mf_correlator_event {
    const struct mf_session *session;
    enum mf_direction direction;
    uint32_t frame;
    mf_nanoseconds time;
    const char *text;
    const char *sha256; /* of the executable, lower case hex; NULL or "": unknown */
};

void
mf_correlator_intrusion(struct mf_correlator *correlator, const struct mf_correlator_event *event);

void
mf_correlator_executable(struct mf_correlator *correlator, const struct mf_correlator_event *event);

/* --- answers --- */

uint32_t
mf_correlator_link_count(const struct mf_correlator *correlator);

/* INDEX below the count. Borrowed until the next packet. */
const struct mf_link *
mf_correlator_link(const struct mf_correlator *correlator, uint32_t index);

/* Index + 1 of the best cause of the session's start (or first request), followed by its others by
 * their `next`. 0: none is known. */
uint32_t
mf_correlator_causes(const struct mf_correlator *correlator, uint32_t session);

/* The same of a later request, that the packet in FRAME begins. */
uint32_t
mf_correlator_request_causes(const struct mf_correlator *correlator, uint32_t frame);

/* The same of a scan group. */
uint32_t
mf_correlator_scan_causes(const struct mf_correlator *correlator,
                          const struct mf_scan_group *group);

/* Where everything began that led to SESSION: the session that has no cause itself. Its own id when
 * it has none. Weak links lead nowhere. A DNS look-up that nothing caused belongs to the session
 * that used its answer first, and is no root then. */
uint32_t
mf_correlator_root(const struct mf_correlator *correlator, uint32_t session);

/* The session that SESSION hangs on, one step nearer to its root; 0: none, it is a root. */
uint32_t
mf_correlator_parent(const struct mf_correlator *correlator, uint32_t session);

/* Orders received on interactive sessions, in order of their frames. */
uint32_t
mf_correlator_order_count(const struct mf_correlator *correlator);

const struct mf_order *
mf_correlator_order(const struct mf_correlator *correlator, uint32_t index);

size_t
mf_correlator_memory(const struct mf_correlator *correlator);

#endif
