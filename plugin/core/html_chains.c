/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What caused what, as nested lists; of trees that are mere look-ups and their use nothing is said:
 * the rows say it. */
#include "chains.h"
#include "html_private.h"
#include "moments.h"

#include <string.h>

enum {
    ROOM = 70000,  /* bytes of all trees */
    DEEPEST = 12,  /* that is indented */
    OPEN_TREES = 4 /* that are shown in full at once */
};

struct writing {
    struct mf_html_report *report;
    const struct mf_chains *chains;
    unsigned depth; /* lists that are open */
};

/* The first line tells of the node, the others of its causes and hits. */
static void
append_lines(struct mf_html_report *report, const char *text)
{
    const char *class_of = NULL;

    for (const char *at = text, *end; *at != '\0'; at = end + 1) {
        end = strchr(at, '\n');
        if (at != text) {
            class_of = g_str_has_prefix(at, "*** ") ? "hit" : "why";
            g_string_append_printf(report->out, "<div class=%s>", class_of);
        }
        at += strspn(at, " ");
        mf_html_append_text(report->out, at, end - at);
        g_string_append(report->out, class_of != NULL ? "</div>" : "");
    }
}

static mf_nanoseconds
time_of(const struct mf_html_report *report, const struct mf_chain_node *node)
{
    return mf_moment_of_frame(report->engine, mf_engine_session(report->engine, node->session),
                              node->frame);
}

static void
set_depth(struct writing *writing, unsigned depth)
{
    for (; writing->depth < depth; writing->depth++)
        g_string_append(writing->report->out, "\n<ul>");
    for (; writing->depth > depth; writing->depth--)
        g_string_append(writing->report->out, "</ul>");
}

static void
append_node(struct writing *writing, uint32_t index)
{
    const struct mf_chain_node *node = mf_chains_node(writing->chains, index);
    struct mf_html_report *report = writing->report;

    set_depth(writing, MIN(node->depth, DEEPEST));
    g_string_append(report->out, node->depth > 0 ? "\n<li>" : "");
    mf_html_append_place(report, time_of(report, node), node->session, node->frame);
    g_string_truncate(report->scratch, 0);
    mf_chains_append_text(writing->chains, index, report->scratch);
    append_lines(report, report->scratch->str);
}

/* The tree whose root is node INDEX. Returns the next root. */
static uint32_t
append_tree(struct writing *writing, uint32_t index, bool open)
{
    const uint32_t n = mf_chains_count(writing->chains);
    GString *out = writing->report->out;

    g_string_append_printf(out, "<details class=tree%s><summary>", open ? " open" : "");
    append_node(writing, index++);
    g_string_append(out, "</summary>");
    while (index < n && mf_chains_node(writing->chains, index)->depth > 0 &&
           mf_html_has_room(writing->report))
        append_node(writing, index++);
    set_depth(writing, 0);
    g_string_append(out, "</details>\n");
    mf_html_flush(writing->report);
    return index;
}

void
mf_html_append_chains(struct mf_html_report *report)
{
    const struct mf_chain_options options = {
        .time = report->timeline->options->time, .trees = MF_CHAIN_TREES_NOTED, .bare = true};
    struct mf_chains *chains = mf_chains_new(report->engine, &options, report->source->sessions);
    struct writing writing = {report, chains, 0};
    const uint32_t n = mf_chains_count(chains);
    uint32_t at = 0;

    g_string_append(report->out, "<section id=chains><h2>Chains</h2>\n");
    if (n == 0)
        g_string_append(report->out, "<p>Nothing was seen to come of anything else.</p>\n");
    mf_html_set_room(report, ROOM);
    for (unsigned trees = 0; at < n && mf_html_has_room(report); trees++)
        at = append_tree(&writing, at, trees < OPEN_TREES);
    mf_html_append_more(report, n - at, "p", "entry");
    g_string_append(report->out, "</section>\n");
    mf_chains_free(chains);
}
