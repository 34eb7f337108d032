/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipv4-csum and its like: whether a checksum is right. A packet that the capture cut, or that is no
 * such packet, passes neither "valid" nor "invalid". A UDP checksum of 0 over IPv4 was not made:
 * valid (RFC 768).
 * https://docs.suricata.io/en/latest/rules/header-keywords.html
 */
#include "keyword.h"

enum { ICMP = 1, IGMP = 2, TCP = 6, UDP = 17, ICMPV6 = 58 };
enum state { UNKNOWN, VALID, INVALID };

/* A sum in ones' complement (RFC 1071) that goes on over odd pieces. */
struct sum {
    uint32_t total;
    bool odd;
};

static void
add_bytes(struct sum *sum, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum->total += sum->odd ? bytes[i] : (uint32_t)bytes[i] << 8;
        sum->odd = !sum->odd;
        sum->total = (sum->total & 0xffff) + (sum->total >> 16);
    }
}

static enum state
state_of(const struct sum *sum)
{
    return sum->total == 0xffff ? VALID : INVALID;
}

static bool
is_version(const struct mf_packet *packet, unsigned version)
{
    return packet->ip_header != NULL && packet->ip_length >= (version == 4 ? 20 : 40) &&
           packet->ip_header[0] >> 4 == version;
}

static enum state
ipv4_header(const struct mf_packet *packet)
{
    struct sum sum = {0};

    if (!is_version(packet, 4))
        return UNKNOWN;
    add_bytes(&sum, packet->ip_header, packet->ip_length);
    return state_of(&sum);
}

/* The addresses, and protocol and length as 16-bit numbers: zeros between them add nothing. */
static void
add_pseudo_header(struct sum *sum, const struct mf_packet *packet, uint32_t length)
{
    const uint8_t *ip = packet->ip_header;
    uint8_t numbers[] = {0,
                         packet->ip_protocol,
                         (uint8_t)(length >> 24),
                         (uint8_t)(length >> 16),
                         (uint8_t)(length >> 8),
                         (uint8_t)length};

    add_bytes(sum, ip + (ip[0] >> 4 == 4 ? 12 : 8), ip[0] >> 4 == 4 ? 8 : 32);
    add_bytes(sum, numbers, sizeof numbers);
}

/* Of HEADER bytes and the payload behind them. */
static enum state
whole(const struct mf_packet *packet, uint32_t header, bool pseudo)
{
    struct sum sum = {0};

    if (packet->l4_header == NULL || packet->l4_length < header || packet->is_fragment ||
        packet->payload_captured < packet->payload_length)
        return UNKNOWN;
    if (pseudo)
        add_pseudo_header(&sum, packet, header + packet->payload_length);
    add_bytes(&sum, packet->l4_header, header);
    add_bytes(&sum, packet->payload, packet->payload_captured);
    return state_of(&sum);
}

static enum state
tcp_or_udp(const struct mf_packet *packet, unsigned version, uint8_t protocol)
{
    enum { CHECKSUM = 6 };

    if (!is_version(packet, version) || packet->ip_protocol != protocol)
        return UNKNOWN;
    if (protocol == UDP && version == 4 && packet->l4_header != NULL && packet->l4_length >= 8 &&
        packet->l4_header[CHECKSUM] == 0 && packet->l4_header[CHECKSUM + 1] == 0)
        return VALID;
    return whole(packet, packet->l4_length, true);
}

static enum state
tcp_v4(const struct mf_packet *packet)
{
    return tcp_or_udp(packet, 4, TCP);
}

static enum state
tcp_v6(const struct mf_packet *packet)
{
    return tcp_or_udp(packet, 6, TCP);
}

static enum state
udp_v4(const struct mf_packet *packet)
{
    return tcp_or_udp(packet, 4, UDP);
}

static enum state
udp_v6(const struct mf_packet *packet)
{
    return tcp_or_udp(packet, 6, UDP);
}

/* What is taken for the payload of ICMP begins behind the checksum (packet.h). */
enum { ICMP_HEADER = 4 };

static enum state
icmp_v4(const struct mf_packet *packet)
{
    return packet->l4 == MF_L4_ICMP ? whole(packet, ICMP_HEADER, false) : UNKNOWN;
}

static enum state
icmp_v6(const struct mf_packet *packet)
{
    return packet->l4 == MF_L4_ICMPV6 && is_version(packet, 6) ? whole(packet, ICMP_HEADER, true)
                                                               : UNKNOWN;
}

static enum state
igmp(const struct mf_packet *packet)
{
    return packet->l4 == MF_L4_OTHER && packet->ip_protocol == IGMP
               ? whole(packet, packet->l4_length, false)
               : UNKNOWN;
}

static const struct {
    const char *name;
    enum state (*check)(const struct mf_packet *packet);
} table[] = {
    {"icmpv4-csum", icmp_v4},   {"icmpv6-csum", icmp_v6}, {"igmp-csum", igmp},
    {"ipv4-csum", ipv4_header}, {"tcpv4-csum", tcp_v4},   {"tcpv6-csum", tcp_v6},
    {"udpv4-csum", udp_v4},     {"udpv6-csum", udp_v6},
};

static bool
run(const struct mf_condition *condition, const struct mf_context *context)
{
    return table[condition->as.flags.op].check(context->packet) == condition->as.flags.want;
}

static bool
parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = run};
    struct mf_token value = option->value;
    unsigned i = 0;

    while (!mf_token_is(option->name, table[i].name))
        i++;
    condition.as.flags.op = (uint8_t)i;
    if (value.text[0] == '"' && !mf_token_unquote(parser, &value))
        return false;
    if (mf_token_is(value, "valid"))
        condition.as.flags.want = VALID;
    else if (mf_token_is(value, "invalid"))
        condition.as.flags.want = INVALID;
    else
        return mf_parser_fail(parser, value.text, "expected valid or invalid");
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

static const struct mf_keyword rows[] = {
    {"icmpv4-csum", MF_VALUE_REQUIRED, parse}, {"icmpv6-csum", MF_VALUE_REQUIRED, parse},
    {"igmp-csum", MF_VALUE_REQUIRED, parse},   {"ipv4-csum", MF_VALUE_REQUIRED, parse},
    {"tcpv4-csum", MF_VALUE_REQUIRED, parse},  {"tcpv6-csum", MF_VALUE_REQUIRED, parse},
    {"udpv4-csum", MF_VALUE_REQUIRED, parse},  {"udpv6-csum", MF_VALUE_REQUIRED, parse},
};

const struct mf_keyword_family mf_keywords_checksum = {rows, G_N_ELEMENTS(rows)};
