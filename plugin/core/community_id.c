/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * After https://github.com/corelight/community-id-spec: SHA-1 of the endpoints, the smaller first,
 * so that both directions have one name. ICMP has types in place of ports, a request's and its
 * answer's; a message that has no counterpart keeps its direction.
 */
#include "community_id.h"

#include <string.h>

struct flow {
    const struct mf_addr *addr[2];
    uint16_t port[2];
    bool one_way;
    uint8_t protocol;
};

static const uint8_t protocols[MF_L4_COUNT] = {
    [MF_L4_TCP] = 6,
    [MF_L4_UDP] = 17,
    [MF_L4_ICMP] = 1,
    [MF_L4_ICMPV6] = 58,
};

struct icmp_pair {
    uint8_t type, counterpart;
};

static const struct icmp_pair icmp_pairs[] = {
    {0, 8}, {8, 0}, {9, 10}, {10, 9}, {13, 14}, {14, 13}, {15, 16}, {16, 15}, {17, 18}, {18, 17},
};

static const struct icmp_pair icmpv6_pairs[] = {
    {128, 129}, {129, 128}, {130, 131}, {131, 130}, {133, 134}, {134, 133},
    {135, 136}, {136, 135}, {139, 140}, {140, 139}, {144, 145}, {145, 144},
};

/* Puts in place of ports what the message, whose type and code the session has, stands for. */
static void
map_icmp(struct flow *flow, const struct mf_session *session)
{
    const bool v6 = session->l4 == MF_L4_ICMPV6;
    const struct icmp_pair *pairs = v6 ? icmpv6_pairs : icmp_pairs;
    const size_t n = v6 ? G_N_ELEMENTS(icmpv6_pairs) : G_N_ELEMENTS(icmp_pairs);
    const uint8_t type = session->port[MF_RESP] >> 8;

    flow->port[MF_ORIG] = type;
    for (size_t i = 0; i < n; i++)
        if (pairs[i].type == type) {
            flow->port[MF_RESP] = pairs[i].counterpart;
            return;
        }
    flow->port[MF_RESP] = session->port[MF_RESP] & 0xff;
    flow->one_way = true;
}

static void
add_addr(GChecksum *sum, const struct mf_addr *addr)
{
    const size_t skip = mf_addr_is_ipv4(addr) ? 12 : 0;

    g_checksum_update(sum, addr->bytes + skip, (gssize)(sizeof addr->bytes - skip));
}

static void
add_port(GChecksum *sum, uint16_t port)
{
    const uint8_t bytes[2] = {(uint8_t)(port >> 8), (uint8_t)port};

    g_checksum_update(sum, bytes, sizeof bytes);
}

/* Which endpoint comes first. */
static enum mf_direction
smaller(const struct flow *flow)
{
    const int order = memcmp(flow->addr[0]->bytes, flow->addr[1]->bytes, 16);

    if (flow->one_way || order < 0 || (order == 0 && flow->port[0] < flow->port[1]))
        return MF_ORIG;
    return MF_RESP;
}

static void
digest_of(const struct flow *flow, uint8_t digest[20])
{
    static const uint8_t seed[2] = {0, 0};
    const enum mf_direction first = smaller(flow);
    const uint8_t protocol[2] = {flow->protocol, 0};
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    gsize size = 20;

    g_checksum_update(sum, seed, sizeof seed);
    add_addr(sum, flow->addr[first]);
    add_addr(sum, flow->addr[first ^ 1]);
    g_checksum_update(sum, protocol, sizeof protocol);
    add_port(sum, flow->port[first]);
    add_port(sum, flow->port[first ^ 1]);
    g_checksum_get_digest(sum, digest, &size);
    g_checksum_free(sum);
}

bool
mf_community_id(const struct mf_session *session, char text[MF_COMMUNITY_ID_SIZE])
{
    struct flow flow = {
        .addr = {&session->addr[MF_ORIG], &session->addr[MF_RESP]},
        .port = {session->port[MF_ORIG], session->port[MF_RESP]},
        .protocol = protocols[session->l4],
    };
    uint8_t digest[20];
    gint state = 0, save = 0;
    size_t n = 2;

    text[0] = '\0';
    if (flow.protocol == 0)
        return false;
    if (!mf_session_has_ports(session))
        map_icmp(&flow, session);
    digest_of(&flow, digest);
    memcpy(text, "1:", n);
    n += g_base64_encode_step(digest, sizeof digest, FALSE, text + n, &state, &save);
    n += g_base64_encode_close(FALSE, text + n, &state, &save);
    text[n] = '\0';
    return true;
}
