/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes of files that were found, for those who want to have them (settings.keep_files). Bounded by
 * MF_KEPT_FILE_BYTES and MF_KEPT_BYTES; what is over is not kept, and counted. The same bytes are
 * kept once.
 */
#ifndef MALFLOW_CORE_KEPT_FILES_H
#define MALFLOW_CORE_KEPT_FILES_H

#include "limits.h"
#include "span.h"
#include "stream.h"

enum mf_kept_part {
    MF_KEPT_WHOLE,
    MF_KEPT_BROKEN,   /* the transfer broke off, or bytes of it are missing */
    MF_KEPT_DATAGRAM, /* of one datagram; who knows whether there are more */
};

struct mf_kept_file {
    uint32_t file;  /* its index, see mf_findings_file() */
    uint32_t body;  /* the same for files of several types that are the same bytes in transfer */
    uint32_t frame; /* the one that was at hand when there were no more bytes to come */
    enum mf_kept_part part;
    GBytes *bytes; /* borrowed; NULL: a later entry took its place */
};

/* Bytes of a stream, and where they end. */
struct mf_kept_piece {
    struct mf_span bytes;
    struct mf_stream_place place;
};

struct mf_kept_files;

/* COUNTERS outlives the object. */
struct mf_kept_files *
mf_kept_files_new(struct mf_counters *counters);

/* Accepts NULL. */
void
mf_kept_files_free(struct mf_kept_files *kept);

/* Accepts NULL: then none is. */
uint32_t
mf_kept_files_count(const struct mf_kept_files *kept);

/* INDEX below the count, in order of their frames. Valid until the next file is kept. */
const struct mf_kept_file *
mf_kept_files_get(const struct mf_kept_files *kept, uint32_t index);

/* Index of the first that is not before FRAME. */
uint32_t
mf_kept_files_first_of_frame(const struct mf_kept_files *kept, uint32_t frame);

bool
mf_kept_files_has(const struct mf_kept_files *kept, uint32_t file);

/* Bytes of memory that it holds now. */
size_t
mf_kept_files_memory(const struct mf_kept_files *kept);

/* --- keeping --- */

/* A file of WHAT->file, ->frame and ->part, for a body of its own; or of the same as the entry
 * before where SAME. Its bytes are FIRST, then REST; they are copied. */
void
mf_kept_files_add(struct mf_kept_files *kept, const struct mf_kept_file *what,
                  const struct mf_span bytes[2], bool same);

/*
 * The file of WHAT->file, found in WHAT->frame, ends with its stream. PIECE are its bytes so far;
 * what of the stream was fed before and is in it is not taken twice. SIDE is a number that tells
 * directions of sessions apart.
 */
void
mf_kept_files_begin(struct mf_kept_files *kept, uint32_t side, const struct mf_kept_file *what,
                    const struct mf_kept_piece *piece);

/* Whether files of SIDE are waiting for more. */
bool
mf_kept_files_waits(const struct mf_kept_files *kept, uint32_t side);

/* The next bytes of SIDE; some of them may be there already. What lies behind a hole belongs to
 * none. */
void
mf_kept_files_feed(struct mf_kept_files *kept, uint32_t side, const struct mf_kept_piece *piece);

/* No byte of SIDE follows that belongs to them. FRAME is at hand. */
void
mf_kept_files_end(struct mf_kept_files *kept, uint32_t side, uint32_t frame,
                  enum mf_kept_part part);

/* The file waits no more; then none of SIDE does. Nothing is kept of them. */
void
mf_kept_files_drop(struct mf_kept_files *kept, uint32_t side, uint32_t file);
void
mf_kept_files_drop_side(struct mf_kept_files *kept, uint32_t side);

/* --- room --- */

/* Takes N bytes of the room that all files have together, for one that holds HELD already. False,
 * and counted: it has not so much. */
bool
mf_kept_files_take(struct mf_kept_files *kept, size_t held, size_t n);

/* Gives them back. */
void
mf_kept_files_give(struct mf_kept_files *kept, size_t n);

#endif
