/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Beacons: one host that contacts one destination again and again, at regular intervals or with
 * sessions of regular size, as a C&C channel over HTTPS does. Found on line, in one pass, with
 * bounded memory. Writes mf_session.beacon.
 */
#ifndef MALFLOW_CORE_BEACON_H
#define MALFLOW_CORE_BEACON_H

#include "limits.h"
#include "options.h"
#include "session.h"

struct mf_beacon {
    uint32_t id; /* from 1 */
    uint8_t l4;
    uint16_t port;
    struct mf_addr source, target;
    uint32_t first_session; /* earliest contact */
    uint32_t contacts;      /* sessions */
    mf_nanoseconds period;  /* median of the intervals between starts of contacts */
    double jitter;          /* median deviation from it, as a part of it: 0 is exact */
    bool regular_time, regular_size;
};

struct mf_beacons;

/* SETTINGS and COUNTERS outlive the object. LOOKUP gives a session by id. */
struct mf_beacons *
mf_beacons_new(const struct mf_settings *settings, struct mf_counters *counters,
               struct mf_session *(*lookup)(void *user, uint32_t id), void *user);

/* Accepts NULL. */
void
mf_beacons_free(struct mf_beacons *beacons);

/* SESSION was opened by its originator. */
void
mf_beacons_contact(struct mf_beacons *beacons, struct mf_session *session);

/* The end of the capture (packets may follow): decides on all that was seen. */
void
mf_beacons_flush(struct mf_beacons *beacons);

/* Beacons, with ids 1 to count. */
unsigned
mf_beacons_count(const struct mf_beacons *beacons);

/* Borrowed; NULL if there is none. One with no contacts was dissolved (what followed was not
 * regular): not to be shown. */
const struct mf_beacon *
mf_beacons_get(const struct mf_beacons *beacons, uint32_t id);

size_t
mf_beacons_memory(const struct mf_beacons *beacons);

#endif
