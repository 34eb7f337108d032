/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How packets come in: at once, or put off as copies until several can be fed together. Between two
 * frames a dissector drives the engine's code and tables out of the processor's caches; packets
 * that are fed together bring them back once. Most of what a packet points to stands in its frame,
 * which is copied whole; what stands elsewhere (reassembled, decompressed, decoded) by itself.
 */
#include "engine_private.h"

#include <string.h>

/* Together they fit into a processor's caches, with the engine's code. */
enum { MAX_WAITING = 32, ROOM = 64 << 10 };

/* Bytes that were copied for the packet at hand. */
struct run {
    const uint8_t *from;
    size_t length;
    const uint8_t *to;
};

struct waiting {
    struct mf_packet packet; /* with copies of all that it points to but app */
    uint16_t payload_offset;
};

struct mf_backlog {
    struct waiting waiting[MAX_WAITING];
    unsigned count;
    struct run frame, last; /* last: of what stands elsewhere */
    size_t used;
    uint8_t *bytes; /* ROOM of them, aligned for struct mf_buffer */
};

static struct mf_backlog *
backlog_of(struct mf_engine *engine)
{
    if (engine->backlog == NULL) {
        engine->backlog = g_new0(struct mf_backlog, 1);
        engine->backlog->bytes = g_malloc(ROOM);
    }
    return engine->backlog;
}

void
mf_backlog_free(struct mf_backlog *backlog)
{
    if (backlog == NULL)
        return;
    g_free(backlog->bytes);
    g_free(backlog);
}

/* --- copies --- */

/* At most what a copy takes. */
static size_t
needs(const struct mf_packet *packet, struct mf_span frame)
{
    size_t n = frame.length + packet->link_length + packet->ip_length + packet->l4_length +
               packet->payload_captured + (packet->n_buffers + 1) * sizeof(struct mf_buffer);

    for (unsigned i = 0; i < packet->n_buffers && n <= ROOM; i++)
        n += packet->buffers[i].data != NULL ? packet->buffers[i].length : 0;
    return n;
}

static struct run
copy(struct mf_backlog *backlog, const uint8_t *from, size_t length)
{
    uint8_t *to = backlog->bytes + backlog->used;

    if (length > 0) /* FROM may be NULL else */
        memcpy(to, from, length);
    backlog->used += length;
    return (struct run){from, length, to};
}

/* Its copy if it is of RUN, else NULL. */
static inline const uint8_t *
of_run(const struct run *run, const uint8_t *from, size_t length)
{
    const size_t at = (size_t)((uintptr_t)from - (uintptr_t)run->from);

    return at < run->length && length <= run->length - at ? run->to + at : NULL;
}

static G_GNUC_NO_INLINE const uint8_t *
copied_alone(struct mf_backlog *backlog, const uint8_t *from, size_t length)
{
    if (of_run(&backlog->last, from, length) == NULL)
        backlog->last = copy(backlog, from, length);
    return backlog->last.to + (from - backlog->last.from);
}

/* The copy of LENGTH bytes at FROM (may be NULL), made if need be. */
static inline const uint8_t *
copied(struct mf_backlog *backlog, const uint8_t *from, size_t length)
{
    const uint8_t *to;

    if (from == NULL)
        return NULL;
    to = of_run(&backlog->frame, from, length);
    return G_LIKELY(to != NULL) ? to : copied_alone(backlog, from, length);
}

/* A header and the payload behind it are copied one behind the other, if not with the frame: a
 * keyword may look at both as one. */
static void
copy_bytes(struct mf_backlog *backlog, struct mf_packet *packet, struct mf_span frame)
{
    backlog->last = (struct run){0};
    backlog->frame = copy(backlog, frame.data, frame.length);
    packet->l4_header = copied(backlog, packet->l4_header, packet->l4_length);
    packet->payload = copied(backlog, packet->payload, packet->payload_captured);
    packet->ip_header = copied(backlog, packet->ip_header, packet->ip_length);
    packet->link_header = copied(backlog, packet->link_header, packet->link_length);
}

