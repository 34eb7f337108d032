/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rules read of an HTTP message, of version 1 or 2, made from its start line and header lines.
 * https://docs.suricata.io/en/latest/rules/http-keywords.html says what each holds; where that is
 * silent (which headers, in which order, with which line ends), they hold what Suricata 7 puts
 * there. Two things are done although it does not: a host is in lower case also where a port stands
 * behind it, and targets of HTTP/2 are normalised too.
 */
#include "http_lines.h"
#include "http_uri.h"
#include "slots.h"

#include <string.h>

static const uint16_t http[] = {MF_BUF_HTTP, MF_BUF_HTTP2, MF_BUFFER_COUNT};
static const uint16_t of_start[] = {MF_BUF_HTTP_START_LINE, MF_BUF_HTTP_METHOD,    MF_BUF_HTTP_URI,
                                    MF_BUF_HTTP_PROTOCOL,   MF_BUF_HTTP_STAT_CODE, MF_BUFFER_COUNT};
static const uint16_t of_lines[] = {MF_BUF_HTTP_HEADER_LINE, MF_BUFFER_COUNT};
static const uint16_t of_both[] = {MF_BUF_HTTP_START_LINE, MF_BUF_HTTP_METHOD, MF_BUF_HTTP_URI,
                                   MF_BUF_HTTP_HEADER_LINE, MF_BUFFER_COUNT};

static void
append_text(GByteArray *out, const char *text)
{
    g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text));
}

static bool
append_buffer(GByteArray *out, const struct mf_message *message, enum mf_buffer_id id)
{
    const struct mf_buffer *buffer = mf_message_find(message, id);

    if (buffer != NULL)
        mf_span_append(out, (struct mf_span){buffer->data, buffer->length});
    return buffer != NULL;
}

static bool
is_http2(const struct mf_message *message)
{
    return message->layer == MF_BUF_HTTP2;
}

/* --- the start line --- */

/* A tunnel's target is a host and a port, no path. */
static bool
has_path(const struct mf_message *message)
{
    const struct mf_buffer *method = mf_message_find(message, MF_BUF_HTTP_METHOD);

    return method == NULL ||
           !mf_span_equals((struct mf_span){method->data, method->length}, "CONNECT");
}

static bool
derive_uri(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
           GByteArray *out)
{
    struct mf_span target;
    struct mf_http_uri uri;

    (void)sticky;
    (void)at;
    if (!has_path(message) || !mf_http_target(message, &target))
        return false;
    mf_http_uri_parse(target, &uri);
    mf_http_uri_normalize(&uri, out);
    return out->len > 0;
}

static bool
derive_uri_raw(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
               GByteArray *out)
{
    struct mf_span target;

    (void)sticky;
    (void)at;
    if (mf_http_target(message, &target))
        mf_span_append(out, target);
    return out->len > 0;
}

/* The line that HTTP/2 does not have, in the words of HTTP/1. */
static bool
append_http2_start(const struct mf_message *message, GByteArray *out)
{
    if (append_buffer(out, message, MF_BUF_HTTP_METHOD)) {
        append_text(out, " ");
        append_buffer(out, message, MF_BUF_HTTP_URI);
        append_text(out, " HTTP/2\r\n");
        return true;
    }
    if (mf_message_find(message, MF_BUF_HTTP_STAT_CODE) == NULL)
        return false;
    append_text(out, "HTTP/2 ");
    append_buffer(out, message, MF_BUF_HTTP_STAT_CODE);
    append_text(out, "\r\n");
    return true;
}

static bool
derive_start_line(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
                  GByteArray *out)
{
    struct mf_span line;

    (void)sticky;
    (void)at;
    if (is_http2(message))
        return append_http2_start(message, out);
    if (mf_http_start_line(message, &line))
        mf_span_append(out, line);
    return out->len > 0;
}

/* Behind method and target everything is the protocol. */
static bool
derive_protocol(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
                GByteArray *out)
{
    struct mf_span line, word;

    (void)sticky;
    (void)at;
    if (is_http2(message)) {
        append_text(out, "HTTP/2");
        return mf_message_find(message, MF_BUF_HTTP_METHOD) != NULL ||
               mf_message_find(message, MF_BUF_HTTP_STAT_CODE) != NULL;
    }
    if (mf_message_find(message, MF_BUF_HTTP_METHOD) == NULL || !mf_http_start_line(message, &line))
        return append_buffer(out, message, MF_BUF_HTTP_PROTOCOL) && out->len > 0;
    if (mf_span_take_word(&line, &word) && mf_span_take_word(&line, &word))
        mf_span_append(out, mf_span_strip_front(line, " "));
    return out->len > 0;
}

