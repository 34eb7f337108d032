/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages of fixed size instead of one growing array: growth never copies and never holds twice the
 * need. A page holds one array per member, so that no byte is lost to alignment.
 */
#include "frametable.h"

#include "limits.h"

#include <glib.h>

enum { PAGE = 512, OFFSET_BITS = 12 };

/* An id, the direction's bit, and what of the offset does not fit its byte share 32 bits. */
G_STATIC_ASSERT((uint64_t)MF_MAX_SESSIONS << 5 <= UINT32_MAX);

struct page {
    uint32_t session[PAGE]; /* id << 5 | direction << 4 | high bits of the offset */
    uint16_t payload_length[PAGE];
    uint8_t payload_offset[PAGE];
};

struct mf_frametable {
    GPtrArray *pages; /* of struct page, or NULL */
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
    unsigned number = frame / PAGE, at = frame % PAGE;
    uint16_t offset = verdict.payload_offset >> OFFSET_BITS == 0 ? verdict.payload_offset : 0;
    struct page *page;

    if (number >= table->pages->len)
        g_ptr_array_set_size(table->pages, (int)number + 1);
    page = g_ptr_array_index(table->pages, number);
    if (page == NULL) {
        page = g_new0(struct page, 1);
        g_ptr_array_index(table->pages, number) = page;
        table->allocated++;
    }
    page->session[at] = verdict.session << 5 | verdict.direction << 4 | offset >> 8;
    page->payload_offset[at] = (uint8_t)offset;
    page->payload_length[at] = verdict.payload_length;
}

struct mf_verdict
mf_frametable_get(const struct mf_frametable *table, uint32_t frame)
{
    unsigned number = frame / PAGE, at = frame % PAGE;
    const struct page *page =
        number < table->pages->len ? g_ptr_array_index(table->pages, number) : NULL;

    if (page == NULL)
        return (struct mf_verdict){0};
    return (struct mf_verdict){
        .session = page->session[at] >> 5,
        .direction = (enum mf_direction)(page->session[at] >> 4 & 1),
        .payload_offset = (uint16_t)((page->session[at] & 15) << 8 | page->payload_offset[at]),
        .payload_length = page->payload_length[at],
    };
}

uint32_t
mf_frametable_end(const struct mf_frametable *table)
{
    return table->pages->len * PAGE;
}

size_t
mf_frametable_size(const struct mf_frametable *table)
{
    return table->allocated * sizeof(struct page) + table->pages->len * sizeof(void *);
}
