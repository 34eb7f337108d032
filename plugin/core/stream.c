/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A direction of a connection is, nearly always, a number: the offset that comes next. Only when a
 * hole opens does the stream get a "hold": the segments behind the hole, sorted, copied. So the
 * common case neither allocates nor copies, and a million healthy streams cost 56 bytes each. A
 * hole that is given up is remembered (a few per stream), so that a byte that comes too late to be
 * delivered is still counted, once.
 */
#include "stream.h"

#include <glib.h>
#include <string.h>

/* The largest window that TCP can offer (RFC 7323, 2.3): bytes further ahead are no part of this
 * connection. */
#define FAR_AHEAD (INT64_C(1) << 30)

/* Holes remembered after they were given up; of more, the oldest are forgotten. */
enum { MAX_HOLES = 32 };

/* A run of the stream that came ahead of its turn. captured <= length bytes stand in data. */
struct held {
    struct held *next;
    uint64_t offset;
    uint32_t length, captured, frame;
    uint8_t data[];
};

struct hole {
    uint64_t begin, end;
};

struct hold {
    GList link;               /* in the pool's order while head is not NULL */
    struct held *head, *tail; /* by offset, never overlapping, all behind stream->next */
    size_t bytes;
    unsigned count;
    GArray *holes; /* struct hole, all before stream->next; NULL: none */
};

struct mf_stream_pool {
    uint64_t max_bytes;
    struct mf_counters *counters;
    mf_stream_deliver deliver;
    size_t bytes; /* of all held segments */
    size_t streams;
    GQueue order; /* streams that hold segments, least recently used first */
};

struct mf_stream {
    struct mf_stream_pool *pool;
    void *user;
    struct hold *hold;  /* NULL: no hole is known */
    uint64_t next;      /* offset of the next byte in order */
    uint64_t delivered; /* bytes, without gaps */
    uint64_t gap;       /* bytes missing before next, not yet told */
    uint32_t start;
    bool cut;
};

G_STATIC_ASSERT(sizeof(struct mf_stream) <= 64);

/* A run of bytes under way. */
struct piece {
    uint64_t offset;
    uint32_t length, captured, frame;
    const uint8_t *data;
};

struct mf_stream_pool *
mf_stream_pool_new(uint64_t max_bytes, struct mf_counters *counters, mf_stream_deliver deliver)
{
    struct mf_stream_pool *pool = g_new0(struct mf_stream_pool, 1);

    pool->max_bytes = max_bytes;
    pool->counters = counters;
    pool->deliver = deliver;
    g_queue_init(&pool->order);
    return pool;
}

void
mf_stream_pool_free(struct mf_stream_pool *pool)
{
    g_assert(pool == NULL || pool->order.length == 0);
    g_free(pool);
}

size_t
mf_stream_pool_memory(const struct mf_stream_pool *pool)
{
    return sizeof *pool + pool->bytes + pool->streams * sizeof(struct mf_stream);
}

struct mf_stream *
mf_stream_new(struct mf_stream_pool *pool, uint32_t start, void *user)
{
    struct mf_stream *stream = g_new0(struct mf_stream, 1);

    pool->streams++;
    stream->pool = pool;
    stream->user = user;
    stream->start = start;
    return stream;
}

static void
piece_skip(struct piece *piece, uint32_t n)
{
    uint32_t present = MIN(n, piece->captured);

    piece->offset += n;
    piece->length -= n;
    piece->captured -= present;
    if (piece->data != NULL)
        piece->data += present;
}

/* How many of N bytes may still be delivered. */
static uint32_t
stream_room(struct mf_stream *stream, uint32_t n)
{
    uint64_t room = stream->pool->max_bytes - stream->delivered;

    if (n <= room)
        return n;
    if (!stream->cut) {
        stream->cut = true;
        stream->pool->counters->streams_cut++;
    }
    return (uint32_t)room;
}

/* Moves on over PIECE, which stands at next, and delivers what is there of it. */
static void
stream_take(struct mf_stream *stream, const struct piece *piece)
{
    struct mf_stream_bytes bytes = {.offset = piece->offset,
                                    .gap = stream->gap,
                                    .data = piece->data,
                                    .length = stream_room(stream, piece->captured),
                                    .frame = piece->frame};

    stream->next += piece->length;
    stream->gap = piece->length - bytes.length + (bytes.length > 0 ? 0 : bytes.gap);
    stream->delivered += bytes.length;
    if (bytes.length > 0)
        stream->pool->deliver(stream->user, &bytes);
}

