/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which side of a packet is likely the server, where no handshake tells. */
#ifndef MALFLOW_CORE_PORTS_H
#define MALFLOW_CORE_PORTS_H

#include "types.h"

#include <stdbool.h>

/* Whether A is a better-known server port than B: a listed service beats a system port (RFC 6335),
 * which beats any other. */
bool
mf_port_is_better_server(uint16_t a, uint16_t b);

/* The request type that an ICMP type answers (echo reply: echo request, ...), else the type itself.
 */
uint8_t
mf_icmp_request_type(enum mf_l4 l4, uint8_t type);

#endif
