/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whom and what IP carries: ip_proto, l3_proto, sameip.
 * https://docs.suricata.io/en/latest/rules/header-keywords.html */
#include "keyword.h"
#include "number_test.h"

/* IANA's, as /etc/protocols spells them. */
static const struct mf_number_name protocols[] = {
    {"hopopt", 0},
    {"icmp", 1},
    {"igmp", 2},
    {"ggp", 3},
    {"ipip", 4},
    {"ipencap", 4},
    {"ip-encap", 4},
    {"st", 5},
    {"tcp", 6},
    {"cbt", 7},
    {"egp", 8},
    {"igp", 9},
    {"igrp", 9},
    {"pup", 12},
    {"argus", 13},
    {"chaos", 16},
    {"udp", 17},
    {"hmp", 20},
    {"xns-idp", 22},
    {"rdp", 27},
    {"iso-tp4", 29},
    {"dccp", 33},
    {"xtp", 36},
    {"ddp", 37},
    {"idpr-cmtp", 38},
    {"ipv6", 41},
    {"ipv6-route", 43},
    {"ipv6-frag", 44},
    {"idrp", 45},
    {"rsvp", 46},
    {"gre", 47},
    {"dsr", 48},
    {"bna", 49},
    {"esp", 50},
    {"ipsec-esp", 50},
    {"ipv6-crypt", 50},
    {"ah", 51},
    {"ipsec-ah", 51},
    {"ipv6-auth", 51},
    {"swipe", 53},
    {"narp", 54},
    {"mobile", 55},
    {"tlsp", 56},
    {"skip", 57},
    {"ipv6-icmp", 58},
    {"icmpv6", 58},
    {"icmp6", 58},
    {"ipv6-nonxt", 59},
    {"ipv6-opts", 60},
    {"cftp", 62},
    {"rvd", 66},
    {"sat-expak", 64},
    {"sat-mon", 69},
    {"ipcv", 71},
    {"iso-ip", 80},
    {"vmtp", 81},
    {"secure-vmtp", 82},
    {"vines", 83},
    {"ttp", 84},
    {"nsfnet-igp", 85},
    {"dgp", 86},
    {"tcf", 87},
    {"eigrp", 88},
    {"ospf", 89},
    {"sprite-rpc", 90},
    {"larp", 91},
    {"mtp", 92},
    {"ax.25", 93},
    {"os-ipip", 94},
    {"micp", 95},
    {"etherip", 97},
    {"encap", 98},
    {"gmtp", 100},
    {"pim", 103},
    {"ipcomp", 108},
    {"snp", 109},
    {"vrrp", 112},
    {"pgm", 113},
    {"l2tp", 115},
    {"isis", 124},
    {"fc", 133},
    {"sctp", 132},
    {"mobility-header", 135},
    {"udplite", 136},
    {"mpls-in-ip", 137},
    {"manet", 138},
    {"hip", 139},
    {"shim6", 140},
    {"wesp", 141},
    {"rohc", 142},
    {NULL, 0},
};

/* What is known of the session will do: a stream may be tried without a packet. */
static bool
protocol_of(const struct mf_context *context, uint64_t *protocol)
{
    static const uint8_t known[MF_L4_COUNT] = {
        [MF_L4_TCP] = 6, [MF_L4_UDP] = 17, [MF_L4_ICMP] = 1, [MF_L4_ICMPV6] = 58};

    *protocol = known[context->session->l4];
    if (*protocol != 0)
        return true;
    if (context->packet == NULL || context->packet->ip_header == NULL)
        return false;
    *protocol = context->packet->ip_protocol;
    return true;
}

static bool
ip_proto_run(const struct mf_condition *condition, const struct mf_context *context)
{
    uint64_t protocol;

    return protocol_of(context, &protocol) && mf_number_test_holds(&condition->as.number, protocol);
}

/* Names in any case; nothing makes the rule one on packets: like its header, it is tried once per
 * direction when it says nothing else. */
static bool
ip_proto_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT8_MAX, .names = protocols};
    struct mf_condition condition = {.run = ip_proto_run};
    struct mf_token value = option->value;

    if (value.text[0] == '"' && !mf_token_unquote(parser, &value))
        return false;
    if (!mf_number_test_parse(parser, mf_token_trim(value), &kind, &condition.as.number))
        return false;
    mf_parser_add_condition(parser, &condition, false);
    return true;
}

static bool
l3_proto_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_name versions[] = {
        {"ipv4", 4}, {"ip4", 4}, {"ipv6", 6}, {"ip6", 6}, {NULL, 0}};
    struct mf_rule_header *header = &parser->rule->header;
    uint64_t version;

    if (!mf_number_name_find(versions, option->value, &version))
        return mf_parser_fail(parser, option->value.text, "expected ipv4 or ipv6");
    if (header->address_family != 0 && header->address_family != version)
        return mf_parser_fail(parser, option->value.text, "the rule is on the other IP version");
    header->address_family = (uint8_t)version;
    return true;
}

static bool
sameip_run(const struct mf_condition *condition, const struct mf_context *context)
{
    (void)condition;
    return mf_addr_equal(&context->session->addr[MF_ORIG], &context->session->addr[MF_RESP]);
}

/* Suricata tries it on every packet. */
static bool
sameip_parse(struct mf_parser *parser, const struct mf_option *option)
{
    const struct mf_condition condition = {.run = sameip_run};

    (void)option;
    mf_parser_add_condition(parser, &condition, true);
    return true;
}

static const struct mf_keyword rows[] = {
    {"ip_proto", MF_VALUE_REQUIRED, ip_proto_parse},
    {"l3_proto", MF_VALUE_REQUIRED, l3_proto_parse},
    {"sameip", MF_VALUE_NONE, sameip_parse},
};

const struct mf_keyword_family mf_keywords_ip = {rows, G_N_ELEMENTS(rows)};
