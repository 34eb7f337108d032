/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A group does not know when its last member ended: all sessions are asked once, when a table is
 * made. */
#include "scan_table.h"

#include "row_text.h"
#include "timeline_time.h"

#include <string.h>

struct mf_scan_table {
    const struct mf_engine *engine;
    const struct mf_scan_options *options;
    uint32_t groups;      /* of the engine */
    mf_nanoseconds *last; /* by id of the group */
    bool *has_row;        /* by id of the group */
    GArray *rows;         /* struct mf_scan_row */
};

/* --- options --- */

static const char *const order_names[] = {
    [MF_SCANS_BY_FRAME] = "frame",       [MF_SCANS_BY_TARGETS] = "targets",
    [MF_SCANS_BY_ANSWERED] = "answered", [MF_SCANS_BY_SESSIONS] = "sessions",
    [MF_SCANS_BY_DURATION] = "duration",
};

static bool
set_sort(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_scan_options *options = target;

    (void)diags;
    for (unsigned i = 0; i < G_N_ELEMENTS(order_names); i++)
        if (strcmp(value, order_names[i]) == 0) {
            options->order = (enum mf_scan_order)i;
            return true;
        }
    return false;
}

static bool
set_utc(void *target, const char *value, struct mf_diags *diags)
{
    (void)value;
    (void)diags;
    ((struct mf_scan_options *)target)->time = MF_TIME_UTC;
    return true;
}

static const struct mf_option_row known[] = {
    {"sort", "frame, targets, answered, sessions or duration", set_sort},
    {"utc", NULL, set_utc},
};

const struct mf_option_list mf_scan_option_list = {known, G_N_ELEMENTS(known)};

/* --- rows --- */

static void
find_ends(struct mf_scan_table *table)
{
    for (uint32_t id = 1; id <= mf_engine_session_count(table->engine); id++) {
        const struct mf_session *session = mf_engine_session(table->engine, id);

        if (session->scan != 0)
            table->last[session->scan] = MAX(table->last[session->scan], session->last);
    }
}

struct mf_scan_table *
mf_scan_table_new(const struct mf_engine *engine, const struct mf_scan_options *options)
{
    static const struct mf_scan_options defaults;
    struct mf_scan_table *table = g_new0(struct mf_scan_table, 1);

    table->engine = engine;
    table->options = options != NULL ? options : &defaults;
    table->groups = mf_engine_scan_count(engine);
    table->last = g_new0(mf_nanoseconds, (size_t)table->groups + 1);
    table->has_row = g_new0(bool, (size_t)table->groups + 1);
    table->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_scan_row));
    find_ends(table);
    return table;
}

void
mf_scan_table_free(struct mf_scan_table *table)
{
    if (table == NULL)
        return;
    g_free(table->last);
    g_free(table->has_row);
    g_array_free(table->rows, TRUE);
    g_free(table);
}

bool
mf_scan_table_add(struct mf_scan_table *table, uint32_t session)
{
    const struct mf_session *of = mf_engine_session(table->engine, session);
    struct mf_scan_row row = {.group = NULL};
    uint32_t cause;

    if (of == NULL || of->scan == 0 || of->scan > table->groups || table->has_row[of->scan])
        return false;
    table->has_row[of->scan] = true;
    row.group = mf_engine_scan(table->engine, of->scan);
    row.first = mf_engine_session(table->engine, row.group->first_session);
    row.last = table->last[of->scan];
    cause = mf_engine_causes(table->engine, row.first);
    if (cause != 0)
        row.cause = mf_correlator_link(mf_engine_correlator(table->engine), cause - 1);
    g_array_append_val(table->rows, row);
    return true;
}

static int
compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static gint
compare_rows(gconstpointer pa, gconstpointer pb, gpointer options)
{
    const struct mf_scan_row *a = pa, *b = pb;
    const int by[] = {
        [MF_SCANS_BY_FRAME] = 0,
        [MF_SCANS_BY_TARGETS] = compare(b->group->targets, a->group->targets),
        [MF_SCANS_BY_ANSWERED] = compare(b->group->answered, a->group->answered),
        [MF_SCANS_BY_SESSIONS] = compare(b->group->sessions, a->group->sessions),
        [MF_SCANS_BY_DURATION] = compare(mf_timeline_distance(b->first->start, b->last),
                                         mf_timeline_distance(a->first->start, a->last)),
    };
    int order = by[((const struct mf_scan_options *)options)->order];

    if (order == 0)
        order = compare(a->first->first_frame, b->first->first_frame);
    return order != 0 ? order : compare(a->group->id, b->group->id);
}

