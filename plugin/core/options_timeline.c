/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of one timeline output, as they stand behind "-z malflow,timeline,", and of a report with
 * one in it. */
#include "options.h"

#include <string.h>

static bool
set_switch(bool *out, const char *value)
{
    *out = strcmp(value, "on") == 0;
    return *out || strcmp(value, "off") == 0;
}

static bool
set_aggregate(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return set_switch(&options->aggregate, value);
}

static bool
set_beacons(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return set_switch(&options->beacons, value);
}

static bool
set_fold(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return set_switch(&options->fold, value);
}

static bool
set_requests(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return set_switch(&options->requests, value);
}

static bool
set_hits(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    options->hits = strcmp(value, "only") == 0 ? MF_HITS_ONLY : MF_HITS_ALL;
    return options->hits == MF_HITS_ONLY || strcmp(value, "all") == 0;
}

static bool
set_priority(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return mf_option_list_number(value, 1, UINT8_MAX, &options->priority);
}

static bool
set_packets(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    mf_packet_protocols_clear(&options->packets);
    return mf_packet_protocols_parse(&options->packets, value, diags) && *value != '\0';
}

static bool
set_payload(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)diags;
    return mf_option_list_number(value, 0, MF_PAYLOAD_ROW_BYTES_MAX, &options->payload_bytes);
}

static bool
set_utc(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)value;
    (void)diags;
    options->time = MF_TIME_UTC;
    return true;
}

static bool
set_local(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)value;
    (void)diags;
    options->time = MF_TIME_LOCAL;
    return true;
}

static bool
set_relative(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_timeline_options *options = target;

    (void)value;
    (void)diags;
    options->time = MF_TIME_RELATIVE;
    return true;
}

static bool
set_title(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_html_options *options = target;

    (void)diags;
    g_free(options->title);
    options->title = g_strdup(value);
    return true;
}

/* A report has one more than the timeline that it begins with. */
static const struct mf_option_row known[] = {
    {"packets", "protocols joined by '+', all or none", set_packets},
    {"aggregate", "on or off", set_aggregate},
    {"beacons", "on or off", set_beacons},
    {"fold", "on or off", set_fold},
    {"requests", "on or off", set_requests},
    {"hits", "only or all", set_hits},
    {"priority", "a number from 1 to 255", set_priority},
    {"payload", "a number from 0 to 65535", set_payload},
    {"utc", NULL, set_utc},
    {"local", NULL, set_local},
    {"relative", NULL, set_relative},
    {"title", "what stands above the report, without a comma", set_title},
};

G_STATIC_ASSERT(MF_PAYLOAD_ROW_BYTES_MAX == 65535);

const struct mf_option_list mf_timeline_option_list = {known, G_N_ELEMENTS(known) - 1};
const struct mf_option_list mf_html_option_list = {known, G_N_ELEMENTS(known)};

G_STATIC_ASSERT(offsetof(struct mf_html_options, timeline) == 0);

void
mf_timeline_options_clear(struct mf_timeline_options *options)
{
    mf_packet_protocols_clear(&options->packets);
}
