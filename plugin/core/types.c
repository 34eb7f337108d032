/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "types.h"

#include <glib.h>

const char *
mf_l4_name(enum mf_l4 l4)
{
    static const char *const names[MF_L4_COUNT] = {
        [MF_L4_OTHER] = "IP",  [MF_L4_TCP] = "TCP",       [MF_L4_UDP] = "UDP",
        [MF_L4_ICMP] = "ICMP", [MF_L4_ICMPV6] = "ICMPv6", [MF_L4_ARP] = "ARP",
    };

    g_assert((unsigned)l4 < MF_L4_COUNT);
    return names[l4];
}
