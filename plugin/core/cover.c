/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stretches that do not touch, in a balanced tree: bytes may come in any order, as often as someone
 * likes to send them, and each takes logarithmic time.
 */
#include "cover.h"

#include <stdbool.h>

struct mf_cover {
    GSequence *stretches; /* struct mf_stretch, by begin, with room between them */
    int64_t furthest;     /* end of the last */
    uint32_t seq;         /* at it */
    bool begun;
};

struct mf_cover *
mf_cover_new(void)
{
    struct mf_cover *cover = g_new0(struct mf_cover, 1);

    cover->stretches = g_sequence_new(g_free);
    return cover;
}

void
mf_cover_free(struct mf_cover *cover)
{
    if (cover == NULL)
        return;
    g_sequence_free(cover->stretches);
    g_free(cover);
}

int64_t
mf_cover_position(struct mf_cover *cover, uint32_t seq)
{
    if (!cover->begun) {
        cover->begun = true;
        cover->seq = seq;
    }
    return cover->furthest + (int32_t)(seq - cover->seq);
}

static gint
compare(gconstpointer pa, gconstpointer pb, gpointer user)
{
    const struct mf_stretch *a = pa, *b = pb;

    (void)user;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

/* The first stretch that ends at POSITION or behind it; the end if there is none. */
static GSequenceIter *
first_at(const struct mf_cover *cover, int64_t position)
{
    struct mf_stretch wanted = {.begin = position, .end = position};
    GSequenceIter *at = g_sequence_search(cover->stretches, &wanted, compare, NULL);
    GSequenceIter *before = g_sequence_iter_prev(at);

    if (before != at && ((const struct mf_stretch *)g_sequence_get(before))->end >= position)
        return before;
    return at;
}

static void
tell(GArray *fresh, int64_t begin, int64_t end)
{
    const struct mf_stretch stretch = {begin, end};

    if (begin < end)
        g_array_append_val(fresh, stretch);
}

void
mf_cover_add(struct mf_cover *cover, struct mf_stretch stretch, GArray *fresh)
{
    struct mf_stretch *whole;
    int64_t at = stretch.begin;
    GSequenceIter *iter;

    if (stretch.begin >= stretch.end)
        return;
    whole = g_new(struct mf_stretch, 1);
    *whole = stretch;
    iter = first_at(cover, stretch.begin);
    while (!g_sequence_iter_is_end(iter)) {
        const struct mf_stretch known = *(const struct mf_stretch *)g_sequence_get(iter);
        GSequenceIter *next = g_sequence_iter_next(iter);

        if (known.begin > stretch.end)
            break;
        tell(fresh, at, known.begin);
        at = MAX(at, known.end);
        whole->begin = MIN(whole->begin, known.begin);
        whole->end = MAX(whole->end, known.end);
        g_sequence_remove(iter);
        iter = next;
    }
    tell(fresh, at, stretch.end);
    g_sequence_insert_before(iter, whole);
    if (stretch.end > cover->furthest) {
        cover->seq += (uint32_t)(stretch.end - cover->furthest);
        cover->furthest = stretch.end;
    }
}