/* --- held segments --- */

static size_t
held_size(const struct held *held)
{
    return sizeof *held + held->captured;
}

static uint64_t
held_end(const struct held *held)
{
    return held->offset + held->length;
}

/* Copies the first LENGTH bytes of PIECE in front of *AT. */
static struct held *
hold_insert(struct mf_stream *stream, struct held **at, const struct piece *piece, uint32_t length)
{
    uint32_t captured = stream->cut ? 0 : MIN(length, piece->captured);
    struct held *held = g_malloc(sizeof *held + captured);

    *held = (struct held){.next = *at,
                          .offset = piece->offset,
                          .length = length,
                          .captured = captured,
                          .frame = piece->frame};
    if (captured > 0)
        memcpy(held->data, piece->data, captured);
    *at = held;
    if (held->next == NULL)
        stream->hold->tail = held;
    stream->hold->count++;
    stream->hold->bytes += held_size(held);
    stream->pool->bytes += held_size(held);
    return held;
}

static struct held *
hold_pop(struct mf_stream *stream)
{
    struct hold *hold = stream->hold;
    struct held *held = hold->head;

    hold->head = held->next;
    if (hold->head == NULL)
        hold->tail = NULL;
    hold->count--;
    hold->bytes -= held_size(held);
    stream->pool->bytes -= held_size(held);
    return held;
}

static struct hold *
stream_hold(struct mf_stream *stream)
{
    if (stream->hold == NULL) {
        stream->hold = g_new0(struct hold, 1);
        stream->hold->link.data = stream;
    }
    return stream->hold;
}

/* Brings the pool's order up to date with what the stream holds now; drops an empty hold. WAS: it
 * stood in the order before. */
static void
stream_settle(struct mf_stream *stream, bool was)
{
    struct hold *hold = stream->hold;
    GQueue *order = &stream->pool->order;

    if (was)
        g_queue_unlink(order, &hold->link);
    if (hold->head != NULL)
        g_queue_push_tail_link(order, &hold->link);
    else if (hold->holes == NULL) {
        g_free(hold);
        stream->hold = NULL;
    }
}

/* Delivers the held segments that are in order now. */
static void
stream_drain(struct mf_stream *stream)
{
    while (stream->hold->head != NULL && stream->hold->head->offset == stream->next) {
        struct held *held = hold_pop(stream);

        stream_take(stream, &(struct piece){.offset = held->offset,
                                            .length = held->length,
                                            .captured = held->captured,
                                            .frame = held->frame,
                                            .data = held->data});
        g_free(held);
    }
}

/* Gives up the hole before the first held segment. */
static void
stream_skip_hole(struct mf_stream *stream)
{
    struct hold *hold = stream->hold;
    struct hole hole = {.begin = stream->next, .end = hold->head->offset};

    if (hold->holes == NULL)
        hold->holes = g_array_new(FALSE, FALSE, sizeof hole);
    if (hold->holes->len == MAX_HOLES)
        g_array_remove_index(hold->holes, 0);
    g_array_append_val(hold->holes, hole);
    stream->gap += hole.end - hole.begin;
    stream->next = hole.end;
    stream->pool->counters->stream_gaps++;
    stream_drain(stream);
}

void
mf_stream_flush(struct mf_stream *stream)
{
    bool was = stream != NULL && stream->hold != NULL && stream->hold->head != NULL;

    if (!was)
        return;
    while (stream->hold->head != NULL)
        stream_skip_hole(stream);
    stream_settle(stream, was);
}

static void
stream_drop_holes(struct mf_stream *stream)
{
    if (stream->hold == NULL || stream->hold->holes == NULL)
        return;
    g_array_free(stream->hold->holes, TRUE);
    stream->hold->holes = NULL;
}

void
mf_stream_free(struct mf_stream *stream)
{
    if (stream == NULL)
        return;
    mf_stream_flush(stream);
    stream_drop_holes(stream);
    stream->pool->streams--;
    g_free(stream->hold);
    g_free(stream);
}

/* --- taking a segment --- */

