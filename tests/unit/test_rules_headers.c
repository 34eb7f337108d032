/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules on headers and on numbers, as data: options, and which of some packets they hold for. */
#include "rows.h"
#include "rules_kit.h"

/* 192.0.2.1 to 198.51.100.9, each with the checksums right. */
static const uint8_t ipv4_tcp[] = {0x47, 0x10, 0,   52, 0x12, 0x34, 0x40, 0,  64,  6,
                                   0xa4, 0x3c, 192, 0,  2,    1,    198,  51, 100, 9,
                                   148,  4,    0,   0,  1,    1,    1,    0};
static const uint8_t tcp_syn[] = {0x9c, 0x40, 0,    80,   0, 0, 0, 5, 0,    0, 0,    7,
                                  0x60, 0x02, 0xff, 0xff, 0, 0, 0, 0, 0x02, 4, 0x05, 0xb4};
static const uint8_t ipv6_icmp[40] = {0x60, 0, 0, 0, 0, 8, 58, 255};
static const uint8_t too_big[] = {2, 0, 0, 0, 0, 0, 0x05, 0x00};
static const uint8_t echo[] = {8, 0, 0, 0, 0x12, 0x34, 0, 7};
static const uint8_t ipv4_echo[] = {0x45, 0, 0,   28, 0, 1, 0x20, 0x05, 1,   1,
                                    0,    0, 192, 0,  2, 1, 198,  51,   100, 9};
static const uint8_t igmp[] = {0x16, 0, 0x09, 0xfa, 224, 0, 0, 5};
static const uint8_t ipv4_igmp[] = {0x45, 0, 0,   28, 0, 1, 0,   0, 1, 2,
                                    0,    0, 192, 0,  2, 1, 224, 0, 0, 5};

static const struct mf_buffer vlans[] = {{.id = MF_BUF_VLAN_ID, .number = 200},
                                         {.id = MF_BUF_VLAN_ID, .number = 300}};

enum { TCP, ICMP, ICMPV6, IGMP, N_PACKETS };

static const struct mf_packet packets[N_PACKETS] = {
    [TCP] = {.frame = 1,
             .l4 = MF_L4_TCP,
             .tcp_flags = MF_TCP_SYN,
             .seq = 5,
             .ack = 7,
             .window = 0xffff,
             .ip_header = ipv4_tcp,
             .ip_length = sizeof ipv4_tcp,
             .ip_protocol = 6,
             .l4_header = tcp_syn,
             .l4_length = sizeof tcp_syn,
             .buffers = vlans,
             .n_buffers = 2},
    [ICMP] = {.frame = 1,
              .l4 = MF_L4_ICMP,
              .icmp_type = 8,
              .ip_header = ipv4_echo,
              .ip_length = sizeof ipv4_echo,
              .ip_protocol = 1,
              .l4_header = echo,
              .l4_length = sizeof echo,
              .payload = echo + 4,
              .payload_captured = 4,
              .payload_length = 4},
    [ICMPV6] = {.frame = 1,
                .l4 = MF_L4_ICMPV6,
                .icmp_type = 2,
                .ip_header = ipv6_icmp,
                .ip_length = sizeof ipv6_icmp,
                .ip_protocol = 58,
                .l4_header = too_big,
                .l4_length = sizeof too_big},
    [IGMP] = {.frame = 1,
              .l4 = MF_L4_OTHER,
              .ip_header = ipv4_igmp,
              .ip_length = sizeof ipv4_igmp,
              .ip_protocol = 2,
              .l4_header = igmp,
              .l4_length = sizeof igmp},
};

#define BIT(packet) (1u << (packet))
enum { V4 = BIT(TCP) | BIT(ICMP) | BIT(IGMP), EVERY = V4 | BIT(ICMPV6) };

