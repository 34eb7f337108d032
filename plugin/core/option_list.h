/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands behind "-z malflow,OUTPUT,": options in any order, then perhaps a display filter. */
#ifndef MALFLOW_CORE_OPTION_LIST_H
#define MALFLOW_CORE_OPTION_LIST_H

#include "diag.h"

#include <stdbool.h>
#include <stdint.h>

/* One option: "NAME=VALUE", or NAME alone. */
struct mf_option_row {
    const char *name;
    const char *allowed; /* values, for messages; NULL: the word alone is the option */
    /* Whether VALUE (NULL: the word alone) is one. */
    bool (*set)(void *options, const char *value, struct mf_diags *diags);
};

struct mf_option_list {
    const struct mf_option_row *rows;
    size_t n;
};

/*
 * Parses TEXT (NULL: nothing), "OPTION,OPTION,...,FILTER", onto OPTIONS. The first part that is not
 * of the form of an option begins the filter, commas and all; *FILTER is replaced by it. An option
 * that is unknown or has a wrong value is named in DIAGS with what is allowed, and false returned.
 */
bool
mf_option_list_parse(const struct mf_option_list *list, void *options, const char *text,
                     char **filter, struct mf_diags *diags);

/* Reads a decimal number from LOW to HIGH. */
bool
mf_option_list_number(const char *value, uint32_t low, uint32_t high, uint32_t *out);

#endif
