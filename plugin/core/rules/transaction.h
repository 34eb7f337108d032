/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules with "=>": what they say of a request and of its answer must hold in one transaction. Such
 * a rule is two: one on requests that is not told and remembers its transaction, and one on answers
 * that asks for it. A transaction is an HTTP/1 request and the answer in its turn, a stream of
 * HTTP/2, and of any other protocol the whole session. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_TRANSACTION_H
#define MALFLOW_CORE_RULES_TRANSACTION_H

#include "parser.h"

/* To be called for each message of a set that has such rules, before it is inspected. */
void
mf_transaction_learn(struct mf_rule_state *state, const struct mf_message *message);

/* The condition (as.bit.name: the rule's number) that the request was remembered, and the action
 * that does so. */
bool
mf_transaction_is_marked(const struct mf_condition *condition, const struct mf_context *context);
bool
mf_transaction_mark(const struct mf_condition *action, const struct mf_context *context);

/* In place of mf_parser_finish(): parser->rule becomes the rule on answers, parser->request the one
 * on requests. */
bool
mf_transaction_finish(struct mf_parser *parser);

#endif
