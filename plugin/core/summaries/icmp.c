/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ICMP and ICMPv6: echoes counted, errors with the packet that they answer. A sweep makes a session
 * per address, so the state is small; of several errors only the first quoted packet is told.
 */
#include "list.h"
#include "table.h"

/* What one type means in one of the two protocols. */
enum meaning { OTHER, REQUEST, REPLY, ERROR, TARGET };

struct icmp {
    const char *quoted; /* "UDP 192.0.2.1:53 -> 192.0.2.2:1025"; or a target address; NULL: none */
    uint32_t n[2];      /* [0] requests, errors, others; [1] replies */
    uint8_t type, code; /* of the first message */
};

struct kind {
    uint8_t type;
    uint8_t meaning; /* enum meaning */
    const char *name;
};

/* https://www.iana.org/assignments/icmp-parameters/ */
static const struct kind v4_kinds[] = {
    {0, REPLY, "echo"},
    {3, ERROR, "unreachable"},
    {4, ERROR, "source quench"},
    {5, ERROR, "redirect"},
    {8, REQUEST, "echo"},
    {9, OTHER, "router advertisement"},
    {10, OTHER, "router solicitation"},
    {11, ERROR, "time exceeded"},
    {12, ERROR, "parameter problem"},
    {13, REQUEST, "timestamp"},
    {14, REPLY, "timestamp"},
    {17, REQUEST, "address mask"},
    {18, REPLY, "address mask"},
};

/* https://www.iana.org/assignments/icmpv6-parameters/ */
static const struct kind v6_kinds[] = {
    {1, ERROR, "unreachable"},
    {2, ERROR, "packet too big"},
    {3, ERROR, "time exceeded"},
    {4, ERROR, "parameter problem"},
    {128, REQUEST, "echo"},
    {129, REPLY, "echo"},
    {130, OTHER, "multicast listener query"},
    {131, OTHER, "multicast listener report"},
    {132, OTHER, "multicast listener done"},
    {133, OTHER, "router solicitation"},
    {134, OTHER, "router advertisement"},
    {135, TARGET, "neighbor solicitation for"},
    {136, TARGET, "neighbor advertisement of"},
    {137, OTHER, "redirect"},
    {143, OTHER, "multicast listener report"},
};

static const char *const v4_unreachable[] = {
    "network",
    "host",
    "protocol",
    "port",
    "fragmentation needed, host",
    "source route",
    "network (unknown),",
    "host (unknown),",
    "host (isolated),",
    "network (prohibited),",
    "host (prohibited),",
    "network (type of service),",
    "host (type of service),",
    "administratively prohibited, host",
};

static const char *const v6_unreachable[] = {
    "route",
    "administratively prohibited, host",
    "scope",
    "address",
    "port",
    "policy, host",
    "rejected route, host",
};

static const struct kind *
find_kind(bool v6, unsigned type)
{
    const struct kind *kinds = v6 ? v6_kinds : v4_kinds;
    const unsigned n = v6 ? G_N_ELEMENTS(v6_kinds) : G_N_ELEMENTS(v4_kinds);

    for (unsigned i = 0; i < n; i++)
        if (kinds[i].type == type)
            return &kinds[i];
    return NULL;
}

/* --- the quoted packet --- */

static int
read_port(const uint8_t *data, size_t length, size_t at)
{
    return at + 2 <= length ? data[at] << 8 | data[at + 1] : -1;
}

static void
append_protocol(GString *out, unsigned protocol)
{
    switch (protocol) {
    case 1:
        g_string_append(out, "ICMP ");
        break;
    case 6:
        g_string_append(out, "TCP ");
        break;
    case 17:
        g_string_append(out, "UDP ");
        break;
    case 58:
        g_string_append(out, "ICMPv6 ");
        break;
    default:
        g_string_append_printf(out, "protocol %u ", protocol);
    }
}

/* PORTS: the start of the transport header, as far as it was quoted. */
static void
append_flow(GString *out, unsigned protocol, const struct mf_addr ends[2], const uint8_t *ports,
            size_t length)
{
    const bool has_ports = protocol == 6 || protocol == 17;

    append_protocol(out, protocol);
    mf_endpoint_append(out, &ends[0], has_ports ? read_port(ports, length, 0) : -1);
    g_string_append(out, " -> ");
    mf_endpoint_append(out, &ends[1], has_ports ? read_port(ports, length, 2) : -1);
}

