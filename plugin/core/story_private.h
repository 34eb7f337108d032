/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the story share. */
#ifndef MALFLOW_CORE_STORY_PRIVATE_H
#define MALFLOW_CORE_STORY_PRIVATE_H

#include "interned.h"
#include "row_text.h"
#include "story.h"
#include "timeline_private.h"

/* A scan group, a beacon, or what is folded, with what its row tells of its members. */
struct mf_story_group {
    uint32_t begin, end; /* of its members */
    uint32_t row;        /* index + 1 of its top row; 0: it has none */
    uint8_t stages;      /* bits 1 << enum mf_stage */
    bool hit;            /* a signature fired in one of them */
    mf_nanoseconds first, last;
    uint64_t bytes[2];
};

/* Ids or frame numbers, ascending. Borrowed. */
struct mf_story_list {
    const uint32_t *at;
    uint32_t count;
};

struct mf_story_frames; /* frames of sessions */
struct mf_story_search; /* the choice */

/* The save that is under way. */
struct mf_story_saving {
    bool open;        /* between begin and end */
    uint32_t rows;    /* appended */
    GArray *gathered; /* struct mf_row: what a report is to have; NULL: none is under way */
    char *title;      /* of a report; or NULL */
};

struct mf_story {
    const struct mf_engine *engine;
    struct mf_timeline_options options; /* the timeline's: no packets, no requests */
    struct mf_packet_protocols packets; /* whose packets stand below their session */
    struct mf_story_source source;
    struct mf_timeline *timeline;
    uint32_t n_sessions;            /* when the story was made */
    mf_nanoseconds first, last;     /* of all sessions */
    uint32_t base[MF_ROW_FOLD + 1]; /* by kind: index of its first group */
    uint32_t counts[MF_ROW_FOLD + 1];
    struct mf_story_group *groups;
    uint32_t *members; /* session ids, group by group */
    uint32_t *place;   /* by session id: index + 1 of its own top row or its group's; 0: none */
    struct mf_story_frames *frames;
    struct mf_story_search *search;
    struct mf_interned *protocols; /* "TCP:IRC", as spans name them */
    struct mf_story_saving *saving;
};

/* --- rows (story.c) --- */

static inline bool
mf_story_is_group(const struct mf_row *row)
{
    return row->kind == MF_ROW_SCAN || row->kind == MF_ROW_BEACON || row->kind == MF_ROW_FOLD;
}

static inline const struct mf_session *
mf_story_session(const struct mf_story *story, const struct mf_row *row)
{
    return mf_engine_session(story->engine, row->session);
}

/* ROW is a group's. */
static inline const struct mf_story_group *
mf_story_group(const struct mf_story *story, const struct mf_row *row)
{
    return &story->groups[story->base[row->kind] + row->ref - 1];
}

/* Members of a group. */
struct mf_story_list
mf_story_members(const struct mf_story *story, const struct mf_row *row);

/* The row of a session by itself. */
struct mf_row
mf_story_session_row(const struct mf_session *session);

/* Which hits are told. */
static inline struct mf_row_hits
mf_story_hits(const struct mf_story *story)
{
    return (struct mf_row_hits){.engine = story->engine, .priority = story->options.priority};
}

/* The first hit of SESSION that is told, or NULL. */
const struct mf_hit *
mf_story_first_hit(const struct mf_story *story, const struct mf_session *session);

/* The first hit of SESSION in the frames FIRST to LAST that is told, or NULL. */
const struct mf_hit *
mf_story_hit_within(const struct mf_story *story, const struct mf_session *session, uint32_t first,
                    uint32_t last);

/* The hit of a hit's row. */
static inline const struct mf_hit *
mf_story_hit(const struct mf_story *story, const struct mf_row *row)
{
    return mf_findings_hit(mf_engine_findings(story->engine), row->ref);
}

/* The side that ROW's source is: packets and what fired on them may go either way. */
enum mf_direction
mf_story_side(const struct mf_story *story, const struct mf_row *row);

/* What ROW, a request's, is of. False: it is not there any more. */
bool
mf_story_request(const struct mf_story *story, const struct mf_row *row,
                 struct mf_summary_item *out);

/* --- frames (story_frames.c) --- */

struct mf_story_frames *
mf_story_frames_new(void);

/* Accepts NULL. */
void
mf_story_frames_free(struct mf_story_frames *frames);

/* Frames of a session. */
struct mf_story_list
mf_story_frames_of(const struct mf_story *story, uint32_t session);

/* The time of FRAME, of SESSION, as exactly as it is known. */
mf_nanoseconds
mf_story_frame_time(const struct mf_story *story, const struct mf_session *session, uint32_t frame);

/* Whether FRAME, of SESSION, has payload that can be shown. */
bool
mf_story_has_payload(const struct mf_story *story, const struct mf_session *session,
                     uint32_t frame);

/* Payload of one frame. */
struct mf_story_packet {
    const uint8_t *data;
    size_t length;
    enum mf_direction direction;
    bool has_seq; /* its place in the stream is known: */
    uint32_t seq;
};

/* Reads that of FRAME, of SESSION. OUT points into SCRATCH or the engine. False: there is none, or
 * it cannot be read. */
bool
mf_story_read(const struct mf_story *story, const struct mf_session *session, uint32_t frame,
              GByteArray *scratch, struct mf_story_packet *out);

/* --- the choice (story_choice.c) --- */

struct mf_story_search *
mf_story_search_new(void);

/* Accepts NULL. */
void
mf_story_search_free(struct mf_story_search *search);

/* Position of top row INDEX among those that are chosen; -1: it is not. */
int64_t
mf_story_chosen_position(const struct mf_story *story, uint32_t index);

#endif
