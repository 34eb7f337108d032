/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mentions in one direction of a stream of lines, however its bytes were cut: a line that is not
 * whole yet is kept (MF_MENTION_LINE) and read again with what follows it.
 */
#ifndef MALFLOW_CORE_CORRELATE_MENTION_STREAM_H
#define MALFLOW_CORE_CORRELATE_MENTION_STREAM_H

#include "mentions.h"

struct mf_mention_stream;

/* FINDER outlives the stream. */
struct mf_mention_stream *
mf_mention_stream_new(struct mf_mention_finder *finder);

/* Accepts NULL. */
void
mf_mention_stream_free(struct mf_mention_stream *stream);

/*
 * The next bytes; GAP: some are missing before them. Reports mentions of whole lines, and those of
 * the line that is not whole yet: these with `open` set; they may be reported again, longer or the
 * same, by a later call (what was reported open by the call before it is void then, unless it is
 * reported again). False: the stream is no text, nothing more will be found, free it.
 */
bool
mf_mention_stream_feed(struct mf_mention_stream *stream, struct mf_span bytes, bool gap,
                       mf_mention_found found, void *user);

/* Bytes of memory. */
size_t
mf_mention_stream_size(const struct mf_mention_stream *stream);

#endif
