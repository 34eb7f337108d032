/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a rule before its options: what is said about mistakes, and which sessions it fits.
 */
#include "parse_kit.h"
#include "rules_kit.h"

#include <arpa/inet.h>

#define HEAD           "alert tcp any any -> any any "
#define FROM(list)     "alert tcp " list " any -> any any (sid:1;)"
#define PORT(list)     "alert tcp any " list " -> any any (sid:1;)"
#define PROTOCOL(name) "alert " name " any any -> any any (sid:1;)"

static const struct row rows[] = {
    {"alarm tcp any any -> any any (sid:1;)", 0,
     "1:1: expected an action such as 'alert', not 'alarm'"},
    {"Alert TCP any any -> any any (sid:1;)", 1, ""},
    {"drop tcp any any -> any any (sid:1;)\nrejectboth tcp any any -> any any (sid:2;)", 2, ""},
    {"pass tcp any any -> any any (sid:1;)\nconfig dns any any -> any any (sid:2;)", 2, ""},
    {"alert foo any any -> any any (sid:1;)", 0, "1:7: unknown protocol 'foo'"},
    {"alert", 0, "1:6: expected a protocol such as 'tcp'"},
    {"alert tcp", 0, "1:10: expected an address"},
    {"alert tcp any", 0, "1:14: expected a port"},
    {"alert tcp any any any any (sid:1;)", 0, "1:19: expected '->', '<>' or '=>'"},
    {"alert tcp any any <- any any (sid:1;)", 0, "1:19: expected '->', '<>' or '=>'"},
    {"alert tcp any any -> any (sid:1;)", 0, "1:26: expected a port"},
    {HEAD, 0, "1:29: expected '(' and the options"},
    {HEAD "sid:1;", 0, "1:30: expected '(' and the options"},

    /* protocols and hooks */
    {PROTOCOL("ip6"), 1, ""},
    {PROTOCOL("sctp"), 1, ""},
    {PROTOCOL("http1"), 1, ""},
    {PROTOCOL("websocket"), 1, ""},
    {PROTOCOL("tcp:flow_start"), 1, ""},
    {PROTOCOL("dns:request_complete"), 1, ""},
    {PROTOCOL("tcp:"), 0, "1:11: the hook '' is not supported"},
    {PROTOCOL("tcp:request_complete"), 0, "1:11: the hook 'request_complete' is not supported"},
    {PROTOCOL("http1:request_body"), 0, "1:13: the hook 'request_body' is not supported"},
    {PROTOCOL(":flow_start"), 0, "1:7: unknown protocol ''"},
    {"alert igmp any 80 -> any any (sid:1;)", 0, "1:1: this protocol has no ports: expected 'any'"},
    {"alert sctp any 80 -> any any (sid:1;)", 1, ""},

    /* addresses */
    {FROM("10.0.0"), 0, "1:11: expected an address, not '10.0.0'"},
    {FROM("10.0.0.0/33"), 0, "1:20: expected a number from 0 to 32, not '33'"},
    {FROM("10.0.0.0/255.255.0.255"), 0, "1:20: expected a number from 0 to 32*"},
    {FROM("[10.0.0.1,]"), 0, "1:21: expected an address"},
    {FROM("[]"), 0, "1:12: expected an address"},
    {FROM("[[[[[[[[[10.0.0.1]]]]]]]]]"), 0, "1:19: lists are nested too deep"},
    {FROM("[10.0.0.1]x"), 0, "1:11: expected the list's ']'"},
    {FROM("!any"), 0, "1:12: '!any' would match nothing"},
    {FROM("[any,!any]"), 0, "1:17: '!any' would match nothing"},
    {FROM("[!0.0.0.0/0,!::/0]"), 0, "1:11: '[!0.0.0.0/0,!::/0]' would match nothing"},
    {FROM("[10.0.0.0/8,!10.0.0.0/9,!10.128.0.0/9]"), 0, "1:11: '[10.0.0.0/8,!10.0.0.0/9,*"},
    {FROM("!0.0.0.0/0"), 0, "1:11: '!0.0.0.0/0' would match nothing"},
    {FROM("10.0.0.2-10.0.0.1"), 0, "1:20: expected the last address of the range"},
    {FROM("10.0.0.2-::1"), 0, "1:20: expected the last address of the range"},
    {FROM("$NO_SUCH"), 0, "1:11: the variable '$NO_SUCH' is not defined"},
    {FROM("[10.0.0.0/8,!$X]"), 0, "1:24: the variable '$X' is not defined"},
    {FROM("$HTTP_PORTS"), 0, "1:11: expected an address, not the variable '$HTTP_PORTS'"},

    /* ports */
    {PORT("65536"), 0, "1:15: expected a number from 0 to 65535, not '65536'"},
    {PORT("90:80"), 0, "1:18: expected a number from 90 to 65535, not '80'"},
    {PORT("http"), 0, "1:15: expected a number from 0 to 65535, not 'http'"},
    {PORT("[$HOME_NET]"), 0, "1:16: expected a port, not the variable '$HOME_NET'"},
    {PORT("!0:65535"), 0, "1:15: '!0:65535' would match nothing"},
};

