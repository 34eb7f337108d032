/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a DNS message (RFC 1035, 4.1), taken from the front. Nothing reads outside it. */
#ifndef MALFLOW_CORE_DNS_READER_H
#define MALFLOW_CORE_DNS_READER_H

#include "span.h"

enum {
    MF_DNS_HEADER = 12,
    MF_DNS_NAME_ROOM = 255, /* a name's labels with the dots between them (RFC 1035, 2.3.4) */
    MF_DNS_HOPS = 128,      /* pointers in a name: more than it can have labels */
};

struct mf_dns_reader {
    struct mf_span message;
    size_t at; /* what is read next */
};

/* A record of any section, without its name. */
struct mf_dns_record {
    uint16_t type;
    uint32_t seconds;    /* to live */
    struct mf_span data; /* as far as it is there */
    size_t data_at;      /* where in the message */
};

/* Each of these is false where the message ends before, or is none; then nothing more of it can be
 * read. */

/* The labels of a name with '.' between them, as they are, in ROOM; nothing for the root. */
bool
mf_dns_take_name(struct mf_dns_reader *reader, uint8_t room[MF_DNS_NAME_ROOM], size_t *length);

bool
mf_dns_skip_name(struct mf_dns_reader *reader);

bool
mf_dns_take_16(struct mf_dns_reader *reader, uint16_t *number);

/* What stands behind a record's name. */
bool
mf_dns_take_record(struct mf_dns_reader *reader, struct mf_dns_record *record);

#endif
