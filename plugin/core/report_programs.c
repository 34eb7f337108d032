/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executables that arrived: equal ones (by their SHA-256) are told once, with how often. */
#include "moments.h"
#include "report_private.h"

#include <string.h>

struct program {
    const struct mf_evidence *first;
    const struct mf_file *file;
    uint32_t times;
};

static GArray *
collect(const struct mf_report *report, const struct mf_host_verdict *host)
{
    GArray *programs = g_array_new(FALSE, FALSE, sizeof(struct program));
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal); /* SHA-256 -> index + 1 */

    for (uint32_t i = 0; i < host->n_evidence; i++) {
        struct program program = {.first = &host->evidence[i], .times = 1};
        uint32_t at;

        if (program.first->file == 0)
            continue;
        program.file =
            mf_findings_file(mf_engine_findings(report->engine), program.first->file - 1);
        at = GPOINTER_TO_UINT(g_hash_table_lookup(known, program.file->sha256));
        if (at != 0) {
            g_array_index(programs, struct program, at - 1).times++;
            continue;
        }
        g_array_append_val(programs, program);
        if (program.file->sha256[0] != '\0')
            g_hash_table_insert(known, (gpointer)program.file->sha256,
                                GUINT_TO_POINTER(programs->len));
    }
    g_hash_table_destroy(known);
    return programs;
}

/* "GET host/uri", or what the transfer says; NULL. */
static const char *
origin_of(const struct mf_session *session, const struct mf_file *file)
{
    struct mf_summary_item item;

    if (mf_moment_request(session, file->frame, &item) && item.request != NULL)
        return item.request;
    return file->object.name;
}

/* Its type, size and origin; where it came from and what it was follow. */
static void
add_first_line(struct mf_report *report, const struct program *program)
{
    const struct mf_file *file = program->file;
    const char *origin = origin_of(mf_engine_session(report->engine, file->session), file);
    const struct mf_report_place place = {program->first->time, program->first->session,
                                          file->frame};
    GString *text = g_string_new(file->type);

    if (program->times > 1)
        g_string_append_printf(text, ", %u times", program->times);
    if (file->object.size != 0)
        g_string_append_printf(text, ", %" G_GUINT64_FORMAT " byte", file->object.size);
    if (file->mismatch)
        g_string_append(text, ", disguised");
    if (origin != NULL)
        g_string_append_printf(text, ", %s", origin);
    mf_report_add_at(report, MF_REPORT_ENTRY, &place, "%s", text->str);
    g_string_free(text, TRUE);
}

static void
add_program(struct mf_report *report, const struct program *program)
{
    const struct mf_file *file = program->file;
    const struct mf_session *session = mf_engine_session(report->engine, file->session);
    const enum mf_direction sender = (enum mf_direction)file->direction;
    GString *text = g_string_new(NULL);

    add_first_line(report, program);
    if (file->sha256[0] != '\0')
        g_string_append_printf(text, "SHA-256 %s", file->sha256);
    else
        g_string_append(text, "not seen whole, no SHA-256");
    g_string_append(text, ", from ");
    mf_endpoint_append(text, &session->addr[sender], mf_session_port(session, sender));
    mf_report_add(report, MF_REPORT_DETAIL, "%s", text->str);
    g_string_free(text, TRUE);
}

void
mf_report_programs(struct mf_report *report, const struct mf_host_verdict *host)
{
    GArray *programs = collect(report, host);

    if (programs->len > 0)
        mf_report_add(report, MF_REPORT_SECTION, "executables that arrived (%u)", programs->len);
    for (guint i = 0; i < MIN(programs->len, report->most); i++)
        add_program(report, &g_array_index(programs, struct program, i));
    if (programs->len > report->most)
        mf_report_more(report, programs->len - report->most, "executable");
    g_array_free(programs, TRUE);
}
