/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "http.h"

#include "../span.h"

/* Bytes of a response's head that are read. */
#define HEAD_MAX 4096

/* Status of "HTTP/1.x NNN"; 0 if DATA does not begin so. */
static unsigned
read_status(struct mf_span data)
{
    unsigned status = 0;

    if (data.length < 12 || !mf_span_starts(data, "HTTP/1.") || data.data[8] != ' ')
        return 0;
    for (unsigned i = 9; i < 12; i++) {
        if (!g_ascii_isdigit(data.data[i]))
            return 0;
        status = status * 10 + (data.data[i] - '0');
    }
    return status;
}

/* Length of the head with the blank line that ends it; all of DATA if that is not in it. */
static size_t
head_length(struct mf_span data)
{
    for (size_t i = 1; i < data.length; i++)
        if (data.data[i] == '\n' &&
            (data.data[i - 1] == '\n' || (i >= 3 && data.data[i - 2] == '\n')))
            return i + 1;
    return data.length;
}

static bool
read_number(struct mf_span text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!g_ascii_isdigit(text.data[i]) || *number > UINT64_MAX / 100)
            return false;
        *number = *number * 10 + (text.data[i] - '0');
    }
    return text.length > 0;
}

static void
take_header(struct mf_http_exchange *exchange, const struct mf_summary_context *context,
            struct mf_span line)
{
    const size_t colon = mf_span_index(line, ':');
    const struct mf_span name = {line.data, colon};
    struct mf_span value = mf_span_skip(line, colon + 1);

    while (value.length > 0 && value.data[0] == ' ')
        value = mf_span_skip(value, 1);
    while (value.length > 0 && value.data[value.length - 1] == ' ')
        value.length--;
    if (mf_span_equals(name, "Content-Type"))
        exchange->type = mf_http_content_type(context, value.data, value.length);
    else if (mf_span_equals(name, "Content-Length") && read_number(value, &exchange->size))
        exchange->flags |= MF_HTTP_SIZED;
}

static void
take_head(struct mf_http *http, const struct mf_summary_context *context,
          const struct mf_packet *packet, unsigned status)
{
    struct mf_http_exchange *exchange = &http->items[http->next];
    struct mf_span data = {packet->payload, MIN(packet->payload_captured, HEAD_MAX)}, line;
    const size_t length = head_length(data);

    data.length = length;
    http->head_seen = true;
    http->header_seq = packet->seq;
    http->body_seq = packet->seq + (uint32_t)length;
    http->current = http->next + 1;
    exchange->status = (uint16_t)status;
    exchange->last_frame = packet->frame;
    exchange->flags |= MF_HTTP_PROVISIONAL;
    while (mf_span_take_line(&data, &line))
        take_header(exchange, context, line);
}

static bool
is_provisional(const struct mf_http *http)
{
    return http->next < http->n && (http->items[http->next].flags & MF_HTTP_PROVISIONAL) != 0;
}

/* Whether a head in PACKET can answer a request that waits: a retransmission cannot, nor text in a
 * body when nobody waits for another answer. */
static bool
is_new_head(const struct mf_http *http, const struct mf_packet *packet)
{
    if (http->head_seen && (int32_t)(packet->seq - http->header_seq) <= 0)
        return false;
    return http->next + (is_provisional(http) ? 1u : 0u) < http->n;
}

void
mf_http_take_payload(struct mf_http *http, const struct mf_summary_context *context,
                     const struct mf_packet *packet)
{
    const unsigned status =
        read_status((struct mf_span){packet->payload, packet->payload_captured});
    uint32_t behind;

    if (status != 0 && mf_http_is_final(status) && is_new_head(http, packet)) {
        http->next += is_provisional(http) ? 1 : 0;
        take_head(http, context, packet, status);
    }
    if (!is_provisional(http))
        return;
    behind = packet->seq + packet->payload_length - http->body_seq;
    if ((int32_t)behind > 0 && behind > http->items[http->next].received) {
        http->items[http->next].received = behind;
        http->items[http->next].last_frame = packet->frame;
    }
}
