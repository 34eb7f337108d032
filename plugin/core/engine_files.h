/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that pass through the engine: completed by their bytes, and kept where that is wanted.
 * Private to the engine. */
#ifndef MALFLOW_CORE_ENGINE_FILES_H
#define MALFLOW_CORE_ENGINE_FILES_H

#include "engine_private.h"

/* To be called once, before any packet. */
void
mf_engine_files_start(struct mf_engine *engine);

/* HIT told of the file of this INDEX. */
void
mf_engine_files_found(struct mf_engine *engine, const struct mf_flow_hit *hit, uint32_t index);

/* Bytes of a stream (NULL: their end), as mf_flow_bytes. */
void
mf_engine_files_bytes(struct mf_engine *engine, const struct mf_session *session,
                      enum mf_direction direction, const struct mf_stream_bytes *bytes);

/* BODY, with NAME in front of it (or NULL), has passed the rules. Returns the file that it is when
 * it is a program (mf_stage_is_program()), borrowed until the next hit; else NULL. */
const struct mf_file *
mf_engine_files_whole(struct mf_engine *engine, struct mf_findings_body *body,
                      const struct mf_buffer *name);

/* Where the end of the connection is that of the file. */
bool
mf_engine_is_bare_transfer(const struct mf_session *session);

#endif
