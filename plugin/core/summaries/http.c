/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP/1 and HTTP/2: every request of a connection with its response. HTTP/1 answers in order, so a
 * response belongs to the oldest request that waits; HTTP/2 answers by stream. All requests are
 * kept (they are what an analyst asks for), at 80 bytes and their text each.
 */
#include "http.h"

#include <string.h>

/* Where the first tag of a page is looked for. */
enum { MARKUP_WITHIN = 4096 };

struct mf_http_exchange *
mf_http_add(struct mf_http *http, const struct mf_summary_context *context,
            const struct mf_packet *packet)
{
    struct mf_http_exchange *exchange;

    if (http->n == MF_HTTP_REQUESTS) {
        http->lost++;
        context->counters->summary_items_lost++;
        return NULL;
    }
    if (http->n == http->room) {
        http->room = http->room == 0 ? 1 : http->room * 2;
        http->items = g_renew(struct mf_http_exchange, http->items, http->room);
    }
    exchange = &http->items[http->n++];
    *exchange = (struct mf_http_exchange){.time = packet->time, .frame = packet->frame};
    return exchange;
}

const char *
mf_http_content_type(const struct mf_summary_context *context, const uint8_t *data, size_t length)
{
    const uint8_t *end = length > 0 ? memchr(data, ';', length) : NULL;

    if (end != NULL)
        length = (size_t)(end - data);
    while (length > 0 && data[length - 1] == ' ')
        length--;
    return length > 0 ? mf_summary_intern(context, data, length) : NULL;
}

bool
mf_http_is_final(unsigned status)
{
    return status >= 200 || status == 101;
}

bool
mf_http_is_bodiless(const struct mf_http_exchange *exchange)
{
    return (exchange->flags & MF_HTTP_HEAD) != 0 || exchange->status == 204 ||
           exchange->status == 304 || exchange->status < 200;
}

/* --- requests --- */

static bool
is_absolute(const struct mf_buffer *uri)
{
    return (uri->length > 7 && g_ascii_strncasecmp((const char *)uri->data, "http://", 7) == 0) ||
           (uri->length > 8 && g_ascii_strncasecmp((const char *)uri->data, "https://", 8) == 0);
}

static void
append_host(GString *out, const struct mf_message *message)
{
    const struct mf_buffer *host = mf_message_find(message, MF_BUF_HTTP_HOST);
    const struct mf_session *session = message->session;
    int port = mf_session_port(session, MF_RESP);

    if (host != NULL && host->length > 0)
        g_string_append_len(out, (const char *)host->data, MIN(host->length, MF_SUMMARY_TEXT));
    else
        mf_endpoint_append(out, &session->addr[MF_RESP], port == 80 ? -1 : port);
}

/* "GET host/uri"; a proxy's absolute URI and CONNECT's target name the host themselves. */
static const char *
describe(const struct mf_summary_context *context, const struct mf_message *message)
{
    const struct mf_buffer *method = mf_message_find(message, MF_BUF_HTTP_METHOD);
    const struct mf_buffer *uri = mf_message_find(message, MF_BUF_HTTP_URI);
    GString *text = g_string_new(NULL);
    const char *interned;

    g_string_append_len(text, (const char *)method->data, MIN(method->length, 32));
    g_string_append_c(text, ' ');
    if (uri != NULL && is_absolute(uri)) {
        size_t skip = uri->data[4] == ':' ? 7 : 8;

        g_string_append_len(text, (const char *)uri->data + skip, (gssize)(uri->length - skip));
    } else {
        if (uri == NULL || !g_str_has_prefix(text->str, "CONNECT "))
            append_host(text, message);
        if (uri != NULL && uri->length > 0 && uri->data[0] != '/' &&
            !g_str_has_suffix(text->str, " "))
            g_string_append_c(text, ' ');
        if (uri != NULL)
            g_string_append_len(text, (const char *)uri->data, uri->length);
    }
    interned = mf_summary_intern(context, (const uint8_t *)text->str, text->len);
    g_string_free(text, TRUE);
    return interned;
}

/* What stands behind the last of STOPS in the N bytes at TEXT. */
static const char *
last_part(const struct mf_summary_context *context, const uint8_t *text, size_t n,
          const char *stops)
{
    size_t start = n;

    while (start > 0 && (text[start - 1] == '\0' || strchr(stops, text[start - 1]) == NULL))
        start--;
    return start < n ? mf_summary_intern(context, text + start, n - start) : NULL;
}

/* Last component of the URI's path; of "/get/?file=x.exe", which has none, the last value. */
static const char *
object_name(const struct mf_summary_context *context, const struct mf_buffer *uri)
{
    size_t start = 0, path, end;
    const char *name;

    if (uri == NULL)
        return NULL;
    if (is_absolute(uri))
        for (start = 8; start < uri->length && uri->data[start] != '/';)
            start++;
    for (path = start; path < uri->length && uri->data[path] != '?' && uri->data[path] != '#';)
        path++;
    for (end = path; end < uri->length && uri->data[end] != '#';)
        end++;
    name = last_part(context, uri->data + start, path - start, "/");
    return name != NULL ? name : last_part(context, uri->data + path, end - path, "?=&/");
}

