/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of fields, whatever their type. */
#ifndef MALFLOW_WS_FVALUE_H
#define MALFLOW_WS_FVALUE_H

#include "compat.h"

/* The value of an integer or boolean field; 0 for any other type. */
uint64_t
mf_fvalue_number(const field_info *item);

/* The value of a string field (borrowed), or another field's value as Wireshark prints it (in
 * SCOPE). */
const char *
mf_fvalue_text(wmem_allocator_t *scope, const field_info *item);

#endif
