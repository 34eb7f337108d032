/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signatures that fired, and files that were seen, as tables. */
#include "chosen.h"
#include "hits.h"
#include "html_private.h"
#include "moments.h"

enum { ROOM = 40000 }; /* bytes of each */

/* --- hits --- */

static void
append_hit(struct mf_html_report *report, const struct mf_hit_row *row)
{
    const struct mf_session *session = mf_engine_session(report->engine, row->first_session);
    const struct mf_rule_info *rule = row->rule;
    GString *out = report->out;

    g_string_append_printf(out, "<tr><td class=n>%u<td>", rule->priority);
    mf_html_put(report, rule->msg != NULL ? rule->msg : "(no message)");
    g_string_append(out, "<td>");
    mf_html_put(report, rule->classtype);
    g_string_append_printf(out, "<td class=n>%u:%u<td class=n>%u<td class=n>%u<td>", rule->sid,
                           rule->rev, row->hits, row->sessions);
    mf_html_append_place(report, mf_moment_of_frame(report->engine, session, row->first_frame),
                         row->first_session, row->first_frame);
    g_string_append_c(out, '\n');
}

void
mf_html_append_hits(struct mf_html_report *report)
{
    const struct mf_hit_options options = {.order = MF_HITS_BY_PRIORITY,
                                           .priority = report->timeline->options->priority};
    struct mf_hit_table *table = mf_hit_table_new(report->engine, &options);
    uint32_t at = 0, n;

    for (uint32_t id = 1; id <= mf_engine_session_count(report->engine); id++)
        if (mf_is_chosen(report->source->sessions, id))
            mf_hit_table_add(table, id);
    mf_hit_table_sort(table);
    n = mf_hit_table_count(table);
    g_string_append(report->out, "<section id=hits><h2>Hits</h2>\n");
    if (n > 0)
        g_string_append(
            report->out,
            "<table class=list><thead><tr><th class=n>Priority<th>Signature<th>Class"
            "<th class=n>sid:rev<th class=n>Hits<th class=n>Sessions<th>First</thead><tbody>\n");
    mf_html_set_room(report, ROOM);
    for (; at < n && mf_html_has_room(report); at++)
        append_hit(report, mf_hit_table_row(table, at));
    g_string_append(report->out, n > 0 ? "</table>\n" : "<p>No signature fired.</p>\n");
    mf_html_append_more(report, n - at, "p", "signature");
    g_string_append(report->out, "</section>\n");
    mf_hit_table_free(table);
}

/* --- files --- */

static void
append_hashes(struct mf_html_report *report, const struct mf_file *file)
{
    GString *out = report->out;

    if (file->sha256[0] == '\0') {
        g_string_append(out, "<small>not seen whole</small>");
        return;
    }
    g_string_append_printf(out, "<code>%s</code>", file->sha256);
    if (file->md5[0] != '\0')
        g_string_append_printf(out, "<br><small>MD5 <code>%s</code></small>", file->md5);
}

static void
append_file(struct mf_html_report *report, const struct mf_file *file)
{
    const struct mf_session *session = mf_engine_session(report->engine, file->session);
    const enum mf_direction sender = (enum mf_direction)file->direction;
    GString *out = report->out;

    g_string_append(out, "<tr><td>");
    mf_html_append_place(report,
                         file->time != 0 ? file->time
                                         : mf_moment_of_frame(report->engine, session, file->frame),
                         file->session, file->frame);
    g_string_append(out, "<td>");
    mf_html_put(report, file->type);
    g_string_append(out, file->mismatch ? " <strong>disguised</strong><td>" : "<td>");
    mf_html_put(report, file->object.name);
    g_string_append(out, "<td class=n>");
    if (file->object.size != 0)
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, file->object.size);
    g_string_append(out, "<td>");
    mf_endpoint_append(out, &session->addr[sender], mf_session_port(session, sender));
    g_string_append(out, " &rarr; ");
    mf_addr_append(out, &session->addr[sender ^ 1]);
    g_string_append(out, "<td>");
    append_hashes(report, file);
    g_string_append_c(out, '\n');
}

void
mf_html_append_files(struct mf_html_report *report)
{
    const struct mf_findings *findings = mf_engine_findings(report->engine);
    uint32_t left = 0, told = 0;

    g_string_append(report->out, "<section id=files><h2>Files</h2>\n");
    mf_html_set_room(report, ROOM);
    for (uint32_t i = 0; i < mf_findings_file_count(findings); i++) {
        const struct mf_file *file = mf_findings_file(findings, i);

        if (!mf_is_chosen(report->source->sessions, file->session))
            continue;
        if (!mf_html_has_room(report)) {
            left++;
            continue;
        }
        if (told++ == 0)
            g_string_append(report->out, "<table class=list><thead><tr><th>Seen<th>Type<th>Name"
                                         "<th class=n>Bytes<th>From<th>SHA-256</thead><tbody>\n");
        append_file(report, file);
    }
    g_string_append(report->out, told > 0 ? "</table>\n" : "<p>No file was recognised.</p>\n");
    mf_html_append_more(report, left, "p", "file");
    g_string_append(report->out, "</section>\n");
}
