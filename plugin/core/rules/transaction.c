/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kept as numbers of the session: how many requests and answers it had, under names that no rule
 * can have; and for each rule, the transaction whose request it saw last. */
#include "transaction.h"

#include "state.h"

enum { STATUS_FINAL = 200, STATUS_SWITCHING = 101 };

/* Names, by direction. */
static const uint32_t counts[2] = {UINT32_MAX - 1, UINT32_MAX - 2};

static uint32_t
count_of(const struct mf_rule_state *state, const struct mf_message *message, unsigned side)
{
    uint32_t count = 0;

    mf_flowint_get(state, message->session->id, counts[side], &count);
    return count;
}

/* "100 Continue" and its like are followed by the answer itself. */
static bool
is_final(const struct mf_message *message)
{
    uint64_t status = mf_message_number(message, MF_BUF_HTTP_STATUS, 0);

    return status >= STATUS_FINAL || status == STATUS_SWITCHING;
}

void
mf_transaction_learn(struct mf_rule_state *state, const struct mf_message *message)
{
    unsigned side = message->direction;
    uint32_t requests, count;

    if (message->layer != MF_BUF_HTTP || (side == MF_RESP && !is_final(message)))
        return;
    requests = count_of(state, message, MF_ORIG);
    count = count_of(state, message, side) + 1;
    /* In mid-stream the answer to a request that was not seen counts for none. */
    if (side == MF_ORIG || count <= requests)
        mf_flowint_set(state, message->session->id, counts[side], count);
}

static uint32_t
transaction_of(const struct mf_context *context)
{
    if (context->message == NULL)
        return 0;
    if (context->message->layer == MF_BUF_HTTP2)
        return (uint32_t)mf_message_number(context->message, MF_BUF_HTTP2_STREAM, 0);
    if (context->message->layer == MF_BUF_HTTP)
        return count_of(context->state, context->message, context->direction);
    return 0;
}

bool
mf_transaction_is_marked(const struct mf_condition *condition, const struct mf_context *context)
{
    uint32_t marked;

    return mf_flowint_get(context->state, context->session->id, condition->as.bit.name, &marked) &&
           marked == transaction_of(context);
}

bool
mf_transaction_mark(const struct mf_condition *action, const struct mf_context *context)
{
    mf_flowint_set(context->state, context->session->id, action->as.bit.name,
                   transaction_of(context));
    return true;
}