static void
take_sent_body(struct mf_http *http, const struct mf_summary_context *context,
               const struct mf_message *message)
{
    const struct mf_buffer *body = mf_message_find(message, MF_BUF_FILE_DATA);
    const struct mf_buffer *type = mf_message_find(message, MF_BUF_HTTP_CONTENT_TYPE);

    http->sent_size =
        body != NULL ? body->length : mf_message_number(message, MF_BUF_HTTP_CONTENT_LENGTH, 0);
    http->sent = http->sent_size > 0;
    http->sent_type = type != NULL ? mf_http_content_type(context, type->data, type->length) : NULL;
}

static void
take_request(struct mf_http *http, const struct mf_summary_context *context,
             const struct mf_message *message)
{
    struct mf_http_exchange *exchange = mf_http_add(http, context, message->packet);

    take_sent_body(http, context, message);
    if (exchange == NULL) {
        http->lost_waiting++;
        return;
    }
    exchange->request = describe(context, message);
    exchange->name = object_name(context, mf_message_find(message, MF_BUF_HTTP_URI));
    exchange->agent = mf_summary_text(context, mf_message_find(message, MF_BUF_HTTP_USER_AGENT));
    exchange->stream = (uint32_t)mf_message_number(message, MF_BUF_HTTP2_STREAM, 0);
    if (g_str_has_prefix(exchange->request, "HEAD ") ||
        g_str_has_prefix(exchange->request, "CONNECT "))
        exchange->flags |= MF_HTTP_HEAD;
    if (mf_message_find(message, MF_BUF_HTTP_REFERER) != NULL)
        exchange->flags |= MF_HTTP_REFERRED;
}

/* --- responses --- */

/* A body that came whole may still be missing in the message: compressed, it may hold nothing. */
static void
take_status(struct mf_http *http, struct mf_http_exchange *exchange,
            const struct mf_summary_context *context, const struct mf_message *message)
{
    const struct mf_buffer *type = mf_message_find(message, MF_BUF_HTTP_CONTENT_TYPE);
    const struct mf_buffer *body = mf_message_find(message, MF_BUF_FILE_DATA);
    const struct mf_buffer *length = mf_message_find(message, MF_BUF_HTTP_CONTENT_LENGTH);

    const bool came_whole = length != NULL && (exchange->flags & MF_HTTP_PROVISIONAL) != 0 &&
                            exchange->received >= length->number;

    http->current = (uint32_t)(exchange - http->items) + 1;
    exchange->status = (uint16_t)mf_message_number(message, MF_BUF_HTTP_STATUS, 0);
    exchange->last_frame = message->packet->frame;
    exchange->type = type != NULL ? mf_http_content_type(context, type->data, type->length) : NULL;
    exchange->flags &= MF_HTTP_HEAD | MF_HTTP_REFERRED;
    if (body != NULL) {
        exchange->size = body->length;
        exchange->flags |= MF_HTTP_SIZED;
        if (memchr(body->data, '<', MIN(body->length, MARKUP_WITHIN)) != NULL)
            exchange->flags |= MF_HTTP_MARKUP;
    } else if (length != NULL && !mf_http_is_bodiless(exchange)) {
        exchange->size = length->number;
        exchange->flags |= MF_HTTP_SIZED;
        if (length->number > 0 && !came_whole)
            exchange->flags |= MF_HTTP_ANNOUNCED;
    }
}

static void
take_response(struct mf_http *http, const struct mf_summary_context *context,
              const struct mf_message *message)
{
    struct mf_http_exchange *exchange;

    if (!mf_http_is_final((unsigned)mf_message_number(message, MF_BUF_HTTP_STATUS, 0)))
        return;
    if (http->next < http->n) {
        exchange = &http->items[http->next];
    } else if (http->lost_waiting > 0) {
        http->lost_waiting--;
        return;
    } else {
        exchange = mf_http_add(http, context, message->packet);
    }
    if (exchange == NULL)
        return;
    take_status(http, exchange, context, message);
    http->next++;
}

/* Wireshark repeats a request's URI in its response: the method and the flags tell them apart. */
static bool
is_response(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_HTTP_STATUS) != NULL &&
           mf_message_number(message, MF_BUF_HTTP_IS_REQUEST, 0) == 0;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    if (message->buffers == NULL) {
        if (message->direction == MF_RESP)
            mf_http_take_payload(state, context, message->packet);
    } else if (is_response(message)) {
        take_response(state, context, message);
    } else if (mf_message_find(message, MF_BUF_HTTP_METHOD) != NULL) {
        take_request(state, context, message);
    }
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_HTTP_METHOD) != NULL ||
           mf_message_find(message, MF_BUF_HTTP_STATUS) != NULL;
}

/* --- HTTP/2 --- */

