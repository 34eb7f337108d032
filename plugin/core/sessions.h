/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store of sessions: finds the one a packet belongs to, or opens it (design 1.2). */
#ifndef MALFLOW_CORE_SESSIONS_H
#define MALFLOW_CORE_SESSIONS_H

#include "options.h"
#include "packet.h"
#include "session.h"

struct mf_sessions;

/* SETTINGS and COUNTERS outlive the store. */
struct mf_sessions *
mf_sessions_new(const struct mf_settings *settings, struct mf_counters *counters);

/* Frees the store and its sessions, not what their pointers own. Accepts NULL. */
void
mf_sessions_free(struct mf_sessions *store);

/* What mf_sessions_take() found. */
struct mf_placement {
    struct mf_session *session; /* NULL: over max_sessions, counted */
    enum mf_direction direction;
    bool opened;              /* the packet is the session's first */
    struct mf_session *ended; /* the session that gave its tuple to this one, or NULL */
};

/* The session of PACKET. Its counts and states are not updated yet. */
struct mf_placement
mf_sessions_take(struct mf_sessions *store, const struct mf_packet *packet);

/* Has the processor fetch what mf_sessions_take() looks at for packets that come soon: the first
 * step, for all of them, what the second needs for its own. HASH: mf_sessions_hash() of each. */
void
mf_sessions_fetch_slot(const struct mf_sessions *store, uint32_t hash);
void
mf_sessions_fetch(const struct mf_sessions *store, uint32_t hash);

uint32_t
mf_sessions_hash(const struct mf_packet *packet);

uint32_t
mf_sessions_count(const struct mf_sessions *store);

/* ID from 1; NULL if there is none. */
struct mf_session *
mf_sessions_get(const struct mf_sessions *store, uint32_t id);

/* Bytes held, index included. */
size_t
mf_sessions_size(const struct mf_sessions *store);

#endif
