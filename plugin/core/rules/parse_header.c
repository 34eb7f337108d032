/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a rule before '(': action, protocol, addresses, ports, direction.
 * An application's protocol is the name that the session got (core/session.h), so each row has the
 * names that Wireshark and our own recognition give it, and what can carry it: a rule is looked for
 * only there. https://docs.suricata.io/en/latest/rules/intro.html
 */
#include "parser.h"

#include <string.h>

#define BIT(l4) (1u << MF_L4_##l4)
enum {
    TCP = BIT(TCP),
    UDP = BIT(UDP),
    BOTH = TCP | UDP,
    ANY_IP = BOTH | BIT(ICMP) | BIT(ICMPV6) | BIT(OTHER),
};

/* How rules on a protocol are tried. */
enum {
    BY_PACKET = 0x1, /* never on the reassembled stream */
    BY_STREAM = 0x2, /* never on packets */
};

static const struct protocol {
    const char *name;
    uint8_t l4, by;
    uint8_t family;      /* 4, 6; 0: any */
    uint8_t ip_protocol; /* IANA number, of those without an mf_l4 of their own; 0: any */
    const char *app;     /* see struct mf_rule_header */
} protocols[] = {
    {"ip", .l4 = ANY_IP},
    {"ip4", .l4 = ANY_IP, .family = 4},
    {"ipv4", .l4 = ANY_IP, .family = 4},
    {"ip6", .l4 = ANY_IP, .family = 6},
    {"ipv6", .l4 = ANY_IP, .family = 6},
    {"pkthdr", .l4 = ANY_IP | BIT(ARP), .by = BY_PACKET},
    {"ether", .l4 = ANY_IP | BIT(ARP), .by = BY_PACKET},
    {"arp", .l4 = BIT(ARP), .by = BY_PACKET},
    {"tcp", .l4 = TCP},
    {"tcp-pkt", .l4 = TCP, .by = BY_PACKET},
    {"tcp-stream", .l4 = TCP, .by = BY_STREAM},
    {"udp", .l4 = UDP},
    {"icmp", .l4 = BIT(ICMP) | BIT(ICMPV6)},
    {"icmpv4", .l4 = BIT(ICMP)},
    {"icmpv6", .l4 = BIT(ICMPV6)},
    {"igmp", .l4 = BIT(OTHER), .ip_protocol = 2},
    {"gre", .l4 = BIT(OTHER), .ip_protocol = 47},
    {"esp", .l4 = BIT(OTHER), .ip_protocol = 50},
    {"ah", .l4 = BIT(OTHER), .ip_protocol = 51},
    {"eigrp", .l4 = BIT(OTHER), .ip_protocol = 88},
    {"ospf", .l4 = BIT(OTHER), .ip_protocol = 89},
    {"pim", .l4 = BIT(OTHER), .ip_protocol = 103},
    {"vrrp", .l4 = BIT(OTHER), .ip_protocol = 112},
    {"sctp", .l4 = BIT(OTHER), .ip_protocol = 132},
    {"bittorrent-dht", .l4 = UDP, .app = "BT-DHT"},
    {"dcerpc", .l4 = BOTH, .app = "DCERPC|SMB|SMB2"}, /* over named pipes, as Suricata has it */
    {"dhcp", .l4 = UDP, .app = "DHCP"},
    {"dnp3", .l4 = BOTH, .app = "DNP|DNP3"},
    {"dns", .l4 = BOTH, .app = "DNS|DoH"},
    {"doh2", .l4 = TCP, .app = "DoH|HTTP2"},
    {"enip", .l4 = BOTH, .app = "ENIP"},
    {"ftp", .l4 = TCP, .app = "FTP"},
    {"ftp-data", .l4 = TCP, .app = "FTP-DATA"},
    {"http", .l4 = TCP, .app = "HTTP|HTTP2|WebSocket"},
    {"http1", .l4 = TCP, .app = "HTTP|WebSocket"},
    {"http2", .l4 = TCP, .app = "HTTP2"},
    {"ike", .l4 = UDP, .app = "ISAKMP"},
    {"imap", .l4 = TCP, .app = "IMAP"},
    {"irc", .l4 = TCP, .app = "IRC"},
    {"krb5", .l4 = BOTH, .app = "KRB5"},
    {"ldap", .l4 = BOTH, .app = "LDAP|CLDAP"},
    {"llmnr", .l4 = BOTH, .app = "LLMNR"},
    {"mdns", .l4 = UDP, .app = "MDNS"},
    {"modbus", .l4 = TCP, .app = "Modbus"},
    {"mqtt", .l4 = TCP, .app = "MQTT"},
    {"nfs", .l4 = BOTH, .app = "NFS|RPC"},
    {"ntp", .l4 = UDP, .app = "NTP"},
    {"pgsql", .l4 = TCP, .app = "PGSQL"},
    {"pop3", .l4 = TCP, .app = "POP|POP3"},
    {"quic", .l4 = UDP, .app = "QUIC|GQUIC"},
    {"rdp", .l4 = TCP, .app = "RDP|COTP"},
    {"rfb", .l4 = TCP, .app = "VNC"},
    {"sip", .l4 = BOTH, .app = "SIP"},
    {"smb", .l4 = TCP, .app = "SMB|SMB2"},
    {"smtp", .l4 = TCP, .app = "SMTP"},
    {"snmp", .l4 = BOTH, .app = "SNMP"},
    {"ssh", .l4 = TCP, .app = "SSH"},
    {"ssl", .l4 = TCP, .app = "TLS|SSL"},
    {"telnet", .l4 = TCP, .app = "TELNET"},
    {"tftp", .l4 = UDP, .app = "TFTP"},
    {"tls", .l4 = TCP, .app = "TLS|SSL"},
    {"websocket", .l4 = TCP, .app = "WebSocket|HTTP"},
};

