/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the engine answers: look-ups in what its modules have found. */
#include "engine_private.h"
#include "summary.h"

uint32_t
mf_engine_session_count(const struct mf_engine *engine)
{
    return mf_sessions_count(engine->sessions);
}

const struct mf_session *
mf_engine_session(const struct mf_engine *engine, uint32_t id)
{
    return mf_sessions_get(engine->sessions, id);
}

struct mf_verdict
mf_engine_verdict(const struct mf_engine *engine, uint32_t frame)
{
    return mf_frametable_get(engine->frames, frame);
}

uint32_t
mf_engine_frame_end(const struct mf_engine *engine)
{
    return mf_frametable_end(engine->frames);
}

mf_nanoseconds
mf_engine_first_time(const struct mf_engine *engine)
{
    return engine->first_time;
}

uint32_t
mf_engine_frame_count(const struct mf_engine *engine)
{
    return engine->frame_count;
}

uint32_t
mf_engine_other_count(const struct mf_engine *engine)
{
    return engine->other_count;
}

const struct mf_findings *
mf_engine_findings(const struct mf_engine *engine)
{
    return engine->findings;
}

const struct mf_rule_info *
mf_engine_hit_rule(const struct mf_engine *engine, const struct mf_hit *hit)
{
    return mf_ruleset_info(engine->rules, hit->rule);
}

uint32_t
mf_engine_payload_count(const struct mf_engine *engine)
{
    return engine->payload_rows->len;
}

const struct mf_payload_row *
mf_engine_payload(const struct mf_engine *engine, uint32_t index)
{
    return &g_array_index(engine->payload_rows, struct mf_payload_row, index);
}

uint32_t
mf_engine_scan_count(const struct mf_engine *engine)
{
    return mf_scans_count(engine->scans);
}

const struct mf_scan_group *
mf_engine_scan(const struct mf_engine *engine, uint32_t id)
{
    return mf_scans_get(engine->scans, id);
}

uint32_t
mf_engine_beacon_count(const struct mf_engine *engine)
{
    return mf_beacons_count(engine->beacons);
}

const struct mf_beacon *
mf_engine_beacon(const struct mf_engine *engine, uint32_t id)
{
    return mf_beacons_get(engine->beacons, id);
}

const struct mf_correlator *
mf_engine_correlator(const struct mf_engine *engine)
{
    return engine->correlator;
}

static uint32_t
scan_causes(const struct mf_engine *engine, const struct mf_session *session)
{
    return session->scan != 0 ? mf_correlator_scan_causes(engine->correlator,
                                                          mf_engine_scan(engine, session->scan))
                              : 0;
}

uint32_t
mf_engine_causes(const struct mf_engine *engine, const struct mf_session *session)
{
    uint32_t causes;

    if (engine->correlator == NULL)
        return 0;
    causes = scan_causes(engine, session);
    return causes != 0 ? causes : mf_correlator_causes(engine->correlator, session->id);
}

uint32_t
mf_engine_frame_causes(const struct mf_engine *engine, const struct mf_session *session,
                       uint32_t frame)
{
    uint32_t causes =
        engine->correlator != NULL ? mf_correlator_request_causes(engine->correlator, frame) : 0;

    return causes != 0 ? causes : mf_engine_causes(engine, session);
}

uint32_t
mf_engine_root(const struct mf_engine *engine, const struct mf_session *session)
{
    uint32_t id = session->id, causes;

    if (engine->correlator == NULL)
        return id;
    causes = scan_causes(engine, session);
    if (causes != 0)
        id = mf_correlator_link(engine->correlator, causes - 1)->cause_session;
    return mf_correlator_root(engine->correlator, id);
}

const struct mf_kept_files *
mf_engine_kept_files(const struct mf_engine *engine)
{
    return engine->kept;
}

uint32_t
mf_engine_payload_bytes(const struct mf_engine *engine)
{
    return engine->settings.payload_bytes;
}

const struct mf_counters *
mf_engine_counters(const struct mf_engine *engine)
{
    return &engine->counters;
}

void
mf_engine_memory(const struct mf_engine *engine, size_t *sessions, size_t *frames)
{
    size_t size = sizeof *engine + mf_sessions_size(engine->sessions);

    for (uint32_t id = 1; id <= mf_sessions_count(engine->sessions); id++)
        size += mf_summary_memory(mf_sessions_get(engine->sessions, id));
    size += mf_flows_memory(engine->flows) + mf_findings_memory(engine->findings) +
            mf_scans_memory(engine->scans) + mf_beacons_memory(engine->beacons) +
            mf_interned_memory(engine->strings) + mf_kept_files_memory(engine->kept);
    if (engine->correlator != NULL)
        size += mf_correlator_memory(engine->correlator);
    size += engine->text_bytes + engine->payload_rows->len * sizeof(struct mf_payload_row);
    *sessions = size;
    *frames = mf_frametable_size(engine->frames);
}
