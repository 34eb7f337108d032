/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands below a row. Made anew each time that it is asked for: few rows are open at a time,
 * and a session's packets are found by its list of frames.
 */
#include "story_private.h"

#include "summary.h"

/* Whether the packets of SESSION are shown one by one. */
static bool
shows_packets(const struct mf_story *story, const struct mf_session *session)
{
    return session->bytes[MF_ORIG] + session->bytes[MF_RESP] > 0 &&
           mf_packet_protocols_has(&story->packets, mf_l4_name((enum mf_l4)session->l4),
                                   session->app);
}

static bool
has_packet(const struct mf_story *story, const struct mf_session *session)
{
    const struct mf_story_list frames = mf_story_frames_of(story, session->id);

    for (uint32_t i = 0; i < frames.count; i++)
        if (mf_story_has_payload(story, session, frames.at[i]))
            return true;
    return false;
}

bool
mf_story_opens(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_session *session = mf_story_session(story, row);

    if (mf_story_is_group(row))
        return mf_story_members(story, row).count > 0;
    if (row->kind != MF_ROW_SESSION)
        return false;
    return mf_summary_count(session) > 1 || mf_story_first_hit(story, session) != NULL ||
           (shows_packets(story, session) && has_packet(story, session));
}

static void
add_members(const struct mf_story *story, const struct mf_row *row, GArray *out)
{
    const struct mf_story_list members = mf_story_members(story, row);

    for (uint32_t i = 0; i < members.count; i++) {
        const struct mf_row member =
            mf_story_session_row(mf_engine_session(story->engine, members.at[i]));

        g_array_append_val(out, member);
    }
}

static void
add_requests(const struct mf_session *session, GArray *out)
{
    const unsigned count = mf_summary_count(session);

    for (unsigned i = 1; i < count; i++) {
        struct mf_summary_item item;
        struct mf_row row = {.session = session->id, .ref = i, .kind = MF_ROW_REQUEST};

        mf_summary_item(session, i, &item);
        row.time = item.time;
        row.frame = item.frame;
        g_array_append_val(out, row);
    }
}

static void
add_packets(const struct mf_story *story, const struct mf_session *session, GArray *out)
{
    const struct mf_story_list frames = mf_story_frames_of(story, session->id);

    for (uint32_t i = 0; i < frames.count; i++) {
        const struct mf_row row = {.time = mf_story_frame_time(story, session, frames.at[i]),
                                   .frame = frames.at[i],
                                   .session = session->id,
                                   .kind = MF_ROW_PACKET};

        if (mf_story_has_payload(story, session, frames.at[i]))
            g_array_append_val(out, row);
    }
}

static void
add_hits(const struct mf_story *story, const struct mf_session *session, GArray *out)
{
    const struct mf_findings *findings = mf_engine_findings(story->engine);
    const struct mf_row_hits hits = mf_story_hits(story);

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);
        const struct mf_row row = {.time = mf_story_frame_time(story, session, hit->frame),
                                   .frame = hit->frame,
                                   .session = session->id,
                                   .ref = at - 1,
                                   .kind = MF_ROW_HIT};

        if (mf_row_tells(&hits, hit))
            g_array_append_val(out, row);
        at = hit->next;
    }
}

GArray *
mf_story_children(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_session *session = mf_story_session(story, row);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct mf_row));

    if (mf_story_is_group(row)) {
        add_members(story, row, out);
    } else if (row->kind == MF_ROW_SESSION) {
        add_requests(session, out);
        if (shows_packets(story, session))
            add_packets(story, session, out);
        add_hits(story, session, out);
    }
    g_array_sort(out, mf_timeline_compare_rows);
    return out;
}
