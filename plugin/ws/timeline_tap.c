/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The listener itself needs nothing of a packet: the engine has it all. Only with a display filter
 * it notes which sessions and frames pass.
 */
#include "timeline_tap.h"

#include "capture.h"
#include "compat.h"
#include "core/timeline.h"
#include "preferences.h"
#include "tap.h"

#include <stdio.h>

#define CLI_NAME "malflow,timeline"

/* One output; lives until the program ends. */
struct output {
    struct mf_timeline_options options;
    struct mf_timeline_selection selection;
    GHashTable *sessions, *frames; /* with a filter only */
};

static void
parse(struct mf_timeline_options *options, const char *text)
{
    struct mf_diags *diags = mf_diags_new();

    if (!mf_timeline_options_parse(options, text, diags))
        mf_tap_refuse_all(CLI_NAME, diags);
    mf_diags_free(diags);
}

static void
reset(void *data)
{
    struct output *output = data;

    if (output->sessions != NULL) {
        g_hash_table_remove_all(output->sessions);
        g_hash_table_remove_all(output->frames);
    }
}

static tap_packet_status
packet_passed(void *data, packet_info *pinfo, epan_dissect_t *edt, const void *tapped,
              tap_flags_t flags)
{
    struct output *output = data;
    const struct mf_verdict *verdict = tapped;

    (void)edt;
    (void)flags;
    if (output->sessions == NULL || verdict->session == 0)
        return TAP_PACKET_DONT_REDRAW;
    g_hash_table_add(output->sessions, GUINT_TO_POINTER(verdict->session));
    g_hash_table_add(output->frames, GUINT_TO_POINTER(pinfo->num));
    return TAP_PACKET_REDRAW;
}

static void
say_why_empty(const struct mf_engine *engine)
{
    uint32_t frames = mf_engine_frame_count(engine);

    if (frames == 0)
        fprintf(stderr, "malflow: the capture has no packets: there is nothing to tell.\n");
    else if (mf_engine_session_count(engine) == 0)
        fprintf(
            stderr,
            "malflow: none of the %u frames carries IP or ARP: there are no sessions to tell.\n",
            frames);
    else
        fprintf(stderr, "malflow: no session passes the filter and options.\n");
}

static void
draw(void *data)
{
    struct output *output = data;
    struct mf_engine *engine = mf_capture_engine();
    struct mf_timeline *timeline;
    GString *line = g_string_new(NULL);

    mf_engine_flush(engine);
    timeline = mf_timeline_new(engine, &output->options,
                               output->sessions != NULL ? &output->selection : NULL);
    for (uint32_t i = 0; i < mf_timeline_count(timeline); i++) {
        g_string_truncate(line, 0);
        mf_timeline_append_text(timeline, i, line);
        g_string_append_c(line, '\n');
        fwrite(line->str, 1, line->len, stdout);
    }
    fflush(stdout);
    if (mf_timeline_count(timeline) == 0)
        say_why_empty(engine);
    mf_capture_report_limits();
    mf_timeline_free(timeline);
    g_string_free(line, TRUE);
}

static MF_STAT_INIT_RETURN
start(const char *argument, void *user)
{
    struct output *output = g_new0(struct output, 1);
    const char *text = g_str_has_prefix(argument, CLI_NAME) ? argument + strlen(CLI_NAME) : "";
    GString *error;

    (void)user;
    mf_preferences_timeline(&output->options);
    if (*text != '\0' && *text != ',')
        mf_tap_refuse(CLI_NAME, "expected malflow,timeline[,OPTION...][,FILTER]");
    parse(&output->options, *text == ',' ? text + 1 : text);
    if (output->options.filter != NULL) {
        output->sessions = g_hash_table_new(NULL, NULL);
        output->frames = g_hash_table_new(NULL, NULL);
        output->selection = (struct mf_timeline_selection){output->sessions, output->frames};
    }
    mf_capture_keep(&output->options.packets, output->options.payload_bytes);
    error = register_tap_listener(MF_TAP_NAME, output, output->options.filter, TL_REQUIRES_NOTHING,
                                  reset, packet_passed, draw, NULL);
    if (error != NULL)
        mf_tap_refuse(CLI_NAME, error->str);
    MF_STAT_INIT_OK;
}

void
mf_timeline_tap_register(void)
{
    mf_tap_register_output(CLI_NAME, start);
}
