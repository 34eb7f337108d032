/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as rows print them. */
#ifndef MALFLOW_CORE_TIMELINE_TIME_H
#define MALFLOW_CORE_TIMELINE_TIME_H

#include "types.h"

#include <glib.h>

/* B - A, kept within its type. */
mf_nanoseconds
mf_timeline_distance(mf_nanoseconds a, mf_nanoseconds b);

/* Appends seconds with three decimals, 8 wide, rounded half up: "   0.357". */
void
mf_timeline_append_seconds(GString *out, mf_nanoseconds time);

/* Appends "2008-01-01 00:00:00.357", rounded half up. */
void
mf_timeline_append_utc(GString *out, mf_nanoseconds time);

/* The same in ZONE; NULL: UTC. */
void
mf_timeline_append_date(GString *out, mf_nanoseconds time, GTimeZone *zone);

/* Appends minutes, seconds and hundredths, 8 wide, rounded half up: "60:38.33". A negative one
 * counts as none. */
void
mf_timeline_append_duration(GString *out, mf_nanoseconds duration);

#endif
