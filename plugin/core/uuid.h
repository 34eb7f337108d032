/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Universally unique names that follow from what they name (RFC 9562, version 5), so that the same
 * thing has the same name in every report. */
#ifndef MALFLOW_CORE_UUID_H
#define MALFLOW_CORE_UUID_H

#include <glib.h>
#include <stdint.h>

#define MF_UUID_ROOM 37

/* OUT becomes "xxxxxxxx-xxxx-5xxx-yxxx-xxxxxxxxxxxx", of NAME within the 16 bytes of NAMESPACE. */
void
mf_uuid_from_name(const uint8_t namespace_id[16], const char *name, char out[MF_UUID_ROOM]);

#endif