static void
append_quoted(GString *out, const uint8_t *data, size_t length)
{
    if (length >= 20 && data[0] >> 4 == 4) {
        const size_t header = MIN((data[0] & 0xfu) * 4u, length);
        const struct mf_addr ends[2] = {mf_addr_from_ipv4(data + 12), mf_addr_from_ipv4(data + 16)};

        append_flow(out, data[9], ends, data + header, length - header);
    } else if (length >= 40 && data[0] >> 4 == 6) {
        const struct mf_addr ends[2] = {mf_addr_from_ipv6(data + 8), mf_addr_from_ipv6(data + 24)};

        append_flow(out, data[6], ends, data + 40, length - 40);
    }
}

/* Payload begins behind type, code and checksum: four bytes of the type's own, then what an error
 * quotes, or the target of neighbor discovery (RFC 792; RFC 4443; RFC 4861, 4.3). */
static const char *
quoted_text(const struct mf_summary_context *context, const struct mf_packet *packet,
            enum meaning meaning)
{
    const size_t length = packet->payload_captured;
    GString *text = g_string_new(NULL);
    const char *interned = NULL;

    if (meaning == ERROR && length > 4)
        append_quoted(text, packet->payload + 4, length - 4);
    if (meaning == TARGET && length >= 20) {
        const struct mf_addr target = mf_addr_from_ipv6(packet->payload + 4);

        mf_addr_append(text, &target);
    }
    if (text->len > 0)
        interned = mf_interned_add(context->strings, text->str);
    g_string_free(text, TRUE);
    return interned;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct icmp *icmp = state;
    const struct mf_packet *packet = message->packet;
    const struct kind *kind = find_kind(packet->l4 == MF_L4_ICMPV6, packet->icmp_type);
    const enum meaning meaning = kind != NULL ? (enum meaning)kind->meaning : OTHER;

    if (icmp->n[0] + icmp->n[1] == 0) {
        icmp->type = packet->icmp_type;
        icmp->code = packet->icmp_code;
        icmp->quoted = quoted_text(context, packet, meaning);
    }
    icmp->n[meaning == REPLY]++;
}

/* --- telling --- */

static void
append_pair(GString *out, const struct icmp *icmp, const char *name)
{
    size_t start = out->len;

    if (icmp->n[0] > 0)
        g_string_append_printf(out, "%s request (%u)", name, icmp->n[0]);
    if (icmp->n[0] > 0 && icmp->n[1] == 0)
        g_string_append(out, ", no reply");
    if (icmp->n[1] > 0) {
        mf_append_separator(out, start);
        g_string_append_printf(out, "%s%sreply (%u)", icmp->n[0] > 0 ? "" : name,
                               icmp->n[0] > 0 ? "" : " ", icmp->n[1]);
    }
}

static void
append_error(GString *out, const struct icmp *icmp, const struct kind *kind, bool v6)
{
    const char *const *codes = v6 ? v6_unreachable : v4_unreachable;
    const unsigned n = v6 ? G_N_ELEMENTS(v6_unreachable) : G_N_ELEMENTS(v4_unreachable);

    if (icmp->type == (v6 ? 1 : 3) && icmp->code < n)
        g_string_append_printf(out, "%s ", codes[icmp->code]);
    g_string_append(out, kind->name);
    if (icmp->quoted != NULL)
        g_string_append_printf(out, " (%s)", icmp->quoted);
    mf_append_more(out, icmp->n[0] - 1, "");
}

static void
append_other(GString *out, const struct icmp *icmp, const struct kind *kind)
{
    if (kind == NULL)
        g_string_append_printf(out, "type %u code %u", icmp->type, icmp->code);
    else
        g_string_append(out, kind->name);
    if (icmp->quoted != NULL)
        g_string_append_printf(out, " %s", icmp->quoted);
    if (icmp->n[0] > 1)
        g_string_append_printf(out, " (%u)", icmp->n[0]);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct icmp *icmp = state;
    const bool v6 = session->l4 == MF_L4_ICMPV6;
    const struct kind *kind = find_kind(v6, icmp->type);

    if (icmp->n[0] + icmp->n[1] == 0)
        return;
    if (kind != NULL && (kind->meaning == REQUEST || kind->meaning == REPLY))
        append_pair(out, icmp, kind->name);
    else if (kind != NULL && kind->meaning == ERROR && icmp->n[0] > 0)
        append_error(out, icmp, kind, v6);
    else
        append_other(out, icmp, kind);
}

const struct mf_summary_protocol mf_summary_row_icmp = {
    .name = "ICMP",
    .size = sizeof(struct icmp),
    .update = update,
    .format = format,
};

const struct mf_summary_protocol mf_summary_row_icmpv6 = {
    .name = "ICMPv6",
    .size = sizeof(struct icmp),
    .update = update,
    .format = format,
};
