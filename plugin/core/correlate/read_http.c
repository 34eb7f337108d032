/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP, the carrier of most of what causes anything: a request is an act for a URL (an absolute URI
 * through a proxy, a CONNECT, or the Host), explained by what was told before and by its Referer; a
 * response tells where to go on (Location, Refresh), and its body is read. What a server is sent is
 * read too: exploits bring the URL of what comes next in their own request.
 */
#include "correlator.h"

#include <string.h>

static struct mf_span
span_of(const struct mf_buffer *buffer)
{
    return buffer != NULL ? (struct mf_span){buffer->data, buffer->length} : (struct mf_span){0};
}

static struct mf_span
find_span(const struct mf_message *message, enum mf_buffer_id id)
{
    return span_of(mf_message_find(message, id));
}

static struct mf_span
trim(struct mf_span text)
{
    while (text.length > 0 && g_ascii_isspace((char)text.data[0]))
        text = mf_span_skip(text, 1);
    while (text.length > 0 && g_ascii_isspace((char)text.data[text.length - 1]))
        text.length--;
    return text;
}

/* Where the request goes. False: nothing that it says names a host. */
static bool
read_target(const struct mf_message *message, char room[MF_NAME_ROOM], struct mf_target *target)
{
    const struct mf_span method = find_span(message, MF_BUF_HTTP_METHOD);
    struct mf_span uri = find_span(message, MF_BUF_HTTP_URI);

    *target = (struct mf_target){0};
    if (mf_correlate_url(uri, room, target))
        return true;
    if (mf_span_equals(method, "CONNECT"))
        return mf_correlate_authority(uri, room, target);
    uri.length = MIN(uri.length, mf_span_index(uri, '#'));
    target->path = uri;
    target->port = message->session->port[MF_RESP];
    if (mf_correlate_authority(trim(find_span(message, MF_BUF_HTTP_HOST)), room, target))
        return true;
    target->host.length = 0;
    target->addr = message->session->addr[MF_RESP];
    return true;
}

static void
note_page(struct mf_correlator *correlator, const struct mf_telling *telling,
          const struct mf_target *page)
{
    const struct mf_span name = page->host.length > 0
                                    ? page->host
                                    : (struct mf_span){page->addr.bytes, sizeof page->addr.bytes};
    char *path = g_strndup((const char *)page->path.data, page->path.length);
    GString *text = g_string_new("Referer ");

    if (page->host.length > 0)
        g_string_append_len(text, (const char *)page->host.data, (gssize)page->host.length);
    else
        mf_addr_append(text, &page->addr);
    g_string_append(text, path);
    g_string_truncate(text, MIN(text->len, MF_SUMMARY_TEXT));
    mf_correlate_tell(correlator, telling, MF_TOPIC_PAGE, name,
                      &(struct mf_clue){.kind = MF_LINK_REDIRECT, .path = path, .text = text->str});
    g_string_free(text, TRUE);
    g_free(path);
}

