/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uuid.h"

#include <string.h>

void
mf_uuid_from_name(const uint8_t namespace_id[16], const char *name, char out[MF_UUID_ROOM])
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    uint8_t b[20];
    gsize size = sizeof b;

    g_checksum_update(sum, namespace_id, 16);
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
    g_checksum_get_digest(sum, b, &size);
    g_checksum_free(sum);
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x50);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    g_snprintf(out, MF_UUID_ROOM,
               "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
               b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
               b[15]);
}
