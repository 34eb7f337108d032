/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages of fixed size instead of one growing array: growth never copies and never holds twice the
 * need. */
#include "frametable.h"

#include <glib.h>

enum { PAGE = 4096 };

/* Session ids stay below 2^31 (limits.h), so the direction fits beside one. */
struct entry {
    uint32_t session_and_direction; /* session << 1 | direction */
    uint16_t payload_offset;
    uint16_t payload_length;
};

struct mf_frametable {
    GPtrArray *pages; /* of struct entry[PAGE], or NULL */
    unsigned allocated;
};

struct mf_frametable *
mf_frametable_new(void)
{
    struct mf_frametable *table = g_new0(struct mf_frametable, 1);

    table->pages = g_ptr_array_new_with_free_func(g_free);
    return table;
}

void
mf_frametable_free(struct mf_frametable *table)
{
    if (table == NULL)
        return;
    g_ptr_array_free(table->pages, TRUE);
    g_free(table);
}

void
mf_frametable_set(struct mf_frametable *table, uint32_t frame, struct mf_verdict verdict)
{
    unsigned page = frame / PAGE;
    struct entry *entries;

    if (page >= table->pages->len)
        g_ptr_array_set_size(table->pages, (int)page + 1);
    entries = g_ptr_array_index(table->pages, page);
    if (entries == NULL) {
        entries = g_new0(struct entry, PAGE);
        g_ptr_array_index(table->pages, page) = entries;
        table->allocated++;
    }
    entries[frame % PAGE] = (struct entry){
        .session_and_direction = verdict.session << 1 | verdict.direction,
        .payload_offset = verdict.payload_offset,
        .payload_length = verdict.payload_length,
    };
}

struct mf_verdict
mf_frametable_get(const struct mf_frametable *table, uint32_t frame)
{
    unsigned page = frame / PAGE;
    const struct entry *entries;
    struct entry entry;

    if (page >= table->pages->len)
        return (struct mf_verdict){0};
    entries = g_ptr_array_index(table->pages, page);
    if (entries == NULL)
        return (struct mf_verdict){0};
    entry = entries[frame % PAGE];
    return (struct mf_verdict){
        .session = entry.session_and_direction >> 1,
        .direction = (enum mf_direction)(entry.session_and_direction & 1),
        .payload_offset = entry.payload_offset,
        .payload_length = entry.payload_length,
    };
}

size_t
mf_frametable_size(const struct mf_frametable *table)
{
    return table->allocated * sizeof(struct entry) * PAGE + table->pages->len * sizeof(void *);
}