/* --- which sessions a header fits --- */

struct fit {
    const char *header;
    const char *from, *to; /* address and port of originator and responder */
    bool fits;
};

static const struct fit fits[] = {
    {"tcp 10.0.0.0/8 any -> any any", "10.255.255.255 1", "1.1.1.1 2", true},
    {"tcp 10.0.0.0/8 any -> any any", "11.0.0.0 1", "1.1.1.1 2", false},
    {"tcp 10.0.0.0/255.0.0.0 any -> any any", "10.255.255.255 1", "1.1.1.1 2", true},
    {"tcp 10.0.0.0/255.0.0.0 any -> any any", "11.0.0.0 1", "1.1.1.1 2", false},
    {"tcp 10.0.0.2-10.0.0.4 any -> any any", "10.0.0.4 1", "1.1.1.1 2", true},
    {"tcp 10.0.0.2-10.0.0.4 any -> any any", "10.0.0.5 1", "1.1.1.1 2", false},
    {"tcp [10.0.0.0/8,!10.1.0.0/16] any -> any any", "10.0.0.1 1", "1.1.1.1 2", true},
    {"tcp [10.0.0.0/8,!10.1.0.0/16] any -> any any", "10.1.0.1 1", "1.1.1.1 2", false},
    {"tcp [any,!10.1.0.0/16] any -> any any", "10.1.0.1 1", "1.1.1.1 2", false},
    {"tcp [any,!10.1.0.0/16] any -> any any", "2001:db8::1 1", "2001:db8::2 2", true},
    {"tcp ![10.0.0.1,10.0.0.2] any -> any any", "10.0.0.2 1", "1.1.1.1 2", false},
    {"tcp ![10.0.0.1,10.0.0.2] any -> any any", "10.0.0.3 1", "1.1.1.1 2", true},
    {"tcp [10.0.0.1, [10.0.0.2, 10.0.0.3]] any -> any any", "10.0.0.3 1", "1.1.1.1 2", true},
    /* an exception of one family says nothing of the other */
    {"tcp !10.0.0.0/8 any -> any any", "2001:db8::1 1", "2001:db8::2 2", false},
    {"tcp !2001:db8::/32 any -> any any", "10.0.0.1 1", "10.0.0.2 2", false},
    {"tcp !2001:db8::/32 any -> any any", "2001:db9::1 1", "2001:db9::2 2", true},
    {"tcp [2001:db8::1,!10.0.0.0/8] any -> any any", "11.0.0.1 1", "10.0.0.2 2", true},
    {"tcp [2001:db8::1,!10.0.0.0/8] any -> any any", "2001:db8::2 1", "2001:db9::2 2", false},
    {"tcp ::/0 any -> any any", "10.0.0.1 1", "10.0.0.2 2", false},
    {"tcp ::/0 any -> any any", "2001:db8::1 1", "2001:db8::2 2", true},
    {"tcp 0.0.0.0/0 any -> any any", "2001:db8::1 1", "2001:db8::2 2", false},
    {"ip6 any any -> any any", "10.0.0.1 1", "10.0.0.2 2", false},
    {"ip6 any any -> any any", "2001:db8::1 1", "2001:db8::2 2", true},
    {"ipv4 any any -> any any", "2001:db8::1 1", "2001:db8::2 2", false},
    /* ports */
    {"tcp any [1:3,!2] -> any any", "10.0.0.1 3", "10.0.0.2 2", true},
    {"tcp any [1:3,!2] -> any any", "10.0.0.1 2", "10.0.0.2 2", false},
    {"tcp any any -> any 1024:", "10.0.0.1 3", "10.0.0.2 65535", true},
    {"tcp any any -> any 1024:", "10.0.0.1 3", "10.0.0.2 1023", false},
    {"tcp any any -> any :1023", "10.0.0.1 3", "10.0.0.2 0", true},
    {"tcp any any -> any !80,!81", "10.0.0.1 80", "10.0.0.2 81", false},
    {"tcp any any -> any !80,!81", "10.0.0.1 80", "10.0.0.2 82", true},
    {"tcp any any -> any !80", "10.0.0.1 80", "10.0.0.2 80", false},
    {"tcp any any <> any 3", "10.0.0.1 3", "10.0.0.2 80", true},
    {"tcp any any -> any 3", "10.0.0.1 3", "10.0.0.2 80", false},
    /* variables */
    {"tcp $HOME_NET any -> $EXTERNAL_NET any", "172.31.0.1 3", "172.32.0.1 80", true},
    {"tcp $HOME_NET any -> $EXTERNAL_NET any", "172.32.0.1 3", "172.32.0.1 80", false},
    {"tcp $HOME_NET any -> $EXTERNAL_NET any", "172.31.0.1 3", "192.168.0.1 80", false},
    {"tcp $HOME_NET any -> $EXTERNAL_NET any", "fd00::1 3", "2001:db8::1 80", true},
    {"tcp !$HOME_NET any -> !$EXTERNAL_NET any", "172.32.0.1 3", "192.168.0.1 80", true},
    {"tcp [$HOME_NET,!10.0.0.1] any -> any any", "10.0.0.1 3", "10.0.0.2 80", false},
    {"tcp [$HOME_NET,!10.0.0.1] any -> any any", "10.0.0.2 3", "10.0.0.2 80", true},
    {"tcp [$EXTERNAL_NET,10.0.0.1] any -> any any", "10.0.0.1 3", "10.0.0.2 80", false},
    {"tcp any any -> any [$HTTP_PORTS,!$SSH_PORTS,443]", "10.0.0.2 3", "10.0.0.2 443", true},
    {"tcp any any -> any $SHELLCODE_PORTS", "10.0.0.2 3", "10.0.0.2 80", false},
    {"tcp any any -> any !$SHELLCODE_PORTS", "10.0.0.2 3", "10.0.0.2 80", true},
};

