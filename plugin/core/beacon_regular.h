/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether contacts are regular: arithmetic only. Private to the beacon module. */
#ifndef MALFLOW_CORE_BEACON_REGULAR_H
#define MALFLOW_CORE_BEACON_REGULAR_H

#include "limits.h"
#include "types.h"

#include <stdbool.h>

struct mf_contact {
    mf_nanoseconds start;
    uint64_t bytes[2];
    bool whole; /* bytes are known: it was not opened just now */
};

struct mf_regularity {
    bool time, size;
    mf_nanoseconds period; /* median of the intervals between beats */
    double jitter;         /* median deviation from it, as a part of it */
    uint64_t bytes[2];     /* medians */
};

/*
 * Judges N contacts (at most MF_BEACON_HELD), which it puts in order of start. Contacts within a
 * second of the one before belong to one beat: a program that opens several connections at once
 * says nothing by that.
 */
void
mf_regularity_measure(struct mf_contact *contacts, unsigned n, struct mf_regularity *out);

#endif
