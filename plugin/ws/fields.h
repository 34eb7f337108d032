/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The display fields of design 1.4 and the packet tree. */
#ifndef MALFLOW_WS_FIELDS_H
#define MALFLOW_WS_FIELDS_H

#include "compat.h"

/* Registers fields and expert infos of PROTO. */
void
mf_fields_register(int proto);

/* Whether anybody looks at what mf_fields_add() adds to the frame. */
bool
mf_fields_are_read(const packet_info *pinfo, proto_tree *tree);

/* Adds what is known of the frame to the tree, if anybody looks at it. */
void
mf_fields_add(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

#endif
