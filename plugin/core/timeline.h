/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline: rows in order of (time, frame, id), each knowing its frames. A view renders rows
 * and computes nothing. A timeline is a snapshot: it must not be used after further packets were
 * fed to its engine.
 */
#ifndef MALFLOW_CORE_TIMELINE_H
#define MALFLOW_CORE_TIMELINE_H

#include "engine.h"
#include "options.h"
#include "row_paint.h"

enum mf_row_kind {
    MF_ROW_SESSION, /* ref: session id */
    MF_ROW_SCAN,    /* ref: scan group id; session: its first member */
    MF_ROW_BEACON,  /* ref: beacon id; session: its first contact */
    MF_ROW_FOLD,    /* ref: number of the row; session: the first that is folded */
    MF_ROW_REQUEST, /* ref: index of the session's summary item */
    MF_ROW_PAYLOAD, /* ref: index of the engine's payload row */
    MF_ROW_PACKET,  /* only in a story: a packet with payload, in frame */
    MF_ROW_HIT,     /* only in a story; ref: index of the hit */
};

struct mf_row {
    mf_nanoseconds time;
    uint32_t frame;
    uint32_t session;
    uint32_t ref;
    uint8_t kind; /* enum mf_row_kind */
};

/* Which sessions and payloads are told, for the output's display filter. A set that is NULL: all. A
 * group is told when one of its members is. */
struct mf_timeline_selection {
    const GHashTable *sessions; /* set of GUINT_TO_POINTER(id) */
    const GHashTable *frames;   /* set of GUINT_TO_POINTER(frame): payload rows shown */
};

struct mf_timeline;

/* ENGINE and OPTIONS outlive the timeline. SELECTION is read during the call only, may be NULL. */
struct mf_timeline *
mf_timeline_new(const struct mf_engine *engine, const struct mf_timeline_options *options,
                const struct mf_timeline_selection *selection);

/* Accepts NULL. */
void
mf_timeline_free(struct mf_timeline *timeline);

uint32_t
mf_timeline_count(const struct mf_timeline *timeline);

const struct mf_row *
mf_timeline_row(const struct mf_timeline *timeline, uint32_t index);

/* Appends row INDEX as design 1.1 prints it, without a newline. Printable ASCII only. */
void
mf_timeline_append_text(const struct mf_timeline *timeline, uint32_t index, GString *out);

/* Appends the same row with its newline, as PAINT says. */
void
mf_timeline_append_painted(struct mf_timeline *timeline, uint32_t index,
                           const struct mf_paint *paint, GString *out);

#endif
