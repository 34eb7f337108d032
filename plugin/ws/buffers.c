/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One list is reused for every frame, so that collecting allocates nothing once it has grown. */
#include "buffers.h"

#include "crypto.h"
#include "fieldmap.h"
#include "fvalue.h"

#include <string.h>

enum { MAX_BUFFERS = 4096, MAX_DEPTH = 40 };

static GArray *list; /* of struct mf_buffer */

void
mf_buffers_reset(void)
{
    if (list == NULL)
        list = g_array_new(FALSE, FALSE, sizeof(struct mf_buffer));
    g_array_set_size(list, 0);
}

const struct mf_buffer *
mf_buffers_list(unsigned *count)
{
    *count = list->len;
    return (const struct mf_buffer *)(void *)list->data;
}

static void
add_text(enum mf_buffer_id id, const char *text)
{
    struct mf_buffer buffer = {.id = id};

    if (text == NULL)
        return;
    buffer.data = (const uint8_t *)text;
    buffer.length = (uint32_t)strlen(text);
    g_array_append_val(list, buffer);
}

static void
add_bytes(enum mf_buffer_id id, const field_info *item)
{
    struct mf_buffer buffer = {.id = id};
    int length = item->ds_tvb != NULL && item->start >= 0
                     ? tvb_captured_length_remaining(item->ds_tvb, item->start)
                     : 0;

    length = MIN(length, item->length);
    if (length <= 0)
        return;
    buffer.data = tvb_get_ptr(item->ds_tvb, item->start, length);
    buffer.length = (uint32_t)length;
    g_array_append_val(list, buffer);
}

/* A message holds the chain, the server's own first (RFC 8446, 4.4.2): only that one is read. */
static bool
has_certificate(void)
{
    for (guint i = list->len; i > 0; i--) {
        enum mf_buffer_id id = g_array_index(list, struct mf_buffer, i - 1).id;

        if (id == MF_BUF_TLS_CERT_SUBJECT || id == MF_BUF_TLS_CERT_ISSUER)
            return true;
        if (mf_buffer_kind(id) == MF_KIND_LAYER)
            return false;
    }
    return false;
}

static void
add_certificate(packet_info *pinfo, const field_info *item)
{
    struct mf_certificate_names names;
    int length = item->ds_tvb != NULL
                     ? MIN(tvb_captured_length_remaining(item->ds_tvb, item->start), item->length)
                     : 0;

    if (length <= 0 || has_certificate() ||
        !mf_certificate_names(pinfo->pool, tvb_get_ptr(item->ds_tvb, item->start, length),
                              (size_t)length, &names))
        return;
    add_text(MF_BUF_TLS_CERT_SUBJECT, names.subject);
    add_text(MF_BUF_TLS_CERT_ISSUER, names.issuer);
}

static void
add_item(packet_info *pinfo, const field_info *item, enum mf_buffer_id id)
{
    struct mf_buffer buffer = {.id = id};

    switch (mf_buffer_kind(id)) {
    case MF_KIND_LAYER:
        g_array_append_val(list, buffer);
        break;
    case MF_KIND_NUMBER:
        buffer.number = mf_fvalue_number(item);
        g_array_append_val(list, buffer);
        break;
    case MF_KIND_TEXT:
        add_text(id, mf_fvalue_text(pinfo->pool, item));
        break;
    case MF_KIND_BYTES:
        add_bytes(id, item);
        break;
    }
}

static void
collect(packet_info *pinfo, proto_node *node, unsigned depth)
{
    const field_info *item = PNODE_FINFO(node);
    unsigned slot = item != NULL ? mf_fieldmap_slot(item->hfinfo->id) : MF_SLOT_NONE;

    if (depth > MAX_DEPTH || list->len >= MAX_BUFFERS)
        return;
    if (slot == MF_SLOT_CERTIFICATE)
        add_certificate(pinfo, item);
    else if (slot >= MF_SLOT_BUFFER)
        add_item(pinfo, item, (enum mf_buffer_id)(slot - MF_SLOT_BUFFER));
    for (proto_node *child = node->first_child; child != NULL; child = child->next)
        collect(pinfo, child, depth + 1);
}

void
mf_buffers_collect(packet_info *pinfo, proto_node *node)
{
    collect(pinfo, node, 0);
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
