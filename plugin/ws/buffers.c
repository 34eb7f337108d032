/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One list is reused for every frame, so that collecting allocates nothing once it has grown. */
#include "buffers.h"

#include "collect.h"
#include "files.h"

#include <string.h>

enum { MAX_BUFFERS = 4096, MAX_DEPTH = 40 };

static struct mf_collect frame; /* its messages */
static GArray *whole;           /* what belongs to the packet as a whole */

/* Most frames have left nothing there. */
static void
empty(GArray *list)
{
    if (list->len > 0)
        g_array_set_size(list, 0);
}

void
mf_buffers_reset(packet_info *pinfo)
{
    if (whole == NULL) {
        whole = g_array_new(FALSE, FALSE, sizeof(struct mf_buffer));
        frame.list = g_array_new(FALSE, FALSE, sizeof(struct mf_buffer));
    }
    empty(whole);
    frame.pinfo = pinfo;
    mf_buffers_drop_messages();
}

void
mf_buffers_drop_messages(void)
{
    if (frame.list->len == 0)
        return;
    g_array_set_size(frame.list, 0);
    frame = (struct mf_collect){.pinfo = frame.pinfo, .list = frame.list};
}

const struct mf_buffer *
mf_buffers_list(unsigned *count)
{
    if (whole->len > 0)
        g_array_prepend_vals(frame.list, whole->data, whole->len);
    *count = frame.list->len;
    return (const struct mf_buffer *)(void *)frame.list->data;
}

/* --- for those who fill it --- */

void
mf_collect_buffer(struct mf_collect *collect, const struct mf_buffer *buffer)
{
    bool is_read = buffer->id >= MF_BUFFER_COUNT || mf_fieldmap_wants(buffer->id);

    if (is_read && collect->list->len < MAX_BUFFERS)
        g_array_append_vals(collect->list, buffer, 1);
}

void
mf_collect_number(struct mf_collect *collect, enum mf_buffer_id id, uint64_t number)
{
    mf_collect_buffer(collect, &(struct mf_buffer){.id = id, .number = number});
}

void
mf_collect_bytes(struct mf_collect *collect, unsigned id, const void *data, size_t length)
{
    if (data != NULL && length <= UINT32_MAX)
        mf_collect_buffer(collect, &(struct mf_buffer){.id = (enum mf_buffer_id)id,
                                                       .data = data,
                                                       .length = (uint32_t)length});
}

void
mf_collect_text(struct mf_collect *collect, unsigned id, const char *text)
{
    mf_collect_bytes(collect, id, text, text != NULL ? strlen(text) : 0);
}

const struct mf_buffer *
mf_collect_find(const struct mf_collect *collect, unsigned id)
{
    for (guint i = collect->message; i < collect->list->len; i++) {
        const struct mf_buffer *buffer = &g_array_index(collect->list, struct mf_buffer, i);

        if (buffer->id == id)
            return buffer;
    }
    return NULL;
}

uint64_t
mf_collect_found(const struct mf_collect *collect, unsigned id)
{
    const struct mf_buffer *buffer = mf_collect_find(collect, id);

    return buffer != NULL ? buffer->number : 0;
}

const uint8_t *
mf_item_bytes(const field_info *item, size_t *length)
{
    int captured = item->ds_tvb != NULL && item->start >= 0
                       ? tvb_captured_length_remaining(item->ds_tvb, item->start)
                       : 0;

    captured = MIN(captured, item->length);
    *length = (size_t)MAX(captured, 0);
    return captured > 0 ? tvb_get_ptr(item->ds_tvb, item->start, captured) : NULL;
}

/* --- the walk --- */

static void
finish_message(void)
{
    mf_certificates_finish(&frame);
    mf_files_message(&frame);
    frame.http2_name = NULL;
}

static void
open_message(unsigned id, unsigned depth)
{
    finish_message();
    if (frame.list->len >= MAX_BUFFERS)
        return;
    frame.message = frame.list->len;
    if (depth == 0)
        frame.outer = id;
    g_array_append_val(frame.list, ((struct mf_buffer){.id = (enum mf_buffer_id)id}));
}

static bool
holds(const struct mf_field_row *row)
{
    if (row->when == 0)
        return true;
    if (mf_buffer_kind((enum mf_buffer_id)row->when) == MF_KIND_LAYER)
        return frame.outer == row->when;
    return mf_collect_found(&frame, row->when) == row->number;
}

static void
take(const field_info *item, const struct mf_feed *feed, unsigned depth)
{
    if (feed->row->slot < MF_SLOT_BUFFER)
        return;
    if (feed->id < MF_BUFFER_COUNT && mf_buffer_kind((enum mf_buffer_id)feed->id) == MF_KIND_LAYER)
        open_message(feed->id, depth);
    else if (holds(feed->row))
        mf_form(feed->row->form)(&frame, item, feed);
}

static void
collect(proto_node *node, unsigned depth)
{
    const field_info *item = PNODE_FINFO(node);

    if (depth > MAX_DEPTH)
        return;
    for (const struct mf_feed *feed = item != NULL ? mf_fieldmap_feeds(item->hfinfo->id) : NULL;
         feed != NULL; feed = feed->next)
        take(item, feed, depth);
    for (proto_node *child = node->first_child; child != NULL; child = child->next)
        collect(child, depth + 1);
}

void
mf_buffers_collect(proto_node *node)
{
    collect(node, 0);
    finish_message();
}

static void
collect_below(struct mf_collect *into, proto_node *node, unsigned depth)
{
    const field_info *item = PNODE_FINFO(node);

    if (depth > MAX_DEPTH)
        return;
    for (const struct mf_feed *feed = item != NULL ? mf_fieldmap_feeds(item->hfinfo->id) : NULL;
         feed != NULL; feed = feed->next)
        if (feed->id >= MF_BUFFER_COUNT || feed->id == MF_BUF_VLAN_ID)
            mf_form(feed->row->form)(into, item, feed);
    for (proto_node *child = node->first_child; child != NULL; child = child->next)
        collect_below(into, child, depth + 1);
}

void
mf_buffers_collect_below(proto_node *node)
{
    struct mf_collect into = {.pinfo = frame.pinfo, .list = whole};

    collect_below(&into, node, 0);
}

static uint16_t
name_hash(const struct mf_buffer *name)
{
    uint32_t hash = 5381;

    for (uint32_t i = 0; i < name->length; i++)
        hash = hash * 33 + (uint8_t)g_ascii_tolower((char)name->data[i]);
    return (uint16_t)(hash ^ hash >> 16);
}

/* mDNS has no transactions: its id is zero and its questions are answered to everybody (RFC 6762).
 */
void
mf_buffers_transaction(struct mf_packet *packet)
{
    bool has_name = false;

    if (packet->l4 != MF_L4_UDP ||
        (g_strcmp0(packet->app, "DNS") != 0 && g_strcmp0(packet->app, "LLMNR") != 0))
        return;
    for (unsigned i = 0; i < packet->n_buffers; i++) {
        const struct mf_buffer *buffer = &packet->buffers[i];

        if (buffer->id == MF_BUF_DNS_ID) {
            packet->has_transaction = true;
            packet->transaction |= (uint32_t)buffer->number << 16;
        } else if (buffer->id == MF_BUF_DNS_IS_RESPONSE) {
            packet->is_reply = buffer->number != 0;
        } else if (buffer->id == MF_BUF_DNS_QUERY && !has_name) {
            packet->transaction |= name_hash(buffer);
            has_name = true;
        }
    }
}