static const struct row {
    const char *options;
    unsigned holds; /* a bit per packet */
} rows[] = {
    {"ttl:64;", BIT(TCP)},
    {"ttl:>63;", BIT(TCP) | BIT(ICMPV6)},
    {"ttl:!1;", BIT(TCP) | BIT(ICMPV6)},
    {"ttl:0-2;", BIT(ICMP) | BIT(IGMP)},
    {"tos:0x10;", BIT(TCP)},
    {"tos:!16;", BIT(ICMP) | BIT(IGMP)},
    {"id:1;", BIT(ICMP) | BIT(IGMP)},
    {"id:\"4660\";", BIT(TCP)},
    {"fragoffset:5;", BIT(ICMP)},
    {"fragoffset:>0;", BIT(ICMP)},
    {"fragbits:D;", BIT(TCP)},
    {"fragbits:M;", BIT(ICMP)},
    {"fragbits:*MD;", BIT(TCP) | BIT(ICMP)},
    {"fragbits:!M;", BIT(TCP) | BIT(IGMP)},
    {"fragbits:+D;", 0},
    {"ipopts:rtralt;", BIT(TCP)},
    {"ipopts:nop;", BIT(TCP)},
    {"ipopts:any;", BIT(TCP)},
    {"ipopts:lsrr;", 0},
    {"ip_proto:6;", BIT(TCP)},
    {"ip_proto:IGMP;", BIT(IGMP)},
    {"ip_proto:!icmp;", EVERY & ~BIT(ICMP)},
    {"ip_proto:>6;", BIT(ICMPV6)},
    {"l3_proto:ipv4;", V4},
    {"l3_proto:ipv6;", BIT(ICMPV6)},
    {"sameip;", 0},

    {"flags:S;", BIT(TCP)},
    {"flags:SA;", 0},
    {"flags:S,12;", BIT(TCP)},
    {"flags:+S;", BIT(TCP)},
    {"flags:*SA;", BIT(TCP)},
    {"flags:!S;", 0},
    {"flags:!A;", BIT(TCP)},
    {"flags:0;", 0},
    {"tcp.flags:!0;", BIT(TCP)},
    {"flags:S; flags:!S;", 0},
    {"seq:5;", BIT(TCP)},
    {"tcp.ack:<8;", BIT(TCP)},
    {"ack:8;", 0},
    {"window:65535;", BIT(TCP)},
    {"tcp.window:!65535;", 0},
    {"tcp.mss:1460;", BIT(TCP)},
    {"tcp.mss:<536;", 0},
    {"tcp.wscale:!99;", 0},

    {"itype:8;", BIT(ICMP)},
    {"itype:1<>9;", BIT(ICMP) | BIT(ICMPV6)},
    {"icode:0;", BIT(ICMP) | BIT(ICMPV6)},
    {"icmp_id:0x1234;", BIT(ICMP)},
    {"icmp_seq:7;", BIT(ICMP)},
    {"icmpv6.mtu:<1500;", BIT(ICMPV6)},
    {"igmp.type:0x16;", BIT(IGMP)},
    {"igmp.type:!v2_membership_report;", 0},

    {"ipv4-csum:valid;", BIT(TCP)},
    {"ipv4-csum:invalid;", BIT(ICMP) | BIT(IGMP)},
    {"tcpv4-csum:invalid;", BIT(TCP)},
    {"tcpv6-csum:invalid;", 0},
    {"icmpv4-csum:invalid;", BIT(ICMP)},
    {"igmp-csum:valid;", BIT(IGMP)},

    {"vlan.id:300;", BIT(TCP)},
    {"vlan.id:200,0;", BIT(TCP)},
    {"vlan.id:200,1;", 0},
    {"vlan.id:300,-1;", BIT(TCP)},
    {"vlan.id:>100,all;", BIT(TCP)},
    {"vlan.id:>200,all;", 0},
    {"vlan.id:!500,all;", BIT(TCP)},
    {"vlan.id:200,nb>1;", 0},
    {"vlan.id:>100,nb>1;", BIT(TCP)},
    {"vlan.id:300,0:1;", 0},
    {"vlan.id:300,1:2;", BIT(TCP)},
    {"vlan.id:200,5;", 0},
    {"vlan.id:count 2;", BIT(TCP)},
    {"vlan.layers:2;", BIT(TCP)},
    {"vlan.layers:0;", EVERY & ~BIT(TCP)},
};

static void
run_row(gconstpointer data)
{
    const struct row *row = data;
    struct kit kit;

    kit_open_options(&kit, row->options);
    for (unsigned i = 0; i < N_PACKETS; i++) {
        uint8_t v6[2][16] = {{0x20, 1}, {0x20, 2}};

        kit_reset(&kit);
        kit.session = (struct mf_session){.id = i + 1, .l4 = (uint8_t)packets[i].l4};
        kit.session.packets[MF_ORIG] = 1;
        for (unsigned side = 0; side < 2; side++)
            kit.session.addr[side] =
                i == ICMPV6 ? mf_addr_from_ipv6(v6[side])
                            : mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, (uint8_t)side});
        mf_inspector_at(kit.inspector, &packets[i]);
        mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packets[i]);
        if (kit.total != (row->holds >> i & 1))
            g_error("%s fires %u times on packet %u", row->options, kit.total, i);
    }
    kit_close(&kit);
}

