/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which frames a session has, and what is in them. The engine knows the session of each frame; the
 * way back is a list per session, four bytes a frame, made by counting when it is first asked for.
 * The bytes themselves are the source's, which may have been cut, or be gone: offsets that the
 * engine gave are taken for a claim.
 */
#include "story_private.h"

#include "moments.h"

struct mf_story_frames {
    uint32_t *end; /* by session id: end of its frames in numbers; NULL: not made yet */
    uint32_t *numbers;
};

struct mf_story_frames *
mf_story_frames_new(void)
{
    return g_new0(struct mf_story_frames, 1);
}

void
mf_story_frames_free(struct mf_story_frames *frames)
{
    if (frames == NULL)
        return;
    g_free(frames->end);
    g_free(frames->numbers);
    g_free(frames);
}

/* The session of FRAME; 0: none that the story knows of. */
static uint32_t
session_of(const struct mf_story *story, uint32_t frame)
{
    const uint32_t session = mf_engine_verdict(story->engine, frame).session;

    return session <= story->n_sessions ? session : 0;
}

static void
make_lists(const struct mf_story *story, struct mf_story_frames *frames)
{
    const uint32_t end = mf_engine_frame_end(story->engine);
    uint32_t n = 0;

    frames->end = g_new0(uint32_t, (size_t)story->n_sessions + 1);
    for (uint32_t frame = 0; frame < end; frame++)
        frames->end[session_of(story, frame)]++;
    frames->end[0] = 0; /* those of no session */
    for (uint32_t id = 1; id <= story->n_sessions; id++) {
        const uint32_t count = frames->end[id];

        frames->end[id] = n; /* of those before; its own are counted when they are listed */
        n += count;
    }
    frames->numbers = g_new(uint32_t, n);
    for (uint32_t frame = 0; frame < end; frame++) {
        const uint32_t session = session_of(story, frame);

        if (session != 0)
            frames->numbers[frames->end[session]++] = frame;
    }
}

struct mf_story_list
mf_story_frames_of(const struct mf_story *story, uint32_t session)
{
    struct mf_story_frames *frames = story->frames;

    if (session == 0 || session > story->n_sessions)
        return (struct mf_story_list){0};
    if (frames->end == NULL)
        make_lists(story, frames);
    return (struct mf_story_list){frames->numbers + frames->end[session - 1],
                                  frames->end[session] - frames->end[session - 1]};
}

mf_nanoseconds
mf_story_frame_time(const struct mf_story *story, const struct mf_session *session, uint32_t frame)
{
    mf_nanoseconds time;

    if (story->source.time != NULL && story->source.time(story->source.user, frame, &time))
        return CLAMP(time, -MF_TIME_MAX, MF_TIME_MAX);
    return mf_moment_of_frame(story->engine, session, frame);
}

/* The payload of FRAME that was kept for rows, or NULL. */
static const struct mf_payload_row *
kept_payload(const struct mf_story *story, const struct mf_session *session, uint32_t frame)
{
    return session->keeps_payload ? mf_moment_payload(story->engine, frame) : NULL;
}

bool
mf_story_has_payload(const struct mf_story *story, const struct mf_session *session, uint32_t frame)
{
    return mf_engine_verdict(story->engine, frame).payload_length > 0 ||
           kept_payload(story, session, frame) != NULL;
}

/* --- sequence numbers --- */

static uint16_t
read16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t
read32(const uint8_t *at)
{
    return (uint32_t)read16(at) << 16 | read16(at + 2);
}

/* Whether SIZE bytes at AT are a TCP header that SESSION's packets in DIRECTION have. */
static bool
is_tcp_header(const uint8_t *at, size_t size, const struct mf_session *session,
              enum mf_direction direction)
{
    return (size_t)(at[12] >> 4) * 4 == size && read16(at) == session->port[direction] &&
           read16(at + 2) == session->port[direction ^ 1];
}

/* The TCP header ends where the payload begins; where it begins, its own length and the ports have
 * to say alike. */
static void
find_seq(const uint8_t *frame, size_t payload_at, const struct mf_session *session,
         struct mf_story_packet *packet)
{
    enum { SHORTEST = 20, LONGEST = 60 };

    for (size_t size = SHORTEST; size <= LONGEST && size <= payload_at; size += 4) {
        const uint8_t *header = frame + payload_at - size;

        if (!is_tcp_header(header, size, session, packet->direction))
            continue;
        packet->has_seq = (header[13] & MF_TCP_RST) == 0; /* that is no part of the stream */
        packet->seq = read32(header + 4) + ((header[13] & MF_TCP_SYN) ? 1 : 0);
        return;
    }
}

bool
mf_story_read(const struct mf_story *story, const struct mf_session *session, uint32_t frame,
              GByteArray *scratch, struct mf_story_packet *out)
{
    const struct mf_verdict verdict = mf_engine_verdict(story->engine, frame);
    const struct mf_payload_row *kept;

    *out = (struct mf_story_packet){.direction = verdict.direction};
    g_byte_array_set_size(scratch, 0);
    if (verdict.payload_length > 0 && story->source.bytes != NULL &&
        story->source.bytes(story->source.user, frame, scratch) &&
        verdict.payload_offset < scratch->len) {
        out->data = scratch->data + verdict.payload_offset;
        out->length = MIN(verdict.payload_length, scratch->len - verdict.payload_offset);
        if (session->l4 == MF_L4_TCP)
            find_seq(scratch->data, verdict.payload_offset, session, out);
        return true;
    }
    kept = kept_payload(story, session, frame);
    if (kept == NULL)
        return false;
    out->data = kept->data;
    out->length = kept->length;
    out->direction = (enum mf_direction)kept->direction;
    return true;
}
