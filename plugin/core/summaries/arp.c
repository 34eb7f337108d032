/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ARP: who asked for which address, and whose it is. A sweep of a network makes a session per
 * address, so the state is a few bytes. */
#include "table.h"

#include <string.h>

enum { REPLY = 2 };

struct arp {
    uint8_t mac[6];
    bool asked, answered, announced;
    uint8_t answerer; /* enum mf_direction: whose address the reply tells */
};

/* Sender's hardware address: behind hardware type, protocol type, both lengths and the operation
 * (RFC 826), when it is Ethernet's. */
static void
take_mac(struct arp *arp, const struct mf_packet *packet)
{
    if (packet->payload_captured >= 14 && packet->payload[4] == 6)
        memcpy(arp->mac, packet->payload + 8, 6);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct arp *arp = state;
    const struct mf_packet *packet = message->packet;
    const bool announcement = mf_addr_equal(&packet->src, &packet->dst);

    (void)context;
    if (packet->arp_opcode != REPLY && !announcement) {
        arp->asked = true;
        return;
    }
    take_mac(arp, packet);
    arp->announced = arp->announced || announcement;
    arp->answered = true;
    arp->answerer = (uint8_t)message->direction;
}

static void
append_mac(GString *out, const struct arp *arp)
{
    g_string_append_printf(out, "is at %02x:%02x:%02x:%02x:%02x:%02x", arp->mac[0], arp->mac[1],
                           arp->mac[2], arp->mac[3], arp->mac[4], arp->mac[5]);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct arp *arp = state;

    if (!arp->asked) {
        mf_addr_append(out, &session->addr[arp->answerer]);
        g_string_append_c(out, ' ');
        append_mac(out, arp);
        g_string_append(out, arp->announced ? " (announcement)" : "");
        return;
    }
    g_string_append(out, "who has ");
    mf_addr_append(out, &session->addr[MF_RESP]);
    g_string_append(out, " (");
    if (arp->answered)
        append_mac(out, arp);
    else
        g_string_append(out, "no reply");
    g_string_append_c(out, ')');
}

const struct mf_summary_protocol mf_summary_row_arp = {
    .name = "ARP",
    .size = sizeof(struct arp),
    .update = update,
    .format = format,
};
