/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every keyword by its name. A new family of keywords is one line here; a number is a row in
 * number_rows.c. */
#include "keyword.h"

#include "number_rows.h"

#define FAMILY(name) &mf_keywords_##name,
static const struct mf_keyword_family *const families[] = {MF_KEYWORD_FAMILIES(FAMILY)};
#undef FAMILY

GHashTable *
mf_keywords_new(void)
{
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < G_N_ELEMENTS(families); i++) {
        for (unsigned row = 0; row < families[i]->n; row++) {
            const struct mf_keyword *keyword = &families[i]->rows[row];

            g_hash_table_insert(table, (gpointer)(uintptr_t)keyword->name,
                                (gpointer)(uintptr_t)keyword);
        }
    }
    for (unsigned i = 0; i < mf_n_number_rows; i++)
        g_hash_table_insert(table, (gpointer)(uintptr_t)mf_number_rows[i].keyword.name,
                            (gpointer)(uintptr_t)&mf_number_rows[i].keyword);
    return table;
}
