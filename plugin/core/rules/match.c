/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A rule is a list of steps. A step that matches hands the cursor to the next; when a later step
 * that reads the cursor fails, the earlier one tries its next match, as Suricata does. Answers have
 * three values, so that an early "yes" is one that no further byte can take back: that is what
 * makes the result independent of how a stream was cut. Work is bounded for each evaluation; where
 * the bound is hit (only bytes made for it do), the answer is no.
 */
#include "match.h"

/* What one evaluation may cost: a constant, and many passes over the view, to a limit. */
enum {
    WORK_BASE = 200 * 1000,
    WORK_PER_BYTE = 32,
    WORK_MAX = 100 * 1000 * 1000,
    WORK_TRY = 16,
};

/* Whether STEP's answer is the same whatever matched before it. */
static bool
is_alone(const struct mf_step *step)
{
    return !step->relative && !step->varies;
}

/* Whether other matches of earlier steps cannot help, now that ATTEMPT of STEP, or what came after
 * it, failed: they lead to the same place, or behind it. */
static bool
is_settled(const struct mf_step *step, const struct mf_try *attempt)
{
    return step->steady && attempt->is_only;
}

static enum mf_match
match_from(struct mf_matcher *matcher, unsigned index, int64_t cursor)
{
    const struct mf_rule *rule = matcher->rule;
    const struct mf_step *step;
    struct mf_try attempt = {.cursor = cursor, .from = INT64_MIN, .begin = matcher->view.base};
    enum mf_match best = MF_MATCH_NO;

    if (index == (unsigned)matcher->part->first + matcher->part->n)
        return MF_MATCH_YES;
    step = &rule->steps[index];
    for (bool first = true;; first = false) {
        enum mf_match found;

        matcher->work += WORK_TRY;
        if (matcher->work > matcher->limit)
            return MF_MATCH_NO;
        found = step->run(matcher, step, &attempt);
        if (found != MF_MATCH_YES) {
            matcher->settled |= (first && is_alone(step)) || is_settled(step, &attempt);
            return MAX(best, found);
        }
        if (index == matcher->part->first && !matcher->part->nested)
            matcher->begin = attempt.begin;
        found = match_from(matcher, index + 1, attempt.end);
        best = MAX(best, found);
        matcher->settled |= is_settled(step, &attempt);
        if (best == MF_MATCH_YES || matcher->settled || !step->retry || attempt.from == MF_TRY_LAST)
            return best;
    }
}

enum mf_match
mf_match_part(struct mf_matcher *matcher, const struct mf_part *part)
{
    enum mf_match found;
    const struct mf_part *outer = matcher->part;
    uint64_t allowance = MIN(WORK_BASE + (uint64_t)matcher->view.length * WORK_PER_BYTE, WORK_MAX);
    uint64_t limit = matcher->limit;
    bool settled = matcher->settled;

    matcher->part = part;
    matcher->limit = matcher->work + allowance;
    if (outer != NULL)
        matcher->limit = MIN(matcher->limit, limit);
    matcher->settled = false;
    found = match_from(matcher, part->first, 0);
    matcher->part = outer;
    matcher->settled = settled;
    if (outer != NULL) {
        matcher->limit = limit;
    } else if (found != MF_MATCH_YES && matcher->work > matcher->limit) {
        matcher->counters->rule_limits++;
        return MF_MATCH_NO;
    }
    return found;
}
