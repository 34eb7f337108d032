/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Protocols fed every packet of a carrier. */
#include "summary_fixture.h"

static void
icmp(struct fixture *f, unsigned type, unsigned code, const void *data, unsigned length)
{
    f->packet.icmp_type = (uint8_t)type;
    f->packet.icmp_code = (uint8_t)code;
    send_payload(f, type == 0 || type == 129 ? MF_RESP : MF_ORIG, data, length);
}

static void
test_echo(void)
{
    struct fixture *f = fixture_new(MF_L4_ICMP, "ICMP");

    icmp(f, 8, 0, "\0\1\0\1", 4);
    assert_says(f, "ICMP: echo request (1), no reply");
    icmp(f, 0, 0, "\0\1\0\1", 4);
    icmp(f, 8, 0, "\0\1\0\2", 4);
    icmp(f, 8, 0, "\0\1\0\3", 4);
    assert_says(f, "ICMP: echo request (3), reply (1)");
    fixture_free(f);

    f = fixture_new(MF_L4_ICMPV6, "ICMPV6");
    icmp(f, 129, 0, NULL, 0);
    assert_says(f, "ICMPv6: echo reply (1)");
    fixture_free(f);
}

static const uint8_t quoted[] = {
    0, 0, 0,   0, 0x45, 0, 0,   40, 0,   0, 0, 0, 64, 17,
    0, 0, 192, 0, 2,    7, 198, 51, 100, 9, 4, 1, 0,  53,
};

static void
test_unreachable(void)
{
    struct fixture *f = fixture_new(MF_L4_ICMP, "ICMP");

    add_layer(f, MF_BUF_DNS); /* of the quoted packet */
    add_text(f, MF_BUF_DNS_QUERY, "a.example");
    icmp(f, 3, 3, quoted, sizeof quoted);
    assert_says(f, "ICMP: port unreachable (UDP 192.0.2.7:1025 -> 198.51.100.9:53)");
    icmp(f, 3, 3, quoted, sizeof quoted);
    assert_says(f, "ICMP: port unreachable (UDP 192.0.2.7:1025 -> 198.51.100.9:53), 1 more");
    fixture_free(f);
}

/* Whatever length it was cut to, the quoted packet is read no further. */
static void
test_unreachable_cut(void)
{
    for (unsigned n = 0; n <= sizeof quoted; n++) {
        struct fixture *f = fixture_new(MF_L4_ICMP, "ICMP");
        uint8_t *copy = g_memdup2(quoted, MAX(n, 1));
        const char *expected = "ICMP: host unreachable";

        icmp(f, 3, 1, copy, n);
        g_free(copy);
        if (n == sizeof quoted)
            expected = "ICMP: host unreachable (UDP 192.0.2.7:1025 -> 198.51.100.9:53)";
        else if (n >= 26)
            expected = "ICMP: host unreachable (UDP 192.0.2.7:1025 -> 198.51.100.9)";
        else if (n >= 24)
            expected = "ICMP: host unreachable (UDP 192.0.2.7 -> 198.51.100.9)";
        assert_says(f, expected);
        fixture_free(f);
    }
}

static void
test_icmp_others(void)
{
    struct fixture *f = fixture_new(MF_L4_ICMP, "ICMP");

    icmp(f, 42, 1, NULL, 0);
    icmp(f, 42, 1, NULL, 0);
    assert_says(f, "ICMP: type 42 code 1 (2)");
    fixture_free(f);

    f = fixture_new(MF_L4_ICMPV6, "ICMPV6");
    icmp(f, 135, 0, "\0\0\0\0\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01", 20);
    assert_says(f, "ICMPv6: neighbor solicitation for fe80::1");
    fixture_free(f);
}

static void
test_arp(void)
{
    struct fixture *f = fixture_new(MF_L4_ARP, NULL);
    static const uint8_t reply[28] = {0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0xaa, 0xbb, 0xcc};

    f->packet.arp_opcode = 1;
    send_buffers(f, MF_ORIG);
    assert_says(f, "ARP: who has 198.51.100.2 (no reply)");
    f->packet.arp_opcode = 2;
    send_payload(f, MF_RESP, reply, sizeof reply);
    assert_says(f, "ARP: who has 198.51.100.2 (is at 02:00:00:aa:bb:cc)");
    f->packet.arp_opcode = 1;
    send_buffers(f, MF_RESP);
    assert_says(f, "ARP: who has 198.51.100.2 (is at 02:00:00:aa:bb:cc), "
                   "who has 192.0.2.1 (no reply)");
    fixture_free(f);

    f = fixture_new(MF_L4_ARP, NULL);
    f->packet.arp_opcode = 2;
    send_payload(f, MF_ORIG, reply, sizeof reply);
    assert_says(f, "ARP: 192.0.2.1 is at 02:00:00:aa:bb:cc");
    fixture_free(f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/icmp/echo", test_echo);
    g_test_add_func("/summary/icmp/unreachable", test_unreachable);
    g_test_add_func("/summary/icmp/unreachable-cut", test_unreachable_cut);
    g_test_add_func("/summary/icmp/icmp-others", test_icmp_others);
    g_test_add_func("/summary/icmp/arp", test_arp);
    return g_test_run();
}
