/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GStringChunk interns too, but cannot say how much it holds. */
#include "interned.h"

#include <glib.h>
#include <string.h>

enum { CHUNK = 4096 };

struct mf_interned {
    GStringChunk *chunk;
    GHashTable *known; /* set of char * */
    size_t bytes;
};

struct mf_interned *
mf_interned_new(void)
{
    struct mf_interned *strings = g_new0(struct mf_interned, 1);

    strings->chunk = g_string_chunk_new(CHUNK);
    strings->known = g_hash_table_new(g_str_hash, g_str_equal);
    return strings;
}

void
mf_interned_free(struct mf_interned *strings)
{
    if (strings == NULL)
        return;
    g_hash_table_destroy(strings->known);
    g_string_chunk_free(strings->chunk);
    g_free(strings);
}

const char *
mf_interned_add(struct mf_interned *strings, const char *text)
{
    char *kept = g_hash_table_lookup(strings->known, text);

    if (kept == NULL) {
        kept = g_string_chunk_insert(strings->chunk, text);
        g_hash_table_add(strings->known, kept);
        strings->bytes += strlen(text) + 1;
    }
    return kept;
}

size_t
mf_interned_memory(const struct mf_interned *strings)
{
    enum { TABLE_ENTRY = 24 }; /* pointer and hash, and the free slots between them */

    return sizeof *strings + (strings->bytes + CHUNK - 1) / CHUNK * CHUNK +
           g_hash_table_size(strings->known) * TABLE_ENTRY;
}
