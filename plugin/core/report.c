/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The screen has a fixed size, captures do not: the report is made with ever less detail until it
 * fits, so that one infected host is told in full and a hundred by a line each. Only as many hosts
 * as there are lines are ever looked at.
 */
#include "capture_facts.h"
#include "report_private.h"
#include "text.h"

#include <stdarg.h>
#include <string.h>

/* --- lines --- */

/* TEXT with at most WIDTH bytes, "..." where it was longer. */
static void
cut(GString *text, size_t width)
{
    size_t at = width - strlen("...");

    if (text->len <= width)
        return;
    while (at > width * 2 / 3 && text->str[at] != ' ')
        at--;
    if (text->str[at] != ' ')
        at = width - strlen("...");
    g_string_truncate(text, at);
    g_string_append(text, "...");
}

static void
free_line(gpointer data)
{
    struct mf_report_line *line = data;

    g_free(line->text);
    g_free(line);
}

static void
add(struct mf_report *report, enum mf_report_level level, const struct mf_report_place *place,
    const char *format, va_list arguments)
{
    struct mf_report_line *line = g_new0(struct mf_report_line, 1);
    GString *text = g_string_new(NULL), *safe = g_string_new(NULL);

    g_string_vprintf(text, format, arguments);
    mf_text_append_string(safe, text->str);
    g_string_free(text, TRUE);
    line->level = level;
    line->time = place->time;
    line->session = place->session;
    line->frame = place->frame;
    line->text = g_string_free(safe, FALSE);
    g_ptr_array_add(report->lines, line);
}

void
mf_report_add_at(struct mf_report *report, enum mf_report_level level,
                 const struct mf_report_place *place, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(report, level, place, format, arguments);
    va_end(arguments);
}

void
mf_report_add(struct mf_report *report, enum mf_report_level level, const char *format, ...)
{
    static const struct mf_report_place nowhere;
    va_list arguments;

    va_start(arguments, format);
    add(report, level, &nowhere, format, arguments);
    va_end(arguments);
}

void
mf_report_more(struct mf_report *report, uint32_t n, const char *thing)
{
    if (n > 0)
        mf_report_add(report, MF_REPORT_ENTRY, "and %u more %s%s, see -z malflow,chains", n, thing,
                      n == 1 ? "" : "s");
}

/* An entry begins with seconds since the first frame: " 42.785 frame 185    [14]". */
static void
append_line(const struct mf_report *report, const struct mf_report_line *line, GString *out)
{
    static const int indents[] = {
        [MF_REPORT_HOST] = 0,
        [MF_REPORT_SECTION] = 2,
        [MF_REPORT_ENTRY] = 4,
        [MF_REPORT_DETAIL] = 12,
    };
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "%*s", indents[line->level], "");
    if (line->level == MF_REPORT_ENTRY && line->session != 0)
        g_string_append_printf(text, "%9.3f frame %-6u [%u] ",
                               (double)(line->time - mf_engine_first_time(report->engine)) /
                                   MF_NS_PER_S,
                               line->frame, line->session);
    g_string_append(text, line->text);
    cut(text, MF_REPORT_WIDTH);
    g_string_append_len(out, text->str, (gssize)text->len);
    g_string_append_c(out, '\n');
    g_string_free(text, TRUE);
}

/* --- hosts --- */

static void
add_head(struct mf_report *report, const struct mf_host_verdict *host, const char *before)
{
    GString *text = g_string_new(before);

    mf_host_verdict_append_line(host, text);
    mf_report_add(report, MF_REPORT_HOST, "%s", text->str);
    g_string_free(text, TRUE);
}

static void
add_sections(struct mf_report *report, const struct mf_host_verdict *host)
{
    static void (*const sections[])(struct mf_report *, const struct mf_host_verdict *) = {
        mf_report_way, mf_report_programs, mf_report_signs};

    for (unsigned i = 0; i < G_N_ELEMENTS(sections); i++)
        sections[i](report, host);
}

static void
add_host(struct mf_report *report, const struct mf_host_verdict *host)
{
    add_head(report, host, "* ");
    add_sections(report, host);
}

static void
end(struct mf_report *report)
{
    g_ptr_array_free(report->lines, TRUE);
    g_clear_pointer(&report->signs, g_hash_table_destroy);
}

void
mf_report_tell_host(const struct mf_engine *engine, const struct mf_host_verdict *host,
                    unsigned most, void (*take)(void *user, const struct mf_report_line *line),
                    void *user)
{
    struct mf_report report = {
        .engine = engine, .lines = g_ptr_array_new_with_free_func(free_line), .most = most};

    add_sections(&report, host);
    for (guint i = 0; i < report.lines->len; i++)
        take(user, report.lines->pdata[i]);
    end(&report);
}

/* --- the whole --- */

