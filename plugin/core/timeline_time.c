/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as the timeline prints them, by integer arithmetic alone: a double cannot hold nanoseconds
 * since 1970, and no locale may move the decimal point. */
#include "timeline_time.h"

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

void
mf_timeline_append_seconds(GString *out, mf_nanoseconds time)
{
    int64_t ms = round_to(time, NS_PER_MS);
    uint64_t size = ms < 0 ? (uint64_t)-ms : (uint64_t)ms;
    char text[32];

    g_snprintf(text, sizeof text, "%s%" G_GUINT64_FORMAT ".%03u", ms < 0 ? "-" : "", size / 1000,
               (unsigned)(size % 1000));
    g_string_append_printf(out, "%8s", text);
}

void
mf_timeline_append_utc(GString *out, mf_nanoseconds time)
{
    int64_t ms = round_to(time, NS_PER_MS);
    int64_t seconds = floor_div(ms, 1000);
    GDateTime *date = g_date_time_new_from_unix_utc(seconds);

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
    char text[32];

    g_snprintf(text, sizeof text, "%" G_GUINT64_FORMAT ":%02u.%02u", cs / 6000,
               (unsigned)(cs / 100 % 60), (unsigned)(cs % 100));
    g_string_append_printf(out, "%8s", text);
}
