/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the bytes of one direction of a TCP session to the rules on file data, where Wireshark gives
 * none (http_body.h). */
#ifndef MALFLOW_CORE_FLOW_BODY_H
#define MALFLOW_CORE_FLOW_BODY_H

#include "http_body.h"
#include "packet.h"
#include "rules/ruleset.h"
#include "session.h"
#include "span.h"

struct mf_flow_body;

/* INSPECTOR and SESSION outlive the object. Before rules are tried, *FRAME is set to where the body
 * ended. */
struct mf_flow_body *
mf_flow_body_new(struct mf_inspector *inspector, const struct mf_session *session,
                 enum mf_direction direction, uint32_t *frame);

/* Rules were tried on the body that was FOUND. */
typedef void (*mf_flow_found)(void *user, const struct mf_session *session,
                              enum mf_direction direction, const struct mf_http_found *found);

void
mf_flow_body_set_found(struct mf_flow_body *body, mf_flow_found found, void *user);

/* See http_body.h. Both accept NULL. */
void
mf_flow_body_keep_rest(struct mf_flow_body *body, struct mf_kept_files *kept);
bool
mf_flow_body_keeps_rest(const struct mf_flow_body *body);

/* Accepts NULL. */
void
mf_flow_body_free(struct mf_flow_body *body);

/* The next bytes, which FRAME brought. False: there is nothing to be found any more. */
bool
mf_flow_body_feed(struct mf_flow_body *body, struct mf_span bytes, bool gap, uint32_t frame);

/* What Wireshark gives in PACKET, whose bytes were fed, is not found again. Accepts NULL. */
void
mf_flow_body_know(struct mf_flow_body *body, const struct mf_packet *packet);

/* No byte follows. Accepts NULL. */
void
mf_flow_body_finish(struct mf_flow_body *body);

/* Bytes of memory that it holds now. */
size_t
mf_flow_body_size(const struct mf_flow_body *body);

#endif
