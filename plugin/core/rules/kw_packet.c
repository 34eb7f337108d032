/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers in the headers of a packet: one row each. What is read is what was captured; a number
 * that is not there (a TTL of what is no IP) passes no test, not even "is not 5".
 * https://docs.suricata.io/en/latest/rules/header-keywords.html
 */
#include "keyword.h"
#include "number_test.h"

enum { PROTOCOL_IGMP = 2 };

typedef bool (*reader)(const struct mf_packet *packet, uint64_t *value);

struct asked {
    struct mf_number_test test;
    reader read;
};

static uint64_t
be16(const uint8_t *p)
{
    return (uint64_t)p[0] << 8 | p[1];
}

static uint64_t
be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

/* --- IP --- */

static const uint8_t *
ipv4(const struct mf_packet *packet)
{
    bool is =
        packet->ip_header != NULL && packet->ip_length >= 20 && packet->ip_header[0] >> 4 == 4;

    return is ? packet->ip_header : NULL;
}

static bool
read_ttl(const struct mf_packet *packet, uint64_t *value)
{
    enum { V4 = 8, V6 = 7 };
    const uint8_t *v4 = ipv4(packet);

    if (v4 == NULL && (packet->ip_header == NULL || packet->ip_length < 40))
        return false;
    *value = v4 != NULL ? v4[V4] : packet->ip_header[V6];
    return true;
}

static bool
read_tos(const struct mf_packet *packet, uint64_t *value)
{
    const uint8_t *ip = ipv4(packet);

    *value = ip != NULL ? ip[1] : 0;
    return ip != NULL;
}

static bool
read_id(const struct mf_packet *packet, uint64_t *value)
{
    const uint8_t *ip = ipv4(packet);

    *value = ip != NULL ? be16(ip + 4) : 0;
    return ip != NULL;
}

/* In units of eight bytes, as it stands there. */
static bool
read_fragment_offset(const struct mf_packet *packet, uint64_t *value)
{
    const uint8_t *ip = ipv4(packet);

    *value = ip != NULL ? be16(ip + 6) & 0x1fff : 0;
    return ip != NULL;
}

/* --- TCP (RFC 9293) --- */

static bool
read_seq(const struct mf_packet *packet, uint64_t *value)
{
    *value = packet->seq;
    return packet->l4 == MF_L4_TCP;
}

static bool
read_ack(const struct mf_packet *packet, uint64_t *value)
{
    *value = packet->ack;
    return packet->l4 == MF_L4_TCP;
}

static bool
read_window(const struct mf_packet *packet, uint64_t *value)
{
    *value = packet->window;
    return packet->l4 == MF_L4_TCP;
}

/* The data of option KIND, which has LENGTH bytes of it, or NULL. */
static const uint8_t *
tcp_option(const struct mf_packet *packet, uint8_t kind, unsigned length)
{
    enum { FIXED = 20, END = 0, NOP = 1 };
    const uint8_t *header = packet->l4_header;

    if (packet->l4 != MF_L4_TCP || header == NULL)
        return NULL;
    for (unsigned at = FIXED; at < packet->l4_length && header[at] != END;) {
        unsigned size = 1;

        if (header[at] != NOP) {
            if (at + 1 >= packet->l4_length || header[at + 1] < 2)
                return NULL;
            size = header[at + 1];
            if (header[at] == kind && size == length + 2 && at + size <= packet->l4_length)
                return header + at + 2;
        }
        at += size;
    }
    return NULL;
}

static bool
read_mss(const struct mf_packet *packet, uint64_t *value)
{
    const uint8_t *option = tcp_option(packet, 2, 2);

    *value = option != NULL ? be16(option) : 0;
    return option != NULL;
}

static bool
read_window_scale(const struct mf_packet *packet, uint64_t *value)
{
    const uint8_t *option = tcp_option(packet, 3, 1);

    *value = option != NULL ? option[0] : 0;
    return option != NULL;
}

/* --- ICMP (RFC 792, 4443), IGMP --- */

static bool
is_icmp(const struct mf_packet *packet)
{
    return packet->l4 == MF_L4_ICMP || packet->l4 == MF_L4_ICMPV6;
}

static bool
read_itype(const struct mf_packet *packet, uint64_t *value)
{
    *value = packet->icmp_type;
    return is_icmp(packet);
}

static bool
read_icode(const struct mf_packet *packet, uint64_t *value)
{
    *value = packet->icmp_code;
    return is_icmp(packet);
}

/* The types that have an identifier and a sequence number behind the checksum. */
static bool
has_id(const struct mf_packet *packet)
{
    uint8_t type = packet->icmp_type;

    if (packet->l4_header == NULL || packet->l4_length < 8)
        return false;
    if (packet->l4 == MF_L4_ICMP)
        return type == 0 || type == 8 || (type >= 13 && type <= 18);
    return packet->l4 == MF_L4_ICMPV6 && (type == 128 || type == 129);
}