void
mf_scan_table_sort(struct mf_scan_table *table)
{
    g_array_sort_with_data(table->rows, compare_rows, (gpointer)table->options);
}

uint32_t
mf_scan_table_count(const struct mf_scan_table *table)
{
    return table->rows->len;
}

const struct mf_scan_row *
mf_scan_table_row(const struct mf_scan_table *table, uint32_t index)
{
    return &g_array_index(table->rows, struct mf_scan_row, index);
}

/* --- text --- */

#define RULER                                                                                      \
    "====================================================================================="        \
    "===============\n"

void
mf_scan_append_target(const struct mf_scan_group *group, GString *out)
{
    const char *l4 = mf_l4_name((enum mf_l4)group->l4);

    if (group->kind == MF_SCAN_PORT) {
        mf_addr_append(out, &group->target);
        g_string_append_printf(out, " %s", l4);
    } else if (group->port != 0) {
        g_string_append_printf(out, "%s port %u", l4, group->port);
    } else {
        g_string_append(out, l4);
    }
}

void
mf_scan_append_cause(const struct mf_scan_row *row, GString *out)
{
    const struct mf_link *cause = row->cause;
    const size_t before = out->len;

    if (cause == NULL)
        return;
    g_string_append_printf(out, "%s[%u] frame %u %s \"%s\"",
                           cause->kind == MF_LINK_EXEC ? "after " : "", cause->cause_session,
                           cause->cause_frame, mf_link_kind_name((enum mf_link_kind)cause->kind),
                           cause->evidence);
    mf_row_make_printable(out, before);
}

static void
append_row(const struct mf_scan_table *table, const struct mf_scan_row *row, GString *out)
{
    const struct mf_scan_group *group = row->group;

    g_string_append_printf(out, "%5u %-6s %7u %7u ", group->id,
                           group->kind == MF_SCAN_PORT ? "port" : "spread", row->first->first_frame,
                           row->first->id);
    if (table->options->time == MF_TIME_UTC)
        mf_timeline_append_utc(out, row->first->start);
    else
        mf_timeline_append_seconds(
            out, mf_timeline_distance(mf_engine_first_time(table->engine), row->first->start));
    g_string_append_c(out, ' ');
    mf_timeline_append_duration(out, mf_timeline_distance(row->first->start, row->last));
    g_string_append_printf(out, " %8u %8u %8u  ", group->sessions, group->targets, group->answered);
    mf_addr_append(out, &group->source);
    g_string_append(out, " -> ");
    mf_scan_append_target(group, out);
    if (row->cause != NULL)
        g_string_append(out, row->cause->kind == MF_LINK_EXEC ? " " : " <= ");
    mf_scan_append_cause(row, out);
    g_string_append_c(out, '\n');
}

void
mf_scan_table_append_text(const struct mf_scan_table *table, GString *out)
{
    const char *pad = table->options->time == MF_TIME_UTC ? "               " : "";
    uint64_t sessions = 0, answered = 0;

    for (uint32_t i = 0; i < table->rows->len; i++) {
        sessions += mf_scan_table_row(table, i)->group->sessions;
        answered += mf_scan_table_row(table, i)->group->answered;
    }
    g_string_append_printf(out,
                           RULER "malflow scans: %u, sessions: %" G_GUINT64_FORMAT
                                 ", targets that answered: %" G_GUINT64_FORMAT "\n"
                                 "               first   first\n"
                                 "   id kind     frame session     %stime duration sessions  "
                                 "targets answered  source -> target <= cause\n",
                           table->rows->len, sessions, answered, pad);
    for (uint32_t i = 0; i < table->rows->len; i++)
        append_row(table, mf_scan_table_row(table, i), out);
    g_string_append(out, RULER);
}
