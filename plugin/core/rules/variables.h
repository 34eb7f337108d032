/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Variables of rules: $HOME_NET and its like. Known from the start are those of Suricata's own
 * suricata.yaml; a file may change them and add further ones. Its form is either a list,
 *
 *     HTTP_SERVERS = [10.0.0.80, 10.0.0.81]   # or NAME: VALUE; '\' continues a line
 *
 * or a suricata.yaml, of which the groups of its "vars" section are read. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_VARIABLES_H
#define MALFLOW_CORE_RULES_VARIABLES_H

#include "lines.h"
#include "rule.h"

/* What a variable holds. */
enum mf_list_kind { MF_LIST_ADDRESSES, MF_LIST_PORTS };

struct mf_variable {
    char *name;
    struct mf_line line;    /* where its value stands: file and text are the variables' own */
    gsize value, length;    /* in line.text */
    enum mf_list_kind kind; /* by the group it stands in, else by its looks */
    bool by_default;
    enum { MF_LIST_NEW, MF_LIST_BEING_READ, MF_LIST_GOOD, MF_LIST_BAD } state;
    struct mf_range_set *set; /* owned; with MF_LIST_GOOD: as it stands, see mf_ranges_make() */
};

struct mf_variables;

/* With the defaults. */
struct mf_variables *
mf_variables_new(void);

/* Accepts NULL. */
void
mf_variables_free(struct mf_variables *variables);

/* Gives variable NAME a value in place of what it had. ORIGIN stands in diagnostics. */
void
mf_variables_set(struct mf_variables *variables, const char *name, const char *value,
                 const char *origin);

/* Takes in the file at PATH; what is wrong with it is added to DIAGS. */
void
mf_variables_read(struct mf_variables *variables, const char *path, struct mf_diags *diags);

/* NULL: there is none. */
struct mf_variable *
mf_variables_find(const struct mf_variables *variables, const char *name, size_t length);

/* In order of their names. The caller frees the array. */
GPtrArray *
mf_variables_all(const struct mf_variables *variables);

#endif
