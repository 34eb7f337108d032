/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetBIOS name service: the first name asked for or claimed, and whose it is:
 * "WPAD<00> (192.0.2.1), 2 more names". */
#include "list.h"
#include "table.h"

#include <string.h>

struct nbns {
    struct mf_text_list names;
    uint8_t address[4];
    bool has_address, answered;
};

/* "WPAD<00> (Workstation/Redirector)" -> "WPAD<00>". */
static const char *
short_name(const struct mf_summary_context *context, const struct mf_buffer *buffer)
{
    const uint8_t *end = buffer->length > 0 ? memchr(buffer->data, '>', buffer->length) : NULL;

    return mf_summary_intern(context, buffer->data,
                             end != NULL ? (size_t)(end - buffer->data) + 1 : buffer->length);
}

static void
take_address(struct nbns *nbns, const struct mf_buffer *address)
{
    if (address == NULL || address->length != 4 || nbns->has_address)
        return;
    memcpy(nbns->address, address->data, 4);
    nbns->has_address = true;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    const struct mf_buffer *buffer = mf_message_find(message, MF_BUF_NBNS_NAME);
    const char *name = buffer != NULL ? short_name(context, buffer) : NULL;
    struct nbns *nbns = state;

    mf_text_list_add(&nbns->names, context, name);
    if (nbns->names.n == 0 || name != nbns->names.items[0])
        return;
    if (mf_message_number(message, MF_BUF_NBNS_IS_RESPONSE, 0) == 0)
        return;
    nbns->answered = true;
    take_address(nbns, mf_message_find(message, MF_BUF_NBNS_ADDRESS));
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct nbns *nbns = state;

    if (nbns->names.n == 0)
        return;
    g_string_append(out, nbns->names.items[0]);
    if (nbns->has_address) {
        const struct mf_addr addr = mf_addr_from_ipv4(nbns->address);

        g_string_append(out, " (");
        mf_addr_append(out, &addr);
        g_string_append_c(out, ')');
    } else if (nbns->answered) {
        g_string_append(out, " (empty answer)");
    } else if (!mf_addr_is_group(&session->addr[MF_RESP])) {
        g_string_append(out, " (no response)");
    }
    mf_append_more(out, (uint64_t)nbns->names.n - 1 + nbns->names.lost, "name");
}

static void
names(const void *state, struct mf_summary_names *out)
{
    const struct nbns *nbns = state;

    if (nbns->names.n == 0 || !nbns->has_address)
        return;
    out->host = nbns->names.items[0];
    out->host_addr = mf_addr_from_ipv4(nbns->address);
}

static void
clear(void *state)
{
    mf_text_list_clear(&((struct nbns *)state)->names);
}

static size_t
owned(const void *state)
{
    return mf_text_list_size(&((const struct nbns *)state)->names);
}

const struct mf_summary_protocol mf_summary_row_nbns = {
    .name = "NBNS",
    .size = sizeof(struct nbns),
    .update = update,
    .format = format,
    .names = names,
    .clear = clear,
    .owned = owned,
};
