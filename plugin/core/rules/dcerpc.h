/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which interface a DCERPC call is on. A bind asks for interfaces and gives each a context; calls
 * name the context only (DCE 1.1: RPC, C706, 12.6). Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_DCERPC_H
#define MALFLOW_CORE_RULES_DCERPC_H

#include "state.h"

#include "../message.h"

/* PDU types. */
enum mf_dcerpc_type {
    MF_DCERPC_REQUEST = 0,
    MF_DCERPC_RESPONSE = 2,
    MF_DCERPC_BIND = 11,
    MF_DCERPC_BIND_ACK = 12,
    MF_DCERPC_ALTER_CONTEXT = 14,
    MF_DCERPC_ALTER_CONTEXT_RESPONSE = 15,
};

/* The 16 bytes of "12345678-1234-abcd-ef00-0123456789ab". False: it is no such text. */
bool
mf_dcerpc_uuid(const char *text, size_t length, uint8_t uuid[16]);

/* MESSAGE is of DCERPC: what it says of interfaces is remembered. */
void
mf_dcerpc_learn(struct mf_rule_state *state, const struct mf_message *message);

/* The interface that MESSAGE, a request or response, is on; false: not known. */
bool
mf_dcerpc_iface(const struct mf_rule_state *state, const struct mf_message *message,
                struct mf_iface *iface);

#endif