static void
set_end(struct mf_session *session, unsigned side, const char *text)
{
    char **parts = g_strsplit(text, " ", 2);
    guint8 bytes[16];

    if (inet_pton(AF_INET, parts[0], bytes) == 1)
        session->addr[side] = mf_addr_from_ipv4(bytes);
    else if (inet_pton(AF_INET6, parts[0], bytes) == 1)
        session->addr[side] = mf_addr_from_ipv6(bytes);
    else
        g_assert_not_reached();
    session->port[side] = (guint16)g_ascii_strtoull(parts[1], NULL, 10);
    g_strfreev(parts);
}

/* The first packet from the originator. */
static unsigned
post(struct kit *kit, struct mf_packet *packet)
{
    packet->l4 = kit->session.l4;
    kit->session.packets[MF_ORIG]++;
    mf_inspector_at(kit->inspector, packet);
    mf_inspect_packet(kit->inspector, &kit->session, MF_ORIG, packet);
    return kit->total;
}

static void
run_fit(gconstpointer data)
{
    const struct fit *fit = data;
    char *rule = g_strdup_printf("alert %s (sid:1;)", fit->header);
    struct mf_packet packet = {0};
    struct kit kit;

    g_test_message("%s: %s -> %s", fit->header, fit->from, fit->to);
    kit_open(&kit, rule);
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 0);
    set_end(&kit.session, MF_ORIG, fit->from);
    set_end(&kit.session, MF_RESP, fit->to);
    g_assert_cmpuint(post(&kit, &packet), ==, fit->fits);
    kit_close(&kit);
    g_free(rule);
}

