/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The L7 name that Wireshark's list of layers says. */
#ifndef MALFLOW_WS_APPNAME_H
#define MALFLOW_WS_APPNAME_H

#include "compat.h"

/* "HTTP", "TLS:HTTP2"; NULL when nothing above the innermost L4 was recognised. Static. CARRIER:
 * the protocol only carries others, none of which was recognised. */
const char *
mf_appname_above(const packet_info *pinfo, bool *carrier);

/* Whether the innermost IP carries neither TCP nor UDP, though something around it does (VXLAN,
 * ...). */
bool
mf_appname_is_tunnel(const packet_info *pinfo);

/* The protocol directly above the innermost IP: "IGMP", "OSPF"; NULL if none was recognised.
 * Static. */
const char *
mf_appname_of_ip(const packet_info *pinfo);

#endif
