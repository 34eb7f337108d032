/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of rules that remember: who sets comes before who sets and asks, and that before who
 * asks. As in Suricata, for flowbits first, then flowints, bits of hosts, bits of pairs. */
#include "kw_state.h"

bool
mf_bit_op_find(struct mf_token word, uint8_t *op)
{
    static const char *const names[] = {
        [MF_BIT_SET] = "set",     [MF_BIT_UNSET] = "unset",       [MF_BIT_TOGGLE] = "toggle",
        [MF_BIT_ISSET] = "isset", [MF_BIT_ISNOTSET] = "isnotset",
    };

    for (*op = 0; *op < G_N_ELEMENTS(names); (*op)++)
        if (mf_token_is(word, names[*op]))
            return true;
    return false;
}

static void
note_order(struct mf_rule *rule, enum mf_order_kind kind, bool asks)
{
    enum { NOTHING, ASKS, BOTH, SETS, MASK = 3 };
    unsigned shift = 2 * (unsigned)kind, now = rule->order >> shift & MASK;
    unsigned next = asks ? ASKS : SETS;

    if (now != NOTHING && now != next)
        next = BOTH;
    rule->order = (uint8_t)((rule->order & ~(MASK << shift)) | next << shift);
}

void
mf_state_add(struct mf_parser *parser, const struct mf_condition *condition,
             enum mf_order_kind kind, bool asks)
{
    note_order(parser->rule, kind, asks);
    if (!asks) {
        mf_parser_add_action(parser, condition);
        return;
    }
    /* A rule that asks a session is tried on every packet; one that asks hosts and says nothing
     * else is as good as its header, once per direction: as Suricata has it. */
    if (kind == MF_ORDER_FLOWBITS || kind == MF_ORDER_FLOWINTS)
        parser->uses_flow = true;
    mf_parser_add_condition(parser, condition, false);
}
