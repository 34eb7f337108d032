/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Look-ups of names and their answers: DNS, LLMNR, NetBIOS. An answer tells the addresses of the
 * name that was asked for, whatever aliases (CNAME) lie between, for as long as the shortest time
 * to live on the way says; a name that an answer tells besides (a text record) is read as text.
 */
#include "correlator.h"

static struct mf_span
span_of(const struct mf_buffer *buffer)
{
    return (struct mf_span){buffer->data, buffer->length};
}

/* Records are counted, since those of other sections follow the answers. */
struct answers {
    struct mf_correlator *correlator;
    const struct mf_telling *telling;
    struct mf_span name;
    uint64_t left;
    uint32_t seconds; /* shortest so far */
};

static void
tell_address(const struct answers *answers, const struct mf_buffer *buffer)
{
    struct mf_addr addr;

    if (buffer->id == MF_BUF_DNS_A && buffer->length == 4)
        addr = mf_addr_from_ipv4(buffer->data);
    else if (buffer->id == MF_BUF_DNS_AAAA && buffer->length == 16)
        addr = mf_addr_from_ipv6(buffer->data);
    else
        return;
    mf_correlate_tell_address(answers->correlator, answers->telling, answers->name, &addr,
                              answers->seconds);
}

/* Takes the next buffer. False: the answers are at their end. */
static bool
take_answer(struct answers *answers, const struct mf_buffer *buffer)
{
    switch (buffer->id) {
    case MF_BUF_DNS_ANSWER_TYPE:
        return answers->left-- > 0;
    case MF_BUF_DNS_TTL:
        answers->seconds = (uint32_t)MIN(answers->seconds, buffer->number);
        return true;
    case MF_BUF_DNS_TXT:
        mf_correlate_tell_text(answers->correlator, answers->telling, span_of(buffer),
                               &(struct mf_mention_reading){.dialogue = true});
        return true;
    default:
        tell_address(answers, buffer);
        return true;
    }
}

void
mf_correlate_read_dns(struct mf_correlator *correlator, const struct mf_message *message)
{
    enum { LONGEST = 86400 }; /* what resolvers keep at most, in seconds (RFC 8767, 4) */
    const struct mf_buffer *query = mf_message_find(message, MF_BUF_DNS_QUERY);
    const struct mf_telling telling = mf_telling_of(message);
    const struct mf_act act = mf_act_of(message);
    struct answers answers = {.correlator = correlator, .telling = &telling, .seconds = LONGEST};

    if (query == NULL)
        return;
    if (telling.direction == MF_ORIG) {
        mf_correlate_lookup(correlator, &act, span_of(query));
        return;
    }
    answers.name = span_of(query);
    answers.left = mf_message_number(message, MF_BUF_DNS_ANSWERS, 0);
    for (unsigned i = 0; i < message->n_buffers; i++)
        if (!take_answer(&answers, &message->buffers[i]))
            break;
}

/* "WPAD<00> (Workstation/Redirector)" -> "WPAD". */
static struct mf_span
netbios_name(const struct mf_buffer *buffer)
{
    struct mf_span name = span_of(buffer);

    name.length = mf_span_index(name, '<');
    while (name.length > 0 && name.data[name.length - 1] == ' ')
        name.length--;
    return name;
}

void
mf_correlate_read_nbns(struct mf_correlator *correlator, const struct mf_message *message)
{
    enum { KEPT = 600 }; /* seconds in the cache of NetBIOS names: CacheTimeout's default */
    const struct mf_buffer *name = mf_message_find(message, MF_BUF_NBNS_NAME);
    const struct mf_buffer *address = mf_message_find(message, MF_BUF_NBNS_ADDRESS);
    const struct mf_telling telling = mf_telling_of(message);
    const struct mf_act act = mf_act_of(message);
    struct mf_addr addr;

    if (name == NULL)
        return;
    if (mf_message_number(message, MF_BUF_NBNS_IS_RESPONSE, 0) == 0) {
        mf_correlate_lookup(correlator, &act, netbios_name(name));
        return;
    }
    if (address == NULL || address->length != 4)
        return;
    addr = mf_addr_from_ipv4(address->data);
    mf_correlate_tell_address(correlator, &telling, netbios_name(name), &addr, KEPT);
}
