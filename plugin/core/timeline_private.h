/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the timeline's model and its text form share. */
#ifndef MALFLOW_CORE_TIMELINE_PRIVATE_H
#define MALFLOW_CORE_TIMELINE_PRIVATE_H

#include "timeline.h"

/* A scan group or a beacon. */
struct mf_group_row {
    mf_nanoseconds last; /* last packet of its members */
    bool told;           /* one of them is chosen */
};

struct mf_timeline {
    const struct mf_engine *engine;
    const struct mf_timeline_options *options;
    GArray *rows;                         /* struct mf_row */
    struct mf_group_row *scans, *beacons; /* index: their id */
    bool *rowless;                        /* index: session id; it stands on another's row only */
};

/* Sessions within a beacon: which of them say nothing that its row does not say. */
struct mf_timeline_contacts;

struct mf_timeline_contacts *
mf_timeline_contacts_new(const struct mf_timeline *timeline);

void
mf_timeline_contacts_free(struct mf_timeline_contacts *contacts);

/* Asked once for each session of a beacon, in order of their ids. CHOSEN: it would have a row. */
bool
mf_timeline_contacts_say_no_more(struct mf_timeline_contacts *contacts,
                                 const struct mf_session *session, bool chosen);

/* Whether something was found in SESSION: it keeps its own row whatever it belongs to. */
bool
mf_timeline_is_of_note(const struct mf_timeline *timeline, const struct mf_session *session);

/* Appends what the row of a beacon says behind the protocol. */
void
mf_timeline_append_beacon(const struct mf_timeline *timeline, const struct mf_beacon *beacon,
                          GString *out);

/* Whether the options leave HIT in. */
bool
mf_timeline_tells(const struct mf_timeline *timeline, const struct mf_hit *hit);

/* B - A, kept within its type. */
mf_nanoseconds
mf_timeline_distance(mf_nanoseconds a, mf_nanoseconds b);

/* Appends seconds with three decimals, 8 wide, rounded half up: "   0.357". */
void
mf_timeline_append_seconds(GString *out, mf_nanoseconds time);

/* Appends "2008-01-01 00:00:00.357", rounded half up. */
void
mf_timeline_append_utc(GString *out, mf_nanoseconds time);

/* Appends minutes, seconds and hundredths, 8 wide, rounded half up: "60:38.33". A negative one
 * counts as none. */
void
mf_timeline_append_duration(GString *out, mf_nanoseconds duration);

#endif
