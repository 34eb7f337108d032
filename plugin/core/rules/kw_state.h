/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the keywords share that set something and ask for it. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_KW_STATE_H
#define MALFLOW_CORE_RULES_KW_STATE_H

#include "keyword.h"
#include "state.h"

/* What a bit is told or asked. */
enum mf_bit_op { MF_BIT_SET, MF_BIT_UNSET, MF_BIT_TOGGLE, MF_BIT_ISSET, MF_BIT_ISNOTSET };

/* "set", ... False: not one of them. */
bool
mf_bit_op_find(struct mf_token word, uint8_t *op);

static inline bool
mf_bit_op_asks(uint8_t op)
{
    return op >= MF_BIT_ISSET;
}

/* Rules are tried by what they do with flowbits first, then with flowints, ... */
enum mf_order_kind { MF_ORDER_PAIRBITS, MF_ORDER_HOSTBITS, MF_ORDER_FLOWINTS, MF_ORDER_FLOWBITS };

/* Adds CONDITION as a condition if it ASKS, else as an action, and notes where the rule stands in
 * the order. */
void
mf_state_add(struct mf_parser *parser, const struct mf_condition *condition,
             enum mf_order_kind kind, bool asks);

#endif