static void
copy_buffers(struct mf_backlog *backlog, struct mf_packet *packet)
{
    const size_t size = packet->n_buffers * sizeof(struct mf_buffer),
                 aligned = (backlog->used + sizeof(struct mf_buffer) - 1) /
                           sizeof(struct mf_buffer) * sizeof(struct mf_buffer);
    struct mf_buffer *list = (struct mf_buffer *)(void *)(backlog->bytes + aligned);

    memcpy(list, packet->buffers, size);
    backlog->used = aligned + size;
    for (unsigned i = 0; i < packet->n_buffers; i++)
        list[i].data = copied(backlog, list[i].data, list[i].length);
    packet->buffers = list;
}

/* A broken capture may tell any time. */
static mf_nanoseconds
tame(mf_nanoseconds time)
{
    return CLAMP(time, -MF_TIME_MAX, MF_TIME_MAX);
}

static void
add(struct mf_backlog *backlog, const struct mf_packet *packet, uint16_t payload_offset,
    struct mf_span frame)
{
    struct waiting *waiting = &backlog->waiting[backlog->count++];

    waiting->packet = *packet;
    waiting->packet.time = tame(packet->time);
    waiting->payload_offset = payload_offset;
    copy_bytes(backlog, &waiting->packet, frame);
    if (packet->n_buffers > 0)
        copy_buffers(backlog, &waiting->packet);
}

/* --- feeding --- */

/* Has what all of them need fetched while the first ones are worked on. */
static void
fetch_sessions(const struct mf_engine *engine, const struct mf_backlog *backlog)
{
    uint32_t hashes[MAX_WAITING];

    for (unsigned i = 0; i < backlog->count; i++) {
        hashes[i] = mf_sessions_hash(&backlog->waiting[i].packet);
        mf_sessions_fetch_slot(engine->sessions, hashes[i]);
    }
    for (unsigned i = 0; i < backlog->count; i++)
        mf_sessions_fetch(engine->sessions, hashes[i]);
}

void
mf_engine_catch_up(struct mf_engine *engine)
{
    struct mf_backlog *backlog = engine->backlog;

    if (backlog == NULL || backlog->count == 0)
        return;
    fetch_sessions(engine, backlog);
    for (unsigned i = 0; i < backlog->count; i++)
        mf_engine_feed(engine, &backlog->waiting[i].packet, backlog->waiting[i].payload_offset);
    backlog->count = 0;
    backlog->used = 0;
}

static void
note_frame(struct mf_engine *engine, mf_nanoseconds time)
{
    if (engine->frame_count++ == 0)
        engine->first_time = tame(time);
}

void
mf_engine_packet(struct mf_engine *engine, const struct mf_packet *packet, uint16_t payload_offset)
{
    struct mf_packet tamed;

    mf_engine_catch_up(engine);
    note_frame(engine, packet->time);
    if (packet->time != tame(packet->time)) {
        tamed = *packet;
        tamed.time = tame(packet->time);
        packet = &tamed;
    }
    mf_engine_feed(engine, packet, payload_offset);
}

void
mf_engine_packet_later(struct mf_engine *engine, const struct mf_packet *packet,
                       uint16_t payload_offset, struct mf_span frame)
{
    struct mf_backlog *backlog = backlog_of(engine);
    const size_t size = needs(packet, frame);

    if (size > ROOM || packet->filters_hold != NULL) { /* large, or of unknown length */
        mf_engine_packet(engine, packet, payload_offset);
        return;
    }
    if (backlog->count == MAX_WAITING || size > ROOM - backlog->used)
        mf_engine_catch_up(engine);
    note_frame(engine, packet->time);
    add(backlog, packet, payload_offset, frame);
}

void
mf_engine_other_frame(struct mf_engine *engine, uint32_t frame, mf_nanoseconds time)
{
    (void)frame;
    note_frame(engine, time);
    engine->other_count++;
}
