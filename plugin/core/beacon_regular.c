/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Medians instead of means, since a lost beat or a night's sleep must not hide a beacon. The median
 * deviation alone would call one in five random sequences of six contacts regular; so most of the
 * intervals must lie near the median as well. With the bounds below, intervals that are spread
 * evenly over two thirds above and below their middle still pass, and exponential ones do not.
 */
#include "beacon_regular.h"

#include <math.h>
#include <stdlib.h>

/* Contacts closer than this are one beat, and the shortest period. */
#define BEAT     MF_NS_PER_S
#define SHORTEST (2 * MF_NS_PER_S)

#define JITTER_MAX     0.25
#define OUTLIER        0.5  /* of the period */
#define NEAR_MULTIPLE  0.1  /* of the period */
#define MISSED_MAX     10   /* beats in a row */
#define SIZE_TOLERANCE 0.05 /* of the median */

enum { PART_PERCENT = 80, MAGNITUDE = 10 };

static int
compare_contacts(const void *a, const void *b)
{
    mf_nanoseconds x = ((const struct mf_contact *)a)->start;
    mf_nanoseconds y = ((const struct mf_contact *)b)->start;

    return (x > y) - (x < y);
}

static int
compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static bool
is_most(unsigned part, unsigned n)
{
    return part * 100 >= n * PART_PERCENT;
}

/* Writes the intervals between beats; returns how many. */
static unsigned
intervals_of(const struct mf_contact *contacts, unsigned n, double *intervals)
{
    mf_nanoseconds beat = contacts[0].start, last = beat;
    unsigned count = 0;

    for (unsigned i = 1; i < n; i++) {
        if (contacts[i].start - last >= BEAT) {
            intervals[count++] = (double)(contacts[i].start - beat);
            beat = contacts[i].start;
        }
        last = contacts[i].start;
    }
    return count;
}

/* How far INTERVAL is from PERIOD, or from a multiple if it is near one: beats may be missed. */
static double
deviation(double interval, double period)
{
    double multiple = round(interval / period);

    if (multiple >= 2 && multiple <= MISSED_MAX + 1 &&
        fabs(interval - multiple * period) <= NEAR_MULTIPLE * period)
        return fabs(interval - multiple * period);
    return fabs(interval - period);
}

/* INTERVALS are sorted, and N is not 0. */
static bool
are_of_one_magnitude(const double *intervals, unsigned n)
{
    unsigned aside = n / 10;

    return intervals[n - 1 - aside] <= MAGNITUDE * intervals[aside];
}

/* Fills in period, jitter and time; false: the intervals are no rhythm of any kind. */
static bool
measure_time(const struct mf_contact *contacts, unsigned n, struct mf_regularity *out)
{
    double intervals[MF_BEACON_HELD], deviations[MF_BEACON_HELD], period;
    unsigned count = intervals_of(contacts, n, intervals), near = 0;

    if (count + 1 < MF_BEACON_CONTACTS)
        return false;
    qsort(intervals, count, sizeof *intervals, compare_doubles);
    period = intervals[(count - 1) / 2];
    for (unsigned i = 0; i < count; i++) {
        deviations[i] = deviation(intervals[i], period);
        near += deviations[i] <= OUTLIER * period;
    }
    qsort(deviations, count, sizeof *deviations, compare_doubles);
    out->period = (mf_nanoseconds)period;
    out->jitter = deviations[count / 2] / period;
    out->time = out->period >= SHORTEST && out->jitter <= JITTER_MAX && is_most(near, count);
    return out->period >= SHORTEST && are_of_one_magnitude(intervals, count);
}

/* Sets the median of each direction; returns the number of contacts whose bytes are known. */
static unsigned
measure_bytes(const struct mf_contact *contacts, unsigned n, uint64_t medians[2])
{
    double bytes[2][MF_BEACON_HELD];
    unsigned count = 0;

    for (unsigned i = 0; i < n; i++) {
        if (!contacts[i].whole)
            continue;
        bytes[0][count] = (double)contacts[i].bytes[0];
        bytes[1][count++] = (double)contacts[i].bytes[1];
    }
    for (unsigned side = 0; side < 2 && count > 0; side++) {
        qsort(bytes[side], count, sizeof bytes[side][0], compare_doubles);
        medians[side] = (uint64_t)bytes[side][(count - 1) / 2];
    }
    return count;
}

static bool
fits(const struct mf_contact *contact, const uint64_t medians[2])
{
    for (unsigned side = 0; side < 2; side++)
        if (fabs((double)contact->bytes[side] - (double)medians[side]) >
            SIZE_TOLERANCE * (double)medians[side])
            return false;
    return true;
}

/* Silence is of one size always: that says nothing. */
static bool
measure_size(const struct mf_contact *contacts, unsigned n, uint64_t medians[2])
{
    unsigned count = measure_bytes(contacts, n, medians), fitting = 0;

    if (count < MF_BEACON_SIZED_CONTACTS || medians[0] + medians[1] == 0)
        return false;
    for (unsigned i = 0; i < n; i++)
        fitting += contacts[i].whole && fits(&contacts[i], medians);
    return is_most(fitting, count);
}

void
mf_regularity_measure(struct mf_contact *contacts, unsigned n, struct mf_regularity *out)
{
    bool same_size, rhythm;

    *out = (struct mf_regularity){0};
    if (n == 0 || n > MF_BEACON_HELD)
        return;
    qsort(contacts, n, sizeof *contacts, compare_contacts);
    same_size = measure_size(contacts, n, out->bytes);
    rhythm = measure_time(contacts, n, out);
    out->size = same_size && rhythm;
}