/* --- headers --- */

/* Cookies are no part of http.header. */
static bool
is_cookie(struct mf_span name)
{
    return mf_span_equals(name, "Cookie") || mf_span_equals(name, "Set-Cookie");
}

static void
append_header(const struct mf_message *message, const struct mf_http_line *line, GByteArray *out)
{
    mf_span_append(out, line->name);
    append_text(out, ": ");
    mf_http_line_append_values(message, line, out);
}

static void
append_headers(const struct mf_message *message, bool cookies, GByteArray *out)
{
    struct mf_http_line line;
    unsigned at = 0;

    while (mf_http_line_next(message, &at, &line)) {
        if ((!cookies && is_cookie(line.name)) || !mf_http_line_is_first(message, &line))
            continue;
        append_header(message, &line, out);
        append_text(out, "\r\n");
    }
}

static bool
derive_headers(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
               GByteArray *out)
{
    (void)sticky;
    (void)at;
    append_headers(message, false, out);
    return out->len > 0;
}

static bool
derive_headers_raw(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
                   GByteArray *out)
{
    const char *end = "\r\n";

    (void)sticky;
    (void)at;
    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *line = &message->buffers[i];

        if (line->id != MF_BUF_HTTP_HEADER_LINE)
            continue;
        mf_span_append(out, (struct mf_span){line->data, line->length});
        if (line->length > 1 && line->data[line->length - 1] == '\n')
            end = line->data[line->length - 2] == '\r' ? "\r\n" : "\n";
    }
    if (!is_http2(message) && mf_message_find(message, MF_BUF_HTTP_START_LINE) != NULL)
        append_text(out, end); /* the empty line */
    return out->len > 0;
}

static bool
derive_names(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
             GByteArray *out)
{
    struct mf_http_line line;

    (void)sticky;
    while (mf_http_line_next(message, at, &line)) {
        if (!mf_http_line_is_first(message, &line))
            continue;
        append_text(out, "\r\n");
        mf_span_append(out, line.name);
    }
    if (out->len == 0)
        return false;
    append_text(out, "\r\n\r\n");
    return true;
}

static bool
derive_start(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
             GByteArray *out)
{
    struct mf_span line;
    guint length;

    (void)sticky;
    (void)at;
    if (is_http2(message) || !mf_http_start_line(message, &line))
        return false;
    mf_span_append(out, line);
    append_text(out, "\r\n");
    length = out->len;
    append_headers(message, true, out);
    if (out->len > length)
        append_text(out, "\r\n");
    return true;
}

/* Each header, one after the other. */
static bool
derive_each(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
            GByteArray *out)
{
    struct mf_http_line line;

    (void)sticky;
    while (mf_http_line_next(message, at, &line)) {
        if (!mf_http_line_is_first(message, &line))
            continue;
        append_header(message, &line, out);
        return true;
    }
    return false;
}

/* The value of the header that the row names. */
static bool
derive_value(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
             GByteArray *out)
{
    struct mf_http_line line;

    (void)at;
    if (mf_http_line_find(message, sticky->detail, &line))
        mf_http_line_append_values(message, &line, out);
    return out->len > 0;
}

static bool
derive_cookie(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
              GByteArray *out)
{
    bool response = mf_message_side(message) == MF_RESP;
    struct mf_http_line line;

    (void)sticky;
    (void)at;
    if (mf_http_line_find(message, response ? "Set-Cookie" : "Cookie", &line))
        mf_http_line_append_values(message, &line, out);
    return out->len > 0;
}

/* --- the host --- */

static bool
host_of_target(const struct mf_message *message, struct mf_span *host)
{
    struct mf_span target;
    struct mf_http_uri uri;

    if (!mf_http_target(message, &target))
        return false;
    if (!has_path(message)) {
        *host = mf_http_host(target);
        return host->length > 0;
    }
    mf_http_uri_parse(target, &uri);
    *host = uri.host;
    return host->length > 0;
}

static void
lower(GByteArray *text)
{
    for (guint i = 0; i < text->len; i++)
        text->data[i] = (guint8)g_ascii_tolower((gchar)text->data[i]);
}

static bool
derive_host_raw(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
                GByteArray *out)
{
    struct mf_http_line line;
    struct mf_span host;

    (void)sticky;
    (void)at;
    if (host_of_target(message, &host)) {
        mf_span_append(out, host);
        lower(out);
    } else if ((is_http2(message) && mf_http_line_find(message, ":authority", &line)) ||
               mf_http_line_find(message, "Host", &line)) {
        mf_http_line_append_values(message, &line, out);
    }
    return out->len > 0;
}

