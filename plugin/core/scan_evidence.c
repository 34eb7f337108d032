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
failed_at(const struct mf_evidence *evidence, uint32_t from, uint32_t target)
{
    for (uint32_t i = from; i < evidence->count; i++)
        if (evidence->list[i].target == target && !evidence->list[i].answered)
            return true;
    return false;
}

void
mf_evidence_answer(struct mf_evidence *evidence, uint32_t index)
{
    struct mf_attempt *attempt = &evidence->list[index];

    if (attempt->answered)
        return;
    attempt->answered = true;
    if (!failed_at(evidence, 0, attempt->target))
        evidence->distinct--;
}

void
mf_evidence_remove(struct mf_evidence *evidence, uint32_t index)
{
    mf_evidence_answer(evidence, index);
    evidence->count--;
    memmove(evidence->list + index, evidence->list + index + 1,
            (evidence->count - index) * sizeof *evidence->list);
}

void
mf_evidence_drop_first(struct mf_evidence *evidence, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        mf_evidence_answer(evidence, i);
    evidence->count -= count;
    memmove(evidence->list, evidence->list + count, evidence->count * sizeof *evidence->list);
}

bool
mf_evidence_failed_before(const struct mf_evidence *evidence, uint32_t index, uint32_t *found)
{
    for (uint32_t i = index; i-- > 0;)
        if (!evidence->list[i].answered) {
            *found = i;
            return true;
        }
    return false;
}

bool
mf_evidence_failed_from(const struct mf_evidence *evidence, uint32_t index, uint32_t *found)
{
    for (uint32_t i = index; i < evidence->count; i++)
        if (!evidence->list[i].answered) {
            *found = i;
            return true;
        }
    return false;
}

/* The oldest attempt that may leave: an answered one, else one more at TARGET, else one more at any
 * target. */
static uint32_t
least_telling(const struct mf_evidence *evidence, uint32_t target)
{
    const struct mf_attempt *list = evidence->list;

    for (uint32_t i = 0; i < evidence->count; i++)
        if (list[i].answered)
            return i;
    for (uint32_t i = 0; i < evidence->count; i++)
        if (list[i].target == target)
            return i;
    for (uint32_t i = 0; i < evidence->count; i++)
        if (failed_at(evidence, i + 1, list[i].target))
            return i;
    return 0;
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

bool
mf_evidence_find(const struct mf_evidence *evidence, uint32_t session, uint32_t *index)
{
    *index = position(evidence, session);
    return *index < evidence->count && evidence->list[*index].session == session;
}

/* Makes room for a new attempt at index AT. */
static void
insert(struct mf_evidence *evidence, uint32_t at)
{
    if (evidence->count == evidence->size) {
        evidence->size = evidence->size == 0 ? 2 : evidence->size * 2;
        evidence->list = g_renew(struct mf_attempt, evidence->list, evidence->size);
    }
    memmove(evidence->list + at + 1, evidence->list + at,
            (evidence->count - at) * sizeof *evidence->list);
    evidence->count++;
}

uint32_t
mf_evidence_add(struct mf_evidence *evidence, struct mf_attempt attempt, uint32_t max)
{
    uint32_t at;
    bool held = mf_evidence_find(evidence, attempt.session, &at);

    if (!held && evidence->count >= max && evidence->count > 0) {
        mf_evidence_remove(evidence, least_telling(evidence, attempt.target));
        at = position(evidence, attempt.session);
    }
    attempt.answered = false;
    if (!failed_at(evidence, 0, attempt.target))
        evidence->distinct++;
    if (!held)
        insert(evidence, at);
    evidence->list[at] = attempt;
    return at;
}
