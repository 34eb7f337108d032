/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DNS messages are read from the bytes of their item. They stand in every capture, and an item that
 * somebody asked for costs Wireshark about 1,000 instructions more than one that nobody did; names
 * come as they were sent besides (rules look for bytes), and section by section. That they are DNS,
 * where they begin and what they were put together from is Wireshark's finding all the same.
 */
#include "collect.h"
#include "core/dns_reader.h"

enum { RESPONSE_FLAG = 0x8000, OPCODE = 0x7800, UPDATE = 0x2800, COUNTS = 4 };

/* Types of records whose data is told (https://www.iana.org/assignments/dns-parameters/). */
enum { A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16, AAAA = 28, SRV = 33 };
enum { OPT = 41 }; /* has something else instead of a time to live (RFC 6891, 6.1.3) */

/* The buffers of DNS, MDNS and LLMNR stand in the same order. */
enum section { QUERIES, ANSWERS, AUTHORITIES, ADDITIONALS, RESPONSE, SECTIONS };

G_STATIC_ASSERT(MF_BUF_DNS_RESPONSE_RRNAME - MF_BUF_DNS_QUERIES_RRNAME == RESPONSE);
G_STATIC_ASSERT(MF_BUF_MDNS_QUERIES_RRNAME - MF_BUF_DNS_QUERIES_RRNAME == SECTIONS);
G_STATIC_ASSERT(MF_BUF_LLMNR_QUERIES_RRNAME - MF_BUF_MDNS_QUERIES_RRNAME == SECTIONS);

/* The message at hand. */
struct reading {
    struct mf_collect *collect;
    struct mf_dns_reader reader;
    unsigned names; /* first of the buffers of its names by section */
    bool is_response;
};

/* A header's word, and the bits that count (RFC 1035, 4.1.1). */
static const struct {
    enum mf_buffer_id id;
    uint16_t at, bits;
} parts[] = {
    {MF_BUF_DNS_ID, 0, 0xffff},      {MF_BUF_DNS_IS_RESPONSE, 2, RESPONSE_FLAG},
    {MF_BUF_DNS_OPCODE, 2, OPCODE},  {MF_BUF_DNS_RCODE, 2, 0x000f},
    {MF_BUF_DNS_ANSWERS, 6, 0xffff}, {MF_BUF_DNS_AUTHORITIES, 8, 0xffff},
};

static unsigned
word_at(const uint8_t *bytes, size_t at)
{
    return (unsigned)bytes[at] << 8 | bytes[at + 1];
}

/* Queries have no result, and what updates count is something else (RFC 2136, 2.2). */
static bool
has(unsigned flags, enum mf_buffer_id id)
{
    if (id == MF_BUF_DNS_RCODE)
        return (flags & RESPONSE_FLAG) != 0;
    return (id != MF_BUF_DNS_ANSWERS && id != MF_BUF_DNS_AUTHORITIES) || (flags & OPCODE) != UPDATE;
}

static void
add_header(struct mf_collect *collect, const uint8_t *header)
{
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (has(word_at(header, 2), parts[i].id))
            mf_collect_number(collect, parts[i].id,
                              (word_at(header, parts[i].at) & parts[i].bits) /
                                  (parts[i].bits & -parts[i].bits));
}

/* --- names --- */

static bool
wants_names(const struct reading *reading, enum section section)
{
    return mf_fieldmap_wants((enum mf_buffer_id)(reading->names + section)) ||
           (reading->is_response &&
            mf_fieldmap_wants((enum mf_buffer_id)(reading->names + RESPONSE)));
}

static void
add_name(const struct reading *reading, enum section section, struct mf_span name)
{
    if (section != RESPONSE)
        mf_collect_bytes(reading->collect, reading->names + section, name.data, name.length);
    if (reading->is_response)
        mf_collect_bytes(reading->collect, reading->names + RESPONSE, name.data, name.length);
}

static bool
take_name(struct reading *reading, struct mf_span *name)
{
    uint8_t room[MF_DNS_NAME_ROOM + 1];

    if (!mf_dns_take_name(&reading->reader, room, &name->length))
        return false;
    room[name->length] = '\0';
    name->data = wmem_memdup(reading->collect->pinfo->pool, room, name->length + 1);
    return true;
}

/* As Wireshark shows it: the root has no name. */
static void
tell_name(const struct reading *reading, enum mf_buffer_id id, struct mf_span name)
{
    if (name.length > 0)
        mf_collect_bytes(reading->collect, id, name.data, name.length);
    else
        mf_collect_text(reading->collect, id, "<Root>");
}

/* The name SKIP bytes behind the start of the record's data. */
static bool
add_data_name(struct reading *reading, const struct mf_dns_record *record, size_t skip)
{
    struct reading inner = *reading;
    struct mf_span name;

    inner.reader.at = record->data_at + skip;
    if (!take_name(&inner, &name))
        return false;
    if (record->type != SOA)
        tell_name(reading, MF_BUF_DNS_NAME, name);
    add_name(reading, RESPONSE, name);
    return true;
}

