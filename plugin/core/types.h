/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The few words that every module of the core shares. */
#ifndef MALFLOW_CORE_TYPES_H
#define MALFLOW_CORE_TYPES_H

#include <stdint.h>

/* Side of a session, used as an index. The other side of D is D ^ 1. */
enum mf_direction {
    MF_ORIG = 0, /* the originator, or: from the originator to the responder */
    MF_RESP = 1,
};

/* What carries a session. */
enum mf_l4 {
    MF_L4_OTHER = 0, /* any other IP protocol: one session per address pair and protocol */
    MF_L4_TCP,
    MF_L4_UDP,
    MF_L4_ICMP,
    MF_L4_ICMPV6,
    MF_L4_ARP,
    MF_L4_COUNT
};

/* Name as the timeline prints it: "TCP"; "IP" for MF_L4_OTHER. Static. */
const char *
mf_l4_name(enum mf_l4 l4);

/* Nanoseconds since 1970-01-01 UTC, as the capture says. The only clock of the core. */
typedef int64_t mf_nanoseconds;

/* A point of the capture. */
struct mf_moment {
    mf_nanoseconds time;
    uint32_t frame;
};

#define MF_NS_PER_S INT64_C(1000000000)

/* Beyond it (the year 2116) differences would not fit. */
#define MF_TIME_MAX ((INT64_C(1) << 62) - 1)

#endif
