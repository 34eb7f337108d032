/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Derived and transformed bytes are made once per message, and only for slots that some rule reads:
 * at once what is searched for literals, the rest when a rule whose literal was found asks for it.
 * They stand in byte arrays that are used again for the next message.
 */
#include "instances.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_INSTANCES = 8192, KEEP_BYTES = 64 * 1024 };

struct mf_instances {
    const struct mf_slots *slots;
    const struct mf_message *message; /* at hand */
    bool *later;      /* by slot: it can be derived from the message, and was not yet */
    GArray *list;     /* struct mf_instance */
    uint32_t *first;  /* by slot: index + 1 of its first instance */
    uint32_t *last;   /* by slot: index of its last one, where there is a first */
    GPtrArray *bytes; /* GByteArray */
    unsigned n_bytes; /* of these are in use */
};

struct mf_instances *
mf_instances_new(const struct mf_slots *slots)
{
    struct mf_instances *instances = g_new0(struct mf_instances, 1);

    instances->slots = slots;
    instances->list = g_array_new(FALSE, FALSE, sizeof(struct mf_instance));
    instances->later = g_new0(bool, mf_slots_count(slots));
    instances->first = g_new0(uint32_t, mf_slots_count(slots));
    instances->last = g_new0(uint32_t, mf_slots_count(slots));
    instances->bytes = g_ptr_array_new();
    return instances;
}

void
mf_instances_free(struct mf_instances *instances)
{
    if (instances == NULL)
        return;
    for (unsigned i = 0; i < instances->bytes->len; i++)
        g_byte_array_unref(instances->bytes->pdata[i]);
    g_ptr_array_free(instances->bytes, TRUE);
    g_array_free(instances->list, TRUE);
    g_free(instances->later);
    g_free(instances->first);
    g_free(instances->last);
    g_free(instances);
}

void
mf_instances_clear(struct mf_instances *instances)
{
    for (unsigned i = 0; i < instances->list->len; i++)
        instances->first[g_array_index(instances->list, struct mf_instance, i).slot] = 0;
    g_array_set_size(instances->list, 0);
    memset(instances->later, 0, mf_slots_count(instances->slots) * sizeof *instances->later);
    for (unsigned i = 0; i < instances->n_bytes; i++) {
        GByteArray *bytes = instances->bytes->pdata[i];

        if (bytes->len > KEEP_BYTES) {
            g_byte_array_unref(bytes);
            instances->bytes->pdata[i] = g_byte_array_new();
        }
    }
    instances->n_bytes = 0;
}

/* An empty array that lives as long as the message is at hand. */
static GByteArray *
take_bytes(struct mf_instances *instances)
{
    if (instances->n_bytes == instances->bytes->len)
        g_ptr_array_add(instances->bytes, g_byte_array_new());
    g_byte_array_set_size(instances->bytes->pdata[instances->n_bytes], 0);
    return instances->bytes->pdata[instances->n_bytes++];
}

static void
add(struct mf_instances *instances, unsigned slot, const struct mf_view *view)
{
    struct mf_instance instance = {.view = *view, .slot = (uint16_t)slot};
    const GArray *children = mf_slots_get(instances->slots, slot)->children;

    if (instances->list->len == MAX_INSTANCES)
        return;
    g_array_append_val(instances->list, instance);
    if (instances->first[slot] == 0)
        instances->first[slot] = instances->list->len;
    else
        g_array_index(instances->list, struct mf_instance, instances->last[slot]).next =
            instances->list->len;
    instances->last[slot] = instances->list->len - 1;
    for (unsigned i = 0; children != NULL && i < children->len; i++) {
        unsigned child = g_array_index(children, uint16_t, i);
        const struct mf_slot *to = mf_slots_get(instances->slots, child);
        GByteArray *bytes;

        if (!to->used)
            continue;
        bytes = take_bytes(instances);
        if (mf_transform_run(to->transform, view->data, view->length, bytes)) {
            struct mf_view changed = {
                .data = bytes->data, .length = bytes->len, .complete = true, .ended = true};

            if (changed.data == NULL)
                changed.data = (const uint8_t *)"";
            add(instances, child, &changed);
        }
    }
}

