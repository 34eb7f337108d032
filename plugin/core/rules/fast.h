/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which content of a rule is looked for first. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_FAST_H
#define MALFLOW_CORE_RULES_FAST_H

#include "rule.h"

/* How much CONTENT, of the sticky buffer NAME (NULL: one of Wireshark's fields), is worth as the
 * literal that everything is searched for; 0: it cannot be searched for. OBEY: the rule's own
 * fast_pattern always wins. What is worth no more than THAN is not looked at closely. */
unsigned
mf_content_worth(const struct mf_content *content, const char *name, bool obey, unsigned than);

#endif
