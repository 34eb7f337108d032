/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scan groups (design 1.6): many failed attempts of one source against many addresses (spread) or
 * many ports of one address (port), rolled up on line, in one pass, with bounded memory. Writes
 * mf_session.scan, counted_attempt.
 */
#ifndef MALFLOW_CORE_SCAN_H
#define MALFLOW_CORE_SCAN_H

#include "limits.h"
#include "options.h"
#include "session.h"

enum mf_scan_kind { MF_SCAN_SPREAD, MF_SCAN_PORT };

struct mf_scan_group {
    uint32_t id;  /* from 1 */
    uint8_t kind; /* enum mf_scan_kind */
    uint8_t l4;
    uint16_t port; /* spread: the scanned port (0 where there is none) */
    struct mf_addr source;
    struct mf_addr target;  /* port scan: the scanned address; spread: unset */
    uint32_t first_session; /* earliest member */
    uint32_t sessions;      /* members */
    uint32_t targets;       /* distinct addresses (spread) or ports (port) */
    uint32_t answered;      /* distinct targets that answered */
    mf_nanoseconds last_attempt;
    GHashTable *target_set;   /* module's own */
    GArray *answered_ports;   /* port scan: uint16_t, ascending, distinct; else NULL */
    GHashTable *answered_set; /* module's own */
};

struct mf_scans;

/* "Spread Scan", "Port Scan"; static. */
const char *
mf_scan_kind_name(enum mf_scan_kind kind);

/* SETTINGS and COUNTERS outlive the object. LOOKUP gives a session by id (members that led to a
 * group). */
struct mf_scans *
mf_scans_new(const struct mf_settings *settings, struct mf_counters *counters,
             struct mf_session *(*lookup)(void *user, uint32_t id), void *user);

/* Accepts NULL. */
void
mf_scans_free(struct mf_scans *scans);

/* The first packet of a session that its originator opened (TCP: a SYN, UDP, ICMP echo request, ARP
 * who-has). */
void
mf_scans_attempt(struct mf_scans *scans, struct mf_session *session);

/* The responder accepted (SYN-ACK, UDP datagram, echo reply, is-at): session->answered was just
 * set. */
void
mf_scans_answer(struct mf_scans *scans, struct mf_session *session);

/* An attempt that had been answered ended without payload: it is evidence again. */
void
mf_scans_closed_empty(struct mf_scans *scans, struct mf_session *session);

/* Groups, with ids 1 to count. */
unsigned
mf_scans_count(const struct mf_scans *scans);

/* Borrowed; NULL if there is none. A group with no sessions was dissolved when its targets answered
 * after all: not to be shown. Ids of dissolved groups are used again. */
const struct mf_scan_group *
mf_scans_get(const struct mf_scans *scans, uint32_t id);

/* Bytes that it holds now. */
size_t
mf_scans_memory(const struct mf_scans *scans);

/* Whether a member must keep its own timeline row (design 1.6): it carries payload (UDP and ICMP:
 * the responder sent some, since every probe of theirs has payload), or it has a hit. */
bool
mf_scan_member_keeps_row(const struct mf_session *session);

#endif
