/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found, as JSON: hits, what caused what, hosts with their verdicts, files. */
#include "chosen.h"
#include "json_report_private.h"
#include "row_text.h"

#include <string.h>

/* --- hits --- */

static uint32_t
hit_count(const struct mf_json_report *report)
{
    return mf_findings_hit_count(mf_engine_findings(report->engine));
}

static void
append_rule(GString *out, const struct mf_rule_info *rule)
{
    const size_t opened = mf_json_open_object(out, "rule");
    char text[16];

    g_snprintf(text, sizeof text, "%u", rule->sid);
    mf_json_string(out, "id", text);
    g_snprintf(text, sizeof text, "%u", rule->rev);
    mf_json_string(out, "version", text);
    mf_json_string(out, "name", rule->msg);
    mf_json_string(out, "category", rule->classtype);
    mf_json_string(out, "reference", rule->references);
    mf_json_close(out, opened);
}

static void
append_ids(GString *out, const char *key, const char *id)
{
    const size_t object = mf_json_open_object(out, key), list = mf_json_open_list(out, "id");

    mf_json_string(out, NULL, id);
    mf_json_close(out, list);
    mf_json_close(out, object);
}

static void
append_threat(GString *out, const struct mf_rule_info *rule)
{
    size_t opened;

    if (rule->mitre == NULL && rule->tactic == NULL)
        return;
    opened = mf_json_open_object(out, "threat");
    mf_json_string(out, "framework", "MITRE ATT&CK");
    append_ids(out, "tactic", rule->tactic);
    append_ids(out, "technique", rule->mitre);
    mf_json_close(out, opened);
}

/* malflow.hit: a list as elsewhere, of one that says all. */
static void
append_hit_facts(const struct mf_json_report *report, const struct mf_hit *hit)
{
    const struct mf_rule_info *rule = mf_engine_hit_rule(report->engine, hit);
    const struct mf_session *session = mf_engine_session(report->engine, hit->session);
    GString *out = report->out;
    const size_t list = mf_json_open_list(out, "hit"), one = mf_json_open_object(out, NULL);

    mf_json_number(out, "sid", rule->sid);
    mf_json_string(out, "msg", rule->msg);
    mf_json_number(out, "priority", rule->priority);
    mf_json_number(out, "count",
                   mf_findings_count(mf_engine_findings(report->engine), session, hit->rule));
    mf_json_string(out, "severity", rule->severity);
    mf_json_string(out, "family", rule->family);
    mf_json_close(out, one);
    mf_json_close(out, list);
}

static bool
hit_is_told(const struct mf_json_report *report, const struct mf_hit *hit)
{
    const struct mf_row_hits told = {report->engine, report->timeline->options->priority};

    return mf_is_chosen(report->source->sessions, hit->session) && mf_row_tells(&told, hit);
}

static bool
append_hit(const struct mf_json_report *report, uint32_t index)
{
    static const struct mf_json_kind kind = {"malflow.hit", "alert", "intrusion_detection", "info"};
    const struct mf_findings *findings = mf_engine_findings(report->engine);
    const struct mf_hit *hit = mf_findings_hit_by_frame(findings, index);
    const struct mf_session *session = mf_engine_session(report->engine, hit->session);
    const struct mf_rule_info *rule = mf_engine_hit_rule(report->engine, hit);
    size_t opened;

    if (!hit_is_told(report, hit))
        return false;
    opened = mf_json_begin(report, &kind, hit->time != 0 ? hit->time : session->start);
    mf_json_number(report->out, "severity", rule->priority);
    mf_json_close(report->out, opened);
    mf_json_flow(report->out, session, false);
    append_rule(report->out, rule);
    append_threat(report->out, rule);
    if (hit->file != 0)
        mf_json_file(report->out, mf_findings_file(findings, hit->file - 1));
    opened = mf_json_open_object(report->out, "malflow");
    mf_json_number(report->out, "frame", hit->frame);
    mf_json_session(report->out, session);
    mf_json_direction(report->out, (enum mf_direction)hit->direction);
    append_hit_facts(report, hit);
    if (hit->file != 0)
        mf_json_file_facts(report->out, mf_findings_file(findings, hit->file - 1));
    mf_json_close(report->out, opened);
    mf_json_end(report);
    return true;
}

const struct mf_json_list mf_json_hits = {hit_count, append_hit};

/* --- links --- */

static uint32_t
link_count(const struct mf_json_report *report)
{
    const struct mf_correlator *correlator = mf_engine_correlator(report->engine);

    return correlator != NULL ? mf_correlator_link_count(correlator) : 0;
}

/* Time of the request that begins in FRAME; requests stand in order of their frames, or the
 * session's first time has to do. */
