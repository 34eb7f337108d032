/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages that were read from a stream wait here until Wireshark has told of them, or it is too
 * late: then they are news. */
#ifndef MALFLOW_CORE_HTTP_WAITING_H
#define MALFLOW_CORE_HTTP_WAITING_H

#include "http_body.h"
#include "http_rest.h"

#include <glib.h>

struct mf_http_waiting;

struct mf_http_waiting *
mf_http_waiting_new(mf_http_body_told told, void *user);

/* Accepts NULL. Tells nothing more. */
void
mf_http_waiting_free(struct mf_http_waiting *waiting);

/* A message: its head, and its decoded body (NULL: none, or one that Wireshark gives) with the REST
 * of it. All are taken over. When too many wait, the oldest is told. */
void
mf_http_waiting_add(struct mf_http_waiting *waiting, const struct mf_http_found *what,
                    GByteArray *head, GByteArray *body, const struct mf_http_rest *rest);

/* Wireshark told of a message: it is the oldest that waits for that. False: none does. */
bool
mf_http_waiting_know_head(struct mf_http_waiting *waiting);

/* Wireshark GAVE these decoded bytes. */
void
mf_http_waiting_know_body(struct mf_http_waiting *waiting, struct mf_span gave);

/* Wireshark gives the body of a message where it tells of it: bodies of those that it has told of
 * are news now. */
void
mf_http_waiting_settle(struct mf_http_waiting *waiting);

bool
mf_http_waiting_is_empty(const struct mf_http_waiting *waiting);

/* It is too late. */
void
mf_http_waiting_tell(struct mf_http_waiting *waiting);

/* Bytes of memory that it holds now. */
size_t
mf_http_waiting_size(const struct mf_http_waiting *waiting);

/* Whether the bytes of BODY stand in GAVE. */
bool
mf_http_contains(struct mf_span gave, const GByteArray *body);

#endif