/* --- sections --- */

static bool
take_question(struct reading *reading)
{
    struct mf_span name;
    uint16_t type, class;

    if (!take_name(reading, &name) || !mf_dns_take_16(&reading->reader, &type) ||
        !mf_dns_take_16(&reading->reader, &class))
        return false;
    tell_name(reading, MF_BUF_DNS_QUERY, name);
    mf_collect_number(reading->collect, MF_BUF_DNS_QUERY_TYPE, type);
    add_name(reading, QUERIES, name);
    return true;
}

/* Strings, each behind its length. */
static void
add_texts(struct reading *reading, struct mf_span data)
{
    while (data.length > 0) {
        const size_t length = MIN(data.data[0], data.length - 1);

        mf_collect_bytes(reading->collect, MF_BUF_DNS_TXT, data.data + 1, length);
        data = mf_span_skip(data, 1 + length);
    }
}

static void
add_address(struct reading *reading, enum mf_buffer_id id, struct mf_span data, size_t length)
{
    if (data.length >= length)
        mf_collect_bytes(reading->collect, id, data.data, length);
}

static bool
add_data(struct reading *reading, const struct mf_dns_record *record)
{
    enum { BEHIND_PREFERENCE = 2, BEHIND_WEIGHTS = 6, IPV4 = 4, IPV6 = 16 };

    switch (record->type) {
    case A:
        add_address(reading, MF_BUF_DNS_A, record->data, IPV4);
        return true;
    case AAAA:
        add_address(reading, MF_BUF_DNS_AAAA, record->data, IPV6);
        return true;
    case TXT:
        add_texts(reading, record->data);
        return true;
    case SOA:
        return !wants_names(reading, RESPONSE) || add_data_name(reading, record, 0);
    case NS:
    case CNAME:
    case PTR:
        return add_data_name(reading, record, 0);
    case MX:
        return add_data_name(reading, record, BEHIND_PREFERENCE);
    case SRV:
        return add_data_name(reading, record, BEHIND_WEIGHTS);
    default:
        return true;
    }
}

static bool
take_record(struct reading *reading, enum section section)
{
    struct mf_dns_record record;
    struct mf_span name = {0};

    if (wants_names(reading, section) ? !take_name(reading, &name)
                                      : !mf_dns_skip_name(&reading->reader))
        return false;
    if (!mf_dns_take_record(&reading->reader, &record))
        return false;
    if (name.data != NULL)
        add_name(reading, section, name);
    mf_collect_number(reading->collect, MF_BUF_DNS_ANSWER_TYPE, record.type);
    if (record.type != OPT)
        mf_collect_number(reading->collect, MF_BUF_DNS_TTL, record.seconds);
    return record.data.length == 0 || add_data(reading, &record);
}

static void
take_sections(struct reading *reading)
{
    const uint8_t *header = reading->reader.message.data;

    for (unsigned section = QUERIES; section <= ADDITIONALS; section++)
        for (unsigned n = word_at(header, COUNTS + 2 * section); n > 0; n--)
            if (section == QUERIES ? !take_question(reading)
                                   : !take_record(reading, (enum section)section))
                return;
}

/* --- messages --- */

/* Whether a message's length stands in front of it: on streams (RFC 1035, 4.2.2; RFC 9250, 4.2),
 * not in HTTP. */
static bool
has_length(const packet_info *pinfo, struct mf_span bytes)
{
    if (pinfo->ptype == PT_TCP)
        return !proto_is_frame_protocol(pinfo->layers, "http") &&
               !proto_is_frame_protocol(pinfo->layers, "http2");
    return bytes.length >= 2 && word_at(bytes.data, 0) == bytes.length - 2 &&
           proto_is_frame_protocol(pinfo->layers, "quic");
}

static unsigned
names_of(unsigned layer)
{
    return layer == MF_BUF_MDNS    ? MF_BUF_MDNS_QUERIES_RRNAME
           : layer == MF_BUF_LLMNR ? MF_BUF_LLMNR_QUERIES_RRNAME
                                   : MF_BUF_DNS_QUERIES_RRNAME;
}

void
mf_form_dns_message(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    struct reading reading = {.collect = collect};
    struct mf_span bytes;

    (void)feed;
    bytes.data = mf_item_bytes(item, &bytes.length);
    if (has_length(collect->pinfo, bytes))
        bytes = mf_span_skip(bytes, 2);
    if (bytes.length < MF_DNS_HEADER)
        return;
    reading.reader = (struct mf_dns_reader){bytes, MF_DNS_HEADER};
    reading.names = names_of(g_array_index(collect->list, struct mf_buffer, collect->message).id);
    reading.is_response = (word_at(bytes.data, 2) & RESPONSE_FLAG) != 0;
    add_header(collect, bytes.data);
    take_sections(&reading);
}
