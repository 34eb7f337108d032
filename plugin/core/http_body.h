/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bodies of HTTP/1 messages that Wireshark gives nobody: broken off, or behind a head or framing
 * that it reads otherwise than a browser. Fed with one direction of a stream, it tells each such
 * body once, de-chunked and decompressed; ordinary, whole bodies are Wireshark's, and not told.
 */
#ifndef MALFLOW_CORE_HTTP_BODY_H
#define MALFLOW_CORE_HTTP_BODY_H

#include "span.h"

struct mf_http_body;

/* Borrowed. body is decoded, never empty, and only the first bytes of one over the bounds
 * MF_HTTP_BODY_BYTES and MF_HTTP_DECODED_BYTES; head is as sent, with the empty line. */
struct mf_http_found {
    struct mf_span head, body;
    uint32_t mark; /* of the feed that brought the body's last byte */
    bool is_response;
};

typedef void (*mf_http_body_told)(void *user, const struct mf_http_found *found);

struct mf_http_body *
mf_http_body_new(mf_http_body_told told, void *user);

/* Accepts NULL. Tells nothing more. */
void
mf_http_body_free(struct mf_http_body *reader);

/*
 * The next bytes of the direction, whose number MARK is the caller's; GAP: some are missing before
 * them. However the bytes are cut, the same is told. False: this is no HTTP (any more) and nothing
 * waits, so that the reader may be freed.
 */
bool
mf_http_body_feed(struct mf_http_body *reader, struct mf_span bytes, bool gap, uint32_t mark);

/* Wireshark GIVES these decoded bytes: a body that is part of them is not told as well. Call after
 * the bytes of its packet were fed. */
void
mf_http_body_know(struct mf_http_body *reader, struct mf_span given);

/* No byte follows: a body that waits for more is told as it is. Accepts NULL. */
void
mf_http_body_finish(struct mf_http_body *reader);

/* Bytes of memory that it holds now. */
size_t
mf_http_body_size(const struct mf_http_body *reader);

#endif
