/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which row a link leads to, and who stands on the row of a group: one pass over rows and sessions,
 * before anything is written. */
#include "html_private.h"
#include "moments.h"

enum {
    LISTED = 12,          /* members of one group */
    LISTED_OF_ALL = 1200, /* of all of them */
};

static void
free_group(gpointer data)
{
    struct mf_html_group *group = data;

    g_array_free(group->listed, TRUE);
    g_free(group);
}

/* A row of a group, as a key. */
static gpointer
group_key(enum mf_row_kind kind, uint32_t ref)
{
    return GSIZE_TO_POINTER((gsize)ref << 8 | kind);
}

static void
add_member(struct mf_html_report *report, uint32_t row, const struct mf_session *session,
           uint32_t *room)
{
    struct mf_html_group *group = g_hash_table_lookup(report->groups, GUINT_TO_POINTER(row));

    if (group == NULL) {
        group = g_new0(struct mf_html_group, 1);
        group->listed = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_hash_table_insert(report->groups, GUINT_TO_POINTER(row), group);
    }
    group->states[mf_session_state(session)]++;
    if (group->listed->len<LISTED && * room> 0) {
        g_array_append_val(group->listed, session->id);
        (*room)--;
    }
}

static void
find_members(struct mf_html_report *report, GHashTable *rows)
{
    uint32_t room = LISTED_OF_ALL;

    for (uint32_t id = 1; id <= report->n_sessions; id++) {
        const struct mf_session *session = mf_engine_session(report->engine, id);
        uint32_t ref = 0, row;
        const enum mf_row_kind kind = mf_timeline_group_of(report->timeline, session, &ref);

        if (kind == MF_ROW_SESSION)
            continue;
        row = GPOINTER_TO_UINT(g_hash_table_lookup(rows, group_key(kind, ref)));
        if (row == 0)
            continue;
        add_member(report, row, session, &room);
        if (report->places.of_session[id] == 0)
            report->places.of_session[id] = row;
    }
}

void
mf_html_find_places(struct mf_html_report *report)
{
    struct mf_html_places *places = &report->places;
    GHashTable *rows = g_hash_table_new(NULL, NULL);

    places->of_session = g_new0(uint32_t, (gsize)report->n_sessions + 1);
    places->of_frame = g_hash_table_new(NULL, NULL);
    report->groups = g_hash_table_new_full(NULL, NULL, NULL, free_group);
    for (uint32_t number = 1; number <= report->rows->len; number++) {
        const struct mf_row *row = mf_html_row(report, number);
        gpointer to = GUINT_TO_POINTER(number);

        if (row->kind == MF_ROW_SESSION)
            places->of_session[row->session] = number;
        else if (mf_story_is_group(row))
            g_hash_table_insert(rows, group_key((enum mf_row_kind)row->kind, row->ref), to);
        else
            g_hash_table_insert(places->of_frame, GUINT_TO_POINTER(row->frame), to);
    }
    find_members(report, rows);
    g_hash_table_destroy(rows);
}

void
mf_html_free_places(struct mf_html_report *report)
{
    g_free(report->places.of_session);
    g_hash_table_destroy(report->places.of_frame);
    g_hash_table_destroy(report->groups);
}

static uint32_t
row_of_frame(const struct mf_html_report *report, uint32_t session, uint32_t frame)
{
    const uint32_t row =
        GPOINTER_TO_UINT(g_hash_table_lookup(report->places.of_frame, GUINT_TO_POINTER(frame)));

    return row != 0 && mf_html_row(report, row)->session == session ? row : 0;
}

uint32_t
mf_html_row_of(const struct mf_html_report *report, uint32_t session, uint32_t frame)
{
    const struct mf_session *of = mf_engine_session(report->engine, session);
    uint32_t row = row_of_frame(report, session, frame);
    struct mf_summary_item item;

    if (of == NULL || session > report->n_sessions)
        return 0;
    if (row == 0 && frame != 0 && mf_moment_request(of, frame, &item))
        row = row_of_frame(report, session, item.frame);
    return row != 0 ? row : report->places.of_session[session];
}
