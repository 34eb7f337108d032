/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which headers apply to a session. Tens of thousands of rules have a thousand different headers,
 * and a packet meets dozens of candidates: the answer for each header and direction of a session is
 * found once, and found again by the header's number without a look at the rule. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_HEADER_MEMO_H
#define MALFLOW_CORE_RULES_HEADER_MEMO_H

#include "rule.h"

/* Numbers the headers of RULES (struct mf_rule), so that equal ones have one number. Returns the
 * first of each number (struct mf_rule_header, of the rules); the caller frees. */
GPtrArray *
mf_headers_number(const GPtrArray *rules);

/* What was asked last of each header. */
struct mf_header_memo {
    const GPtrArray *headers;
    uint64_t *last; /* by number: asked + 1, shifted behind the answer's bit; 0: nothing yet */
};

/* HEADERS, from mf_headers_number(), outlives the memo. */
struct mf_header_memo *
mf_header_memo_new(const GPtrArray *headers);

/* Accepts NULL. */
void
mf_header_memo_free(struct mf_header_memo *memo);

/* As mf_rule_header_fits() for the header of that number. */
static inline bool
mf_header_memo_fits(struct mf_header_memo *memo, uint32_t number, const struct mf_session *session,
                    enum mf_direction direction)
{
    const uint64_t asked = ((uint64_t)session->id << 1 | direction) + 1;
    uint64_t last = memo->last[number];

    if (last >> 1 != asked) {
        const struct mf_rule_header *header = g_ptr_array_index(memo->headers, number);

        last = asked << 1 | mf_rule_header_fits(header, session, direction);
        memo->last[number] = last;
    }
    return (last & 1) != 0;
}

#endif
