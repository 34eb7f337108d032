/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP/1 messages, or their bodies, that Wireshark gives nobody: broken off, or with a head or
 * framing that it reads otherwise than a browser. Fed with one direction of a stream, it tells each
 * once, the body de-chunked and decompressed, and nothing of what Wireshark told of.
 */
#ifndef MALFLOW_CORE_HTTP_BODY_H
#define MALFLOW_CORE_HTTP_BODY_H

#include "kept_files.h"
#include "span.h"

struct mf_http_body;

/* Borrowed. body is decoded, empty when Wireshark gave it, and only the first bytes of one over the
 * bounds MF_HTTP_BODY_BYTES and MF_HTTP_DECODED_BYTES; head is as sent, with the empty line. */
struct mf_http_found {
    struct mf_span head, body;
    struct mf_span rest; /* of the body; see mf_http_body_keep_rest() */
    uint32_t mark;       /* of the feed that brought the last byte */
    bool is_response;
    bool whole;      /* its body ended as its head says, and is all in body and rest */
    bool head_known; /* Wireshark told of the message, though it did not give this body */
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

/* Wireshark told of a message in the direction, and GAVE these decoded bytes as a body. To be
 * called after the bytes of its packet were fed; once for each message. */
void
mf_http_body_know_head(struct mf_http_body *reader);
void
mf_http_body_know_body(struct mf_http_body *reader, struct mf_span gave);

/*
 * A file was found in the bytes that are to be fed next: if that ends inside of a body, all of that
 * is wanted, as far as KEPT has room, and it keeps the rest from then on.
 */
void
mf_http_body_keep_rest(struct mf_http_body *reader, struct mf_kept_files *kept);
bool
mf_http_body_keeps_rest(const struct mf_http_body *reader);

/* That was all that Wireshark told with a packet: of a message without a body it gives none later.
 */
void
mf_http_body_settle(struct mf_http_body *reader);

/* No byte follows: a body that waits for more is told as it is. Accepts NULL. */
void
mf_http_body_finish(struct mf_http_body *reader);

/* Bytes of memory that it holds now. */
size_t
mf_http_body_size(const struct mf_http_body *reader);

#endif
