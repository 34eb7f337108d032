/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way from the first cause to the last effect: back from the first evidence of each stage along
 * best causes, and forward again in order of frames. A cause is told once, whatever came of it. A
 * name that was looked up on the way is told beside the cause that explains more.
 */
#include "moments.h"
#include "report_private.h"
#include "text.h"

#include <string.h>

enum { DEEPEST = 12 };

struct step {
    uint32_t session, frame;
    const char *said; /* that mattered in it; NULL: nothing is known */
};

static bool
has_step(const GArray *steps, uint32_t session, uint32_t frame)
{
    for (guint i = 0; i < steps->len; i++)
        if (g_array_index(steps, struct step, i).frame == frame &&
            g_array_index(steps, struct step, i).session == session)
            return true;
    return false;
}

/* Where the walk goes on from FRAME of SESSION: the request that FRAME answers, or the start. */
static uint32_t
begins_in(const struct mf_session *session, uint32_t frame)
{
    struct mf_summary_item item;

    return mf_moment_request(session, frame, &item) ? item.frame : session->first_frame;
}

/* Adds the causes of what begins in FRAME; the best is where to go on, NULL: there is none. */
static const struct mf_link *
add_causes(const struct mf_report *report, GArray *steps, const struct mf_session *session,
           uint32_t frame)
{
    const struct mf_correlator *correlator = mf_engine_correlator(report->engine);
    uint32_t at = correlator != NULL ? mf_engine_frame_causes(report->engine, session, frame) : 0;
    const struct mf_link *best = NULL;

    for (; at != 0; at = mf_correlator_link(correlator, at - 1)->next) {
        const struct mf_link *link = mf_correlator_link(correlator, at - 1);
        const struct step step = {link->cause_session, link->cause_frame, link->evidence};

        if (link->kind == MF_LINK_EXEC || (best != NULL && link->kind != MF_LINK_DNS))
            continue;
        if (has_step(steps, step.session, step.frame))
            return NULL;
        g_array_append_val(steps, step);
        if (best == NULL)
            best = link;
    }
    return best;
}

static void
walk(const struct mf_report *report, GArray *steps, const struct mf_evidence *evidence)
{
    const struct mf_session *session = mf_engine_session(report->engine, evidence->session);
    uint32_t frame = begins_in(session, evidence->frame);

    for (unsigned depth = 0; depth < DEEPEST; depth++) {
        const struct mf_link *link = add_causes(report, steps, session, frame);

        if (link == NULL)
            return;
        session = mf_engine_session(report->engine, link->cause_session);
        frame = begins_in(session, link->cause_frame);
    }
}

static gint
compare_steps(gconstpointer pa, gconstpointer pb)
{
    const struct step *a = pa, *b = pb;

    return (a->frame > b->frame) - (a->frame < b->frame);
}

/* What was said in it: the payload, if it was kept and is short, else the part that mattered. */
static void
append_said(const struct mf_report *report, const struct step *step, GString *out)
{
    enum { SHORT = 90 };
    const struct mf_payload_row *payload = mf_moment_payload(report->engine, step->frame);

    if (payload != NULL && payload->length <= SHORT)
        mf_text_append(out, payload->data, payload->length, SHORT);
    else if (step->said != NULL)
        g_string_append(out, step->said);
}

/* "HTTP: GET host/uri (200 ...)", "DNS: name (address)", or what was said. */
static char *
describe(const struct mf_report *report, const struct mf_session *session, const struct step *step)
{
    const unsigned request = mf_moment_request_index(session, step->frame);
    GString *text = g_string_new(NULL);

    if (request != 0) {
        mf_summary_item_append(session, request - 1, text);
    } else if (session->app != NULL && strcmp(session->app, "DNS") == 0) {
        mf_summary_append(session, text);
    } else {
        g_string_append_printf(
            text,
            "%s: ", session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4));
        append_said(report, step, text);
    }
    return g_string_free(text, FALSE);
}

static void
add_step(struct mf_report *report, const struct step *step)
{
    const struct mf_session *session = mf_engine_session(report->engine, step->session);
    char *text = describe(report, session, step);
    const struct mf_report_place place = {mf_moment_of_frame(report->engine, session, step->frame),
                                          step->session, step->frame};

    mf_report_add_at(report, MF_REPORT_ENTRY, &place, "%s", text);
    g_free(text);
}

void
mf_report_way(struct mf_report *report, const struct mf_host_verdict *host)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    unsigned seen = 0;

    for (uint32_t i = 0; i < host->n_evidence; i++) {
        if ((seen & 1u << host->evidence[i].stage) == 0)
            walk(report, steps, &host->evidence[i]);
        seen |= 1u << host->evidence[i].stage;
    }
    g_array_sort(steps, compare_steps);
    if (steps->len > 0)
        mf_report_add(report, MF_REPORT_SECTION, "what led to it");
    for (guint i = 0; i < MIN(steps->len, report->most); i++)
        add_step(report, &g_array_index(steps, struct step, i));
    if (steps->len > report->most)
        mf_report_more(report, steps->len - report->most, "step");
    g_array_free(steps, TRUE);
}
