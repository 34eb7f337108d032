/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine is made at the first packet, not in the init routine: tshark starts -z outputs, which
 * say what payload is to be kept, between the two.
 */
#include "capture.h"

#include "compat.h"
#include "export.h"
#include "fieldmap.h"
#include "preferences.h"
#include "signatures.h"

#include <epan/plugin_if.h>

#include <stdio.h>

static struct mf_engine *engine;
static struct mf_packet_protocols keep; /* asked for by outputs */
static uint32_t keep_bytes;
static bool want_md5;
static bool limits_reported;
static struct mf_verdicts *verdicts; /* NULL: to be made when asked for */
static uint32_t verdicts_frames;     /* that were known then */
static uint32_t flushed_frames;      /* that were known when streams were ended last */
static void (*watcher)(void);

static void
merge_names(struct mf_packet_protocols *into, const struct mf_packet_protocols *from)
{
    GPtrArray *all = g_ptr_array_new();

    into->all = into->all || from->all;
    for (char **name = into->names; name != NULL && *name != NULL; name++)
        g_ptr_array_add(all, *name);
    for (char **name = from->names; name != NULL && *name != NULL; name++)
        g_ptr_array_add(all, g_strdup(*name));
    g_ptr_array_add(all, NULL);
    g_free(into->names);
    into->names = (char **)g_ptr_array_free(all, FALSE);
}

void
mf_capture_keep(const struct mf_packet_protocols *protocols, uint32_t payload_bytes)
{
    merge_names(&keep, protocols);
    keep_bytes = MAX(keep_bytes, payload_bytes);
}

void
mf_capture_want_md5(void)
{
    want_md5 = true;
}

static void
make_engine(void)
{
    struct mf_packet_protocols wanted = {0};
    struct mf_settings settings;

    mf_preferences_settings(&settings);
    settings.keep_files = mf_export_wanted();
    settings.payload_bytes = MAX(settings.payload_bytes, keep_bytes);
    settings.md5 = want_md5;
    merge_names(&wanted, mf_preferences_packet_protocols());
    merge_names(&wanted, &keep);
    engine = mf_engine_new(&settings, mf_signatures(), &wanted);
    mf_packet_protocols_clear(&wanted);
}

struct mf_engine *
mf_capture_intake(void)
{
    if (G_UNLIKELY(engine == NULL))
        make_engine();
    return engine;
}

struct mf_engine *
mf_capture_engine(void)
{
    mf_engine_catch_up(mf_capture_intake());
    return engine;
}

static void *
about_reading(capture_file *file, void *data)
{
    (void)data;
    return file != NULL && (MF_FILE_IS_BEING_READ(file) || file->redissecting) ? file : NULL;
}

bool
mf_capture_is_reading(void)
{
    return plugin_if_get_capture_file(about_reading, NULL) != NULL;
}

void
mf_capture_end_streams(void)
{
    uint32_t frames = engine != NULL ? mf_engine_frame_count(engine) : 0;

    if (frames == flushed_frames || mf_capture_is_reading())
        return;
    mf_engine_flush(engine);
    flushed_frames = frames;
}

const struct mf_engine *
mf_capture_known(void)
{
    if (engine == NULL || mf_engine_frame_count(engine) == 0)
        return NULL;
    mf_capture_end_streams();
    return mf_capture_engine();
}

void
mf_capture_watch(void (*gone)(void))
{
    g_assert(watcher == NULL);
    watcher = gone;
}

void
mf_capture_forget_verdicts(void)
{
    mf_verdicts_free(verdicts);
    verdicts = NULL;
}

const struct mf_verdicts *
mf_capture_verdicts(void)
{
    enum { PART = 16 };
    const uint32_t frames = mf_engine_frame_count(mf_capture_engine());

    if (verdicts != NULL && frames - verdicts_frames <= verdicts_frames / PART)
        return verdicts;
    mf_capture_forget_verdicts();
    verdicts = mf_verdicts_new(engine, NULL);
    verdicts_frames = frames;
    return verdicts;
}

static const struct {
    size_t counter;
    const char *text;
} limit_texts[] = {
    {offsetof(struct mf_counters, sessions_refused),
     "packets belong to sessions beyond the preference malflow.max_sessions and are not told"},
    {offsetof(struct mf_counters, streams_cut),
     "stream directions were inspected only up to the preference malflow.stream_bytes"},
    {offsetof(struct mf_counters, streams_evicted),
     "streams gave up their window to others: what spans packets may be missed in them"},
    {offsetof(struct mf_counters, scan_trackers_lost),
     "possible scans were given up to others: slow scans may be missed"},
    {offsetof(struct mf_counters, beacon_trackers_lost),
     "repeated contacts were given up to others: slow beacons may be missed"},
    {offsetof(struct mf_counters, summary_items_lost),
     "names, answers or requests were left out of summaries"},
    {offsetof(struct mf_counters, rule_limits),
     "rule evaluations were stopped by their work limit: a hit may be missing"},
    {offsetof(struct mf_counters, rule_state_lost),
     "bits and counts that rules wanted to remember were not kept: a hit may be missing"},
    {offsetof(struct mf_counters, clues_lost),
     "things that hosts were told were forgotten before their time: a cause may be missing"},
    {offsetof(struct mf_counters, orders_lost), "orders are not listed: there were too many"},
    {offsetof(struct mf_counters, links_lost), "causes of effects that have many are not told"},
    {offsetof(struct mf_counters, mention_bytes_lost),
     "bytes of large bodies were not read for the hosts that they name"},
    {offsetof(struct mf_counters, files_not_kept),
     "files are not exported, or not whole: they are too large, or too many"},
    {offsetof(struct mf_counters, pcre_limits),
     "regular expressions were stopped by their match limit"},
};

void
mf_capture_report_limits(void)
{
    const char *counters = (const char *)mf_engine_counters(mf_capture_engine());

    if (limits_reported)
        return;
    limits_reported = true;
    for (size_t i = 0; i < G_N_ELEMENTS(limit_texts); i++) {
        uint64_t n = *(const uint64_t *)(const void *)(counters + limit_texts[i].counter);

        if (n > 0)
            fprintf(stderr, "malflow: %" PRIu64 " %s.\n", n, limit_texts[i].text);
    }
}

/* What rules read must be asked for before the first packet. */
static void
capture_opened(void)
{
    struct mf_settings settings;
    bool enabled =
        proto_is_protocol_enabled(find_protocol_by_id(proto_get_id_by_filter_name("malflow")));

    limits_reported = false;
    mf_preferences_settings(&settings);
    if (enabled)
        mf_fieldmap_select(mf_signatures(), settings.correlate);
}

/* Who watches can still use what they have, and get no more of it. */
static void
capture_closed(void)
{
    struct mf_engine *old = engine;

    engine = NULL;
    flushed_frames = 0;
    if (watcher != NULL && old != NULL)
        watcher();
    mf_capture_forget_verdicts();
    mf_engine_free(old);
}

void
mf_capture_register(void)
{
    register_init_routine(capture_opened);
    register_cleanup_routine(capture_closed);
}
