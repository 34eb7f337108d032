/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of Wireshark's fields the engine reads, and as what. A new buffer is a new row of
 * fieldmap.c. */
#ifndef MALFLOW_WS_FIELDMAP_H
#define MALFLOW_WS_FIELDMAP_H

#include "core/buffers.h"

#include <glib.h>
#include <stdbool.h>

/* What a field is to the extraction. */
enum mf_slot {
    MF_SLOT_NONE = 0,
    MF_SLOT_HARMLESS, /* not asked for; holds no field that is */
    MF_SLOT_TCP,      /* protocol items whose header bytes are read */
    MF_SLOT_UDP,
    MF_SLOT_ICMP,
    MF_SLOT_ICMPV6,
    MF_SLOT_ARP,
    MF_SLOT_LAST_HEADER = MF_SLOT_ARP,
    MF_SLOT_INSIDE,      /* holds buffers of the message before it, is no message itself */
    MF_SLOT_CERTIFICATE, /* DER, becomes subject and issuer */
    MF_SLOT_BUFFER,      /* MF_SLOT_BUFFER + enum mf_buffer_id */
};

/* Looks all fields up. Call once, when every protocol is registered. */
void
mf_fieldmap_init(void);

/* The fields to be asked of Wireshark, a GArray of int that is Wireshark's from then on. Fields
 * that this version lacks are left out. */
GArray *
mf_fieldmap_wanted(void);

/*
 * Says what the frame just dissected for the first time was: PLAIN if no field but the headers can
 * have occurred in it. See fieldmap.c for what it spares.
 */
void
mf_fieldmap_note_frame(bool plain);

/* enum mf_slot of a field, + the buffer id for MF_SLOT_BUFFER. */
unsigned
mf_fieldmap_slot(int hfid);

#endif