static bool
derive_host(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
            GByteArray *out)
{
    struct mf_span host;

    if (!derive_host_raw(sticky, message, at, out))
        return false;
    host = mf_http_host((struct mf_span){out->data, out->len});
    g_byte_array_set_size(out, (guint)host.length);
    lower(out);
    return out->len > 0;
}

/* --- rows --- */

#define REQUEST  (1u << MF_ORIG)
#define RESPONSE (1u << MF_RESP)

#define BUFFER(rule_name, old, buffer, sides)                                                      \
    {                                                                                              \
        .name = (rule_name), .modifier = (old), .kind = MF_STICKY_BUFFER, .id = MF_BUF_##buffer,   \
        .layers = http, .directions = (sides)                                                      \
    }

#define DERIVED(rule_name, old, function, made_of, sides)                                          \
    {                                                                                              \
        .name = (rule_name), .modifier = (old), .kind = MF_STICKY_DERIVED, .layers = http,         \
        .directions = (sides), .derive = (function), .needs = (made_of)                            \
    }

#define EACH(rule_name, sides)                                                                     \
    {                                                                                              \
        .name = (rule_name), .kind = MF_STICKY_DERIVED, .layers = http, .directions = (sides),     \
        .multi = true, .derive = derive_each, .needs = of_lines                                    \
    }

#define VALUE(rule_name, old, header_name, sides)                                                  \
    {                                                                                              \
        .name = (rule_name), .modifier = (old), .kind = MF_STICKY_DERIVED, .layers = http,         \
        .directions = (sides), .derive = derive_value, .detail = (header_name), .needs = of_lines  \
    }

static const struct mf_sticky rows[] = {
    BUFFER("http.method", "http_method", HTTP_METHOD, REQUEST),
    BUFFER("http.stat_code", "http_stat_code", HTTP_STAT_CODE, RESPONSE),
    BUFFER("http.stat_msg", "http_stat_msg", HTTP_STAT_MSG, RESPONSE),
    BUFFER("http.request_body", "http_client_body", FILE_DATA, REQUEST),
    {.name = "http.response_body",
     .modifier = "http_server_body",
     .kind = MF_STICKY_BUFFER,
     .id = MF_BUF_FILE_DATA,
     .layers = http,
     .directions = RESPONSE,
     .multi = true},
    DERIVED("http.uri", "http_uri", derive_uri, of_start, REQUEST),
    DERIVED("http.uri.raw", "http_raw_uri", derive_uri_raw, of_start, REQUEST),
    DERIVED("http.request_line", NULL, derive_start_line, of_start, REQUEST),
    DERIVED("http.response_line", NULL, derive_start_line, of_start, RESPONSE),
    DERIVED("http.protocol", NULL, derive_protocol, of_start, 0),
    DERIVED("http.start", NULL, derive_start, of_both, 0),
    DERIVED("http.header", "http_header", derive_headers, of_lines, 0),
    DERIVED("http.header.raw", "http_raw_header", derive_headers_raw, of_both, 0),
    DERIVED("http.header_names", NULL, derive_names, of_lines, 0),
    DERIVED("http.cookie", "http_cookie", derive_cookie, of_lines, 0),
    DERIVED("http.host", "http_host", derive_host, of_both, REQUEST),
    DERIVED("http.host.raw", "http_raw_host", derive_host_raw, of_both, REQUEST),
    EACH("http.request_header", REQUEST),
    EACH("http.response_header", RESPONSE),
    VALUE("http.user_agent", "http_user_agent", "User-Agent", REQUEST),
    VALUE("http.accept", NULL, "Accept", REQUEST),
    VALUE("http.accept_enc", NULL, "Accept-Encoding", REQUEST),
    VALUE("http.accept_lang", NULL, "Accept-Language", REQUEST),
    VALUE("http.referer", NULL, "Referer", REQUEST),
    VALUE("http.connection", NULL, "Connection", 0),
    VALUE("http.content_type", NULL, "Content-Type", 0),
    VALUE("http.content_len", NULL, "Content-Length", 0),
    VALUE("http.server", NULL, "Server", RESPONSE),
    VALUE("http.location", NULL, "Location", RESPONSE),
};

const struct mf_sticky_family mf_sticky_http = {rows, G_N_ELEMENTS(rows)};