/* What has no ports cannot be meant by a rule that names some. */
static void
test_no_ports(void)
{
    struct mf_packet packet = {0};
    struct kit kit;

    kit_open(&kit, "alert ip any any -> any 80 (sid:1;)\nalert ip any any -> any any (sid:2;)");
    kit.session.l4 = MF_L4_ICMP;
    kit.session.port[MF_RESP] = 80;
    g_assert_cmpuint(post(&kit, &packet), ==, 1);
    g_assert_cmpuint(kit.fired[1], ==, 1);
    kit_close(&kit);
}

/* Of other IP protocols each packet counts. */
static void
test_ip_protocol(void)
{
    static const guint8 header[20] = {0x45};
    struct mf_packet packet = {.ip_header = header, .ip_length = 20, .ip_protocol = 2};
    struct kit kit;

    kit_open(&kit, PROTOCOL("igmp"));
    kit.session.l4 = MF_L4_OTHER;
    g_assert_cmpuint(post(&kit, &packet), ==, 1);
    g_assert_cmpuint(post(&kit, &packet), ==, 2);
    packet.ip_protocol = 132;
    g_assert_cmpuint(post(&kit, &packet), ==, 2);
    kit_close(&kit);
}

static void
test_flow_start(void)
{
    struct mf_packet packet = {0};
    struct kit kit;

    kit_open(&kit, PROTOCOL("tcp:flow_start"));
    g_assert_cmpuint(post(&kit, &packet), ==, 1);
    g_assert_cmpuint(post(&kit, &packet), ==, 1);
    kit_close(&kit);
}

/* --- names of applications --- */

struct app {
    const char *protocol, *app;
    bool fits;
};

static const struct app apps[] = {
    {"http", "HTTP", true},     {"http", "HTTP2", true},    {"http", "TLS:HTTP2", true},
    {"http", "TLS", false},     {"http1", "HTTP2", false},  {"http2", "TLS:HTTP2", true},
    {"ftp", "FTP", true},       {"ftp", "FTP-DATA", false}, {"ftp-data", "FTP-DATA", true},
    {"pop3", "POP", true},      {"pop3", "POP3", true},     {"smb", "SMB2", true},
    {"dcerpc", "SMB2", true},   {"tls", "SOCKS:TLS", true}, {"irc", "IRC", true},
    {"modbus", "Modbus", true}, {"rfb", "VNC", true},       {"mqtt", "MQ", false},
    {"dns", "DNS", true},       {"dns", "MDNS", false},     {"mqtt", NULL, false},
};

static void
run_app(gconstpointer data)
{
    const struct app *app = data;
    char *rule =
        g_strdup_printf("alert %s any any -> any any (content:\"a\"; sid:1;)", app->protocol);
    GByteArray *bytes = kit_bytes("a");
    struct kit kit;

    g_test_message("%s: %s", app->protocol, app->app);
    kit_open(&kit, rule);
    kit.session.app = app->app;
    g_assert_cmpuint(kit_stream(&kit, bytes, 1, 1), ==, app->fits);
    kit_close(&kit);
    g_byte_array_free(bytes, TRUE);
    g_free(rule);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    parse_kit_add("/rules-header/row", rows, G_N_ELEMENTS(rows));
    ROWS_ADD("/rules-header/fit", fits, run_fit);
    ROWS_ADD("/rules-header/app", apps, run_app);
    g_test_add_func("/rules-header/no-ports", test_no_ports);
    g_test_add_func("/rules-header/ip-protocol", test_ip_protocol);
    g_test_add_func("/rules-header/flow-start", test_flow_start);
    return g_test_run();
}
