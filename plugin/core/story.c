/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows at the top are a timeline's, 24 bytes each; what stands below them is made when it is
 * asked for. To that the story adds what a window asks for again and again: who is a member of
 * which group, and on which row a session stands; eight bytes a session. Everything that is indexed
 * was measured when the story was made and is not read beyond that, however the engine grows.
 */
#include "story_private.h"

#include "stage.h"
#include "verdict.h"

/* --- groups --- */

/* The group that SESSION is a member of, or NULL. */
static struct mf_story_group *
group_of(const struct mf_story *story, const struct mf_session *session)
{
    uint32_t ref;
    const enum mf_row_kind kind = mf_timeline_group_of(story->timeline, session, &ref);

    if (kind == MF_ROW_SESSION || ref > story->counts[kind]) /* younger than the story */
        return NULL;
    return &story->groups[story->base[kind] + ref - 1];
}

static void
count_member(const struct mf_story *story, struct mf_story_group *group,
             const struct mf_session *session)
{
    group->end++;
    group->first = MIN(group->first, session->start);
    group->last = MAX(group->last, session->last);
    for (unsigned side = MF_ORIG; side <= MF_RESP; side++)
        group->bytes[side] += session->bytes[side];
    if (session->first_hit != 0 || session->scan != 0)
        group->stages |= (uint8_t)mf_session_stages(story->engine, session);
    group->hit = group->hit || mf_story_first_hit(story, session) != NULL;
}

static uint32_t
count_groups(struct mf_story *story)
{
    uint32_t n = 0;

    story->counts[MF_ROW_SCAN] = mf_engine_scan_count(story->engine);
    story->counts[MF_ROW_BEACON] = mf_engine_beacon_count(story->engine);
    story->counts[MF_ROW_FOLD] = mf_timeline_fold_count(story->timeline);
    for (unsigned kind = 0; kind <= MF_ROW_FOLD; kind++) {
        story->base[kind] = n;
        n += story->counts[kind];
    }
    return n;
}

static void
make_groups(struct mf_story *story, uint32_t n)
{
    story->groups = g_new0(struct mf_story_group, n);
    for (uint32_t i = 0; i < n; i++) {
        story->groups[i].first = INT64_MAX;
        story->groups[i].last = INT64_MIN;
    }
}

/* Looks at each session once: how many members each group has, and the extent of all. */
static void
count_sessions(struct mf_story *story)
{
    story->first = INT64_MAX;
    story->last = INT64_MIN;
    for (uint32_t id = 1; id <= story->n_sessions; id++) {
        const struct mf_session *session = mf_engine_session(story->engine, id);
        struct mf_story_group *group = group_of(story, session);

        story->first = MIN(story->first, session->start);
        story->last = MAX(story->last, session->last);
        if (group != NULL)
            count_member(story, group, session);
    }
    if (story->n_sessions == 0)
        story->first = story->last = mf_engine_first_time(story->engine);
}

static void
list_members(struct mf_story *story, uint32_t n_groups)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < n_groups; i++) {
        const uint32_t members = story->groups[i].end;

        story->groups[i].begin = story->groups[i].end = n;
        n += members;
    }
    story->members = g_new(uint32_t, n);
    for (uint32_t id = 1; n > 0 && id <= story->n_sessions; id++) {
        struct mf_story_group *group = group_of(story, mf_engine_session(story->engine, id));

        if (group != NULL)
            story->members[group->end++] = id;
    }
}

static void
place_members(struct mf_story *story, const struct mf_story_group *group)
{
    for (uint32_t i = group->begin; i < group->end; i++)
        if (story->place[story->members[i]] == 0)
            story->place[story->members[i]] = group->row;
}

static void
place_sessions(struct mf_story *story, uint32_t n_groups)
{
    const uint32_t count = mf_timeline_count(story->timeline);

    story->place = g_new0(uint32_t, (size_t)story->n_sessions + 1);
    for (uint32_t i = 0; i < count; i++) {
        const struct mf_row *row = mf_timeline_row(story->timeline, i);

        if (mf_story_is_group(row))
            story->groups[story->base[row->kind] + row->ref - 1].row = i + 1;
        else
            story->place[row->session] = i + 1;
    }
    for (uint32_t i = 0; i < n_groups; i++)
        place_members(story, &story->groups[i]);
}

/* --- life --- */

