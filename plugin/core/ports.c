/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Services from the IANA registry that are commonly seen in lab captures; keep sorted. */
#include "ports.h"

#include <stdlib.h>

static const uint16_t services[] = {
    20,   21,   22,   23,   25,   42,   43,    53,    67,    69,   79,   80,   88,   102,  110,
    111,  113,  119,  123,  135,  137,  138,   139,   143,   161,  162,  179,  194,  389,  443,
    445,  465,  500,  502,  514,  515,  548,   554,   563,   587,  593,  623,  631,  636,  853,
    873,  902,  989,  990,  993,  995,  1080,  1194,  1433,  1434, 1521, 1701, 1723, 1883, 1900,
    2049, 2323, 3128, 3260, 3268, 3269, 3306,  3389,  3478,  3702, 4500, 4786, 5060, 5061, 5222,
    5353, 5355, 5432, 5555, 5683, 5800, 5900,  5985,  5986,  6379, 6667, 6697, 8000, 8008, 8080,
    8081, 8443, 8883, 8888, 9100, 9200, 11211, 27017, 33434,
};

static int
compare_ports(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

static int
rank(uint16_t port)
{
    if (bsearch(&port, services, sizeof services / sizeof *services, sizeof *services,
                compare_ports) != NULL)
        return 0;
    return port < 1024 ? 1 : 2;
}

bool
mf_port_is_better_server(uint16_t a, uint16_t b)
{
    return rank(a) < rank(b);
}

uint8_t
mf_icmp_request_type(enum mf_l4 l4, uint8_t type)
{
    static const struct {
        uint8_t l4, reply, request;
    } pairs[] = {
        {MF_L4_ICMP, 0, 8},       /* echo */
        {MF_L4_ICMP, 14, 13},     /* timestamp */
        {MF_L4_ICMP, 16, 15},     /* information */
        {MF_L4_ICMP, 18, 17},     /* address mask */
        {MF_L4_ICMPV6, 129, 128}, /* echo */
        {MF_L4_ICMPV6, 136, 135}, /* neighbour advertisement, solicitation */
    };

    for (unsigned i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].l4 == l4 && pairs[i].reply == type)
            return pairs[i].request;
    return type;
}
