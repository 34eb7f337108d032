/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Payload, read again from the capture when it is looked at: the engine keeps none of it. What TCP
 * sent again is told by its sequence numbers, which are read from the frame's own TCP header; where
 * that is not found (the capture was cut, the frame came out of a tunnel's reassembly), the bytes
 * are taken for new.
 */
#include "cover.h"
#include "story_private.h"

struct reader {
    const struct mf_story *story;
    size_t left; /* of the most bytes */
    GByteArray *bytes, *scratch;
    GArray *runs, *fresh;
    struct mf_cover *covers[2]; /* of the session at hand */
};

static void
add_run(struct reader *reader, uint32_t frame, enum mf_direction direction, const uint8_t *data,
        size_t length)
{
    const struct mf_story_run run = {.frame = frame,
                                     .at = reader->bytes->len,
                                     .length = length,
                                     .direction = (uint8_t)direction};

    g_byte_array_append(reader->bytes, data, (guint)length);
    g_array_append_val(reader->runs, run);
    reader->left -= length;
}

/* What of PACKET is new, as stretches of its data. */
static void
find_fresh(struct reader *reader, const struct mf_story_packet *packet)
{
    struct mf_cover *cover = reader->covers[packet->direction];
    const struct mf_stretch all = {0, (int64_t)packet->length};
    int64_t begin;

    g_array_set_size(reader->fresh, 0);
    if (!packet->has_seq) {
        g_array_append_val(reader->fresh, all);
        return;
    }
    begin = mf_cover_position(cover, packet->seq);
    mf_cover_add(cover, (struct mf_stretch){begin, begin + all.end}, reader->fresh);
    for (guint i = 0; i < reader->fresh->len; i++) {
        struct mf_stretch *stretch = &g_array_index(reader->fresh, struct mf_stretch, i);

        stretch->begin -= begin;
        stretch->end -= begin;
    }
}

/* False: there is more than there is room for. */
static bool
take_frame(struct reader *reader, const struct mf_session *session, uint32_t frame)
{
    struct mf_story_packet packet;

    if (!mf_story_has_payload(reader->story, session, frame) ||
        !mf_story_read(reader->story, session, frame, reader->scratch, &packet))
        return true;
    find_fresh(reader, &packet);
    for (guint i = 0; i < reader->fresh->len; i++) {
        const struct mf_stretch *stretch = &g_array_index(reader->fresh, struct mf_stretch, i);
        const size_t length = (size_t)(stretch->end - stretch->begin);
        const size_t room = MIN(length, reader->left);

        if (room > 0)
            add_run(reader, frame, packet.direction, packet.data + stretch->begin, room);
        if (room < length)
            return false;
    }
    return true;
}

/* Index of the first frame from FRAME on. */
static uint32_t
first_from(struct mf_story_list frames, uint32_t frame)
{
    uint32_t low = 0, high = frames.count;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (frames.at[middle] < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The frames FIRST to LAST of SESSION. */
static bool
take_frames(struct reader *reader, const struct mf_session *session, uint32_t first, uint32_t last)
{
    const struct mf_story_list frames = mf_story_frames_of(reader->story, session->id);
    bool all = true;

    for (unsigned side = MF_ORIG; side <= MF_RESP; side++)
        reader->covers[side] = mf_cover_new();
    for (uint32_t i = first_from(frames, first); all && i < frames.count && frames.at[i] <= last;
         i++)
        all = take_frame(reader, session, frames.at[i]);
    for (unsigned side = MF_ORIG; side <= MF_RESP; side++)
        mf_cover_free(reader->covers[side]);
    return all;
}

static bool
take_session(struct reader *reader, const struct mf_session *session)
{
    if (session->bytes[MF_ORIG] + session->bytes[MF_RESP] == 0)
        return true;
    return take_frames(reader, session, 0, UINT32_MAX);
}

static bool
take_members(struct reader *reader, const struct mf_row *row)
{
    const struct mf_story_list members = mf_story_members(reader->story, row);
    bool all = true;

    for (uint32_t i = 0; all && i < members.count; i++)
        all = take_session(reader, mf_engine_session(reader->story->engine, members.at[i]));
    return all;
}

/* A request is known by the frame that completes it: what came since the answer before belongs to
 * it. */
static bool
take_request(struct reader *reader, const struct mf_row *row)
{
    const struct mf_session *session = mf_story_session(reader->story, row);
    struct mf_summary_item item, before;
    uint32_t first;

    if (!mf_story_request(reader->story, row, &item))
        return true;
    first = item.frame;
    if (row->ref > 0) {
        mf_summary_item(session, row->ref - 1, &before);
        first = MIN(first, MAX(before.frame, before.last_frame) + 1);
    }
    return take_frames(reader, session, first, MAX(item.frame, item.last_frame));
}

static bool
take_row(struct reader *reader, const struct mf_row *row)
{
    const struct mf_session *session = mf_story_session(reader->story, row);

    if (mf_story_is_group(row))
        return take_members(reader, row);
    if (row->kind == MF_ROW_SESSION)
        return take_session(reader, session);
    if (row->kind == MF_ROW_REQUEST)
        return take_request(reader, row);
    return take_frames(reader, session, row->frame, row->frame);
}

bool
mf_story_payload(const struct mf_story *story, const struct mf_row *row, size_t max,
                 GByteArray *bytes, GArray *runs)
{
    struct reader reader = {.story = story,
                            .left = MIN(max, G_MAXINT32 - bytes->len),
                            .bytes = bytes,
                            .scratch = g_byte_array_new(),
                            .runs = runs,
                            .fresh = g_array_new(FALSE, FALSE, sizeof(struct mf_stretch))};
    const bool all = take_row(&reader, row);

    g_byte_array_free(reader.scratch, TRUE);
    g_array_free(reader.fresh, TRUE);
    return all;
}