/* Whether rules that name STICKY mean messages like this one. */
static bool
is_meant(const struct mf_sticky *sticky, const struct mf_message *message, unsigned side)
{
    const uint16_t *layer = sticky->layers;

    if (sticky->directions != 0 && (sticky->directions & 1u << side) == 0)
        return false;
    while (layer != NULL && *layer != MF_BUFFER_COUNT && *layer != message->layer)
        layer++;
    return layer == NULL || *layer != MF_BUFFER_COUNT;
}

/* What rules search of BUFFER. Numbers are searched as text, too. */
static struct mf_view
view_of(struct mf_instances *instances, const struct mf_buffer *buffer)
{
    struct mf_view view = {.data = buffer->data,
                           .length = buffer->length,
                           .number = buffer->number,
                           .complete = true,
                           .ended = true};

    if (buffer->id < MF_BUFFER_COUNT && mf_buffer_kind(buffer->id) == MF_KIND_NUMBER) {
        GByteArray *text = take_bytes(instances);
        char digits[24];

        view.length = (size_t)g_snprintf(digits, sizeof digits, "%" PRIu64, buffer->number);
        g_byte_array_append(text, (const uint8_t *)digits, (guint)view.length);
        view.data = text->data;
    }
    if (view.data == NULL)
        view.data = (const uint8_t *)"";
    return view;
}

static void
add_buffer(struct mf_instances *instances, const struct mf_message *message, unsigned side,
           const struct mf_buffer *buffer)
{
    unsigned n;
    const uint16_t *slots = mf_slots_of_buffer(instances->slots, buffer->id, &n);
    struct mf_view view;

    if (n == 0)
        return;
    view = view_of(instances, buffer);
    for (unsigned i = 0; i < n; i++)
        if (is_meant(mf_slots_get(instances->slots, slots[i])->sticky, message, side))
            add(instances, slots[i], &view);
}

static void
add_derived(struct mf_instances *instances, unsigned slot)
{
    const struct mf_sticky *sticky = mf_slots_get(instances->slots, slot)->sticky;
    unsigned at = 0;

    do {
        GByteArray *bytes = take_bytes(instances);
        struct mf_view view = {.complete = true, .ended = true};

        if (!sticky->derive(sticky, instances->message, &at, bytes))
            return;
        view.data = bytes->data != NULL ? bytes->data : (const uint8_t *)"";
        view.length = bytes->len;
        add(instances, slot, &view);
    } while (sticky->multi && instances->list->len < MAX_INSTANCES);
}

/* Fields that rules name themselves belong to the frame: every message of it has them. */
static void
add_fields(struct mf_instances *instances, const struct mf_message *message)
{
    const struct mf_packet *packet = message->packet;

    for (unsigned i = 0; i < packet->n_buffers; i++)
        if (packet->buffers[i].id >= MF_BUFFER_COUNT)
            add_buffer(instances, message, 0, &packet->buffers[i]);
}

void
mf_instances_take(struct mf_instances *instances, const struct mf_message *message)
{
    unsigned side = mf_message_side(message), n;
    const uint16_t *derived = mf_slots_of_layer(instances->slots, message->layer, &n);

    instances->message = message;
    for (unsigned i = 0; i < message->n_buffers; i++)
        if (message->buffers[i].id < MF_BUFFER_COUNT)
            add_buffer(instances, message, side, &message->buffers[i]);
    add_fields(instances, message);
    for (unsigned i = 0; i < n; i++) {
        const struct mf_slot *slot = mf_slots_get(instances->slots, derived[i]);

        if (!is_meant(slot->sticky, message, side))
            continue;
        if (slot->searched)
            add_derived(instances, derived[i]);
        else
            instances->later[derived[i]] = true;
    }
}

unsigned
mf_instances_count(const struct mf_instances *instances)
{
    return instances->list->len;
}

const struct mf_instance *
mf_instances_get(const struct mf_instances *instances, unsigned index)
{
    return &g_array_index(instances->list, struct mf_instance, index);
}

uint32_t
mf_instances_first(struct mf_instances *instances, unsigned slot)
{
    unsigned from = slot;

    while (mf_slots_get(instances->slots, from)->transform != NULL)
        from = mf_slots_get(instances->slots, from)->base;
    if (instances->later[from]) {
        instances->later[from] = false;
        add_derived(instances, from);
    }
    return instances->first[slot];
}
