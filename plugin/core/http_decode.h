/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Undoes the codings of an HTTP body, as far as it has them. */
#ifndef MALFLOW_CORE_HTTP_DECODE_H
#define MALFLOW_CORE_HTTP_DECODE_H

#include "http_head.h"

#include <glib.h>

/* Whether BODY begins as its only coding says; true as well when it has none. */
bool
mf_http_is_as_coded(const struct mf_http_head *head, struct mf_span body);

/*
 * BODY (taken over) with the codings of HEAD undone, the last first. Where one is named but not
 * there, the bytes stay as they are; of a body that breaks off comes what can be read. At most
 * MF_HTTP_DECODED_BYTES bytes. The caller frees.
 */
GByteArray *
mf_http_decode(const struct mf_http_head *head, GByteArray *body);

#endif
