/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files are read and written from front to back, now and then with some pieces in flight out of
 * order: so what is there is a short list of ranges, and the last one is looked at first.
 */
#include "pieces.h"

#include <glib.h>
#include <string.h>

struct range {
    size_t from, to;
};

struct mf_pieces {
    GByteArray *bytes; /* up to the end of the last range; holes are not set */
    GArray *ranges;    /* struct range, ascending, apart from each other */
    size_t max;
};

struct mf_pieces *
mf_pieces_new(size_t max)
{
    struct mf_pieces *pieces = g_new(struct mf_pieces, 1);

    *pieces = (struct mf_pieces){.bytes = g_byte_array_new(),
                                 .ranges = g_array_new(FALSE, FALSE, sizeof(struct range)),
                                 .max = max};
    return pieces;
}

void
mf_pieces_free(struct mf_pieces *pieces)
{
    if (pieces == NULL)
        return;
    g_byte_array_free(pieces->bytes, TRUE);
    g_array_free(pieces->ranges, TRUE);
    g_free(pieces);
}

static struct range *
range_at(const struct mf_pieces *pieces, guint index)
{
    return &g_array_index(pieces->ranges, struct range, index);
}

/* Copies what of [FROM, TO) is in no range yet; DATA is what stands at FROM. */
static void
fill_holes(struct mf_pieces *pieces, struct range new, const uint8_t *data, guint first)
{
    size_t at = new.from;

    for (guint i = first; i < pieces->ranges->len && at < new.to; i++) {
        const struct range *known = range_at(pieces, i);

        if (known->from > at)
            memcpy(pieces->bytes->data + at, data + (at - new.from), MIN(known->from, new.to) - at);
        at = MAX(at, known->to);
    }
    if (at < new.to)
        memcpy(pieces->bytes->data + at, data + (at - new.from), new.to - at);
}

/* Makes NEW and all ranges from FIRST on that it touches one. */
static void
merge(struct mf_pieces *pieces, struct range new, guint first)
{
    guint last = first;

    while (last < pieces->ranges->len && range_at(pieces, last)->from <= new.to) {
        new.from = MIN(new.from, range_at(pieces, last)->from);
        new.to = MAX(new.to, range_at(pieces, last)->to);
        last++;
    }
    g_array_remove_range(pieces->ranges, first, last - first);
    g_array_insert_val(pieces->ranges, first, new);
}

void
mf_pieces_add(struct mf_pieces *pieces, uint64_t offset, struct mf_span data)
{
    struct range new;
    guint first = pieces->ranges->len;

    if (offset >= pieces->max || data.length == 0)
        return;
    new.from = (size_t)offset;
    new.to = new.from + MIN(data.length, pieces->max - new.from);
    if (new.to > pieces->bytes->len)
        g_byte_array_set_size(pieces->bytes, (guint) new.to);
    while (first > 0 && range_at(pieces, first - 1)->to >= new.from)
        first--;
    fill_holes(pieces, new, data.data, first);
    merge(pieces, new, first);
}

struct mf_span
mf_pieces_start(const struct mf_pieces *pieces)
{
    bool any = pieces->ranges->len > 0 && range_at(pieces, 0)->from == 0;

    return (struct mf_span){pieces->bytes->data, any ? range_at(pieces, 0)->to : 0};
}

size_t
mf_pieces_memory(const struct mf_pieces *pieces)
{
    return sizeof *pieces + pieces->bytes->len + pieces->ranges->len * sizeof(struct range);
}
