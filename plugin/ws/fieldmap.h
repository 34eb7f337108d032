/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of Wireshark's fields the engine reads, and as what. A new buffer is a new row of
 * fieldrows.c. */
#ifndef MALFLOW_WS_FIELDMAP_H
#define MALFLOW_WS_FIELDMAP_H

#include "compat.h"
#include "core/rules/ruleset.h"
#include "fieldrows.h"

/* A use of a field. */
struct mf_feed {
    const struct mf_field_row *row;
    unsigned id; /* of the buffer that it fills, for MF_SLOT_BUFFER; MF_BUFFER_COUNT + i: see
                  * mf_ruleset_fields() */
    struct mf_feed *next; /* of the same field */
};

/* Looks all fields up. Call once, when every protocol is registered. */
void
mf_fieldmap_init(void);

/* Asks for what RULES (may be NULL) want and what is always told. Before each capture file. */
void
mf_fieldmap_select(const struct mf_ruleset *rules, bool correlate);

/* The fields to be asked of Wireshark, a GArray of int that is Wireshark's from then on: its
 * content follows what is selected. */
GArray *
mf_fieldmap_wanted(void);

/* Says that the first dissection of a frame is over, with its tree (may be NULL). See fieldmap.c
 * for what it spares. */
void
mf_fieldmap_note_frame(uint32_t frame, proto_tree *tree);

/* The uses of a field, or NULL. They live until the next mf_fieldmap_select(). */
const struct mf_feed *
mf_fieldmap_feeds(int hfid);

/* TCP's own item. */
const header_field_info *
mf_fieldmap_tcp(void);

/* Whether anybody reads the buffer. */
bool
mf_fieldmap_wants(enum mf_buffer_id id);

/* Whether anybody reads fields below the session's own protocol, or of the packet as a whole. */
bool
mf_fieldmap_wants_below(void);

#endif
