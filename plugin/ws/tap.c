/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all outputs share: the argument, the display filter, the end of the capture. The listener
 * needs nothing of a packet, for the engine has it all; only with a display filter it notes what
 * passes. tshark starts outputs between opening the file and the first packet, and ends on a wrong
 * argument as it does for its own. Outputs live until the program ends.
 */
#include "tap.h"

#include "capture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const struct mf_output_kind *const kinds[] = {
    &mf_output_timeline, &mf_output_chains, &mf_output_stats,
    &mf_output_findings, &mf_output_hits,   &mf_output_rules,
};

/* One "-z". */
struct listener {
    const struct mf_output_kind *kind;
    struct mf_output output;
    void *options;
    char *filter; /* or NULL */
};

bool
mf_output_tells(const struct mf_output *output, uint32_t session)
{
    return output->sessions == NULL ||
           g_hash_table_contains(output->sessions, GUINT_TO_POINTER(session));
}

void
mf_output_print(const GString *text)
{
    fwrite(text->str, 1, text->len, stdout);
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

/* Takes what stands behind "malflow,NAME". */
static void
take_argument(struct listener *listener, const char *text)
{
    const struct mf_output_kind *kind = listener->kind;

    if (kind->options == NULL) {
        if (*text != '\0')
            refuse(kind, "expected nothing behind it");
        return;
    }
    if (*text != '\0' && *text != ',') {
        char *message =
            g_strdup_printf("expected " MF_TAP_NAME ",%s[,OPTION...][,FILTER]", kind->name);

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

static void
draw(const struct listener *listener)
{
    listener->kind->draw(&listener->output);
    if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) /* a reader that has enough */
        fprintf(stderr, "tshark: -z " MF_TAP_NAME ",%s: the output could not be written whole\n",
                listener->kind->name);
}

static void
draw_end(void *data)
{
    struct listener *listener = data;

    listener->output.engine = mf_capture_engine();
    mf_engine_flush(listener->output.engine);
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
    error = register_tap_listener(MF_TAP_NAME, listener, listener->filter, TL_REQUIRES_NOTHING,
                                  reset, filtered ? packet_passed : NULL, draw_end, NULL);
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

void
mf_outputs_register(void)
{
    static stat_tap_ui uis[G_N_ELEMENTS(kinds)]; /* Wireshark may keep them */

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        uis[i] = (stat_tap_ui){
            .group = REGISTER_STAT_GROUP_GENERIC,
            .cli_string = g_strconcat(MF_TAP_NAME ",", kinds[i]->name, NULL),
            .tap_init_cb = start,
        };
        register_stat_tap_ui(&uis[i], (void *)kinds[i]);
    }
}