/* A capture is past: what would have been dropped is told. */
static const struct {
    const char *name;
    enum mf_rule_action action;
} actions[] = {
    {"alert", MF_ACTION_ALERT},     {"drop", MF_ACTION_ALERT},      {"reject", MF_ACTION_ALERT},
    {"rejectsrc", MF_ACTION_ALERT}, {"rejectdst", MF_ACTION_ALERT}, {"rejectboth", MF_ACTION_ALERT},
    {"pass", MF_ACTION_PASS},       {"config", MF_ACTION_CONFIG},
};

/* The next word; a list in brackets is one, blanks and all. */
static struct mf_token
next_word(const char **at)
{
    const char *begin = *at + strspn(*at, " \t"), *end = begin;
    int depth = 0;

    while (*end != '\0' && *end != '(' && (depth > 0 || !g_ascii_isspace(*end))) {
        depth += (*end == '[') - (*end == ']');
        end++;
    }
    *at = end;
    return mf_token_trim((struct mf_token){begin, (size_t)(end - begin)});
}

/* However it is written; WORD is not empty. */
static bool
is_word(struct mf_token word, const char *name)
{
    return (word.text[0] | 0x20) == name[0] &&
           g_ascii_strncasecmp(word.text, name, word.length) == 0 && name[word.length] == '\0';
}

static bool
parse_action(struct mf_parser *parser, struct mf_token word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(actions) && word.length > 0; i++) {
        if (is_word(word, actions[i].name)) {
            parser->rule->action = (uint8_t)actions[i].action;
            return true;
        }
    }
    return mf_parser_fail(parser, word.text, "expected an action such as 'alert', not '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

/* --- hooks: PROTOCOL:HOOK, when a rule is tried --- */

static bool
begins_direction(const struct mf_condition *condition, const struct mf_context *context)
{
    (void)condition;
    return context->session->packets[context->direction] == 1;
}

static bool
take_flow_start(struct mf_parser *parser)
{
    const struct mf_condition condition = {.run = begins_direction};

    mf_parser_add_condition(parser, &condition, true);
    parser->by_packet = true;
    return true;
}

/* Messages are tried when they are complete anyway. */
static bool
take_request_complete(struct mf_parser *parser)
{
    parser->rule->header.directions = 1u << MF_ORIG;
    return true;
}

static bool
take_response_complete(struct mf_parser *parser)
{
    parser->rule->header.directions = 1u << MF_RESP;
    return true;
}

static const struct {
    const char *name;
    bool of_app;
    bool (*take)(struct mf_parser *parser);
} hooks[] = {
    {"flow_start", false, take_flow_start},
    {"request_complete", true, take_request_complete},
    {"response_complete", true, take_response_complete},
};

static bool
parse_hook(struct mf_parser *parser, struct mf_token hook)
{
    bool has_app = parser->rule->header.app != NULL;

    if (hook.text == NULL)
        return true;
    for (unsigned i = 0; i < G_N_ELEMENTS(hooks); i++)
        if (hooks[i].of_app == has_app && mf_token_is(hook, hooks[i].name))
            return hooks[i].take(parser);
    return mf_parser_fail(parser, hook.text, "the hook '%.*s' is not supported",
                          (int)MIN(hook.length, 40), hook.text);
}

/* --- protocol --- */

static bool
is_ip_protocol(const struct mf_condition *condition, const struct mf_context *context)
{
    return context->packet->ip_header != NULL &&
           context->packet->ip_protocol == condition->as.number.low;
}

static void
take_protocol(struct mf_parser *parser, const struct protocol *protocol)
{
    struct mf_rule_header *header = &parser->rule->header;
    const struct mf_condition condition = {.run = is_ip_protocol,
                                           .as.number.low = protocol->ip_protocol};

    header->l4 = protocol->l4;
    header->app = protocol->app;
    header->address_family = protocol->family;
    parser->by_packet = protocol->by == BY_PACKET;
    parser->by_stream = protocol->by == BY_STREAM;
    if (protocol->ip_protocol != 0)
        mf_parser_add_condition(parser, &condition, true);
}

const char *
mf_parser_app(struct mf_token name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(protocols) && name.length > 0; i++)
        if (protocols[i].app != NULL && is_word(name, protocols[i].name))
            return protocols[i].app;
    return NULL;
}

