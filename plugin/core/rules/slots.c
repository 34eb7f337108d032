/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of buffers to slots. Every buffer of core/buffers.h that holds something is a sticky buffer
 * under its own name; the families of sticky_*.c add what is derived, other spellings and the
 * modifiers of old rules. Slots are made when a rule first names one, so that equal transforms of
 * one buffer are one slot and nothing is computed that no rule reads.
 */
#include "slots.h"

#include <string.h>

/* Lists of slots by number. */
struct lists {
    GArray **lists; /* uint16_t; or NULL */
    unsigned n;
};

struct mf_slots {
    GArray *slots;         /* struct mf_slot */
    GHashTable *keys;      /* what a transformed slot is -> index + 1 */
    GHashTable *of_sticky; /* struct mf_sticky -> index + 1 of its slot without transforms */
    GHashTable *names;     /* -> struct mf_sticky */
    GHashTable *modifiers; /* -> struct mf_sticky */
    struct mf_sticky own[MF_BUFFER_COUNT];
    GPtrArray *fields; /* struct mf_sticky of Wireshark's fields, owned */
    struct lists of_buffer, of_layer;
};

static const struct mf_sticky payload = {.name = "pkt_data", .kind = MF_STICKY_PAYLOAD};
static const struct mf_sticky decoded = {.name = "base64_data", .kind = MF_STICKY_DECODED};

static void
add_row(struct mf_slots *slots, const struct mf_sticky *row)
{
    g_hash_table_insert(slots->names, (gpointer)(uintptr_t)row->name, (gpointer)(uintptr_t)row);
    if (row->modifier != NULL)
        g_hash_table_insert(slots->modifiers, (gpointer)(uintptr_t)row->modifier,
                            (gpointer)(uintptr_t)row);
}

static void
add_names(struct mf_slots *slots)
{
    static const struct mf_sticky_family *const families[] = {&mf_sticky_files, &mf_sticky_headers,
                                                              &mf_sticky_http, &mf_sticky_names};

    for (unsigned id = 0; id < MF_BUFFER_COUNT; id++) {
        slots->own[id] = (struct mf_sticky){
            .name = mf_buffer_name((enum mf_buffer_id)id), .kind = MF_STICKY_BUFFER, .id = id};
        if (mf_buffer_kind((enum mf_buffer_id)id) != MF_KIND_LAYER)
            add_row(slots, &slots->own[id]);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(families); i++)
        for (unsigned row = 0; row < families[i]->n; row++)
            add_row(slots, &families[i]->rows[row]);
    add_row(slots, &payload);
    add_row(slots, &decoded);
}

struct mf_slots *
mf_slots_new(void)
{
    struct mf_slots *slots = g_new0(struct mf_slots, 1);

    slots->slots = g_array_new(FALSE, TRUE, sizeof(struct mf_slot));
    slots->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    slots->of_sticky = g_hash_table_new(NULL, NULL);
    slots->names = g_hash_table_new(g_str_hash, g_str_equal);
    slots->modifiers = g_hash_table_new(g_str_hash, g_str_equal);
    slots->fields = g_ptr_array_new_with_free_func(g_free);
    add_names(slots);
    mf_slots_of(slots, &payload);
    mf_slots_of(slots, &decoded);
    return slots;
}

static void
lists_clear(struct lists *lists)
{
    for (unsigned i = 0; i < lists->n; i++)
        if (lists->lists[i] != NULL)
            g_array_free(lists->lists[i], TRUE);
    g_free(lists->lists);
    *lists = (struct lists){0};
}

static void
slot_clear(struct mf_slot *slot)
{
    mf_transform_free(slot->transform);
    if (slot->children != NULL)
        g_array_free(slot->children, TRUE);
    if (slot->always != NULL)
        g_array_free(slot->always, TRUE);
}

void
mf_slots_free(struct mf_slots *slots)
{
    if (slots == NULL)
        return;
    for (unsigned i = 0; i < slots->slots->len; i++)
        slot_clear(mf_slots_get(slots, i));
    g_array_free(slots->slots, TRUE);
    g_hash_table_destroy(slots->keys);
    g_hash_table_destroy(slots->of_sticky);
    g_hash_table_destroy(slots->names);
    g_hash_table_destroy(slots->modifiers);
    g_ptr_array_free(slots->fields, TRUE);
    lists_clear(&slots->of_buffer);
    lists_clear(&slots->of_layer);
    g_free(slots);
}

unsigned
mf_slots_count(const struct mf_slots *slots)
{
    return slots->slots->len;
}

struct mf_slot *
mf_slots_get(const struct mf_slots *slots, unsigned index)
{
    return &g_array_index(slots->slots, struct mf_slot, index);
}

const struct mf_sticky *
mf_sticky_find(const struct mf_slots *slots, const char *name)
{
    const struct mf_sticky *sticky = g_hash_table_lookup(slots->names, name);

    while (sticky != NULL && sticky->same_as != NULL)
        sticky = g_hash_table_lookup(slots->names, sticky->same_as);
    return sticky;
}

const struct mf_sticky *
mf_sticky_find_modifier(const struct mf_slots *slots, const char *name)
{
    return g_hash_table_lookup(slots->modifiers, name);
}

