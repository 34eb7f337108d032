/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comparisons of unsigned numbers as rules write them, one syntax for all keywords:
 *   5  =5  !5  !=5  <5  <=5  >5  >=5  1-9  1<>9 (both ends outside)  !1-9  &0x0f=3  &0x0f!=3
 * with 0x for hexadecimal, units (kb, mb, gb) and names of values.
 * https://docs.suricata.io/en/latest/rules/integer-keywords.html. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_NUMBER_TEST_H
#define MALFLOW_CORE_RULES_NUMBER_TEST_H

#include "parser.h"

struct mf_number_name {
    const char *name; /* case does not matter; NULL: the end of the table */
    uint64_t value;
};

/* What the numbers of one keyword can be. */
struct mf_number_kind {
    uint64_t max;
    const struct mf_number_name *names; /* or NULL */
    bool bits;                          /* names are bits, written as a list: fin,!comp */
};

/* Parses all of TEXT, or a diagnostic. What could never (or not but) hold is refused too. */
bool
mf_number_test_parse(struct mf_parser *parser, struct mf_token text,
                     const struct mf_number_kind *kind, struct mf_number_test *test);

/* The value of NAME among NAMES; false: it is not there. */
bool
mf_number_name_find(const struct mf_number_name *names, struct mf_token name, uint64_t *value);

#endif
