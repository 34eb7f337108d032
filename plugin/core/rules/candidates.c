/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For each packet a dozen of tens of thousands of rules are to be tried, each once and in order. A
 * bit per rule, and a bit per word of these that is not zero, do both without a sort: the price is
 * to look at one word per 4,096 rules for each packet.
 */
#include "candidates.h"

#include <glib.h>

enum { BITS = 64 };

struct mf_candidates {
    uint64_t *rules; /* bit per rule */
    uint64_t *words; /* bit per word of rules: not zero */
    unsigned n_words;
    unsigned first; /* words before this one are zero */
};

static unsigned
words_for(unsigned bits)
{
    return bits / BITS + 1;
}

struct mf_candidates *
mf_candidates_new(unsigned n)
{
    struct mf_candidates *candidates = g_new0(struct mf_candidates, 1);

    candidates->n_words = words_for(words_for(n));
    candidates->rules = g_new0(uint64_t, words_for(n));
    candidates->words = g_new0(uint64_t, candidates->n_words);
    candidates->first = candidates->n_words;
    return candidates;
}

void
mf_candidates_free(struct mf_candidates *candidates)
{
    if (candidates == NULL)
        return;
    g_free(candidates->rules);
    g_free(candidates->words);
    g_free(candidates);
}

void
mf_candidates_add(struct mf_candidates *candidates, unsigned rule)
{
    unsigned word = rule / BITS, first = word / BITS;

    candidates->rules[word] |= UINT64_C(1) << rule % BITS;
    candidates->words[first] |= UINT64_C(1) << word % BITS;
    candidates->first = MIN(candidates->first, first);
}

bool
mf_candidates_take(struct mf_candidates *candidates, unsigned *rule)
{
    unsigned first = candidates->first, word;

    while (first < candidates->n_words && candidates->words[first] == 0)
        first++;
    candidates->first = first;
    if (first == candidates->n_words)
        return false;
    word = first * BITS + (unsigned)__builtin_ctzll(candidates->words[first]);
    *rule = word * BITS + (unsigned)__builtin_ctzll(candidates->rules[word]);
    candidates->rules[word] &= candidates->rules[word] - 1;
    if (candidates->rules[word] == 0)
        candidates->words[first] &= candidates->words[first] - 1;
    return true;
}