static bool
parse_protocol(struct mf_parser *parser, struct mf_token word)
{
    struct mf_token hook = word, name;

    if (word.length == 0)
        return mf_parser_fail(parser, word.text, "expected a protocol such as 'tcp'");
    mf_token_next(&hook, ':', &name);
    for (unsigned i = 0; i < G_N_ELEMENTS(protocols) && name.length > 0; i++) {
        if (is_word(name, protocols[i].name)) {
            take_protocol(parser, &protocols[i]);
            return parse_hook(parser, hook);
        }
    }
    return mf_parser_fail(parser, word.text, "unknown protocol '%.*s'", (int)MIN(name.length, 40),
                          name.text);
}

/* --- addresses, ports, direction --- */

static bool
parse_direction(struct mf_parser *parser, struct mf_token word)
{
    parser->rule->header.both_ways = mf_token_is(word, "<>");
    parser->is_transaction = mf_token_is(word, "=>");
    if (parser->rule->header.both_ways || parser->is_transaction || mf_token_is(word, "->"))
        return true;
    return mf_parser_fail(parser, word.text, "expected '->', '<>' or '=>'");
}

/* --- ports of SCTP, whose sessions are kept without them --- */

static bool
sctp_port_fits(const struct mf_range_set *set, const uint8_t *port)
{
    const struct mf_addr address = mf_addr_of_port((uint16_t)(port[0] << 8 | port[1]));

    return mf_range_set_has(set, &address);
}

/* as.data: the header with its ports. */
static bool
sctp_ports_fit(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct mf_rule_header *header = condition->as.data;
    const uint8_t *ports = context->packet->l4_header;
    const struct mf_addr *addr = context->session->addr;

    if (ports == NULL || context->packet->l4_length < 4)
        return false;
    for (unsigned turned = 0; turned <= (unsigned)header->both_ways; turned++) {
        unsigned from = context->direction ^ turned;

        if (mf_range_set_has(header->addr[0], &addr[from]) &&
            mf_range_set_has(header->addr[1], &addr[from ^ 1]) &&
            sctp_port_fits(header->port[0], ports + 2 * turned) &&
            sctp_port_fits(header->port[1], ports + 2 * (turned ^ 1)))
            return true;
    }
    return false;
}

static bool
take_ports(struct mf_parser *parser, bool is_sctp)
{
    struct mf_rule_header *header = &parser->rule->header;
    struct mf_condition condition = {.run = sctp_ports_fit, .destroy = g_free};

    if (header->l4 != BIT(OTHER) || (header->port[0] == NULL && header->port[1] == NULL))
        return true;
    if (!is_sctp)
        return mf_parser_fail(parser, parser->line->text->str,
                              "this protocol has no ports: expected 'any'");
    condition.as.data = g_memdup2(header, sizeof *header);
    mf_parser_add_condition(parser, &condition, true);
    header->port[0] = header->port[1] = NULL;
    return true;
}

bool
mf_parser_header(struct mf_parser *parser, const char **at)
{
    struct mf_rule_header *header = &parser->rule->header;
    struct mf_token protocol;

    header->directions = 1u << MF_ORIG | 1u << MF_RESP;
    if (!parse_action(parser, next_word(at)))
        return false;
    protocol = next_word(at);
    if (!parse_protocol(parser, protocol) ||
        !mf_parser_addresses(parser, next_word(at), &header->addr[0]) ||
        !mf_parser_ports(parser, next_word(at), &header->port[0]) ||
        !parse_direction(parser, next_word(at)) ||
        !mf_parser_addresses(parser, next_word(at), &header->addr[1]) ||
        !mf_parser_ports(parser, next_word(at), &header->port[1]))
        return false;
    if (!take_ports(parser,
                    protocol.length >= 4 && is_word((struct mf_token){protocol.text, 4}, "sctp")))
        return false;
    *at += strspn(*at, " \t");
    if (**at != '(')
        return mf_parser_fail(parser, *at, "expected '(' and the options");
    return true;
}
