/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which bytes of a stream were there already. */
#ifndef MALFLOW_CORE_COVER_H
#define MALFLOW_CORE_COVER_H

#include <glib.h>
#include <stdint.h>

/* [BEGIN, END) */
struct mf_stretch {
    int64_t begin, end;
};

struct mf_cover;

struct mf_cover *
mf_cover_new(void);

/* Accepts NULL. */
void
mf_cover_free(struct mf_cover *cover);

/* Takes STRETCH in; appends to FRESH (of struct mf_stretch) what of it was not there, ascending. */
void
mf_cover_add(struct mf_cover *cover, struct mf_stretch stretch, GArray *fresh);

/* Where SEQ stands: relative to the first that was asked for, as near as can be to the furthest. */
int64_t
mf_cover_position(struct mf_cover *cover, uint32_t seq);

#endif
