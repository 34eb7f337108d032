/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bodies of HTTP/1 messages that Wireshark gives nobody: broken off, or behind a head or framing
 * that it reads otherwise than a browser. Fed with one direction of a stream, it tells each such
 * body once, de-chunked and decompressed; ordinary, whole bodies are Wireshark's, and not told.
 */
#ifndef MALFLOW_CORE_HTTP_BODY_H
#define MALFLOW_CORE_HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mf_http_body;

/* DATA is the decoded body (its first bytes, where it is over the bounds MF_HTTP_BODY_BYTES and
 * MF_HTTP_DECODED_BYTES); borrowed. Never empty. */
typedef void (*mf_http_body_told)(void *user, const uint8_t *data, size_t length);

struct mf_http_body *
mf_http_body_new(mf_http_body_told told, void *user);

/* Accepts NULL. Tells nothing more. */
void
mf_http_body_free(struct mf_http_body *reader);

/*
 * The next bytes of the direction; GAP: some are missing before them. However the bytes are cut,
 * the same is told. False: this is no HTTP (any more), so that the reader may be freed.
 */
bool
mf_http_body_feed(struct mf_http_body *reader, const uint8_t *data, size_t length, bool gap);

/* Wireshark gave this body: it is not told as well. Call before the bytes that end it are fed. */
void
mf_http_body_know(struct mf_http_body *reader, const uint8_t *data, uint32_t length);

/* No byte follows: a body that waits for more is told as it is. Accepts NULL. */
void
mf_http_body_finish(struct mf_http_body *reader);

/* Bytes of memory that it holds now. */
size_t
mf_http_body_size(const struct mf_http_body *reader);

#endif