/* Header lines that name, in every request, where the client has been. */
static bool
is_about_client(struct mf_span line)
{
    static const char *const names[] = {"Referer:", "Origin:", "Host:"};

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        if (line.length >= strlen(names[i]) &&
            g_ascii_strncasecmp((const char *)line.data, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* What the server is sent: in the URI (a proxy: what to ask for), in a header, in a body. */
static void
read_sent(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_telling telling = mf_telling_of(message);

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (buffer->id == MF_BUF_HTTP_URI || buffer->id == MF_BUF_FILE_DATA ||
            (buffer->id == MF_BUF_HTTP_HEADER_LINE && !is_about_client(span_of(buffer))))
            mf_correlate_tell_text(correlator, &telling, span_of(buffer),
                                   &(struct mf_mention_reading){0});
    }
}

static void
read_request(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_span method = find_span(message, MF_BUF_HTTP_METHOD);
    struct mf_act act = mf_act_of(message);
    char room[MF_NAME_ROOM], referer_room[MF_NAME_ROOM];
    struct mf_target target, referer = {0};

    act.of_request = !mf_correlate_is_first(correlator, message->session);
    if (!read_target(message, room, &target))
        return;
    if (mf_correlate_url(trim(find_span(message, MF_BUF_HTTP_REFERER)), referer_room, &referer))
        mf_correlate_refer(correlator, &act, &referer);
    if (mf_span_equals(method, "CONNECT"))
        mf_correlate_greet(correlator, &act, &target);
    else
        mf_correlate_request(correlator, &act, &target);
    if (mf_span_equals(method, "GET"))
        mf_correlate_download(correlator, &act);
    read_sent(correlator, message);
}

/* --- responses --- */

/* Media types whose bytes are no text. */
static bool
is_binary(struct mf_span type)
{
    static const char *const prefixes[] = {"image/", "video/", "audio/", "font/"};

    for (unsigned i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (type.length >= strlen(prefixes[i]) &&
            g_ascii_strncasecmp((const char *)type.data, prefixes[i], strlen(prefixes[i])) == 0)
            return !mf_span_contains(type, "svg");
    return false;
}

static bool
is_markup(struct mf_span type, struct mf_span body)
{
    return mf_span_contains(type, "html") || mf_span_contains(type, "script") ||
           mf_span_contains(type, "xml") || mf_span_starts(trim(body), "<");
}

static void
read_body(struct mf_correlator *correlator, const struct mf_message *message,
          const struct mf_target *page)
{
    const struct mf_span type = find_span(message, MF_BUF_HTTP_CONTENT_TYPE);
    const struct mf_telling telling = mf_telling_of(message);

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_span body = span_of(&message->buffers[i]);

        if (message->buffers[i].id != MF_BUF_FILE_DATA || is_binary(type) || body.length == 0 ||
            mf_span_starts(body, "MZ"))
            continue;
        mf_correlate_tell_text(correlator, &telling, body,
                               &(struct mf_mention_reading){.base_host = page->host,
                                                            .base_path = page->path,
                                                            .base_port = page->port,
                                                            .html = is_markup(type, body)});
    }
}

/* REFERENCE, as it stands in a header, seen from PAGE. */
static bool
resolve(struct mf_span reference, const struct mf_target *page, char room[MF_NAME_ROOM],
        GString *path, struct mf_target *target)
{
    size_t folder = page->path.length;

    if (mf_correlate_url(reference, room, target)) {
        g_string_append_len(path, (const char *)target->path.data, (gssize)target->path.length);
        return true;
    }
    if (reference.length == 0 || mf_span_contains(reference, "://"))
        return false;
    *target = *page;
    if (mf_span_starts(reference, "//")) {
        const size_t end = mf_span_index(mf_span_skip(reference, 2), '/');
        const struct mf_span authority = {reference.data + 2, end};

        reference = mf_span_skip(reference, 2 + end);
        g_string_append_len(path, (const char *)reference.data, (gssize)reference.length);
        return mf_correlate_authority(authority, room, target);
    }
    folder = MIN(folder, mf_span_index(page->path, '?'));
    while (folder > 0 && page->path.data[folder - 1] != '/')
        folder--;
    if (reference.data[0] != '/')
        g_string_append_len(path, (const char *)page->path.data, (gssize)folder);
    g_string_append_len(path, (const char *)reference.data, (gssize)mf_span_index(reference, '#'));
    return true;
}

static void
tell_redirect(struct mf_correlator *correlator, const struct mf_message *message,
              const struct mf_target *page, struct mf_span reference, const char *what)
{
    const struct mf_telling telling = mf_telling_of(message);
    GString *path = g_string_new(NULL), *text = g_string_new(what);
    char room[MF_NAME_ROOM];
    struct mf_target target = {0};

    if (resolve(trim(reference), page, room, path, &target)) {
        const bool named = target.host.length > 0;
        const struct mf_span bytes = {target.addr.bytes, sizeof target.addr.bytes};

        g_string_append_len(text, (const char *)reference.data,
                            (gssize)MIN(reference.length, (size_t)MF_SUMMARY_TEXT));
        mf_correlate_tell(correlator, &telling, named ? MF_TOPIC_NAME : MF_TOPIC_ADDRESS,
                          named ? target.host : bytes,
                          &(struct mf_clue){.kind = MF_LINK_REDIRECT,
                                            .strength = MF_STRENGTH_LOCATION,
                                            .port = target.port,
                                            .path = path->str,
                                            .text = text->str});
    }
    g_string_free(path, TRUE);
    g_string_free(text, TRUE);
}

/* "Refresh: 5; url=http://..." */
static void
read_refresh(struct mf_correlator *correlator, const struct mf_message *message,
             const struct mf_target *page)
{
    for (unsigned i = 0; i < message->n_buffers; i++) {
        struct mf_span line = span_of(&message->buffers[i]);
        size_t url;

        if (message->buffers[i].id != MF_BUF_HTTP_HEADER_LINE || line.length < 8 ||
            g_ascii_strncasecmp((const char *)line.data, "Refresh:", 8) != 0)
            continue;
        url = mf_span_index(line, '=');
        if (url < line.length)
            tell_redirect(correlator, message, page, mf_span_skip(line, url + 1), "Refresh: ");
    }
}

static void
read_response(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_span asked = find_span(message, MF_BUF_HTTP_RESPONSE_FOR);
    const struct mf_span location = find_span(message, MF_BUF_HTTP_LOCATION);
    const struct mf_telling telling = mf_telling_of(message);
    char room[MF_NAME_ROOM];
    struct mf_target page = {0};

    if (mf_correlate_url(asked, room, &page))
        note_page(correlator, &telling, &page);
    if (location.length > 0)
        tell_redirect(correlator, message, &page, location, "Location: ");
    read_refresh(correlator, message, &page);
    read_body(correlator, message, &page);
}

void
mf_correlate_read_http(struct mf_correlator *correlator, const struct mf_message *message)
{
    if (mf_message_find(message, MF_BUF_HTTP_METHOD) != NULL)
        read_request(correlator, message);
    else
        read_response(correlator, message);
}
