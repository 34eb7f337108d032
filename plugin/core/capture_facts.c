/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "capture_facts.h"

mf_nanoseconds
mf_capture_last_time(const struct mf_engine *engine)
{
    mf_nanoseconds last = mf_engine_first_time(engine);

    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++)
        last = MAX(last, mf_engine_session(engine, id)->last);
    return last;
}

uint32_t
mf_capture_unread(const struct mf_engine *engine)
{
    uint32_t n = 0;

    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++) {
        const char *app = mf_engine_session(engine, id)->app;

        n += app != NULL && (g_str_has_suffix(app, "TLS") || g_str_has_suffix(app, "QUIC"));
    }
    return n;
}

uint32_t
mf_capture_scans(const struct mf_engine *engine)
{
    uint32_t count = 0;

    for (uint32_t id = 1; id <= mf_engine_scan_count(engine); id++)
        count += mf_engine_scan(engine, id)->sessions > 0;
    return count;
}

uint32_t
mf_capture_beacons(const struct mf_engine *engine)
{
    uint32_t count = 0;

    for (uint32_t id = 1; id <= mf_engine_beacon_count(engine); id++)
        count += mf_engine_beacon(engine, id)->contacts > 0;
    return count;
}
