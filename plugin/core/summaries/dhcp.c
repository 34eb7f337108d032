/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DHCP: the kinds of message exchanged, the host's own name and the address that it got:
 * "Request, ACK host NAME (your address 192.0.2.5)". */
#include "list.h"
#include "table.h"

#include <string.h>

/* Kinds of message told of one session. */
#define TOLD 6

struct dhcp {
    const char *host;
    uint32_t more;
    uint8_t types[TOLD];
    uint8_t n;
    uint8_t address[4]; /* all zero: none */
};

/* RFC 2132, 9.6; RFC 6926. */
static const char *const types[] = {
    [1] = "Discover", [2] = "Offer", [3] = "Request", [4] = "Decline",
    [5] = "ACK",      [6] = "NAK",   [7] = "Release", [8] = "Inform",
};

static void
take_type(struct dhcp *dhcp, uint64_t type)
{
    if (type == 0 || type > UINT8_MAX || memchr(dhcp->types, (int)type, dhcp->n) != NULL)
        return;
    if (dhcp->n == TOLD)
        dhcp->more++;
    else
        dhcp->types[dhcp->n++] = (uint8_t)type;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct dhcp *dhcp = state;
    const struct mf_buffer *address = mf_message_find(message, MF_BUF_DHCP_YOUR_ADDRESS);

    take_type(dhcp, mf_message_number(message, MF_BUF_DHCP_TYPE, 0));
    if (dhcp->host == NULL)
        dhcp->host = mf_summary_text(context, mf_message_find(message, MF_BUF_DHCP_HOSTNAME));
    if (address != NULL && address->length == 4 && memcmp(address->data, "\0\0\0\0", 4) != 0)
        memcpy(dhcp->address, address->data, 4);
}

static void
append_types(GString *out, const struct dhcp *dhcp)
{
    size_t start = out->len;

    for (unsigned i = 0; i < dhcp->n; i++) {
        mf_append_separator(out, start);
        if (dhcp->types[i] < G_N_ELEMENTS(types))
            g_string_append(out, types[dhcp->types[i]]);
        else
            g_string_append_printf(out, "type %u", dhcp->types[i]);
    }
    mf_append_more(out, dhcp->more, "message");
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct dhcp *dhcp = state;

    (void)session;
    if (dhcp->n == 0)
        return;
    append_types(out, dhcp);
    if (dhcp->host != NULL)
        g_string_append_printf(out, " host %s", dhcp->host);
    if (memcmp(dhcp->address, "\0\0\0\0", 4) != 0) {
        const struct mf_addr addr = mf_addr_from_ipv4(dhcp->address);

        g_string_append(out, " (your address ");
        mf_addr_append(out, &addr);
        g_string_append_c(out, ')');
    }
}

static void
names(const void *state, struct mf_summary_names *out)
{
    const struct dhcp *dhcp = state;

    out->host = dhcp->host;
    if (memcmp(dhcp->address, "\0\0\0\0", 4) != 0)
        out->host_addr = mf_addr_from_ipv4(dhcp->address);
}

const struct mf_summary_protocol mf_summary_row_dhcp = {
    .name = "DHCP",
    .size = sizeof(struct dhcp),
    .update = update,
    .format = format,
    .names = names,
};
