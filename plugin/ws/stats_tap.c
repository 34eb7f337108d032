/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats_tap.h"

#include "capture.h"
#include "compat.h"
#include "signatures.h"
#include "tap.h"

#include <stdio.h>

#define CLI_NAME "malflow,stats"

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

static void
draw(void *data)
{
    struct mf_engine *engine = mf_capture_engine();
    const struct mf_findings *findings = mf_engine_findings(engine);

    (void)data;
    mf_engine_flush(engine);
    printf("\n===================================================================\n"
           "malflow statistics\n"
           "frames:              %u (%u carry neither IP nor ARP)\n"
           "sessions:            %u\n"
           "scan groups:         %u\n"
           "signatures:          %u\n"
           "hits:                %u\n"
           "files:               %u\n",
           mf_engine_frame_count(engine), mf_engine_other_count(engine),
           mf_engine_session_count(engine), count_scans(engine), mf_ruleset_count(mf_signatures()),
           mf_findings_hit_count(findings), mf_findings_file_count(findings));
    print_memory(engine);
    printf("===================================================================\n");
    fflush(stdout);
    mf_capture_report_limits();
}

static MF_STAT_INIT_RETURN
start(const char *argument, void *user)
{
    static int listener; /* only its address is used */
    GString *error;

    (void)user;
    if (strcmp(argument, CLI_NAME) != 0)
        mf_tap_refuse(CLI_NAME, "expected nothing behind it");
    error = register_tap_listener(MF_TAP_NAME, &listener, NULL, TL_REQUIRES_NOTHING, NULL, NULL,
                                  draw, NULL);
    if (error != NULL)
        mf_tap_refuse(CLI_NAME, error->str);
    MF_STAT_INIT_OK;
}

void
mf_stats_tap_register(void)
{
    mf_tap_register_output(CLI_NAME, start);
}