/* Fills [BEGIN, END) of hole INDEX, which it overlaps. Returns how many bytes that were. */
static uint32_t
hole_fill(GArray *holes, unsigned index, uint64_t begin, uint64_t end)
{
    struct hole old = g_array_index(holes, struct hole, index);
    struct hole after = {.begin = MIN(end, old.end), .end = old.end};
    struct hole before = {.begin = old.begin, .end = MAX(begin, old.begin)};

    g_array_remove_index(holes, index);
    if (after.begin < after.end)
        g_array_insert_val(holes, index, after);
    if (before.begin < before.end)
        g_array_insert_val(holes, index, before);
    return (uint32_t)(after.begin - before.end);
}

/* Counts the bytes of [BEGIN, END), all before next, that were missing so far. */
static uint32_t
stream_count_late(struct mf_stream *stream, uint64_t begin, uint64_t end)
{
    GArray *holes = stream->hold != NULL ? stream->hold->holes : NULL;
    uint32_t fresh = 0;

    if (holes == NULL)
        return 0;
    for (unsigned i = holes->len; i-- > 0;) {
        const struct hole *hole = &g_array_index(holes, struct hole, i);

        if (begin < hole->end && end > hole->begin)
            fresh += hole_fill(holes, i, begin, end);
    }
    if (holes->len == 0)
        stream_drop_holes(stream);
    return fresh;
}

/* Takes what of PIECE is not held yet: the first copy of a byte wins. Returns how many bytes that
 * were. */
static uint32_t
stream_merge(struct mf_stream *stream, struct piece *piece)
{
    struct hold *hold = stream_hold(stream);
    struct held **at = &hold->head;
    uint32_t fresh = 0;

    if (hold->tail != NULL && piece->offset >= held_end(hold->tail))
        at = &hold->tail->next;
    while (piece->length > 0) {
        uint32_t n = piece->length;

        while (*at != NULL && held_end(*at) <= piece->offset)
            at = &(*at)->next;
        if (*at != NULL && (*at)->offset <= piece->offset) {
            piece_skip(piece, (uint32_t)MIN(n, held_end(*at) - piece->offset));
            continue;
        }
        if (*at != NULL)
            n = (uint32_t)MIN(n, (*at)->offset - piece->offset);
        at = &hold_insert(stream, at, piece, n)->next;
        piece_skip(piece, n);
        fresh += n;
    }
    return fresh;
}

/* Takes PIECE while there is a hole, or that opens one. */
static uint32_t
stream_take_apart(struct mf_stream *stream, struct piece *piece)
{
    struct mf_stream_pool *pool = stream->pool;
    bool was = stream->hold != NULL && stream->hold->head != NULL;
    uint32_t fresh = stream_merge(stream, piece);

    stream_drain(stream);
    while (stream->hold->bytes > MF_STREAM_HELD_BYTES ||
           stream->hold->count > MF_STREAM_HELD_SEGMENTS)
        stream_skip_hole(stream);
    stream_settle(stream, was);
    while (pool->bytes > MF_STREAM_TOTAL_BYTES && pool->order.length > 0) {
        mf_stream_flush(pool->order.head->data);
        pool->counters->streams_evicted++;
    }
    return fresh;
}

uint32_t
mf_stream_push(struct mf_stream *stream, const struct mf_segment *segment)
{
    int32_t ahead = (int32_t)(segment->seq - stream->start - (uint32_t)stream->next);
    int64_t begin = (int64_t)stream->next + ahead, end = begin + segment->length;
    struct piece piece = {.length = segment->length,
                          .captured = MIN(segment->captured, segment->length),
                          .frame = segment->frame,
                          .data = segment->data};
    uint32_t fresh = 0;

    if (end <= 0 || end - (int64_t)stream->next > FAR_AHEAD)
        return 0;
    if (begin < 0)
        piece_skip(&piece, (uint32_t)-begin);
    piece.offset = (uint64_t)MAX(begin, 0);
    if (piece.offset < stream->next) {
        uint64_t old = MIN(stream->next, (uint64_t)end);

        fresh = stream_count_late(stream, piece.offset, old);
        piece_skip(&piece, (uint32_t)(old - piece.offset));
    }
    if (piece.length == 0)
        return fresh;
    if (piece.offset == stream->next && (stream->hold == NULL || stream->hold->head == NULL)) {
        stream_take(stream, &piece);
        return fresh + piece.length;
    }
    return fresh + stream_take_apart(stream, &piece);
}
