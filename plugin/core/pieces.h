/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that comes in pieces, at any offset and in any order. The first copy of a byte counts. */
#ifndef MALFLOW_CORE_PIECES_H
#define MALFLOW_CORE_PIECES_H

#include "span.h"

struct mf_pieces;

/* A file of at most MAX bytes. */
struct mf_pieces *
mf_pieces_new(size_t max);

/* Accepts NULL. */
void
mf_pieces_free(struct mf_pieces *pieces);

/* Takes what fits below the bound. Copies. */
void
mf_pieces_add(struct mf_pieces *pieces, uint64_t offset, struct mf_span data);

/* The bytes from the file's start to the first that is missing. Borrowed until the next call. */
struct mf_span
mf_pieces_start(const struct mf_pieces *pieces);

/* Bytes of memory that it holds now. */
size_t
mf_pieces_memory(const struct mf_pieces *pieces);

#endif
