/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mail messages (RFC 5322) with their attachments (RFC 2045, 2046, 2183, 2231): every part that is
 * not made of parts, decoded. Takes any bytes; what is broken is read as far as it goes.
 */
#ifndef MALFLOW_CORE_MIME_H
#define MALFLOW_CORE_MIME_H

#include "span.h"

#include <stdbool.h>

struct mf_mime_part {
    struct mf_span type; /* "text/plain", as sent; length 0: not said */
    struct mf_span name; /* of the file; length 0: none */
    struct mf_span data; /* decoded */
};

/* PART and what it points to live until the return. */
typedef void (*mf_mime_tell)(void *user, const struct mf_mime_part *part);

/* Calls TELL for each part of MESSAGE, in order, at most MF_MIME_PARTS times. */
void
mf_mime_parse(struct mf_span message, mf_mime_tell tell, void *user);

enum { MF_MIME_PARTS = 256, MF_MIME_DEPTH = 8 };

#endif
