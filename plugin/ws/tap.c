/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all outputs share: the argument, the display filter, the end of the capture. The listener
 * needs nothing of a packet, for the engine has it all; only with a display filter it notes what
 * passes. tshark starts outputs between opening the file and the first packet, and ends on a wrong
 * argument as it does for its own. Outputs live until the program ends.
 */
#include "tap.h"

#include "capture.h"
#include "core/chosen.h"
#include "progress.h"
#include "signatures.h"
#include "table_window.h"

#include <epan/epan.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Windows stand in the menu in this order. */
static const struct mf_output_kind *const kinds[] = {
    &mf_output_timeline, &mf_output_findings, &mf_output_hits, &mf_output_scans,
    &mf_output_hosts,    &mf_output_chains,   &mf_output_json, &mf_output_rules,
    &mf_output_stats,    &mf_output_iocs,     &mf_output_html,
};

/* One "-z". */
struct listener {
    const struct mf_output_kind *kind;
    struct mf_output output;
    void *options;
    char *filter; /* or NULL */
    char *path;   /* of the kinds to_file */
    FILE *file;   /* where it goes; NULL: to standard output */
};

/* Of the output that is being drawn. */
static FILE *destination;

bool
mf_output_tells(const struct mf_output *output, uint32_t session)
{
    return mf_is_chosen(output->sessions, session);
}

struct mf_report_source
mf_output_source(const struct mf_output *output)
{
    static char *reader;

    if (reader == NULL)
        reader = g_strconcat("Wireshark ", epan_get_version(), NULL);
    return (struct mf_report_source){
        .version = MALFLOW_VERSION,
        .reader = reader,
        .signatures = mf_ruleset_count(mf_signatures()),
        .sessions = output->sessions,
    };
}

void
mf_output_print(const GString *text)
{
    fwrite(text->str, 1, text->len, destination);
}

/* --- argument --- */

G_NORETURN static void
refuse(const struct mf_output_kind *kind, const char *message)
{
    fprintf(stderr, "tshark: -z " MF_TAP_NAME ",%s: %s\n", kind->name, message);
    exit(1);
}

static void
parse(struct listener *listener, const char *text)
{
    struct mf_diags *diags = mf_diags_new();
    GString *all = g_string_new(NULL);

    if (!mf_option_list_parse(listener->kind->options, listener->options, text, &listener->filter,
                              diags)) {
        for (unsigned i = 0; i < mf_diags_count(diags); i++)
            g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", mf_diags_get(diags, i)->message);
        refuse(listener->kind, all->str);
    }
    g_string_free(all, TRUE);
    mf_diags_free(diags);
}

/* Takes the file's name, which ends at a comma, off TEXT, and makes the file. */
static const char *
take_file(struct listener *listener, const char *text)
{
    const size_t length = *text == ',' ? strcspn(text + 1, ",") : 0;
    char *message;

    if (length == 0)
        refuse(listener->kind, "expected the name of a file behind it, or - for standard output");
    listener->path = g_strndup(text + 1, length);
    if (strcmp(listener->path, "-") == 0)
        return text + 1 + length;
    listener->file = fopen(listener->path, "wb");
    if (listener->file == NULL) {
        message = g_strdup_printf("cannot write \"%s\": %s", listener->path, g_strerror(errno));
        refuse(listener->kind, message);
    }
    return text + 1 + length;
}

/* Takes what stands behind "malflow,NAME". */
static void
take_argument(struct listener *listener, const char *text)
{
    const struct mf_output_kind *kind = listener->kind;

    if (kind->to_file)
        text = take_file(listener, text);

    if (kind->options == NULL) {
        if (*text != '\0')
            refuse(kind, "expected nothing behind it");
        return;
    }
    if (*text != '\0' && *text != ',') {
        char *message = g_strdup_printf("expected " MF_TAP_NAME ",%s%s[,OPTION...][,FILTER]",
                                        kind->name, kind->to_file ? ",FILE" : "");

        refuse(kind, message);
    }
    listener->options = g_malloc0(kind->options_size);
    listener->output.options = listener->options;
    if (kind->init != NULL)
        kind->init(listener->options);
    parse(listener, *text == ',' ? text + 1 : text);
    if (kind->keep != NULL)
        kind->keep(listener->options);
}

