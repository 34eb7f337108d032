/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a frame of a session was, and what it belonged to: the engine keeps no time per frame. */
#ifndef MALFLOW_CORE_MOMENTS_H
#define MALFLOW_CORE_MOMENTS_H

#include "engine.h"

/* The time of FRAME, of SESSION: exact where a request or a payload that was kept begins in it, or
 * the session does; else of what was before it in the session. */
mf_nanoseconds
mf_moment_of_frame(const struct mf_engine *engine, const struct mf_session *session,
                   uint32_t frame);

/* The request that FRAME of SESSION is part of, the answer included. False: it is of none; OUT is
 * then unset. */
bool
mf_moment_request(const struct mf_session *session, uint32_t frame, struct mf_summary_item *out);

/* The same, as the index of the session's items + 1; 0: none. */
unsigned
mf_moment_request_index(const struct mf_session *session, uint32_t frame);

/* The payload of FRAME, if it was kept for rows; else NULL. */
const struct mf_payload_row *
mf_moment_payload(const struct mf_engine *engine, uint32_t frame);

#endif