static bool
read_icmp_id(const struct mf_packet *packet, uint64_t *value)
{
    bool has = has_id(packet);

    *value = has ? be16(packet->l4_header + 4) : 0;
    return has;
}

static bool
read_icmp_seq(const struct mf_packet *packet, uint64_t *value)
{
    bool has = has_id(packet);

    *value = has ? be16(packet->l4_header + 6) : 0;
    return has;
}

/* Of "packet too big". */
static bool
read_icmpv6_mtu(const struct mf_packet *packet, uint64_t *value)
{
    enum { TOO_BIG = 2 };
    bool has = packet->l4 == MF_L4_ICMPV6 && packet->icmp_type == TOO_BIG &&
               packet->l4_header != NULL && packet->l4_length >= 8;

    *value = has ? be32(packet->l4_header + 4) : 0;
    return has;
}

static bool
read_igmp_type(const struct mf_packet *packet, uint64_t *value)
{
    bool has = packet->l4 == MF_L4_OTHER && packet->ip_protocol == PROTOCOL_IGMP &&
               packet->l4_header != NULL && packet->l4_length >= 1;

    *value = has ? packet->l4_header[0] : 0;
    return has;
}

/* --- keywords --- */

static const struct mf_number_name igmp_types[] = {
    {"membership_query", 0x11}, {"v1_membership_report", 0x12}, {"v2_membership_report", 0x16},
    {"leave_group", 0x17},      {"v3_membership_report", 0x22}, {NULL, 0},
};

static const struct row {
    const char *name;
    reader read;
    struct mf_number_kind kind;
} table[] = {
    {"ack", read_ack, {.max = UINT32_MAX}},
    {"fragoffset", read_fragment_offset, {.max = UINT16_MAX}},
    {"icmp_id", read_icmp_id, {.max = UINT16_MAX}},
    {"icmp_seq", read_icmp_seq, {.max = UINT16_MAX}},
    {"icmpv6.mtu", read_icmpv6_mtu, {.max = UINT32_MAX}},
    {"icode", read_icode, {.max = UINT8_MAX}},
    {"id", read_id, {.max = UINT16_MAX}},
    {"igmp.type", read_igmp_type, {.max = UINT8_MAX, .names = igmp_types}},
    {"itype", read_itype, {.max = UINT8_MAX}},
    {"seq", read_seq, {.max = UINT32_MAX}},
    {"tcp.ack", read_ack, {.max = UINT32_MAX}},
    {"tcp.mss", read_mss, {.max = UINT16_MAX}},
    {"tcp.seq", read_seq, {.max = UINT32_MAX}},
    {"tcp.window", read_window, {.max = UINT16_MAX}},
    {"tcp.wscale", read_window_scale, {.max = UINT8_MAX}},
    {"tos", read_tos, {.max = UINT8_MAX}},
    {"ttl", read_ttl, {.max = UINT8_MAX}},
    {"window", read_window, {.max = UINT16_MAX}},
};

static bool
run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct asked *asked = condition->as.data;
    uint64_t value;

    return asked->read(context->packet, &value) && mf_number_test_holds(&asked->test, value);
}

static bool
parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = run, .destroy = g_free};
    struct mf_token value = option->value;
    struct asked asked;
    unsigned i = 0;

    while (!mf_token_is(option->name, table[i].name))
        i++;
    if (value.text[0] == '"' && !mf_token_unquote(parser, &value))
        return false;
    if (!mf_number_test_parse(parser, mf_token_trim(value), &table[i].kind, &asked.test))
        return false;
    asked.read = table[i].read;
    condition.as.data = g_memdup2(&asked, sizeof asked);
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

static const struct mf_keyword rows[] = {
    {"ack", MF_VALUE_REQUIRED, parse},        {"fragoffset", MF_VALUE_REQUIRED, parse},
    {"icmp_id", MF_VALUE_REQUIRED, parse},    {"icmp_seq", MF_VALUE_REQUIRED, parse},
    {"icmpv6.mtu", MF_VALUE_REQUIRED, parse}, {"icode", MF_VALUE_REQUIRED, parse},
    {"id", MF_VALUE_REQUIRED, parse},         {"igmp.type", MF_VALUE_REQUIRED, parse},
    {"itype", MF_VALUE_REQUIRED, parse},      {"seq", MF_VALUE_REQUIRED, parse},
    {"tcp.ack", MF_VALUE_REQUIRED, parse},    {"tcp.mss", MF_VALUE_REQUIRED, parse},
    {"tcp.seq", MF_VALUE_REQUIRED, parse},    {"tcp.window", MF_VALUE_REQUIRED, parse},
    {"tcp.wscale", MF_VALUE_REQUIRED, parse}, {"tos", MF_VALUE_REQUIRED, parse},
    {"ttl", MF_VALUE_REQUIRED, parse},        {"window", MF_VALUE_REQUIRED, parse},
};

const struct mf_keyword_family mf_keywords_packet = {rows, G_N_ELEMENTS(rows)};
