/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table behind fieldmap.h: which of Wireshark's fields fill which buffers. */
#ifndef MALFLOW_WS_FIELDROWS_H
#define MALFLOW_WS_FIELDROWS_H

#include "core/buffers.h"

#include <stdbool.h>
#include <stddef.h>

/* What a field is to the extraction. */
enum mf_slot {
    MF_SLOT_NONE = 0,
    MF_SLOT_BELOW, /* protocols below the session's own; not asked for */
    MF_SLOT_ETHERNET,
    MF_SLOT_IP,  /* of either version; not asked for */
    MF_SLOT_TCP, /* protocol items whose header bytes are read */
    MF_SLOT_UDP,
    MF_SLOT_ICMP,
    MF_SLOT_ICMPV6,
    MF_SLOT_ARP,
    MF_SLOT_INSIDE, /* holds buffers of the message before it, is no message itself */
    MF_SLOT_BUFFER, /* MF_SLOT_BUFFER + enum mf_buffer_id */
};

/* How a field's item becomes a buffer. */
enum mf_form {
    MF_FORM_VALUE,      /* as the buffer's kind says: its value, or for BYTES the item's bytes */
    MF_FORM_FIRST,      /* the same, unless the message has such a buffer already */
    MF_FORM_RAW,        /* the item's bytes, also for TEXT */
    MF_FORM_PRINTED,    /* TEXT: as tshark -T fields prints it */
    MF_FORM_LENGTH,     /* NUMBER: how many bytes the item has */
    MF_FORM_CONST,      /* NUMBER: the row's number */
    MF_FORM_REST,       /* BYTES: what follows the item */
    MF_FORM_BIG_ENDIAN, /* NUMBER: of the item's bytes */
    MF_FORM_PLUS_1,     /* NUMBER: value + 1, for values below 2 */
    MF_FORM_WITH_OTHER, /* with what another row's form gives; the row only says who asks for it */

    MF_FORM_OWN, /* a field that a rule names: its bytes if it is of bytes, else as printed */

    MF_FORM_WORD_1, /* TEXT: a piece of the value */
    MF_FORM_LAST_WORD,
    MF_FORM_AFTER_WORD_2,
    MF_FORM_SSH_PROTO,
    MF_FORM_SSH_SOFTWARE,

    /* From here on an item may fill several buffers: the row's and those that follow it. */
    MF_FORM_FIRST_SPECIAL,
    MF_FORM_CERTIFICATE = MF_FORM_FIRST_SPECIAL,
    MF_FORM_DNS_MESSAGE, /* a whole message */
    MF_FORM_HTTP_HEAD,   /* the start line, which the item begins, and the header lines */
    MF_FORM_HTTP2_NAME,  /* a header line comes in two pieces */
    MF_FORM_HTTP2_VALUE,
    MF_FORM_SMB_TREE,
    MF_FORM_SMTP_PARAMETER,
    MF_FORM_SCTP_CHUNK,
    MF_FORM_DCERPC_STUB,
    MF_FORM_SMB2_WRITE,
    MF_FORM_FTP_FILE, /* only in the first frame */
    MF_FORM_MAIL,     /* a whole message with its attachments */
    MF_FORM_COUNT
};

/* Several rows may have one field, several fields may fill one buffer. A field may be missing in
 * some version of Wireshark. */
struct mf_field_row {
    const char *field;
    unsigned short slot; /* enum mf_slot, + the buffer id for MF_SLOT_BUFFER */
    unsigned char form;
    bool always; /* told even when no rule asks: what is known of a session rests on it */
    /* Where not 0 (which is no NUMBER): only in messages in which this NUMBER is EQUALS, or (a
     * LAYER) whose outermost layer it is. */
    unsigned short when;
    unsigned short number; /* what WHEN must be; what MF_FORM_CONST gives */
};

extern const struct mf_field_row mf_field_rows[];
extern const size_t mf_n_field_rows;

#endif
