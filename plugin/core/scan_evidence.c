/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scan evidence is a short sorted array, walked linearly: it rarely grows beyond the threshold that
 * opens a group (10 by default), where a hash set would cost more memory per tracker than all its
 * attempts.
 */
#include "scan_evidence.h"

#include <glib.h>
#include <string.h>

void
mf_evidence_clear(struct mf_evidence *evidence)
{
    g_free(evidence->list);
    *evidence = (struct mf_evidence){0};
}

static bool
has_target(const struct mf_evidence *evidence, uint32_t from, uint32_t target)
{
    for (uint32_t i = from; i < evidence->count; i++)
        if (evidence->list[i].target == target)
            return true;
    return false;
}

void
mf_evidence_remove(struct mf_evidence *evidence, uint32_t index)
{
    uint32_t target = evidence->list[index].target;

    evidence->count--;
    memmove(evidence->list + index, evidence->list + index + 1,
            (evidence->count - index) * sizeof *evidence->list);
    if (!has_target(evidence, 0, target))
        evidence->distinct--;
}

void
mf_evidence_drop_first(struct mf_evidence *evidence, uint32_t count)
{
    while (count-- > 0)
        mf_evidence_remove(evidence, 0);
}

/* Gives up the oldest attempt that says nothing new: at TARGET, else at any target that has
 * another. */
static void
make_room(struct mf_evidence *evidence, uint32_t target)
{
    uint32_t victim = 0;

    for (uint32_t i = 0; i < evidence->count; i++)
        if (evidence->list[i].target == target) {
            mf_evidence_remove(evidence, i);
            return;
        }
    while (victim + 1 < evidence->count &&
           !has_target(evidence, victim + 1, evidence->list[victim].target))
        victim++;
    mf_evidence_remove(evidence, victim);
}

/* Where SESSION is or belongs. Nearly always at the end, so the search begins there. */
static uint32_t
position(const struct mf_evidence *evidence, uint32_t session)
{
    uint32_t i = evidence->count;

    while (i > 0 && evidence->list[i - 1].session >= session)
        i--;
    return i;
}

uint32_t
mf_evidence_add(struct mf_evidence *evidence, struct mf_attempt attempt, uint32_t max)
{
    uint32_t at;

    if (evidence->count >= max && evidence->count > 0)
        make_room(evidence, attempt.target);
    if (!has_target(evidence, 0, attempt.target))
        evidence->distinct++;
    if (evidence->count == evidence->size) {
        evidence->size = evidence->size == 0 ? 2 : evidence->size * 2;
        evidence->list = g_renew(struct mf_attempt, evidence->list, evidence->size);
    }
    at = position(evidence, attempt.session);
    memmove(evidence->list + at + 1, evidence->list + at,
            (evidence->count - at) * sizeof *evidence->list);
    evidence->list[at] = attempt;
    evidence->count++;
    return at;
}

bool
mf_evidence_find(const struct mf_evidence *evidence, uint32_t session, uint32_t *index)
{
    *index = position(evidence, session);
    return *index < evidence->count && evidence->list[*index].session == session;
}
