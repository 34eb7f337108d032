/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of each frame, looked up by number: seven bytes a frame. */
#ifndef MALFLOW_CORE_FRAMETABLE_H
#define MALFLOW_CORE_FRAMETABLE_H

#include "types.h"

#include <stddef.h>

/* session == 0: the frame belongs to none. */
struct mf_verdict {
    uint32_t session;
    enum mf_direction direction;
    uint16_t payload_offset; /* of the payload in the frame's own bytes, below 4096; 0: it is not
                                there, or behind headers of unheard-of length */
    uint16_t payload_length;
};

struct mf_frametable;

struct mf_frametable *
mf_frametable_new(void);

/* Accepts NULL. */
void
mf_frametable_free(struct mf_frametable *table);

/* FRAME from 1. A frame that is set again (a filtered first pass reuses numbers) is overwritten. */
void
mf_frametable_set(struct mf_frametable *table, uint32_t frame, struct mf_verdict verdict);

struct mf_verdict
mf_frametable_get(const struct mf_frametable *table, uint32_t frame);

/* No frame from this number on was set. */
uint32_t
mf_frametable_end(const struct mf_frametable *table);

size_t
mf_frametable_size(const struct mf_frametable *table);

#endif