/* --- packets --- */

static void
reset(void *data)
{
    const struct mf_output *output = &((const struct listener *)data)->output;

    if (output->sessions != NULL)
        g_hash_table_remove_all(output->sessions);
    if (output->frames != NULL)
        g_hash_table_remove_all(output->frames);
}

static tap_packet_status
packet_passed(void *data, packet_info *pinfo, epan_dissect_t *edt, const void *tapped,
              tap_flags_t flags)
{
    const struct mf_output *output = &((const struct listener *)data)->output;
    const struct mf_verdict *verdict = tapped;

    (void)edt;
    (void)flags;
    if (verdict->session == 0)
        return TAP_PACKET_DONT_REDRAW;
    g_hash_table_add(output->sessions, GUINT_TO_POINTER(verdict->session));
    if (output->frames != NULL)
        g_hash_table_add(output->frames, GUINT_TO_POINTER(pinfo->num));
    return TAP_PACKET_REDRAW;
}

/* --- the end --- */

/* A file is written from its start whenever the output is drawn. */
static void
begin_file(const struct listener *listener)
{
    destination = listener->file != NULL ? listener->file : stdout;
    if (listener->file != NULL) {
        rewind(destination);
        if (ftruncate(fileno(destination), 0) != 0)
            clearerr(destination); /* a pipe or device: it has no start */
    }
}

static void
draw(const struct listener *listener)
{
    bool failed;

    mf_progress_end();
    begin_file(listener);
    listener->kind->draw(&listener->output);
    failed = fflush(destination) != 0 || ferror(destination);
    if (failed && (listener->file != NULL || errno != EPIPE)) /* a reader that has enough */
        fprintf(stderr,
                "tshark: -z " MF_TAP_NAME ",%s: the output could not be written whole%s%s\n",
                listener->kind->name, listener->file != NULL ? " to " : "",
                listener->file != NULL ? listener->path : "");
}

static void
draw_end(void *data)
{
    struct listener *listener = data;

    listener->output.engine = mf_capture_engine();
    mf_capture_end_streams();
    draw(listener);
    mf_capture_report_limits();
}

static void
listen(struct listener *listener)
{
    bool filtered = listener->filter != NULL;
    GString *error;

    if (filtered)
        listener->output.sessions = g_hash_table_new(NULL, NULL);
    if (filtered && listener->kind->needs_frames)
        listener->output.frames = g_hash_table_new(NULL, NULL);
    error = register_tap_listener(filtered ? MF_TAP_NAME : MF_TAP_OF_END, listener,
                                  listener->filter, TL_REQUIRES_NOTHING, reset,
                                  filtered ? packet_passed : NULL, draw_end, NULL);
    if (error != NULL)
        refuse(listener->kind, error->str);
}

static MF_STAT_INIT_RETURN
start(const char *argument, void *kind)
{
    struct listener *listener = g_new0(struct listener, 1);

    listener->kind = kind;
    /* Wireshark compared this much of it. */
    take_argument(listener, argument + strlen(MF_TAP_NAME ",") + strlen(listener->kind->name));
    if (listener->kind->at_start)
        draw(listener);
    else
        listen(listener);
    MF_STAT_INIT_OK;
}

/* What has a window is Wireshark's own, there. */
void
mf_outputs_register(void)
{
    static stat_tap_ui uis[G_N_ELEMENTS(kinds)]; /* Wireshark may keep them */

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i]->table != NULL)
            mf_table_window_register(kinds[i]->name, kinds[i]->table);
        if (kinds[i]->table != NULL && mf_table_windows_are_shown())
            continue;
        uis[i] = (stat_tap_ui){
            .group = REGISTER_STAT_GROUP_GENERIC,
            .cli_string = g_strconcat(MF_TAP_NAME ",", kinds[i]->name, NULL),
            .tap_init_cb = start,
        };
        register_stat_tap_ui(&uis[i], (void *)kinds[i]);
    }
}
