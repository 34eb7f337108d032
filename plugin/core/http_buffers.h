/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the head of an HTTP message to buffers. */
#ifndef MALFLOW_CORE_HTTP_BUFFERS_H
#define MALFLOW_CORE_HTTP_BUFFERS_H

#include "packet.h"
#include "span.h"

/* Appends the start line of HEAD, with its words, and header lines, with the values that are read,
 * to BUFFERS (of struct mf_buffer). Ends at an empty line. Nothing is copied. */
void
mf_http_buffers_add(GArray *buffers, struct mf_span head, bool is_response);

#endif
