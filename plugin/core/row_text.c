/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the timeline and the chains say alike of a session, a group and their hits, so that a reader
 * who knows one can read the other.
 */
#include "row_text.h"

#include "summary.h"
#include "text.h"

#include <string.h>

/* --- hits --- */

bool
mf_row_tells(const struct mf_row_hits *hits, const struct mf_hit *hit)
{
    return hits->priority == 0 || mf_engine_hit_rule(hits->engine, hit)->priority <= hits->priority;
}

/* Messages of hits, each once: the most severe first, equals in order of first appearance. */
struct told_hits {
    const struct mf_row_hits *hits;
    GArray *list; /* struct told_hit */
};

struct told_hit {
    const struct mf_rule_info *rule;
    unsigned count;
};

static void
tell_hit(struct told_hits *told, const struct mf_hit *hit)
{
    struct told_hit one = {.rule = mf_engine_hit_rule(told->hits->engine, hit), .count = 1};

    if (!mf_row_tells(told->hits, hit))
        return;
    for (guint i = 0; i < told->list->len; i++) {
        struct told_hit *known = &g_array_index(told->list, struct told_hit, i);

        if (known->rule == one.rule ||
            (one.rule->msg != NULL && g_strcmp0(known->rule->msg, one.rule->msg) == 0)) {
            known->count++;
            return;
        }
    }
    g_array_append_val(told->list, one);
}

static gint
compare_told(gconstpointer a, gconstpointer b)
{
    return ((const struct told_hit *)a)->rule->priority -
           ((const struct told_hit *)b)->rule->priority;
}

void
mf_row_append_message(const struct mf_rule_info *rule, GString *out)
{
    if (rule->msg != NULL)
        g_string_append(out, rule->msg);
    else
        g_string_append_printf(out, "signature %u", rule->sid);
}

/* What stands around messages. */
struct dress {
    const char *before, *behind, *between;
};

static const struct dress starred = {" *** ", " ***", ""}, plain = {"", "", ", "};

static struct told_hits
told_hits(const struct mf_row_hits *hits)
{
    return (struct told_hits){hits, g_array_new(FALSE, FALSE, sizeof(struct told_hit))};
}

static struct told_hits
tell_session(const struct mf_row_hits *hits, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(hits->engine);
    struct told_hits told = told_hits(hits);

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        tell_hit(&told, hit);
        at = hit->next;
    }
    return told;
}

static struct told_hits
tell_frames(const struct mf_row_hits *hits, const struct mf_session *session, uint32_t first,
            uint32_t last)
{
    const struct mf_findings *findings = mf_engine_findings(hits->engine);
    uint32_t count = mf_findings_hit_count(findings);
    struct told_hits told = told_hits(hits);

    for (uint32_t i = mf_findings_first_of_frame(findings, first); i < count; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        if (hit->frame > last)
            break;
        if (hit->session == session->id)
            tell_hit(&told, hit);
    }
    return told;
}

void
mf_row_tell_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                 const uint32_t frames[2],
                 void (*take)(void *user, const struct mf_rule_info *rule, unsigned count),
                 void *user)
{
    struct told_hits told;

    if (session->first_hit == 0)
        return;
    told = frames != NULL ? tell_frames(hits, session, frames[0], frames[1])
                          : tell_session(hits, session);
    g_array_sort(told.list, compare_told); /* which is stable */
    for (guint i = 0; i < told.list->len; i++) {
        const struct told_hit *hit = &g_array_index(told.list, struct told_hit, i);

        take(user, hit->rule, hit->count);
    }
    g_array_free(told.list, TRUE);
}

/* What hits are appended with, and where. */
struct dressing {
    const struct dress *dress;
    GString *out;
    unsigned n;
};

static void
append_hit(void *user, const struct mf_rule_info *rule, unsigned count)
{
    struct dressing *dressing = user;
    GString *out = dressing->out;

    g_string_append(out, dressing->n++ > 0 ? dressing->dress->between : "");
    g_string_append(out, dressing->dress->before);
    mf_row_append_message(rule, out);
    g_string_append(out, dressing->dress->behind);
    if (count > 1)
        g_string_append_printf(out, " x%u", count);
}

/* Appends the hits of SESSION, or only those in the FRAMES, first and last. */
static void
append_dressed(const struct mf_row_hits *hits, const struct mf_session *session,
               const uint32_t frames[2], const struct dress *dress, GString *out)
{
    struct dressing dressing = {dress, out, 0};

    mf_row_tell_hits(hits, session, frames, append_hit, &dressing);
}

void
mf_row_append_session_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                           GString *out)
{
    append_dressed(hits, session, NULL, &starred, out);
}