/* Clients number their streams upwards (RFC 9113, 5.1.1). */
static struct mf_http_exchange *
find_stream(const struct mf_http *http, uint32_t stream)
{
    uint32_t low = 0, high = http->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (http->items[middle].stream < stream)
            low = middle + 1;
        else
            high = middle;
    }
    return low < http->n && http->items[low].stream == stream ? &http->items[low] : NULL;
}

static void
take_stream_body(struct mf_http *http, const struct mf_message *message,
                 struct mf_http_exchange *exchange, const struct mf_buffer *body)
{
    if (message->direction == MF_ORIG) {
        http->sent_size += body->length;
        http->sent = true;
        return;
    }
    if ((exchange->flags & MF_HTTP_ANNOUNCED) != 0)
        exchange->size = 0;
    exchange->flags = (uint8_t)((exchange->flags & ~MF_HTTP_ANNOUNCED) | MF_HTTP_SIZED);
    exchange->size += body->length;
    exchange->last_frame = message->packet->frame;
}

static void
update_http2(void *state, const struct mf_summary_context *context,
             const struct mf_message *message)
{
    const struct mf_buffer *body = mf_message_find(message, MF_BUF_FILE_DATA);
    const uint64_t status = mf_message_number(message, MF_BUF_HTTP_STATUS, 0);
    struct mf_http_exchange *exchange;

    if (mf_message_find(message, MF_BUF_HTTP_METHOD) != NULL) {
        take_request(state, context, message);
        return;
    }
    exchange =
        find_stream(state, (uint32_t)mf_message_number(message, MF_BUF_HTTP2_STREAM, UINT32_MAX));
    if (exchange == NULL)
        return;
    if (status <= UINT16_MAX && mf_http_is_final((unsigned)status))
        take_status(state, exchange, context, message);
    else if (body != NULL)
        take_stream_body(state, message, exchange, body);
}

/* --- what others ask --- */

static unsigned
count(const void *state)
{
    return ((const struct mf_http *)state)->n;
}

static void
item(const void *state, unsigned index, struct mf_summary_item *out)
{
    const struct mf_http_exchange *exchange = &((const struct mf_http *)state)->items[index];

    *out = (struct mf_summary_item){.time = exchange->time,
                                    .frame = exchange->frame,
                                    .last_frame = exchange->last_frame,
                                    .request = exchange->request,
                                    .type = exchange->type,
                                    .status = exchange->status,
                                    .referred = (exchange->flags & MF_HTTP_REFERRED) != 0,
                                    .markup = (exchange->flags & MF_HTTP_MARKUP) != 0};
}

/* What comes from the responder now: the newest response, unless a request was made since. */
static const struct mf_http_exchange *
arriving(const struct mf_http *http)
{
    const struct mf_http_exchange *current =
        http->current > 0 ? &http->items[http->current - 1] : NULL;
    const struct mf_http_exchange *waiting = http->next < http->n ? &http->items[http->next] : NULL;

    if (current != NULL && (waiting == NULL || waiting->frame <= current->last_frame))
        return current;
    return waiting;
}

static bool
object(const void *state, enum mf_direction direction, struct mf_object *out)
{
    const struct mf_http *http = state;
    const struct mf_http_exchange *exchange =
        direction == MF_RESP ? arriving(http) : (http->n > 0 ? &http->items[http->n - 1] : NULL);

    if (exchange == NULL || (direction == MF_ORIG && !http->sent))
        return false;
    *out = (struct mf_object){
        .name = exchange->name,
        .content_type = direction == MF_RESP ? exchange->type : http->sent_type,
        .size = direction == MF_RESP ? exchange->size : http->sent_size,
        .serial = (uint32_t)(exchange - http->items) + 1,
    };
    return true;
}

static void
details(const void *state, const struct mf_detail_taker *taker)
{
    const struct mf_http *http = state;

    for (uint32_t i = 0; i < http->n; i++)
        mf_detail_tell(taker, MF_DETAIL_USER_AGENT, http->items[i].agent, http->items[i].frame);
}

static void
clear(void *state)
{
    g_free(((struct mf_http *)state)->items);
}

static size_t
owned(const void *state)
{
    return ((const struct mf_http *)state)->room * sizeof(struct mf_http_exchange);
}

const struct mf_summary_protocol mf_summary_row_http = {
    .name = "HTTP",
    .app = "HTTP",
    .size = sizeof(struct mf_http),
    .starts = starts,
    .update = update,
    .format = mf_http_format,
    .clear = clear,
    .owned = owned,
    .count = count,
    .item = item,
    .format_item = mf_http_format_item,
    .details = details,
    .object = object,
};

const struct mf_summary_protocol mf_summary_row_http2 = {
    .name = "HTTP",
    .size = sizeof(struct mf_http),
    .starts = starts,
    .update = update_http2,
    .format = mf_http_format,
    .clear = clear,
    .owned = owned,
    .count = count,
    .item = item,
    .format_item = mf_http_format_item,
    .details = details,
    .object = object,
};
