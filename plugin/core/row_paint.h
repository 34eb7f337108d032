/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of text for the eyes: colours of a terminal, and lines no wider than it. */
#ifndef MALFLOW_CORE_ROW_PAINT_H
#define MALFLOW_CORE_ROW_PAINT_H

#include "span.h"

#include <glib.h>
#include <stdbool.h>

enum mf_style {
    MF_STYLE_PLAIN,
    MF_STYLE_SESSION, /* its number */
    MF_STYLE_GROUP,   /* what several sessions that stand on one row are */
    MF_STYLE_HIT,     /* messages of signatures */
    MF_STYLE_CAUSE,   /* what it was caused by */
    MF_STYLE_ORIG,    /* payload of the originator */
    MF_STYLE_RESP,    /* of the responder */
    MF_STYLES
};

/* Bytes FROM to TO - 1 of a row are of STYLE. */
struct mf_styled {
    uint32_t from, to;
    uint8_t style; /* enum mf_style */
};

struct mf_paint {
    bool colour;    /* by the control sequences of ECMA-48 (SGR) */
    unsigned width; /* columns of a line; 0: any */
};

/*
 * Appends ROW (printable ASCII) and a newline. STYLED (struct mf_styled in order, none within
 * another) says what stands where. Further lines of a row that is wider than the terminal are
 * indented by INDENT columns, unless that leaves too little room.
 */
void
mf_row_paint(const struct mf_paint *paint, struct mf_span row, const GArray *styled,
             unsigned indent, GString *out);

#endif