void
mf_row_append_session_messages(const struct mf_row_hits *hits, const struct mf_session *session,
                               GString *out)
{
    append_dressed(hits, session, NULL, &plain, out);
}

void
mf_row_append_frame_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                         uint32_t first, uint32_t last, GString *out)
{
    append_dressed(hits, session, (const uint32_t[]){first, last}, &starred, out);
}

void
mf_row_append_frame_messages(const struct mf_row_hits *hits, const struct mf_session *session,
                             uint32_t first, uint32_t last, GString *out)
{
    append_dressed(hits, session, (const uint32_t[]){first, last}, &plain, out);
}

/* --- sessions and groups --- */

void
mf_row_append_endpoints(const struct mf_session *session, GString *out)
{
    mf_endpoint_append(out, &session->addr[MF_ORIG], mf_session_port(session, MF_ORIG));
    g_string_append(out, " -> ");
    mf_endpoint_append(out, &session->addr[MF_RESP], mf_session_port(session, MF_RESP));
}

void
mf_row_append_protocol(const struct mf_session *session, GString *out)
{
    const char *l4 = mf_l4_name((enum mf_l4)session->l4), *app = session->app;

    if (app == NULL && mf_session_has_ports(session))
        app = l4;
    g_string_append(out, " (");
    g_string_append(out, l4);
    if (app != NULL && (strcmp(app, l4) != 0 || mf_session_has_ports(session))) {
        g_string_append_c(out, ':');
        g_string_append(out, app);
    }
    g_string_append_c(out, ')');
}

/* "706 byte (71 pkt)" */
static void
append_count(const struct mf_session *session, enum mf_direction direction, GString *out)
{
    mf_text_append_number(out, session->bytes[direction]);
    g_string_append(out, " byte (");
    mf_text_append_number(out, session->packets[direction]);
    g_string_append(out, " pkt)");
}

void
mf_row_append_counts(const struct mf_session *session, GString *out)
{
    g_string_append(out, " [");
    append_count(session, MF_ORIG, out);
    g_string_append(out, " <-> ");
    append_count(session, MF_RESP, out);
    g_string_append_c(out, ']');
}

void
mf_row_append_summary(const struct mf_session *session, GString *out)
{
    size_t before;

    g_string_append_c(out, ' ');
    before = out->len;
    mf_summary_append(session, out);
    if (out->len == before)
        g_string_truncate(out, before - 1);
}

/* Answered ports that a row lists. */
#define PORTS_TOLD 40

static void
append_answered(const struct mf_scan_group *group, GString *out)
{
    const GArray *ports = group->answered_ports;

    g_string_append_printf(out, " %u %s, %u answered", group->targets,
                           group->kind == MF_SCAN_PORT ? "ports" : "targets", group->answered);
    for (guint i = 0; ports != NULL && i < ports->len; i++) {
        g_string_append(out, i == 0 ? ": " : ", ");
        if (i == PORTS_TOLD) {
            g_string_append(out, "...");
            break;
        }
        g_string_append_printf(out, "%u", g_array_index(ports, uint16_t, i));
    }
}

void
mf_row_append_scan(const struct mf_scan_group *group, GString *out)
{
    g_string_append_printf(out, " === Aggregated Session: %u (%s) ===", group->sessions,
                           mf_scan_kind_name((enum mf_scan_kind)group->kind));
    append_answered(group, out);
}

static void
append_period(const struct mf_beacon *beacon, GString *out)
{
    uint64_t tenths = (uint64_t)beacon->period / (MF_NS_PER_S / 10);

    g_string_append_printf(out, " every %" G_GUINT64_FORMAT ".%u s, jitter %u %%", tenths / 10,
                           (unsigned)(tenths % 10), (unsigned)(beacon->jitter * 100 + 0.5));
}

void
mf_row_append_beacon(const struct mf_beacon *beacon, GString *out)
{
    g_string_append_printf(out, " === Aggregated Session: %u (Beacon) ===", beacon->contacts);
    append_period(beacon, out);
    if (beacon->answered == 0)
        g_string_append(out, ", no answer");
    else if (beacon->answered < beacon->contacts)
        g_string_append_printf(out, ", %u answered", beacon->answered);
    if (beacon->bytes[MF_ORIG] + beacon->bytes[MF_RESP] > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " <-> %" G_GUINT64_FORMAT " byte",
                               beacon->bytes[MF_ORIG], beacon->bytes[MF_RESP]);
}

void
mf_row_make_printable(GString *out, size_t from)
{
    for (size_t i = from; i < out->len; i++)
        if (out->str[i] < 0x20 || out->str[i] > 0x7e)
            out->str[i] = '.';
}
