/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is drawn along the time axis. Asked for with each row that is painted, so that nothing here
 * may take longer the longer a session is, but for a session's own packets, which are sampled. */
#include "stage.h"
#include "story_private.h"
#include "verdict.h"

/* Frames of a session that are all looked at for ticks; of more, a sample is. */
enum { FRAMES_LOOKED_AT = 8192 };

void
mf_story_axis(const struct mf_story *story, mf_nanoseconds *first, mf_nanoseconds *last)
{
    *first = story->first;
    *last = story->last;
}

/* "TCP:IRC", kept as long as the story. */
static const char *
protocol_name(const struct mf_story *story, const struct mf_session *session)
{
    GString *name = g_string_new(NULL);
    const char *kept;

    mf_row_append_protocol(session, name); /* " (TCP:IRC)" */
    g_string_truncate(name, name->len - 1);
    mf_row_make_printable(name, 0);
    kept = mf_interned_add(story->protocols, name->str + 2);
    g_string_free(name, TRUE);
    return kept;
}

static void
span_group(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    const struct mf_story_group *group = mf_story_group(story, row);

    out->first = group->first;
    out->last = group->last;
    out->hit = group->hit;
    out->stages = group->stages;
}

static void
span_session(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    const struct mf_session *session = mf_story_session(story, row);

    out->first = session->start;
    out->last = session->last;
    out->hit = mf_story_first_hit(story, session) != NULL;
    if (session->first_hit != 0 || session->scan != 0)
        out->stages = mf_session_stages(story->engine, session);
}

static void
span_request(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    const struct mf_session *session = mf_story_session(story, row);
    struct mf_summary_item item;

    if (!mf_story_request(story, row, &item))
        return;
    if (item.last_frame > item.frame)
        out->last = MAX(row->time, mf_story_frame_time(story, session, item.last_frame));
    out->hit =
        mf_story_hit_within(story, session, item.frame, MAX(item.frame, item.last_frame)) != NULL;
}

static void
span_packet(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    out->hit =
        mf_story_hit_within(story, mf_story_session(story, row), row->frame, row->frame) != NULL;
}

static void
span_hit(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    const struct mf_hit *hit = mf_story_hit(story, row);

    out->hit = true;
    for (unsigned side = MF_ORIG; side <= MF_RESP; side++)
        out->stages |= 1u << mf_stage_of_hit(
                           mf_engine_hit_rule(story->engine, hit), mf_story_session(story, row),
                           (enum mf_direction)hit->direction, (enum mf_direction)side);
    out->stages &= (1u << MF_STAGES) - 1;
}

void
mf_story_span(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out)
{
    static void (*const span[])(const struct mf_story *, const struct mf_row *,
                                struct mf_story_span *) = {
        [MF_ROW_SESSION] = span_session, [MF_ROW_SCAN] = span_group,
        [MF_ROW_BEACON] = span_group,    [MF_ROW_FOLD] = span_group,
        [MF_ROW_REQUEST] = span_request, [MF_ROW_PACKET] = span_packet,
        [MF_ROW_HIT] = span_hit,
    };

    *out = (struct mf_story_span){.first = row->time, .last = row->time};
    out->protocol = protocol_name(story, mf_story_session(story, row));
    if (span[row->kind] != NULL)
        span[row->kind](story, row, out);
}

/* --- ticks --- */

static uint32_t
tick_members(const struct mf_story *story, struct mf_story_list members, mf_nanoseconds *times,
             uint32_t max)
{
    const uint32_t n = MIN(members.count, max);

    for (uint32_t i = 0; i < n; i++) {
        const uint32_t id = members.at[(uint64_t)i * members.count / n];

        times[i] = mf_engine_session(story->engine, id)->start;
    }
    return n;
}

/* The frames with payload among FRAMES, all of them; of too many, the first of each of as many
 * stretches as there may be ticks. */
static GArray *
payload_frames(const struct mf_story *story, const struct mf_session *session,
               struct mf_story_list frames, uint32_t max)
{
    const uint32_t stretches = frames.count <= FRAMES_LOOKED_AT ? frames.count : max;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < stretches; i++) {
        const uint32_t begin = (uint32_t)((uint64_t)i * frames.count / stretches);
        const uint32_t end = (uint32_t)((uint64_t)(i + 1) * frames.count / stretches);

        for (uint32_t at = begin; at < end; at++)
            if (mf_story_has_payload(story, session, frames.at[at])) {
                g_array_append_val(found, frames.at[at]);
                break;
            }
    }
    return found;
}

static uint32_t
tick_packets(const struct mf_story *story, const struct mf_session *session, mf_nanoseconds *times,
             uint32_t max)
{
    const struct mf_story_list frames = mf_story_frames_of(story, session->id);
    GArray *found;
    uint32_t n;

    if (session->bytes[MF_ORIG] + session->bytes[MF_RESP] == 0)
        return 0;
    found = payload_frames(story, session, frames, max);
    n = MIN(found->len, max);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = (uint32_t)((uint64_t)i * found->len / n);

        times[i] = mf_story_frame_time(story, session, g_array_index(found, uint32_t, at));
    }
    g_array_free(found, TRUE);
    return n;
}

uint32_t
mf_story_ticks(const struct mf_story *story, const struct mf_row *row, mf_nanoseconds *times,
               uint32_t max)
{
    if (max == 0)
        return 0;
    if (mf_story_is_group(row))
        return tick_members(story, mf_story_members(story, row), times, max);
    if (row->kind == MF_ROW_SESSION)
        return tick_packets(story, mf_story_session(story, row), times, max);
    times[0] = row->time;
    return row->kind == MF_ROW_PACKET ? 1 : 0;
}

/* --- protocols --- */

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
mf_story_protocols(const struct mf_story *story)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *names = g_ptr_array_new();
    const char *last = NULL;

    for (uint32_t id = 1; id <= story->n_sessions; id++) {
        const struct mf_session *session = mf_engine_session(story->engine, id);
        const char *name =
            session->app != NULL ? session->app : mf_l4_name((enum mf_l4)session->l4);

        if (name != last && g_hash_table_add(seen, (gpointer)name))
            g_ptr_array_add(names, (gpointer)name);
        last = name;
    }
    g_hash_table_destroy(seen);
    g_ptr_array_sort(names, compare_names);
    return names;
}
