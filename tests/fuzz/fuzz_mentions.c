/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first byte chooses how the rest is read: as a text of one kind, and as a stream in pieces.
 * What is told can be read, stays in its bounds, and stands in order. */
#include "core/correlate/mention_stream.h"

#include <glib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct told {
    size_t length, end;
    uint8_t sum;
};

static void
sum(struct told *told, struct mf_span span)
{
    for (size_t i = 0; i < span.length; i++)
        told->sum ^= span.data[i];
}

static void
tell(void *user, const struct mf_mention *mention)
{
    struct told *told = user;

    g_assert_cmpuint(mention->text.length, <=, MF_SUMMARY_TEXT);
    g_assert_true(mf_span_is_printable(mention->text));
    g_assert_true(mf_span_is_printable(mention->path));
    g_assert_cmpuint(mention->end, <=, told->length);
    g_assert_cmpuint(mention->end, >=, told->end);
    told->end = told->length == SIZE_MAX ? 0 : mention->end;
    sum(told, mention->host);
    sum(told, mention->path);
    sum(told, mention->name);
}

static void
read_stream(struct mf_mention_finder *finder, const uint8_t *data, size_t size, size_t piece)
{
    struct mf_mention_stream *stream = mf_mention_stream_new(finder);
    struct told told = {.length = SIZE_MAX};
    bool alive = true;

    for (size_t at = 0; alive && at < size; at += piece) {
        alive = mf_mention_stream_feed(stream, (struct mf_span){data + at, MIN(piece, size - at)},
                                       piece == 7 && at == 7 * 3, tell, &told);
        g_assert_cmpuint(mf_mention_stream_size(stream), <, 2 * MF_MENTION_LINE);
    }
    mf_mention_stream_free(stream);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t kind = size > 0 ? data[0] : 0;
    const struct mf_mention_reading reading = {
        .html = (kind & 1) != 0,
        .dialogue = (kind & 2) != 0,
        .base_host = {(const uint8_t *)"base.example",
                      (kind & 4) != 0 ? strlen("base.example") : 0},
        .base_path = {(const uint8_t *)"/a/b?c", strlen("/a/b?c")},
    };
    static struct mf_mention_finder *finder; /* dear to make; keeps nothing of what it read */
    struct told told = {0};
    uint8_t *exact;

    if (size == 0)
        return 0;
    if (finder == NULL)
        finder = mf_mention_finder_new();
    exact = g_memdup2(data + 1, size - 1);
    told.length = size - 1;
    mf_mentions_find(finder, (struct mf_span){exact, size - 1}, &reading, tell, &told);
    if (reading.dialogue)
        read_stream(finder, exact, size - 1, (kind & 8) != 0 ? 7 : 1000);
    g_free(exact);
    return 0;
}
