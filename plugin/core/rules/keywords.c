/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every keyword by its name. A new family of keywords is one line here; a number is a row in
 * number_rows.c. */
#include "keyword.h"

#include "number_rows.h"

#define FAMILY(name) &mf_keywords_##name,
static const struct mf_keyword_family *const families[] = {
    &mf_keywords_NAME,      &mf_keywords_app,        &mf_keywords_base64,    &mf_keywords_byte_jump,
    &mf_keywords_byte_read, &mf_keywords_byte_test,  &mf_keywords_checksum,  &mf_keywords_content,
    &mf_keywords_dcerpc,    &mf_keywords_entropy,    &mf_keywords_flags,     &mf_keywords_flow,
    &mf_keywords_flowbits,  &mf_keywords_flowint,    &mf_keywords_flowstats, &mf_keywords_ftp,
    &mf_keywords_hostbits,  &mf_keywords_industrial, &mf_keywords_ip,        &mf_keywords_isdataat,
    &mf_keywords_meta,      &mf_keywords_modifiers,  &mf_keywords_packet,    &mf_keywords_pairs,
    &mf_keywords_pcre,      &mf_keywords_protocol,   &mf_keywords_size,      &mf_keywords_threshold,
    &mf_keywords_tls,       &mf_keywords_values,     &mf_keywords_wireshark,
};
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
