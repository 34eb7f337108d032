/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Chains as text. A session stands on one line that begins as its row on the timeline does; what is
 * known of it follows on lines of its own, deeper than what stands under it begins: so that lines
 * stay short, and a tree is read down its left edge.
 */
#include "chains_private.h"
#include "row_text.h"
#include "summary.h"
#include "text.h"
#include "timeline_time.h"

#include <string.h>

enum {
    STEP = 4,            /* columns that a tree is indented by per depth */
    DEEPEST = 12,        /* depth that is indented */
    EVIDENCE_TOLD = 100, /* bytes of evidence */
    SUMMARY_TOLD = 60    /* bytes of the summary of what is told elsewhere */
};

/* One node that is written. */
struct writing {
    const struct mf_chains *chains;
    const struct mf_chain_node *node;
    GString *out;
};

static const struct mf_session *
session_of(const struct writing *writing)
{
    return mf_engine_session(writing->chains->engine, writing->node->session);
}

/* --- lines --- */

/* Begins a line DEEPER steps than the node. Returns where. */
static size_t
begin_line(const struct writing *writing, unsigned deeper)
{
    const size_t at = writing->out->len;

    if (writing->chains->options->bare)
        return at;
    g_string_append_printf(writing->out, "%*s",
                           (int)(STEP * (MIN(writing->node->depth, DEEPEST) + deeper)), "");
    return at;
}

static void
end_line(const struct writing *writing, size_t from)
{
    mf_row_make_printable(writing->out, from);
    g_string_append_c(writing->out, '\n');
}

static void
append_time(const struct writing *writing, mf_nanoseconds time)
{
    const struct mf_chains *chains = writing->chains;

    if (chains->options->time == MF_TIME_UTC)
        mf_timeline_append_utc(writing->out, time);
    else
        mf_timeline_append_seconds(
            writing->out, mf_timeline_distance(mf_engine_first_time(chains->engine), time));
}

/* "[  4 |    0.357 | f12 ] ", of what begins in the node's frame; "[  4 |    0.357 | f12, f15 ] "
 * if it first asks for something in frame ASKS, which is not 0. */
static void
append_head(const struct writing *writing, mf_nanoseconds time, uint32_t asks)
{
    if (writing->chains->options->bare)
        return;
    g_string_append_printf(writing->out, "[%3u | ", writing->node->session);
    append_time(writing, time);
    g_string_append_printf(writing->out, " | f%u", writing->node->frame);
    if (asks != 0)
        g_string_append_printf(writing->out, ", f%u", asks);
    g_string_append(writing->out, " ] ");
}

/* What EVIDENCE says, as far as a line takes it. */
static void
append_evidence(const struct writing *writing, const char *evidence)
{
    const size_t length = strlen(evidence);

    g_string_append_printf(writing->out, "\"%.*s%s\"", EVIDENCE_TOLD, evidence,
                           length > EVIDENCE_TOLD ? "..." : "");
}

/* --- causes --- */

/* Whether LINK is told in another way: by a line of the look-up that stands under the node. */
static bool
is_told_below(const struct writing *writing, const struct mf_link *link)
{
    const struct mf_chain_forest forest = {
        .engine = writing->chains->engine,
        .correlator = mf_engine_correlator(writing->chains->engine),
    };

    return link->kind == MF_LINK_DNS && !link->of_request &&
           mf_chain_is_lookup(&forest, link->cause_session) &&
           mf_chain_parent(&forest, link->cause_session) == link->session;
}

/* "<= frame 57 url "http://...", [5] frame 60 dns", or "after [7] frame 91 exec "..." (weak)"; the
 * session of the first is the one that the node stands under, if it is not named. */
static void
append_causes(const struct writing *writing, uint32_t first, bool weak)
{
    const struct mf_correlator *correlator = mf_engine_correlator(writing->chains->engine);
    const struct mf_link *link;
    bool is_first = true;
    size_t at = 0;

    for (uint32_t i = first; i != 0; i = link->next) {
        link = mf_correlator_link(correlator, i - 1);
        if ((link->kind == MF_LINK_EXEC) != weak || is_told_below(writing, link))
            continue;
        if (is_first)
            at = begin_line(writing, 2);
        g_string_append(writing->out, !is_first ? ", " : weak ? "after " : "<= ");
        if (!is_first || link->cause_session != writing->node->under)
            g_string_append_printf(writing->out, "[%u] ", link->cause_session);
        g_string_append_printf(writing->out, "frame %u %s", link->cause_frame,
                               mf_link_kind_name((enum mf_link_kind)link->kind));
        if (is_first) {
            g_string_append_c(writing->out, ' ');
            append_evidence(writing, link->evidence);
        }
        is_first = false;
    }
    if (is_first)
        return;
    if (weak)
        g_string_append(writing->out, " (weak)");
    end_line(writing, at);
}

