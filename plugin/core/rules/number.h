/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What byte_test and byte_jump share: how a number stands in bytes. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_NUMBER_H
#define MALFLOW_CORE_RULES_NUMBER_H

#include "parser.h"

/* Takes WORD if it says how the number stands ("little", "string", "hex", ...). */
bool
mf_number_option(struct mf_number *number, struct mf_span word);

/* Whether the words taken make sense together, else a diagnostic at AT. */
bool
mf_number_check(struct mf_parser *parser, const char *at, const struct mf_number *number);

#endif
