/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the timeline's model and its text form share. */
#ifndef MALFLOW_CORE_TIMELINE_PRIVATE_H
#define MALFLOW_CORE_TIMELINE_PRIVATE_H

#include "timeline.h"

struct mf_timeline {
    const struct mf_engine *engine;
    const struct mf_timeline_options *options;
    GArray *rows;              /* struct mf_row */
    mf_nanoseconds *scan_last; /* index: group id; last packet of its members */
};

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