static bool
is_explained(const struct writing *writing, uint32_t first)
{
    const struct mf_correlator *correlator = mf_engine_correlator(writing->chains->engine);
    const struct mf_link *best = first != 0 ? mf_correlator_link(correlator, first - 1) : NULL;

    return best != NULL && best->kind != MF_LINK_DNS && best->kind != MF_LINK_EXEC;
}

static void
write_causes(const struct writing *writing, uint32_t first)
{
    append_causes(writing, first, false);
    if (!is_explained(writing, first))
        append_causes(writing, first, true);
}

/* --- sessions --- */

/* Where SESSION's first request begins, if that is known; else 0. */
static uint32_t
first_request(const struct mf_session *session)
{
    struct mf_summary_item item = {.frame = 0};

    if (session->summary != NULL && mf_summary_count(session) > 0)
        mf_summary_item(session, 0, &item);
    return item.frame != session->first_frame ? item.frame : 0;
}

static void
append_who(const struct writing *writing, const struct mf_session *session)
{
    append_head(writing, session->start, first_request(session));
    mf_row_append_endpoints(session, writing->out);
    mf_row_append_protocol(session, writing->out);
}

static void
append_what(const struct writing *writing, const struct mf_session *session)
{
    if (mf_summary_wants_counts(session))
        mf_row_append_counts(session, writing->out);
    mf_row_append_summary(session, writing->out);
}

/* Hits stand on a line of their own: those of the frames FIRST to LAST; of all if FIRST is 0. */
static void
write_hits(const struct writing *writing, uint32_t first, uint32_t last)
{
    const struct mf_row_hits hits = {writing->chains->engine, 0};
    const size_t at = begin_line(writing, 2), before = writing->out->len;

    if (first == 0)
        mf_row_append_session_hits(&hits, session_of(writing), writing->out);
    else
        mf_row_append_frame_hits(&hits, session_of(writing), first, last, writing->out);
    if (writing->out->len == before) {
        g_string_truncate(writing->out, at);
        return;
    }
    g_string_erase(writing->out, (gssize)before, 1); /* they begin with a blank */
    end_line(writing, at);
}

static void
write_session(const struct writing *writing)
{
    const struct mf_session *session = session_of(writing);
    const size_t at = begin_line(writing, 0);

    append_who(writing, session);
    append_what(writing, session);
    end_line(writing, at);
    write_causes(writing,
                 mf_correlator_causes(mf_engine_correlator(writing->chains->engine), session->id));
    write_hits(writing, 0, 0);
}

static void
write_scan(const struct writing *writing)
{
    const struct mf_engine *engine = writing->chains->engine;
    const size_t at = begin_line(writing, 0);

    append_who(writing, session_of(writing));
    mf_row_append_scan(mf_engine_scan(engine, writing->node->ref), writing->out);
    end_line(writing, at);
    write_causes(writing, mf_engine_causes(engine, session_of(writing)));
}

static void
write_beacon(const struct writing *writing)
{
    const struct mf_session *session = session_of(writing);
    const size_t at = begin_line(writing, 0);

    append_who(writing, session);
    mf_row_append_beacon(mf_engine_beacon(writing->chains->engine, writing->node->ref),
                         writing->out);
    mf_row_append_summary(session, writing->out);
    end_line(writing, at);
    write_causes(writing,
                 mf_correlator_causes(mf_engine_correlator(writing->chains->engine), session->id));
    write_hits(writing, 0, 0);
}

static void
write_lookup(const struct writing *writing)
{
    const struct mf_chain_node *node = writing->node;
    const size_t at = begin_line(writing, 0);
    const struct mf_link *link;

    if (node->ref != 0) {
        link = mf_correlator_link(mf_engine_correlator(writing->chains->engine), node->ref - 1);
        g_string_append_printf(writing->out, "looked up by [%u] frame %u: %s", node->session,
                               link->cause_frame, link->evidence);
    } else {
        g_string_append_printf(writing->out, "looked up by [%u] frame %u:", node->session,
                               node->frame);
        mf_row_append_summary(session_of(writing), writing->out);
    }
    end_line(writing, at);
}

/* --- others --- */

