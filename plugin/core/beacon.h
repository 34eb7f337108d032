/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Beacons: one host that contacts one destination again and again, at regular intervals or with
 * sessions of regular size, as a C&C channel over HTTPS does. Found on line, in one pass, with
 * bounded memory. Writes mf_session.beacon.
 *
 * Regular in time: at least MF_BEACON_CONTACTS contacts, at intervals whose median is 2 s or more
 * and whose median deviation from it is a quarter of it or less; missed beats do not count.
 * Regular in size: at least MF_BEACON_SIZED_CONTACTS contacts, most of which carry the same number
 * of bytes both ways, at intervals of one order of magnitude. Never: members of scan groups, what
 * is sent to groups, protocols that poll by nature (DNS, DHCP, NTP, ...). What is repeated on one
 * live 5-tuple is one session, and so no beacon.
 */
#ifndef MALFLOW_CORE_BEACON_H
#define MALFLOW_CORE_BEACON_H

#include "limits.h"
#include "session.h"

struct mf_beacon {
    uint32_t id; /* from 1 */
    uint8_t l4;
    uint16_t port;
    struct mf_addr source, target;
    uint32_t first_session; /* earliest contact */
    uint32_t contacts;      /* sessions */
    uint32_t answered;      /* of them, as of the latest judgement, as what follows is */
    mf_nanoseconds period;  /* median of the intervals between starts of contacts */
    double jitter;          /* median deviation from it, as a part of it: 0 is exact */
    uint64_t bytes[2];      /* medians of the payload of a contact */
    bool regular_time, regular_size;
};

struct mf_beacons;

/* COUNTERS outlive the object. LOOKUP gives a session by id. */
struct mf_beacons *
mf_beacons_new(struct mf_counters *counters, struct mf_session *(*lookup)(void *user, uint32_t id),
               void *user);

/* Accepts NULL. */
void
mf_beacons_free(struct mf_beacons *beacons);

/* SESSION was opened by its originator; the scan module knows of it already. */
void
mf_beacons_contact(struct mf_beacons *beacons, struct mf_session *session);

/* The end of the capture (packets may follow): decides on all that was seen. Idempotent. */
void
mf_beacons_flush(struct mf_beacons *beacons);

/* Beacons, with ids 1 to count. */
unsigned
mf_beacons_count(const struct mf_beacons *beacons);

/* Borrowed; NULL if there is none. One with no contacts was dissolved (what followed was not
 * regular): not to be shown. Its id is used again. */
const struct mf_beacon *
mf_beacons_get(const struct mf_beacons *beacons, uint32_t id);

size_t
mf_beacons_memory(const struct mf_beacons *beacons);

#endif