static void
append_judged(const struct mf_verdicts *verdicts, enum mf_judgement judgement, const char *word,
              GString *out)
{
    const uint32_t n = mf_verdicts_judged(verdicts, judgement);

    if (n > 0)
        g_string_append_printf(out, "%s%u host%s %s", out->len > 0 ? ", " : "", n,
                               n == 1 ? "" : "s", word);
}

static void
add_result(struct mf_report *report, const struct mf_verdicts *verdicts)
{
    GString *text = g_string_new(NULL);

    append_judged(verdicts, MF_JUDGED_INFECTED, "infected", text);
    append_judged(verdicts, MF_JUDGED_SUSPICIOUS, "suspicious", text);
    append_judged(verdicts, MF_JUDGED_POSSIBLE, "of note", text);
    mf_report_add(report, MF_REPORT_HOST, "malflow findings: %s",
                  text->len > 0 ? text->str : "nothing was found");
    g_string_free(text, TRUE);
}

static void
add_scope(struct mf_report *report, const struct mf_report_scope *scope)
{
    const uint32_t unread = report->unread;

    mf_report_add(
        report, MF_REPORT_HOST,
        "looked at: %u frames, %u %ssessions, with %u signatures (%u hits)%s",
        mf_engine_frame_count(report->engine), scope->sessions, scope->filtered ? "chosen " : "",
        scope->signatures, mf_findings_hit_count(mf_engine_findings(report->engine)),
        mf_engine_correlator(report->engine) == NULL ? "; causes were not looked for" : "");
    if (unread > 0)
        mf_report_add(report, MF_REPORT_HOST,
                      "not read: what %u TLS or QUIC session%s carried, for want of keys", unread,
                      unread == 1 ? "" : "s");
}

static void
explain(struct mf_report *report, const struct mf_verdicts *verdicts)
{
    if (mf_verdicts_count(verdicts) == 0)
        mf_report_add(report, MF_REPORT_HOST,
                      "No executable arrived, no signature of an attack fired, nobody scanned, "
                      "took orders or sent spam.");
    else
        mf_report_add(report, MF_REPORT_HOST,
                      "infected: an exploit and a later stage, or two later stages (BotHunter). "
                      "Times: seconds. [session]");
}

/* How much is told: of so many hosts all, with so many entries in each section; of the others, each
 * one by a line of its own (NAMES_ALL), or as many as there is room for. */
struct level {
    unsigned hosts, most;
    bool names_all;
};

/* Whether it fits as LEVEL wants it. */
static bool
render(struct mf_report *report, const struct mf_verdicts *verdicts,
       const struct mf_report_scope *scope, const struct level *level)
{
    const uint32_t n = mf_verdicts_count(verdicts), told = MIN(n, level->hosts);
    uint32_t at = told;

    report->most = level->most;
    add_result(report, verdicts);
    add_scope(report, scope);
    explain(report, verdicts);
    for (uint32_t i = 0; i < told; i++)
        add_host(report, mf_verdicts_worst(verdicts, i));
    for (; at < n && report->lines->len + (at + 1 < n ? 2 : 1) <= MF_REPORT_LINES; at++)
        add_head(report, mf_verdicts_worst(verdicts, at), "* ");
    if (at < n)
        mf_report_add(report, MF_REPORT_HOST, "and %u more host%s, see -z malflow,chains", n - at,
                      n - at == 1 ? "" : "s");
    return report->lines->len <= MF_REPORT_LINES && (at == n || !level->names_all);
}

void
mf_report_append(const struct mf_engine *engine, const struct mf_verdicts *verdicts,
                 const struct mf_report_scope *scope, GString *out)
{
    static const struct level levels[] = {
        {MF_REPORT_LINES, 12, true},
        {MF_REPORT_LINES, 8, true},
        {MF_REPORT_LINES, 6, true},
        {MF_REPORT_LINES, 4, true},
        {MF_REPORT_LINES, 3, true},
        {MF_REPORT_LINES, 2, true},
        {5, 2, true},
        {4, 2, true},
        {3, 2, true},
        {2, 2, true},
        {1, 2, true},
        {2, 2, false},
        {1, 3, false},
        {1, 1, false},
        {0, 0, false},
    };
    struct mf_report report = {.engine = engine, .unread = mf_capture_unread(engine)};
    bool fits = false;

    for (unsigned i = 0; i < G_N_ELEMENTS(levels) && !fits; i++) {
        if (report.lines != NULL)
            g_ptr_array_free(report.lines, TRUE);
        report.lines = g_ptr_array_new_with_free_func(free_line);
        fits = render(&report, verdicts, scope, &levels[i]);
    }
    for (guint i = 0; i < report.lines->len; i++)
        append_line(&report, report.lines->pdata[i], out);
    end(&report);
}
