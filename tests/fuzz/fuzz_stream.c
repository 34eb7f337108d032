/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reassembly: the input is a script of segments, one record of 8 bytes each: sequence number (4),
 * length (2), captured (2). What is delivered must be in order, and each byte the one that belongs
 * at its offset; what counts as new must be no more than there is.
 */
#include "core/stream.h"

#include <glib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 20, START = 0xffff0000u };

struct check {
    uint64_t next;
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
deliver(void *user, const struct mf_stream_bytes *bytes)
{
    struct check *check = user;

    g_assert(bytes->offset == check->next + bytes->gap);
    check->next = bytes->offset + bytes->length;
    for (size_t i = 0; i < bytes->length; i++)
        g_assert(bytes->data[i] == (uint8_t)(bytes->offset + i));
}

static uint32_t
big32(const uint8_t *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

static void
push(struct mf_stream *stream, const uint8_t *record)
{
    struct mf_segment segment = {.seq = big32(record),
                                 .length = big32(record + 4) >> 16,
                                 .captured = big32(record + 4) & 0xffff};
    uint32_t present = MIN(segment.length, segment.captured), fresh;
    uint8_t *bytes = g_malloc(present);

    for (uint32_t i = 0; i < MIN(present, 256); i++)
        bytes[i] = (uint8_t)(segment.seq - START + i);
    for (uint32_t i = 256; i < present; i += 256)
        memcpy(bytes + i, bytes, MIN(present - i, 256));
    segment.data = bytes;
    fresh = mf_stream_push(stream, &segment);
    g_assert(fresh <= segment.length);
    g_assert(mf_stream_push(stream, &segment) == 0); /* all of it was seen */
    g_free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mf_counters counters = {0};
    struct check check = {0};
    struct mf_stream_pool *pool = mf_stream_pool_new(MAX_BYTES, &counters, deliver);
    struct mf_stream *stream = mf_stream_new(pool, START, &check);

    for (; size >= 8; data += 8, size -= 8)
        push(stream, data);
    mf_stream_free(stream);
    mf_stream_pool_free(pool);
    return 0;
}