static void
write_request(const struct writing *writing)
{
    const struct mf_chain_node *node = writing->node;
    const struct mf_session *session = session_of(writing);
    struct mf_summary_item item = {.time = session->start, .frame = node->frame};
    const size_t at = begin_line(writing, 0);

    if (node->ref != 0)
        mf_summary_item(session, node->ref - 1, &item);
    append_head(writing, item.time, 0);
    g_string_append(writing->out, "REQUEST ");
    if (node->ref != 0)
        mf_summary_item_append(session, node->ref - 1, writing->out);
    end_line(writing, at);
    append_causes(
        writing,
        mf_correlator_request_causes(mf_engine_correlator(writing->chains->engine), node->frame),
        false);
    write_hits(writing, item.frame, MAX(item.frame, item.last_frame));
}

static void
write_file(const struct writing *writing)
{
    const struct mf_chain_node *node = writing->node;
    const struct mf_file *file =
        mf_findings_file(mf_engine_findings(writing->chains->engine), node->ref);
    const size_t at = begin_line(writing, 0);

    g_string_append_printf(writing->out, "file: frame %u %s", node->frame, file->type);
    if (file->object.name != NULL)
        g_string_append_printf(writing->out, " %s", file->object.name);
    if (file->object.size > 0)
        g_string_append_printf(writing->out, ", %" G_GUINT64_FORMAT " byte", file->object.size);
    if (node->asked != 0)
        g_string_append_printf(writing->out, ", asked for in frame %u", node->asked);
    if (file->mismatch)
        g_string_append(writing->out, ", not what it claims to be");
    end_line(writing, at);
    if (file->sha256[0] == '\0')
        return;
    begin_line(writing, 2);
    g_string_append_printf(writing->out, "SHA-256 %s\n", file->sha256);
}

static void
write_order(const struct writing *writing)
{
    const struct mf_order *order =
        mf_correlator_order(mf_engine_correlator(writing->chains->engine), writing->node->ref);
    const size_t at = begin_line(writing, 0);

    g_string_append_printf(writing->out, "evidence: frame %u ", order->frame);
    append_evidence(writing, order->text);
    if (writing->node->times > 1)
        g_string_append_printf(writing->out, " x%u", writing->node->times);
    g_string_append(writing->out, " - nothing was seen to come of it");
    end_line(writing, at);
}

static void
write_after(const struct writing *writing)
{
    const struct mf_link *link =
        mf_correlator_link(mf_engine_correlator(writing->chains->engine), writing->node->ref);
    const struct mf_session *session = session_of(writing);
    const size_t at = begin_line(writing, 0);
    GString *summary = g_string_new(NULL);

    g_string_append_printf(writing->out, "after: frame %u, weak: ", link->cause_frame);
    append_who(writing, session);
    mf_row_append_summary(session, summary);
    g_string_append_printf(writing->out, "%.*s%s", SUMMARY_TOLD, summary->str,
                           summary->len > SUMMARY_TOLD ? "..." : "");
    g_string_free(summary, TRUE);
    end_line(writing, at);
}

void
mf_chains_append_text(const struct mf_chains *chains, uint32_t index, GString *out)
{
    static void (*const writers[])(const struct writing *) = {
        [MF_CHAIN_LOOKUP] = write_lookup,   [MF_CHAIN_SESSION] = write_session,
        [MF_CHAIN_SCAN] = write_scan,       [MF_CHAIN_BEACON] = write_beacon,
        [MF_CHAIN_REQUEST] = write_request, [MF_CHAIN_FILE] = write_file,
        [MF_CHAIN_ORDER] = write_order,     [MF_CHAIN_AFTER] = write_after,
    };
    const struct writing writing = {chains, mf_chains_node(chains, index), out};

    if (index > 0 && writing.node->depth == 0 && !chains->options->bare)
        g_string_append_c(out, '\n');
    writers[writing.node->kind](&writing);
}

/* --- options --- */

static bool
set_trees(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_chain_options *options = target;

    (void)diags;
    options->trees = strcmp(value, "noted") == 0 ? MF_CHAIN_TREES_NOTED : MF_CHAIN_TREES_ALL;
    return options->trees == MF_CHAIN_TREES_NOTED || strcmp(value, "all") == 0;
}

static bool
set_utc(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_chain_options *options = target;

    (void)value;
    (void)diags;
    options->time = MF_TIME_UTC;
    return true;
}

static bool
set_relative(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_chain_options *options = target;

    (void)value;
    (void)diags;
    options->time = MF_TIME_RELATIVE;
    return true;
}

static const struct mf_option_row known[] = {
    {"trees", "all or noted", set_trees},
    {"utc", NULL, set_utc},
    {"relative", NULL, set_relative},
};

const struct mf_option_list mf_chain_option_list = {known, G_N_ELEMENTS(known)};
