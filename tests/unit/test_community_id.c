/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flows and names: the baseline of the specification. */
#include "core/community_id.h"

#include <arpa/inet.h>
#include <string.h>

struct flow {
    enum mf_l4 l4;
    const char *from, *to;
    uint16_t from_port, to_port; /* ICMP: id; type << 8 | code */
    const char *id;
};

#define ICMP(type, code) 77, (type) << 8 | (code)

static const struct flow flows[] = {
    {MF_L4_TCP, "128.232.110.120", "66.35.250.204", 34855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
    {MF_L4_TCP, "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
    {MF_L4_UDP, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
    {MF_L4_UDP, "8.8.8.8", "192.168.1.52", 53, 54585, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
    {MF_L4_TCP, "2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a", 63943, 25,
     "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="},
    {MF_L4_ICMP, "192.168.0.89", "192.168.0.1", ICMP(8, 0), "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
    {MF_L4_ICMP, "192.168.0.1", "192.168.0.89", ICMP(0, 0), "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
    {MF_L4_ICMP, "10.0.0.1", "10.0.0.2", ICMP(11, 0), "1:YHxtAirCG//0OzkcVAukqKQN9xM="},
    {MF_L4_ICMPV6, "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", ICMP(135, 0),
     "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="},
    {MF_L4_ICMPV6, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", ICMP(136, 0),
     "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="},
    {MF_L4_ICMPV6, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", ICMP(135, 0),
     "1:zavyT/cezQr1fmImYCwYnMXbgck="},
    {MF_L4_ICMPV6, "3ffe:501:1800:2345::2", "3ffe:507:0:1:200:86ff:fe05:80da", ICMP(3, 0),
     "1:2ObVBgIn28oZvibYZhZMBgh7WdQ="},
    {MF_L4_ICMPV6, "3ffe:501:410:0:2c0:dfff:fe47:33e", "3ffe:507:0:1:200:86ff:fe05:80da",
     ICMP(1, 4), "1:hLZd0XGWojozrvxqE0dWB1iM6R0="},
    {MF_L4_ICMPV6, "fe80::200:86ff:fe05:80da", "ff02::2", ICMP(133, 0),
     "1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0="},
    {MF_L4_ARP, "192.0.2.1", "192.0.2.2", 0, 0, ""},
    {MF_L4_OTHER, "10.1.12.1", "10.1.12.2", 0, 0, ""},
};

static struct mf_addr
address(const char *text)
{
    uint8_t bytes[16];

    if (inet_pton(AF_INET6, text, bytes) == 1)
        return mf_addr_from_ipv6(bytes);
    g_assert_cmpint(inet_pton(AF_INET, text, bytes), ==, 1);
    return mf_addr_from_ipv4(bytes);
}

static void
test_baseline(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(flows); i++) {
        const struct flow *flow = &flows[i];
        const struct mf_session session = {
            .addr = {address(flow->from), address(flow->to)},
            .port = {flow->from_port, flow->to_port},
            .l4 = flow->l4,
        };
        char text[MF_COMMUNITY_ID_SIZE];

        g_assert_cmpint(mf_community_id(&session, text), ==, *flow->id != '\0');
        g_assert_cmpstr(text, ==, flow->id);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/community_id/baseline", test_baseline);
    return g_test_run();
}
