/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dns_reader.h"

#include <string.h>

enum { POINTER = 0xc0 }; /* the two high bits of a length: the name goes on elsewhere */

/* The byte at *AT. */
static bool
take_byte(struct mf_span message, size_t *at, uint8_t *byte)
{
    if (*at >= message.length)
        return false;
    *byte = message.data[(*at)++];
    return true;
}

/* Where the label or pointer at *AT, whose LENGTH was taken, leads to. */
static bool
follow(struct mf_span message, size_t *at, uint8_t length)
{
    uint8_t low;

    if (length < POINTER || !take_byte(message, at, &low))
        return false;
    *at = (size_t)(length & ~POINTER) << 8 | low;
    return true;
}

/* Appends the label of LENGTH bytes at *AT to ROOM. */
static bool
take_label(struct mf_span message, size_t *at, uint8_t length, uint8_t room[MF_DNS_NAME_ROOM],
           size_t *used)
{
    const size_t dot = *used > 0;

    if (message.length - *at < length || *used + dot + length > MF_DNS_NAME_ROOM)
        return false;
    if (dot)
        room[(*used)++] = '.';
    memcpy(room + *used, message.data + *at, length);
    *used += length;
    *at += length;
    return true;
}

bool
mf_dns_take_name(struct mf_dns_reader *reader, uint8_t room[MF_DNS_NAME_ROOM], size_t *length)
{
    const struct mf_span message = reader->message;
    size_t at = reader->at, end = 0;
    unsigned hops = 0;
    uint8_t byte;

    for (*length = 0; take_byte(message, &at, &byte);) {
        if (byte == 0) {
            reader->at = hops > 0 ? end : at;
            return true;
        }
        if (byte <= 0x3f) {
            if (!take_label(message, &at, byte, room, length))
                return false;
            continue;
        }
        if (hops++ == 0)
            end = at + 1;
        if (hops > MF_DNS_HOPS || !follow(message, &at, byte))
            return false;
    }
    return false;
}

bool
mf_dns_skip_name(struct mf_dns_reader *reader)
{
    size_t at = reader->at;
    uint8_t byte;

    while (take_byte(reader->message, &at, &byte)) {
        if (byte > 0x3f && byte < POINTER)
            return false;
        if (byte == 0 || byte >= POINTER) {
            reader->at = at + (byte != 0);
            return reader->at <= reader->message.length;
        }
        at += byte;
    }
    return false;
}

static bool
has(const struct mf_dns_reader *reader, size_t n)
{
    return reader->at <= reader->message.length && reader->message.length - reader->at >= n;
}

bool
mf_dns_take_16(struct mf_dns_reader *reader, uint16_t *number)
{
    const uint8_t *bytes = reader->message.data + reader->at;

    if (!has(reader, 2))
        return false;
    *number = (uint16_t)(bytes[0] << 8 | bytes[1]);
    reader->at += 2;
    return true;
}

bool
mf_dns_take_record(struct mf_dns_reader *reader, struct mf_dns_record *record)
{
    uint16_t class, high, low, length;

    if (!mf_dns_take_16(reader, &record->type) || !mf_dns_take_16(reader, &class) ||
        !mf_dns_take_16(reader, &high) || !mf_dns_take_16(reader, &low) ||
        !mf_dns_take_16(reader, &length))
        return false;
    record->seconds = (uint32_t)high << 16 | low;
    record->data_at = reader->at;
    record->data = (struct mf_span){reader->message.data + reader->at,
                                    MIN(length, reader->message.length - reader->at)};
    reader->at += length; /* may be behind the end: then there is nothing more */
    return true;
}
