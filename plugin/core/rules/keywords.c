/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every keyword by its name. A new family of keywords is one line here; a number is a row in
 * number_rows.c. */
#include "keyword.h"

#include "number_rows.h"

#include <string.h>

#define FAMILY(name) &mf_keywords_##name,
static const struct mf_keyword_family *const families[] = {MF_KEYWORD_FAMILIES(FAMILY)};
#undef FAMILY

/* Half a million options are looked up in a large set: the ends of a name tell most names apart. */
static guint
name_hash(gconstpointer data)
{
    enum { CASE = 'a' - 'A' };
    const struct mf_token *name = data;
    guint hash = (guint)name->length;

    for (size_t i = 0; i < MIN(name->length, 4); i++)
        hash = hash * 31 + ((guchar)name->text[i] | CASE);
    for (size_t i = 1; i <= MIN(name->length, 3); i++)
        hash = hash * 31 + ((guchar)name->text[name->length - i] | CASE);
    return hash;
}

static gboolean
name_equal(gconstpointer a, gconstpointer b)
{
    const struct mf_token *x = a, *y = b;

    return mf_token_same(*x, *y) ||
           (x->length == y->length && g_ascii_strncasecmp(x->text, y->text, x->length) == 0);
}

static void
add(GHashTable *table, const struct mf_keyword *keyword)
{
    const struct mf_token name = {keyword->name, strlen(keyword->name)};

    g_hash_table_insert(table, g_memdup2(&name, sizeof name), (gpointer)(uintptr_t)keyword);
}

GHashTable *
mf_keywords_new(void)
{
    GHashTable *table = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(families); i++)
        for (unsigned row = 0; row < families[i]->n; row++)
            add(table, &families[i]->rows[row]);
    for (unsigned i = 0; i < mf_n_number_rows; i++)
        add(table, &mf_number_rows[i].keyword);
    return table;
}

const struct mf_keyword *
mf_keywords_find(GHashTable *keywords, struct mf_token name)
{
    return g_hash_table_lookup(keywords, &name);
}
