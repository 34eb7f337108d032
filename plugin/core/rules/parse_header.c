/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a rule before '(': action, protocol, addresses, ports, direction. */
#include "parser.h"

#include <string.h>

#define BIT(l4) (1u << MF_L4_##l4)
enum { ANY_IP = BIT(TCP) | BIT(UDP) | BIT(ICMP) | BIT(ICMPV6) | BIT(OTHER) };

static const struct protocol {
    const char *name;
    uint8_t l4;
    const char *app;
} protocols[] = {
    {"ip", ANY_IP, NULL},
    {"tcp", BIT(TCP), NULL},
    {"tcp-pkt", BIT(TCP), NULL},
    {"tcp-stream", BIT(TCP), NULL},
    {"udp", BIT(UDP), NULL},
    {"icmp", BIT(ICMP) | BIT(ICMPV6), NULL},
    {"icmpv4", BIT(ICMP), NULL},
    {"icmpv6", BIT(ICMPV6), NULL},
    {"http", ANY_IP, "HTTP"},
    {"http1", ANY_IP, "HTTP"},
    {"http2", ANY_IP, "HTTP2"},
    {"dns", ANY_IP, "DNS"},
    {"tls", ANY_IP, "TLS"},
    {"ssl", ANY_IP, "TLS"},
    {"quic", ANY_IP, "QUIC"},
    {"ftp", ANY_IP, "FTP"},
    {"ftp-data", ANY_IP, "FTP-DATA"},
    {"tftp", ANY_IP, "TFTP"},
    {"smb", ANY_IP, "SMB"},
    {"smtp", ANY_IP, "SMTP"},
    {"imap", ANY_IP, "IMAP"},
    {"pop3", ANY_IP, "POP"},
    {"ssh", ANY_IP, "SSH"},
    {"telnet", ANY_IP, "TELNET"},
    {"irc", ANY_IP, "IRC"},
    {"dcerpc", ANY_IP, "DCERPC"},
    {"dhcp", ANY_IP, "DHCP"},
    {"krb5", ANY_IP, "KRB5"},
    {"ntp", ANY_IP, "NTP"},
    {"snmp", ANY_IP, "SNMP"},
    {"rdp", ANY_IP, "RDP"},
    {"sip", ANY_IP, "SIP"},
    {"mqtt", ANY_IP, "MQTT"},
};

/* A capture is past: what would have been dropped is told. */
static const char *const actions[] = {"alert",     "drop",      "reject",
                                      "rejectsrc", "rejectdst", "rejectboth"};

/* The next word; a list in brackets is one, blanks and all. */
static struct mf_span
next_word(const char **at)
{
    const char *begin = *at + strspn(*at, " \t"), *end = begin;
    int depth = 0;

    while (*end != '\0' && *end != '(' && (depth > 0 || !g_ascii_isspace(*end))) {
        depth += (*end == '[') - (*end == ']');
        end++;
    }
    *at = end;
    return mf_span_trim((struct mf_span){begin, (size_t)(end - begin)});
}

static bool
parse_action(struct mf_parser *parser, struct mf_span word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(actions); i++)
        if (mf_span_is(word, actions[i]))
            return true;
    if (mf_span_is(word, "pass") || mf_span_is(word, "config"))
        return mf_parser_fail(parser, word.text, "the action '%.*s' is not supported yet",
                              (int)word.length, word.text);
    return mf_parser_fail(parser, word.text, "expected an action such as 'alert', not '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
parse_protocol(struct mf_parser *parser, struct mf_span word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(protocols); i++) {
        if (mf_span_is(word, protocols[i].name)) {
            parser->rule->header.l4 = protocols[i].l4;
            parser->rule->header.app = protocols[i].app;
            parser->by_packet = mf_span_is(word, "tcp-pkt");
            parser->by_stream = mf_span_is(word, "tcp-stream");
            return true;
        }
    }
    if (word.length == 0)
        return mf_parser_fail(parser, word.text, "expected a protocol such as 'tcp'");
    return mf_parser_fail(parser, word.text, "unknown protocol '%.*s'", (int)MIN(word.length, 40),
                          word.text);
}

static bool
parse_direction(struct mf_parser *parser, struct mf_span word)
{
    parser->rule->header.both_ways = mf_span_is(word, "<>");
    if (parser->rule->header.both_ways || mf_span_is(word, "->"))
        return true;
    return mf_parser_fail(parser, word.text, "expected '->' or '<>'");
}

bool
mf_parser_header(struct mf_parser *parser, const char **at)
{
    struct mf_rule_header *header = &parser->rule->header;

    header->directions = 1u << MF_ORIG | 1u << MF_RESP;
    if (!parse_action(parser, next_word(at)) || !parse_protocol(parser, next_word(at)) ||
        !mf_parser_addresses(parser, next_word(at), &header->addr[0]) ||
        !mf_parser_ports(parser, next_word(at), &header->port[0]) ||
        !parse_direction(parser, next_word(at)) ||
        !mf_parser_addresses(parser, next_word(at), &header->addr[1]) ||
        !mf_parser_ports(parser, next_word(at), &header->port[1]))
        return false;
    *at += strspn(*at, " \t");
    if (**at != '(')
        return mf_parser_fail(parser, *at, "expected '(' and the options");
    return true;
}
