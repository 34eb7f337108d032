/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as the timeline prints them, by integer arithmetic alone: a double cannot hold nanoseconds
 * since 1970, and no locale may move the decimal point. */
#include "timeline_time.h"

#include "text.h"

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_CS INT64_C(10000000)

mf_nanoseconds
mf_timeline_distance(mf_nanoseconds a, mf_nanoseconds b)
{
    mf_nanoseconds distance;

    if (__builtin_sub_overflow(b, a, &distance))
        return b > a ? INT64_MAX : INT64_MIN;
    return distance;
}

/* N / D, rounded down. */
static int64_t
floor_div(int64_t n, int64_t d)
{
    return n / d - (n % d < 0 ? 1 : 0);
}

/* TIME in UNITs, rounded half up. */
static int64_t
round_to(mf_nanoseconds time, int64_t unit)
{
    int64_t rest = time % unit;

    if (rest < 0)
        rest += unit;
    return floor_div(time, unit) + (rest >= unit / 2 ? 1 : 0);
}

/* Appends NUMBER with leading zeros; HIGHEST: what its first digit counts. */
static void
append_fixed(GString *out, unsigned number, unsigned highest)
{
    for (; highest > 0; highest /= 10)
        g_string_append_c(out, (char)('0' + number / highest % 10));
}

/* Puts blanks in front of what OUT has from FROM on. */
static void
pad(GString *out, size_t from)
{
    static const char blanks[] = "        ";
    const size_t length = out->len - from;

    if (length < sizeof blanks - 1)
        g_string_insert_len(out, (gssize)from, blanks, (gssize)(sizeof blanks - 1 - length));
}

void
mf_timeline_append_seconds(GString *out, mf_nanoseconds time)
{
    int64_t ms = round_to(time, NS_PER_MS);
    uint64_t size = ms < 0 ? (uint64_t)-ms : (uint64_t)ms;
    const size_t before = out->len;

    if (ms < 0)
        g_string_append_c(out, '-');
    mf_text_append_number(out, size / 1000);
    g_string_append_c(out, '.');
    append_fixed(out, (unsigned)(size % 1000), 100);
    pad(out, before);
}

/* ZONE may be NULL: UTC, which a date beyond what the zone's offset allows is told in, too. */
static GDateTime *
date_of(int64_t seconds, GTimeZone *zone)
{
    GDateTime *utc = g_date_time_new_from_unix_utc(seconds), *date;

    if (zone == NULL || (date = g_date_time_to_timezone(utc, zone)) == NULL)
        return utc;
    g_date_time_unref(utc);
    return date;
}

void
mf_timeline_append_utc(GString *out, mf_nanoseconds time)
{
    mf_timeline_append_date(out, time, NULL);
}

void
mf_timeline_append_date(GString *out, mf_nanoseconds time, GTimeZone *zone)
{
    int64_t ms = round_to(time, NS_PER_MS);
    int64_t seconds = floor_div(ms, 1000);
    GDateTime *date = date_of(seconds, zone);

    g_string_append_printf(out, "%04d-%02d-%02d %02d:%02d:%02d.%03d", g_date_time_get_year(date),
                           g_date_time_get_month(date), g_date_time_get_day_of_month(date),
                           g_date_time_get_hour(date), g_date_time_get_minute(date),
                           g_date_time_get_second(date), (int)(ms - seconds * 1000));
    g_date_time_unref(date);
}

void
mf_timeline_append_duration(GString *out, mf_nanoseconds duration)
{
    uint64_t cs = duration > 0 ? (uint64_t)round_to(duration, NS_PER_CS) : 0;
    const size_t before = out->len;

    mf_text_append_number(out, cs / 6000);
    g_string_append_c(out, ':');
    append_fixed(out, (unsigned)(cs / 100 % 60), 10);
    g_string_append_c(out, '.');
    append_fixed(out, (unsigned)(cs % 100), 10);
    pad(out, before);
}
