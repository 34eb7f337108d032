/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A stream is read line by line, so that where its segments were cut changes nothing: a line that
 * is not whole is kept, and read again when more of it comes. A line without end is cut at a place
 * that depends on the stream only. A stream of which much is foreign to text is given up.
 */
#include "mention_stream.h"

#include "mention_private.h"

#include <string.h>

enum { FOREIGN_AT_LEAST = 8 };

struct mf_mention_stream {
    struct mf_mention_finder *finder;
    GByteArray *line; /* what is not whole yet */
    uint64_t seen, foreign;
};

/* Whom the mentions are told. */
struct listener {
    mf_mention_found found;
    void *user;
    bool open;
};

static void
tell(void *user, const struct mf_mention *mention)
{
    const struct listener *listener = user;
    struct mf_mention told = *mention;

    told.open = listener->open;
    listener->found(listener->user, &told);
}

struct mf_mention_stream *
mf_mention_stream_new(struct mf_mention_finder *finder)
{
    struct mf_mention_stream *stream = g_new0(struct mf_mention_stream, 1);

    stream->finder = finder;
    return stream;
}

void
mf_mention_stream_free(struct mf_mention_stream *stream)
{
    if (stream == NULL)
        return;
    if (stream->line != NULL)
        g_byte_array_unref(stream->line);
    g_free(stream);
}

size_t
mf_mention_stream_size(const struct mf_mention_stream *stream)
{
    return sizeof *stream + (stream->line != NULL ? sizeof *stream->line + MF_MENTION_LINE : 0);
}

static void
read_text(struct mf_mention_stream *stream, struct mf_span text, struct listener *listener)
{
    const struct mf_mention_reading reading = {.dialogue = true};

    mf_mentions_find(stream->finder, text, &reading, tell, listener);
}

/* Length of the first line in TEXT with its end; 0: it is not whole. */
static size_t
line_length(struct mf_span text)
{
    const struct mf_span first = {text.data, MIN(text.length, MF_MENTION_LINE)};
    const size_t n = mf_span_index(first, '\n');

    if (n < first.length)
        return n + 1;
    if (first.length < MF_MENTION_LINE)
        return 0;
    for (size_t i = first.length; i > 1; i--)
        if (first.data[i - 1] == ' ')
            return i;
    return first.length;
}

static bool
count_foreign(struct mf_mention_stream *stream, struct mf_span text)
{
    stream->seen += text.length;
    stream->foreign += mf_mention_foreign(text);
    return stream->foreign < FOREIGN_AT_LEAST ||
           stream->foreign * MF_MENTION_FOREIGN_PART < stream->seen;
}

/* Reads the whole lines of TEXT and takes them off it: all at once, but one that was cut by itself,
 * because it does not end in a line feed. */
static bool
read_lines(struct mf_mention_stream *stream, struct mf_span *text, struct listener *listener)
{
    struct mf_span whole = {text->data, 0};
    bool is_text = true;
    size_t n;

    while (is_text && (n = line_length(*text)) > 0) {
        const struct mf_span line = {text->data, n};

        is_text = count_foreign(stream, line);
        *text = mf_span_skip(*text, n);
        whole.length += n;
        if (line.data[n - 1] == '\n')
            continue;
        whole.length -= n;
        read_text(stream, whole, listener);
        read_text(stream, line, listener);
        whole = (struct mf_span){text->data, 0};
    }
    read_text(stream, whole, listener);
    return is_text;
}

bool
mf_mention_stream_feed(struct mf_mention_stream *stream, struct mf_span bytes, bool gap,
                       mf_mention_found found, void *user)
{
    struct listener listener = {found, user, false};
    GByteArray *joined = stream->line;
    struct mf_span text = bytes;
    bool is_text;

    stream->line = NULL;
    if (joined != NULL && gap)
        read_text(stream, (struct mf_span){joined->data, joined->len}, &listener);
    if (joined != NULL && !gap) {
        g_byte_array_append(joined, bytes.data, (guint)bytes.length);
        text = (struct mf_span){joined->data, joined->len};
    }
    is_text = read_lines(stream, &text, &listener);
    listener.open = true;
    if (is_text)
        read_text(stream, text, &listener);
    if (is_text && text.length > 0) {
        stream->line = g_byte_array_new();
        g_byte_array_append(stream->line, text.data, (guint)text.length);
    }
    if (joined != NULL)
        g_byte_array_unref(joined);
    return is_text;
}
