/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdicts, host by host: how far each went through the dialogue of an infection, and the
 * report's sections with links to rows. */
#include "html_private.h"
#include "report.h"

enum {
    ROOM = 90000,  /* bytes of all hosts */
    MOST = 40,     /* entries of a section of one host */
    OPEN_HOSTS = 5 /* that are shown in full at once */
};

static const char *const judged[] = {
    [MF_JUDGED_POSSIBLE] = "note",
    [MF_JUDGED_SUSPICIOUS] = "suspicious",
    [MF_JUDGED_INFECTED] = "infected",
};

/* --- a host --- */

/* Sections are lists, and details are lists in their entries. */
struct telling {
    struct mf_html_report *report;
    enum mf_report_level level; /* of the line before */
};

/* Closes what is open below LEVEL, and opens what is to hold a line of it. */
static void
nest(struct telling *telling, enum mf_report_level level)
{
    GString *out = telling->report->out;

    if (telling->level == MF_REPORT_DETAIL && level < MF_REPORT_DETAIL)
        g_string_append(out, "</ul>");
    if (telling->level >= MF_REPORT_ENTRY && level < MF_REPORT_ENTRY)
        g_string_append(out, "</ul>\n");
    if (telling->level < level && level >= MF_REPORT_ENTRY)
        g_string_append(out, "<ul>");
    telling->level = level;
}

static void
take_line(void *user, const struct mf_report_line *line)
{
    struct telling *telling = user;
    struct mf_html_report *report = telling->report;
    bool linked = false;

    nest(telling, line->level);
    g_string_append(report->out, line->level == MF_REPORT_SECTION ? "<h4>" : "\n<li>");
    if (line->level == MF_REPORT_ENTRY && line->session != 0)
        mf_html_append_place(report, line->time, line->session, line->frame);
    else if (line->level == MF_REPORT_DETAIL && line->session != 0)
        linked = mf_html_open_link(report, line->session, line->frame);
    mf_html_put(report, line->text);
    g_string_append(report->out, linked ? "</a>" : "");
    g_string_append(report->out, line->level == MF_REPORT_SECTION ? "</h4>\n" : "");
}

/* The dialogue from its beginning to its end, with what the host went through. */
static void
append_stages(GString *out, const struct mf_host_verdict *host)
{
    g_string_append(out, "<ol class=stages>");
    for (unsigned stage = 0; stage < MF_STAGES; stage++) {
        const unsigned bit = 1u << stage;
        const bool sure = host->stages & bit, suspected = host->suspected & bit;

        g_string_append_printf(out, "<li%s>%s%s",
                               sure        ? " class=sure"
                               : suspected ? " class=maybe"
                                           : "",
                               mf_stage_name((enum mf_stage)stage),
                               sure        ? " <b>seen</b>"
                               : suspected ? " <b>suspected</b>"
                                           : " <b>not seen</b>");
    }
    g_string_append(out, "</ol>\n");
}

static void
append_host(struct mf_html_report *report, const struct mf_host_verdict *host, bool open)
{
    struct telling telling = {report, MF_REPORT_HOST};
    GString *out = report->out;

    g_string_append_printf(out, "<details class=\"host %s\"%s><summary><h3>",
                           judged[host->judgement], open ? " open" : "");
    mf_addr_append(out, &host->addr);
    if (host->names != NULL) {
        g_string_append(out, " <span class=names>");
        mf_html_put(report, host->names);
        g_string_append(out, "</span>");
    }
    g_string_append(out, " <span class=verdict>");
    g_string_append(out, mf_judgement_name(host->judgement));
    g_string_append(out, "</span></h3></summary>\n");
    append_stages(out, host);
    mf_report_tell_host(report->engine, host, MOST, take_line, &telling);
    nest(&telling, MF_REPORT_HOST);
    g_string_append(out, "</details>\n");
    mf_html_flush(report);
}

/* --- all --- */

static void
append_result(struct mf_html_report *report)
{
    static const enum mf_judgement order[] = {MF_JUDGED_INFECTED, MF_JUDGED_SUSPICIOUS,
                                              MF_JUDGED_POSSIBLE};
    GString *out = report->out;
    const char *before = "";

    g_string_append(out, "<p class=result>");
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        const uint32_t n = mf_verdicts_judged(report->verdicts, order[i]);

        if (n == 0)
            continue;
        g_string_append_printf(out, "%s<strong class=%s>%u host%s %s</strong>", before,
                               judged[order[i]], n, n == 1 ? "" : "s", mf_judgement_name(order[i]));
        before = ", ";
    }
    if (*before == '\0')
        g_string_append(out, "<strong class=none>Nothing was found.</strong> No executable "
                             "arrived, no signature of an attack fired, nobody scanned, took "
                             "orders or sent spam.");
    g_string_append(out, "</p>\n");
}

void
mf_html_append_findings(struct mf_html_report *report)
{
    const uint32_t n = mf_verdicts_count(report->verdicts);
    uint32_t at = 0;

    g_string_append(report->out, "<section id=findings><h2>Findings</h2>\n");
    append_result(report);
    if (n > 0)
        g_string_append(report->out,
                        "<p class=hint>Infected: an exploit and a later stage, or two later stages "
                        "(BotHunter). What is only suspected may be harmless.</p>\n");
    mf_html_set_room(report, ROOM);
    for (; at < n && mf_html_has_room(report); at++)
        append_host(report, mf_verdicts_worst(report->verdicts, at), at < OPEN_HOSTS);
    mf_html_append_more(report, n - at, "p", "host");
    g_string_append(report->out, "</section>\n");
}
