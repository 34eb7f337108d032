/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SOCKS: where the client wants to be connected to. */
#include "table.h"

struct socks {
    const char *name;
    struct mf_addr address;
    uint16_t port;
    bool has_address, has_port;
};

static void
take_address(struct socks *socks, const struct mf_buffer *address)
{
    if (address == NULL || (address->length != 4 && address->length != 16))
        return;
    socks->address =
        address->length == 4 ? mf_addr_from_ipv4(address->data) : mf_addr_from_ipv6(address->data);
    socks->has_address = true;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct socks *socks = state;
    const struct mf_buffer *port = mf_message_find(message, MF_BUF_SOCKS_PORT);

    /* The answer tells an address too: the proxy's own. */
    if (message->direction != MF_ORIG || socks->has_port)
        return;
    if (socks->name == NULL)
        socks->name = mf_summary_text(context, mf_message_find(message, MF_BUF_SOCKS_NAME));
    if (!socks->has_address)
        take_address(socks, mf_message_find(message, MF_BUF_SOCKS_ADDRESS));
    if (port != NULL) {
        socks->port = (uint16_t)port->number;
        socks->has_port = true;
    }
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct socks *socks = state;
    const int port = socks->has_port ? socks->port : -1;

    (void)session;
    if (socks->name == NULL && !socks->has_address)
        return;
    g_string_append(out, "connect ");
    if (socks->name == NULL) {
        mf_endpoint_append(out, &socks->address, port);
        return;
    }
    g_string_append(out, socks->name);
    if (port >= 0)
        g_string_append_printf(out, ":%d", port);
}

const struct mf_summary_protocol mf_summary_row_socks = {
    .name = "SOCKS",
    .with_counts = true,
    .size = sizeof(struct socks),
    .update = update,
    .format = format,
};
