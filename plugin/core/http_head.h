/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the head of an HTTP/1 message says of the body that follows, read as tolerantly as browsers
 * read it (RFC 9112, and what servers that hide something make of it). */
#ifndef MALFLOW_CORE_HTTP_HEAD_H
#define MALFLOW_CORE_HTTP_HEAD_H

#include "span.h"

enum { MF_HTTP_CODINGS_MAX = 4 };

enum mf_http_coding { MF_CODING_GZIP, MF_CODING_DEFLATE };

struct mf_http_head {
    uint64_t length;                      /* when has_length */
    uint8_t codings[MF_HTTP_CODINGS_MAX]; /* as applied: the last is undone first */
    uint8_t n_codings;
    uint16_t status; /* 0: a request, or unreadable */
    bool is_response;
    bool has_length;
    bool chunked;
    bool odd; /* written as no ordinary server writes it: others may read it otherwise */
};

enum mf_http_start {
    MF_HTTP_START_NO,
    MF_HTTP_START_MAYBE, /* too short to tell */
    MF_HTTP_START_YES,
};

/* Whether DATA begins an HTTP/1 message; spaces and line ends before it do not matter. */
enum mf_http_start
mf_http_head_starts(struct mf_span data);

/* Where the body begins: behind the first empty line. 0: the head is not whole. FROM: what was
 * searched before, at most 3 bytes less than was there. */
size_t
mf_http_head_end(struct mf_span data, size_t from);

/* Reads a whole head. */
void
mf_http_head_parse(struct mf_span data, struct mf_http_head *head);

/* Whether LINE is the first of chunks: a size, then nothing or what an extension may be. */
bool
mf_http_is_chunk_line(struct mf_span line);

#endif