/* -1: there are too many. */
static int
add(struct mf_slots *slots, const struct mf_slot *slot)
{
    if (slots->slots->len == UINT16_MAX)
        return -1;
    g_array_append_vals(slots->slots, slot, 1);
    return (int)slots->slots->len - 1;
}

int
mf_slots_of(struct mf_slots *slots, const struct mf_sticky *sticky)
{
    const struct mf_slot slot = {.sticky = sticky};
    gpointer key = (gpointer)(uintptr_t)sticky;
    int index = GPOINTER_TO_INT(g_hash_table_lookup(slots->of_sticky, key)) - 1;

    if (index >= 0)
        return index;
    index = add(slots, &slot);
    if (index >= 0)
        g_hash_table_insert(slots->of_sticky, key, GINT_TO_POINTER(index + 1));
    return index;
}

int
mf_slots_transformed(struct mf_slots *slots, unsigned base, const char *name, const char *value,
                     char **why)
{
    struct mf_slot slot = {.sticky = mf_slots_get(slots, base)->sticky, .base = (uint16_t)base};
    char *key = g_strdup_printf("%u|%s|%s", base, name, value);
    int index = GPOINTER_TO_INT(g_hash_table_lookup(slots->keys, key)) - 1;
    uint16_t child;

    if (index >= 0) {
        g_free(key);
        return index;
    }
    slot.transform = mf_transform_new(name, value, why);
    if (slot.transform == NULL) {
        g_free(key);
        return -1;
    }
    index = add(slots, &slot);
    if (index < 0) {
        g_free(key);
        *why = g_strdup("too many different transforms of buffers");
        mf_transform_free(slot.transform);
        return -1;
    }
    g_hash_table_insert(slots->keys, key, GINT_TO_POINTER(index + 1));
    if (mf_slots_get(slots, base)->children == NULL)
        mf_slots_get(slots, base)->children = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    child = (uint16_t)index;
    g_array_append_val(mf_slots_get(slots, base)->children, child);
    return index;
}

int
mf_slots_of_field(struct mf_slots *slots, unsigned field)
{
    while (slots->fields->len <= field) {
        struct mf_sticky *sticky = g_new0(struct mf_sticky, 1);

        sticky->kind = MF_STICKY_BUFFER;
        sticky->id = MF_BUFFER_COUNT + slots->fields->len;
        sticky->multi = true;
        g_ptr_array_add(slots->fields, sticky);
    }
    return mf_slots_of(slots, slots->fields->pdata[field]);
}

void
mf_slots_use(struct mf_slots *slots, unsigned index)
{
    struct mf_slot *slot = mf_slots_get(slots, index);

    while (!slot->used) {
        slot->used = true;
        if (slot->transform == NULL)
            return;
        slot = mf_slots_get(slots, slot->base);
    }
}

static void
lists_add(struct lists *lists, unsigned at, unsigned slot)
{
    uint16_t value = (uint16_t)slot;

    if (at >= lists->n) {
        lists->lists = g_renew(GArray *, lists->lists, at + 1);
        memset(lists->lists + lists->n, 0, (at + 1 - lists->n) * sizeof(GArray *));
        lists->n = at + 1;
    }
    if (lists->lists[at] == NULL)
        lists->lists[at] = g_array_new(FALSE, FALSE, sizeof value);
    g_array_append_val(lists->lists[at], value);
}

/* A slot stands behind the one that it transforms. */
static void
mark_searched(struct mf_slots *slots)
{
    for (unsigned i = slots->slots->len; i-- > 0;) {
        struct mf_slot *slot = mf_slots_get(slots, i);

        slot->searched |= slot->prefilter != NULL || slot->at_front != NULL || slot->always != NULL;
        if (slot->transform != NULL)
            mf_slots_get(slots, slot->base)->searched |= slot->searched;
    }
}

void
mf_slots_index(struct mf_slots *slots)
{
    mark_searched(slots);
    for (unsigned i = 0; i < slots->slots->len; i++) {
        const struct mf_slot *slot = mf_slots_get(slots, i);

        if (!slot->used || slot->transform != NULL)
            continue;
        if (slot->sticky->kind == MF_STICKY_BUFFER)
            lists_add(&slots->of_buffer, slot->sticky->id, i);
        else if (slot->sticky->kind == MF_STICKY_DERIVED)
            for (const uint16_t *layer = slot->sticky->layers; *layer != MF_BUFFER_COUNT; layer++)
                lists_add(&slots->of_layer, *layer, i);
    }
}

static const uint16_t *
lists_get(const struct lists *lists, unsigned at, unsigned *n)
{
    const GArray *list = at < lists->n ? lists->lists[at] : NULL;

    *n = list != NULL ? list->len : 0;
    return list != NULL ? (const uint16_t *)(void *)list->data : NULL;
}

const uint16_t *
mf_slots_of_buffer(const struct mf_slots *slots, unsigned id, unsigned *n)
{
    return lists_get(&slots->of_buffer, id, n);
}

const uint16_t *
mf_slots_of_layer(const struct mf_slots *slots, unsigned layer, unsigned *n)
{
    return lists_get(&slots->of_layer, layer, n);
}
