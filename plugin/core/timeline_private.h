/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the timeline's model and its text form share. */
#ifndef MALFLOW_CORE_TIMELINE_PRIVATE_H
#define MALFLOW_CORE_TIMELINE_PRIVATE_H

#include "row_paint.h"
#include "timeline.h"
#include "timeline_time.h"

/* A scan group or a beacon. */
struct mf_group_row {
    mf_nanoseconds last; /* last packet of its members */
    bool told;           /* one of them is chosen */
};

struct mf_timeline {
    const struct mf_engine *engine;
    const struct mf_timeline_options *options;
    GArray *rows;                         /* struct mf_row */
    struct mf_group_row *scans, *beacons; /* index: their id */
    struct mf_folds *folds;               /* NULL: nothing is folded */
    bool *rowless;                        /* index: session id; it stands on another's row only */
    GArray *styled; /* struct mf_styled of the row being told; NULL: unwanted */
};

/* Sessions within a beacon: which of them say nothing that its row does not say. */
struct mf_timeline_contacts;

struct mf_timeline_contacts *
mf_timeline_contacts_new(const struct mf_timeline *timeline);

void
mf_timeline_contacts_free(struct mf_timeline_contacts *contacts);

/* Asked once for each session of a beacon, in order of their ids. CHOSEN: it would have a row. */
bool
mf_timeline_contacts_say_no_more(struct mf_timeline_contacts *contacts,
                                 const struct mf_session *session, bool chosen);

/* Sessions of ordinary operation, of those that are not yet rowless; NULL unless the options ask
 * for it. */
struct mf_folds *
mf_timeline_folds_new(const struct mf_timeline *timeline);

/* Accepts NULL. */
void
mf_timeline_folds_free(struct mf_folds *folds);

/* Whether SESSION stands on a row for several. */
bool
mf_timeline_is_folded(const struct mf_timeline *timeline, const struct mf_session *session);

/* Rows, with numbers 1 to count. */
uint32_t
mf_timeline_fold_count(const struct mf_timeline *timeline);

/* The number of the row that SESSION stands on; 0: none. */
uint32_t
mf_timeline_fold_number(const struct mf_timeline *timeline, const struct mf_session *session);

/* The first session of a row; 0: it is no row, having one session only. */
uint32_t
mf_timeline_fold_first(const struct mf_timeline *timeline, uint32_t number);

/* What a row stands for; borrowed. */
struct mf_timeline_fold {
    const struct mf_addr *host;
    const char *purpose; /* static */
    uint32_t sessions;
    mf_nanoseconds last;    /* last packet of its sessions */
    const GPtrArray *names; /* the first few that they give, lower case */
    uint32_t n_names;       /* how many they give */
};

struct mf_timeline_fold
mf_timeline_fold_get(const struct mf_timeline *timeline, uint32_t number);

/* Appends the row from its duration on. FIRST: its first session. */
void
mf_timeline_append_fold(const struct mf_timeline *timeline, uint32_t number,
                        const struct mf_session *first, GString *out);

/* Appends " === Folded: 12 sessions (name look-ups) === 2 names: a, b". */
void
mf_timeline_append_fold_text(const struct mf_timeline *timeline, uint32_t number, GString *out);

/* --- for the story --- */

/* The kind of row (MF_ROW_SCAN, MF_ROW_BEACON, MF_ROW_FOLD) on which SESSION stands together with
 * others, and its ref; MF_ROW_SESSION: it stands alone. Sessions that came after the timeline was
 * made must not be asked for. */
enum mf_row_kind
mf_timeline_group_of(const struct mf_timeline *timeline, const struct mf_session *session,
                     uint32_t *ref);

/* GCompareFunc of struct mf_row: (time, frame, session, kind, ref). */
gint
mf_timeline_compare_rows(gconstpointer a, gconstpointer b);

/* Appends TIME as the options want it, 8 wide where it is relative. */
void
mf_timeline_append_time(const struct mf_timeline *timeline, mf_nanoseconds time, GString *out);

/* Notes that what OUT has from FROM on is of STYLE, if that is wanted. */
void
mf_timeline_style(const struct mf_timeline *timeline, enum mf_style which, size_t from,
                  const GString *out);

/* Appends "[  4 |    0.357 | ". */
void
mf_timeline_append_head(const struct mf_timeline *timeline, const struct mf_row *row, GString *out);

/* mf_timeline_append_text() of a row that need not be one of the timeline's; not MF_ROW_PACKET, and
 * not MF_ROW_HIT. */
void
mf_timeline_append_row(const struct mf_timeline *timeline, const struct mf_row *row, GString *out);

/* Bytes that one side of a session sent. */
struct mf_timeline_bytes {
    const uint8_t *data;
    size_t length;
    enum mf_direction direction;
};

/* The same of a packet, in the frame of ROW. */
void
mf_timeline_append_packet(const struct mf_timeline *timeline, const struct mf_row *row,
                          const struct mf_timeline_bytes *bytes, GString *out);

#endif
