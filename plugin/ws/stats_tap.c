/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -z malflow,stats: counts, for those who look after malflow itself. */
#include "signatures.h"
#include "tap.h"

#include <stdio.h>

static void
print_memory(const struct mf_engine *engine)
{
    uint32_t frames = mf_engine_frame_count(engine), sessions = mf_engine_session_count(engine);
    size_t for_sessions, for_frames;

    mf_engine_memory(engine, &for_sessions, &for_frames);
    printf("memory for sessions: %zu byte (%.0f per session)\n", for_sessions,
           sessions > 0 ? (double)for_sessions / sessions : 0.0);
    printf("memory for frames:   %zu byte (%.1f per frame)\n", for_frames,
           frames > 0 ? (double)for_frames / frames : 0.0);
}

static uint32_t
count_scans(const struct mf_engine *engine)
{
    uint32_t count = 0;

    for (uint32_t id = 1; id <= mf_engine_scan_count(engine); id++)
        count += mf_engine_scan(engine, id)->sessions > 0;
    return count;
}

static uint32_t
count_beacons(const struct mf_engine *engine)
{
    uint32_t count = 0;

    for (uint32_t id = 1; id <= mf_engine_beacon_count(engine); id++)
        count += mf_engine_beacon(engine, id)->contacts > 0;
    return count;
}

static void
draw(const struct mf_output *output)
{
    const struct mf_engine *engine = output->engine;
    const struct mf_findings *findings = mf_engine_findings(engine);

    printf("\n===================================================================\n"
           "malflow statistics\n"
           "frames:              %u (%u carry neither IP nor ARP)\n"
           "sessions:            %u\n"
           "scan groups:         %u\n"
           "beacons:             %u\n"
           "signatures:          %u\n"
           "hits:                %u\n"
           "files:               %u\n",
           mf_engine_frame_count(engine), mf_engine_other_count(engine),
           mf_engine_session_count(engine), count_scans(engine), count_beacons(engine),
           mf_ruleset_count(mf_signatures()), mf_findings_hit_count(findings),
           mf_findings_file_count(findings));
    print_memory(engine);
    printf("===================================================================\n");
}

const struct mf_output_kind mf_output_stats = {
    .name = "stats",
    .draw = draw,
};