static struct mf_packet_protocols
copy_protocols(const struct mf_packet_protocols *from)
{
    return (struct mf_packet_protocols){.all = from->all, .names = g_strdupv(from->names)};
}

struct mf_story *
mf_story_new(const struct mf_engine *engine, const struct mf_timeline_options *options,
             const struct mf_story_source *source)
{
    struct mf_story *story = g_new0(struct mf_story, 1);
    uint32_t n_groups;

    story->engine = engine;
    story->options = *options;
    story->options.packets = (struct mf_packet_protocols){0};
    story->options.requests = false;
    story->packets = copy_protocols(&options->packets);
    story->source = *source;
    story->n_sessions = mf_engine_session_count(engine);
    story->timeline = mf_timeline_new(engine, &story->options, NULL);
    story->frames = mf_story_frames_new();
    story->search = mf_story_search_new();
    story->protocols = mf_interned_new();
    story->saving = g_new0(struct mf_story_saving, 1);
    n_groups = count_groups(story);
    make_groups(story, n_groups);
    count_sessions(story);
    list_members(story, n_groups);
    place_sessions(story, n_groups);
    return story;
}

void
mf_story_free(struct mf_story *story)
{
    if (story == NULL)
        return;
    mf_timeline_free(story->timeline);
    mf_packet_protocols_clear(&story->packets);
    mf_story_frames_free(story->frames);
    mf_story_search_free(story->search);
    mf_interned_free(story->protocols);
    if (story->saving->gathered != NULL)
        g_array_free(story->saving->gathered, TRUE);
    g_free(story->saving->title);
    g_free(story->saving);
    g_free(story->groups);
    g_free(story->members);
    g_free(story->place);
    g_free(story);
}

/* --- rows --- */

uint32_t
mf_story_total(const struct mf_story *story)
{
    return mf_timeline_count(story->timeline);
}

struct mf_story_list
mf_story_members(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_story_group *group = mf_story_group(story, row);

    return (struct mf_story_list){story->members + group->begin, group->end - group->begin};
}

struct mf_row
mf_story_session_row(const struct mf_session *session)
{
    return (struct mf_row){.time = session->start,
                           .frame = session->first_frame,
                           .session = session->id,
                           .ref = session->id,
                           .kind = MF_ROW_SESSION};
}

const struct mf_hit *
mf_story_first_hit(const struct mf_story *story, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(story->engine);
    const struct mf_row_hits hits = mf_story_hits(story);

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        if (mf_row_tells(&hits, hit))
            return hit;
        at = hit->next;
    }
    return NULL;
}

const struct mf_hit *
mf_story_hit_within(const struct mf_story *story, const struct mf_session *session, uint32_t first,
                    uint32_t last)
{
    const struct mf_findings *findings = mf_engine_findings(story->engine);
    const struct mf_row_hits hits = mf_story_hits(story);
    const uint32_t count = mf_findings_hit_count(findings);

    if (session->first_hit == 0)
        return NULL;
    for (uint32_t i = mf_findings_first_of_frame(findings, first); i < count; i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        if (hit->frame > last)
            return NULL;
        if (hit->session == session->id && mf_row_tells(&hits, hit))
            return hit;
    }
    return NULL;
}

enum mf_direction
mf_story_side(const struct mf_story *story, const struct mf_row *row)
{
    if (row->kind == MF_ROW_PACKET)
        return mf_engine_verdict(story->engine, row->frame).direction;
    if (row->kind == MF_ROW_HIT)
        return (enum mf_direction)mf_story_hit(story, row)->direction;
    return MF_ORIG;
}

bool
mf_story_request(const struct mf_story *story, const struct mf_row *row,
                 struct mf_summary_item *out)
{
    const struct mf_session *session = mf_story_session(story, row);

    if (row->ref >= mf_summary_count(session))
        return false;
    mf_summary_item(session, row->ref, out);
    return true;
}

/* --- where a session stands --- */

int64_t
mf_story_find_session(const struct mf_story *story, uint32_t session)
{
    const struct mf_story_group *group;
    int64_t position;

    if (session == 0 || session > story->n_sessions || story->place[session] == 0)
        return -1;
    position = mf_story_chosen_position(story, story->place[session] - 1);
    if (position >= 0)
        return position;
    group = group_of(story, mf_engine_session(story->engine, session));
    return group != NULL && group->row != 0 ? mf_story_chosen_position(story, group->row - 1) : -1;
}