static mf_nanoseconds
request_time(const struct mf_session *session, uint32_t frame)
{
    unsigned low = 0, high = mf_summary_count(session);
    struct mf_summary_item item;

    while (low < high) {
        const unsigned middle = low + (high - low) / 2;

        mf_summary_item(session, middle, &item);
        if (item.frame == frame)
            return item.time;
        if (item.frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return session->start;
}

static const char *
effect_of(const struct mf_link *link)
{
    if (link->scan != 0)
        return "scan";
    return link->of_request ? "request" : "session";
}

static bool
append_link(const struct mf_json_report *report, uint32_t index)
{
    static const struct mf_json_kind kind = {"malflow.link", "event", "network", "info"};
    const struct mf_link *link = mf_correlator_link(mf_engine_correlator(report->engine), index);
    const struct mf_session *session = mf_engine_session(report->engine, link->session);
    GString *out = report->out;
    size_t malflow, opened;

    if (!mf_is_chosen(report->source->sessions, link->session))
        return false;
    mf_json_begin_only(report, &kind,
                       link->of_request ? request_time(session, link->frame) : session->start);
    mf_json_flow(out, session, false);
    malflow = mf_json_open_object(out, "malflow");
    mf_json_number(out, "frame", link->frame);
    mf_json_session(out, session);
    mf_json_cause(out, link);
    opened = mf_json_open_object(out, "link");
    mf_json_string(out, "effect", effect_of(link));
    mf_json_number(out, "strength", link->strength);
    mf_json_bool(out, "weak", link->kind == MF_LINK_EXEC);
    mf_json_close(out, opened);
    opened = mf_json_open_object(out, "scan");
    if (link->scan != 0)
        mf_json_number(out, "id", link->scan);
    mf_json_close(out, opened);
    mf_json_root(report, session);
    mf_json_close(out, malflow);
    mf_json_end(report);
    return true;
}

const struct mf_json_list mf_json_links = {link_count, append_link};

/* --- hosts --- */

static uint32_t
host_count(const struct mf_json_report *report)
{
    return mf_verdicts_count(report->verdicts);
}

static void
append_names(GString *out, const char *names)
{
    const size_t list = mf_json_open_list(out, "name");
    char **each = g_strsplit(names != NULL ? names : "", ", ", -1);

    for (char **at = each; *at != NULL; at++)
        mf_json_string(out, NULL, *at);
    g_strfreev(each);
    mf_json_close(out, list);
}

static void
append_host_names(GString *out, const struct mf_host_verdict *host)
{
    const size_t opened = mf_json_open_object(out, "host"), list = mf_json_open_list(out, "ip");

    mf_json_address(out, NULL, &host->addr);
    mf_json_close(out, list);
    append_names(out, host->names);
    mf_json_close(out, opened);
}

static void
append_evidence(GString *out, const struct mf_evidence *evidence)
{
    const size_t opened = mf_json_open_object(out, NULL);

    mf_json_time(out, "time", evidence->time);
    mf_json_number(out, "session", evidence->session);
    mf_json_number(out, "frame", evidence->frame);
    mf_json_string(out, "stage", mf_stage_name((enum mf_stage)evidence->stage));
    mf_json_bool(out, "suspected", evidence->suspected);
    mf_json_string(out, "text", evidence->text);
    mf_json_close(out, opened);
}

static bool
append_host(const struct mf_json_report *report, uint32_t index)
{
    static const struct mf_json_kind kind = {"malflow.host", "state", "host", "info"};
    const struct mf_host_verdict *host = mf_verdicts_get(report->verdicts, index);
    GString *out = report->out;
    size_t malflow, opened;

    mf_json_begin_only(report, &kind, host->evidence[0].time);
    append_host_names(out, host);
    malflow = mf_json_open_object(out, "malflow");
    opened = mf_json_open_object(out, "host");
    mf_json_string(out, "judgement", mf_judgement_name(host->judgement));
    mf_json_stages(out, "suspected", host->suspected);
    mf_json_close(out, opened);
    mf_json_stages(out, "stage", host->stages);
    opened = mf_json_open_list(out, "evidence");
    for (uint32_t i = 0; i < host->n_evidence; i++)
        append_evidence(out, &host->evidence[i]);
    mf_json_close(out, opened);
    mf_json_close(out, malflow);
    mf_json_end(report);
    return true;
}

const struct mf_json_list mf_json_hosts = {host_count, append_host};

/* --- files --- */

static uint32_t
file_count(const struct mf_json_report *report)
{
    return mf_findings_file_count(mf_engine_findings(report->engine));
}

static bool
append_file(const struct mf_json_report *report, uint32_t index)
{
    static const struct mf_json_kind kind = {"malflow.file", "event", "file", "info"};
    const struct mf_file *file = mf_findings_file(mf_engine_findings(report->engine), index);
    const struct mf_session *session = mf_engine_session(report->engine, file->session);
    size_t malflow;

    if (!mf_is_chosen(report->source->sessions, file->session))
        return false;
    mf_json_begin_only(report, &kind, file->time != 0 ? file->time : session->start);
    mf_json_flow(report->out, session, false);
    mf_json_file(report->out, file);
    malflow = mf_json_open_object(report->out, "malflow");
    mf_json_number(report->out, "frame", file->frame);
    mf_json_session(report->out, session);
    mf_json_direction(report->out, (enum mf_direction)file->direction);
    mf_json_file_facts(report->out, file);
    mf_json_close(report->out, malflow);
    mf_json_end(report);
    return true;
}

const struct mf_json_list mf_json_files = {file_count, append_file};