/* Nothing is read behind what was captured: every packet with its headers cut at every place. */
static void
test_cut(void)
{
    GString *rules = g_string_new(NULL);
    struct kit kit;

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
        g_string_append_printf(rules, "alert ip any any -> any any (%s sid:%u;)\n", rows[i].options,
                               i + 1);
    kit_open(&kit, rules->str);
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 0);
    for (unsigned i = 0; i < N_PACKETS; i++) {
        for (unsigned cut = 0; cut <= 60; cut++) {
            struct mf_packet packet = packets[i];
            guint8 *ip, *l4;

            packet.ip_length = (uint16_t)MIN(packet.ip_length, cut);
            packet.l4_length = (uint16_t)MIN(packet.l4_length, cut);
            packet.payload = NULL;
            packet.payload_captured = 0;
            ip = g_memdup2(packet.ip_header, packet.ip_length);
            l4 = g_memdup2(packet.l4_header, packet.l4_length);
            packet.ip_header = ip;
            packet.l4_header = l4;
            kit.session.l4 = (uint8_t)packet.l4;
            kit.session.packets[MF_ORIG] = 1;
            mf_inspector_at(kit.inspector, &packet);
            mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
            g_free(ip);
            g_free(l4);
        }
    }
    kit_close(&kit);
    g_string_free(rules, TRUE);
}

static const char *const bad[] = {
    "ttl:256",
    "ttl:<0",
    "ttl:>255",
    "ttl:5-6",
    "ttl:x",
    "ttl:",
    "ttl:5 6",
    "ttl:&0x0f=0x10",
    "itype:!",
    "tos:-1",
    "id:65536",
    "seq:4294967296",
    "flags:X",
    "flags:",
    "flags:S,9",
    "flags:+",
    "fragbits:X",
    "fragbits:!",
    "ipopts:nothing",
    "ip_proto:nothing",
    "ip_proto:256",
    "l3_proto:ipx",
    "tcp.mss:70000",
    "ipv4-csum:maybe",
    "vlan.id:4096",
    "vlan.id:1,some",
    "vlan.id:1,nb",
    "vlan.layers:",
    "igmp.type:what",
    "geoip:src,DE",
    "decode-event:x.y",
    "app-layer-protocol:nothing",
    "filesize:<0",
    "filesize:9kx",
    "dcerpc.iface:1",
    "dcerpc.opnum:9-5",
    "dcerpc.opnum:a",
    "tls.version:9.9",
    "ssl_state:hello",
    "tls_cert_notafter:2020-13-01",
    "ftp.mode:both",
    "modbus:speed 1",
    "dnp3_obj:1",
    "cip_service:1,2,3,4",
    "mqtt.flags:what",
    "krb5.ticket_encryption:what",
    "http2.settings:WHAT=1",
};

static void
test_refused(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++)
        kit_expect_refused(bad[i]);
}

/* A rule on flags is found by them, and is not looked at for other packets. */
static void
test_flags_table(void)
{
    struct kit kit;

    kit_open(&kit, "alert tcp any any -> any any (flags:*FR; sid:1;)\n");
    for (unsigned flags = 0; flags < 256; flags++) {
        const struct mf_packet packet = {.frame = 1, .l4 = MF_L4_TCP, .tcp_flags = (uint8_t)flags};

        kit_reset(&kit);
        kit.session.packets[MF_ORIG] = 9;
        mf_inspector_at(kit.inspector, &packet);
        mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
        g_assert_cmpuint(kit.total, ==, (flags & (MF_TCP_FIN | MF_TCP_RST)) != 0);
    }
    kit_close(&kit);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ROWS_ADD("/rules_headers/row", rows, run_row);
    g_test_add_func("/rules_headers/cut", test_cut);
    g_test_add_func("/rules_headers/refused", test_refused);
    g_test_add_func("/rules_headers/flags_table", test_flags_table);
    return g_test_run();
}
