/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keywords that compare numbers which Wireshark dissected: one row each. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_NUMBER_ROWS_H
#define MALFLOW_CORE_RULES_NUMBER_ROWS_H

#include "keyword.h"
#include "number_test.h"

#include "../message.h"

struct mf_number_row;

/* Most numbers of one kind that are looked at in one message. */
enum { MF_NUMBERS_MAX = 256 };

/* Puts the numbers of MESSAGE that ROW is about into VALUES; returns how many. */
typedef unsigned (*mf_numbers_of)(const struct mf_message *message, const struct mf_number_row *row,
                                  uint64_t values[MF_NUMBERS_MAX]);

struct mf_number_row {
    struct mf_keyword keyword;
    unsigned id; /* enum mf_buffer_id; the messages that have it are looked at */
    struct mf_number_kind kind;
    bool multi;            /* the value may be followed by which of several numbers is meant */
    bool of_packet;        /* the numbers are all of the packet's, and the rule is one on packets */
    bool names_only;       /* only the names of bits that are known */
    mf_numbers_of numbers; /* NULL: those of all buffers ID */
    unsigned also;         /* NUMBERS may read this buffer too; 0: none */
};

extern const struct mf_number_row mf_number_rows[];
extern const unsigned mf_n_number_rows;

/* A keyword of mf_number_rows[]. */
bool
mf_number_keyword_parse(struct mf_parser *parser, const struct mf_option *option);

/* Adds CONDITION, on the messages that have buffer ID. */
bool
mf_parser_ask_message(struct mf_parser *parser, const struct mf_option *option,
                      const struct mf_condition *condition, unsigned id);

/* The same on every message; ID is one of them. */
bool
mf_parser_ask_any_message(struct mf_parser *parser, const struct mf_option *option,
                          const struct mf_condition *condition, unsigned id);

/* The numbers of all buffers ID. */
unsigned
mf_numbers_of_buffer(const struct mf_message *message, unsigned id,
                     uint64_t values[MF_NUMBERS_MAX]);

#endif
