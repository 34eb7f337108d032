/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ARP: who asked for which address, and whose it is. A sweep of a network makes a session per
 * address, so the state is a few bytes. */
#include "list.h"
#include "table.h"

#include <string.h>

enum { REPLY = 2 };

struct arp {
    uint8_t mac[2][6];
    bool asked[2];  /* this side asked for the other's address */
    bool told[2];   /* this side told its own */
    bool announced; /* nobody had asked */
};

/* Sender's hardware address: behind hardware type, protocol type, both lengths and the operation
 * (RFC 826), when it is Ethernet's. */
static void
take_mac(uint8_t mac[6], const struct mf_packet *packet)
{
    if (packet->payload_captured >= 14 && packet->payload[4] == 6)
        memcpy(mac, packet->payload + 8, 6);
}

/* Both sides of a pair may ask for each other in one session. */
static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct arp *arp = state;
    const struct mf_packet *packet = message->packet;
    const bool announcement = mf_addr_equal(&packet->src, &packet->dst);

    (void)context;
    if (packet->arp_opcode != REPLY && !announcement) {
        arp->asked[message->direction] = true;
        return;
    }
    take_mac(arp->mac[message->direction], packet);
    arp->announced = arp->announced || announcement;
    arp->told[message->direction] = true;
}

static void
append_mac(GString *out, const uint8_t mac[6])
{
    g_string_append_printf(out, "is at %02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
                           mac[3], mac[4], mac[5]);
}

static void
append_question(GString *out, const struct arp *arp, const struct mf_session *session, int side)
{
    const int other = side ^ 1;

    g_string_append(out, "who has ");
    mf_addr_append(out, &session->addr[other]);
    g_string_append(out, " (");
    if (arp->told[other])
        append_mac(out, arp->mac[other]);
    else
        g_string_append(out, "no reply");
    g_string_append_c(out, ')');
}

static void
append_announcement(GString *out, const struct arp *arp, const struct mf_session *session, int side)
{
    mf_addr_append(out, &session->addr[side]);
    g_string_append_c(out, ' ');
    append_mac(out, arp->mac[side]);
    g_string_append(out, arp->announced ? " (announcement)" : "");
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct arp *arp = state;
    const size_t start = out->len;

    for (int side = 0; side < 2; side++)
        if (arp->asked[side]) {
            mf_append_separator(out, start);
            append_question(out, arp, session, side);
        }
    for (int side = 0; side < 2; side++)
        if (arp->told[side] && !arp->asked[side ^ 1]) {
            mf_append_separator(out, start);
            append_announcement(out, arp, session, side);
        }
}

const struct mf_summary_protocol mf_summary_row_arp = {
    .name = "ARP",
    .size = sizeof(struct arp),
    .update = update,
    .format = format,
};
