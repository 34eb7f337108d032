/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reassembly of one direction of a TCP connection by sequence number. Bounded (limits.h); the first
 * copy of a byte wins; holes that are never filled are marked as gaps. What comes out does not
 * depend on how the bytes were cut.
 */
#ifndef MALFLOW_CORE_STREAM_H
#define MALFLOW_CORE_STREAM_H

#include "limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mf_stream;

/* A piece of payload as it came in a packet. */
struct mf_segment {
    uint32_t seq;        /* raw sequence number of the first byte */
    uint32_t length;     /* on the wire */
    uint32_t captured;   /* bytes present in data; the rest of length is a gap */
    const uint8_t *data; /* borrowed for the call */
    uint32_t frame;
};

/* Bytes in order, valid during the call that delivers them. */
struct mf_stream_bytes {
    uint64_t offset; /* in the stream: 0 is the byte at the start sequence number; gaps count */
    uint64_t gap;    /* bytes missing right before these */
    const uint8_t *data;
    size_t length;
    uint32_t frame; /* that brought these bytes */
};

/* Where a piece of a stream ends, for who takes pieces of it: positions of one count of gaps can be
 * compared, between others bytes are missing. */
struct mf_stream_place {
    int64_t end;
    uint32_t gaps;
};

typedef void (*mf_stream_deliver)(void *user, const struct mf_stream_bytes *bytes);

/* What streams share in one engine: bounds, total memory, least recently used order. */
struct mf_stream_pool;

/* MAX_BYTES: bytes of one direction that are delivered (preference stream_bytes). COUNTERS outlives
 * the pool. */
struct mf_stream_pool *
mf_stream_pool_new(uint64_t max_bytes, struct mf_counters *counters, mf_stream_deliver deliver);

/* Frees the pool; every stream must have been freed. Accepts NULL. */
void
mf_stream_pool_free(struct mf_stream_pool *pool);

/* Bytes of memory of the pool and its streams. */
size_t
mf_stream_pool_memory(const struct mf_stream_pool *pool);

/* START: sequence number of the first byte. USER goes to deliver. */
struct mf_stream *
mf_stream_new(struct mf_stream_pool *pool, uint32_t start, void *user);

/* Delivers what is still held behind a hole (marking the gap). Accepts NULL. */
void
mf_stream_flush(struct mf_stream *stream);

/* Frees the stream, after a flush. Accepts NULL. */
void
mf_stream_free(struct mf_stream *stream);

/* Takes a segment, delivers what is in order now. Returns how many of its bytes on the wire were
 * new to the stream. */
uint32_t
mf_stream_push(struct mf_stream *stream, const struct mf_segment *segment);

#endif
