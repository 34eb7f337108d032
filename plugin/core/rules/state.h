/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rules remember between packets: flowbits, flowints, xbits, hostbits, and the counts of
 * threshold and detection_filter. One per engine; packet time is the only clock. Bounded
 * (limits.h: MF_RULE_STATE_ENTRIES), counted when the bound is hit. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_STATE_H
#define MALFLOW_CORE_RULES_STATE_H

#include "../limits.h"
#include "../session.h"

struct mf_rule_state;

/* COUNTERS outlives the object. */
struct mf_rule_state *
mf_rule_state_new(struct mf_counters *counters);

/* Accepts NULL. */
void
mf_rule_state_free(struct mf_rule_state *state);

/* Bytes of memory that it holds now. */
size_t
mf_rule_state_memory(const struct mf_rule_state *state);

/* --- bits: BIT is the number of a name (of its own number space per kind) --- */

void
mf_flowbit_set(struct mf_rule_state *state, uint32_t session, uint32_t bit, bool value);
bool
mf_flowbit_get(const struct mf_rule_state *state, uint32_t session, uint32_t bit);

/* A number kept for a session; false: never set. */
void
mf_flowint_set(struct mf_rule_state *state, uint32_t session, uint32_t name, uint32_t value);
bool
mf_flowint_get(const struct mf_rule_state *state, uint32_t session, uint32_t name, uint32_t *value);

/* A bit of a host (OTHER is NULL) or a pair of hosts (either order). */
struct mf_host_key {
    const struct mf_addr *host, *other;
    uint32_t bit;
};

/* Until the end of the second of EXPIRES. As in Suricata, one that is set NOW is not prolonged. */
void
mf_hostbit_set(struct mf_rule_state *state, const struct mf_host_key *key, mf_nanoseconds now,
               mf_nanoseconds expires);
void
mf_hostbit_unset(struct mf_rule_state *state, const struct mf_host_key *key);
bool
mf_hostbit_get(const struct mf_rule_state *state, const struct mf_host_key *key,
               mf_nanoseconds now);

/* --- interfaces of DCERPC (dcerpc.h), by a place among those of the session --- */

struct mf_iface {
    uint8_t uuid[16];
    uint32_t version, context;
};

void
mf_iface_set(struct mf_rule_state *state, uint32_t session, uint32_t place,
             const struct mf_iface *iface);
bool
mf_iface_get(const struct mf_rule_state *state, uint32_t session, uint32_t place,
             struct mf_iface *iface);
void
mf_iface_drop(struct mf_rule_state *state, uint32_t session, uint32_t place);

/* --- thresholds --- */

enum mf_threshold_type {
    MF_THRESHOLD_LIMIT,     /* the first COUNT of each SECONDS are told */
    MF_THRESHOLD_THRESHOLD, /* every COUNTth within SECONDS is told */
    MF_THRESHOLD_BOTH,      /* once per SECONDS, at the COUNTth */
    MF_THRESHOLD_BACKOFF,   /* at COUNT, then at COUNT * MULTIPLIER, ... */
    MF_THRESHOLD_DETECTION, /* detection_filter: all after the COUNTth within SECONDS */
};

enum mf_threshold_track { MF_TRACK_RULE, MF_TRACK_SRC, MF_TRACK_DST, MF_TRACK_BOTH, MF_TRACK_FLOW };

struct mf_threshold {
    uint32_t count, seconds, multiplier;
    uint8_t type, track;
    uint8_t unique_on; /* detection_filter, Suricata 8: 0 none, 1 source port, 2 destination port */
};

/* Who the packet is from and to, for tracking. */
struct mf_threshold_event {
    const struct mf_session *session;
    enum mf_direction direction; /* of the packet */
    mf_nanoseconds now;
    uint32_t rule; /* index */
};

/* Counts the event; whether it is to be told. */
bool
mf_threshold_tell(struct mf_rule_state *state, const struct mf_threshold *threshold,
                  const struct mf_threshold_event *event);

#endif
