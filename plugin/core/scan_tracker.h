/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of scan trackers: one per (source, port) and one per (source, address) that has
 * evidence or an open group, least recently used first. Private to the scan module. */
#ifndef MALFLOW_CORE_SCAN_TRACKER_H
#define MALFLOW_CORE_SCAN_TRACKER_H

#include "scan.h"
#include "scan_evidence.h"

/* Compared byte by byte: has no padding, unused members are zero. */
struct mf_scan_key {
    struct mf_addr source;
    struct mf_addr target; /* port scan */
    uint16_t port;         /* spread scan */
    uint8_t l4;
    uint8_t kind;
};

struct mf_scan_tracker {
    struct mf_scan_key key;
    GList link;          /* in the queue; data is the tracker */
    mf_nanoseconds last; /* latest attempt */
    struct mf_evidence evidence;
    struct mf_scan_group *group; /* open group, or NULL; borrowed */
    GArray *members;             /* uint32_t ids while the group can still be dissolved, or NULL */
    mf_nanoseconds opened;       /* when the group was */
};

struct mf_scan_trackers {
    GHashTable *table;
    GQueue queue; /* oldest at the head */
};

void
mf_scan_key_init(struct mf_scan_key *key, enum mf_scan_kind kind, const struct mf_session *session);

void
mf_scan_trackers_init(struct mf_scan_trackers *trackers);

/* Frees all trackers. */
void
mf_scan_trackers_clear(struct mf_scan_trackers *trackers);

unsigned
mf_scan_trackers_count(const struct mf_scan_trackers *trackers);

/* NULL if there is none. */
struct mf_scan_tracker *
mf_scan_trackers_find(const struct mf_scan_trackers *trackers, const struct mf_scan_key *key);

/* Makes the tracker of KEY, which has none. */
struct mf_scan_tracker *
mf_scan_trackers_add(struct mf_scan_trackers *trackers, const struct mf_scan_key *key);

/* The least recently used, or NULL. */
struct mf_scan_tracker *
mf_scan_trackers_oldest(const struct mf_scan_trackers *trackers);

/* Makes it the most recently used. */
void
mf_scan_trackers_touch(struct mf_scan_trackers *trackers, struct mf_scan_tracker *tracker);

/* Closes its group, if it has one, and frees it. */
void
mf_scan_trackers_remove(struct mf_scan_trackers *trackers, struct mf_scan_tracker *tracker);

/* Forgets what only matters until the group is sure. */
void
mf_scan_tracker_settle(struct mf_scan_tracker *tracker);

size_t
mf_scan_trackers_memory(const struct mf_scan_trackers *trackers);

#endif
