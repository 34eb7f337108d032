/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of files. Mail, FTP and the file shares give one; in HTTP a file is called as its
 * Content-Disposition says (RFC 6266), else as what was asked for.
 */
#include "http_lines.h"
#include "http_uri.h"
#include "slots.h"

static struct mf_span
before(struct mf_span span, uint8_t stop)
{
    span.length = mf_span_index(span, stop);
    return span;
}

/* The parameter "filename" of VALUE. */
static bool
find_filename(struct mf_span value, struct mf_span *name)
{
    while (value.length > 0) {
        struct mf_span key = before(value, '='), rest = mf_span_skip(value, key.length + 1);
        size_t cut = mf_span_index(key, ';');

        while (cut < key.length) {
            key = mf_span_skip(key, cut + 1);
            cut = mf_span_index(key, ';');
        }
        while (key.length > 0 && key.data[0] == ' ')
            key = mf_span_skip(key, 1);
        *name = rest.length > 0 && rest.data[0] == '"' ? before(mf_span_skip(rest, 1), '"')
                                                       : before(rest, ';');
        if (mf_span_equals(key, "filename"))
            return name->length > 0;
        value = rest.length > 0 && rest.data[0] == '"' ? mf_span_skip(rest, name->length + 2)
                                                       : mf_span_skip(rest, name->length);
    }
    return false;
}

/* What a response answers. */
static bool
response_for(const struct mf_message *message, struct mf_span *target)
{
    const struct mf_buffer *uri = mf_message_find(message, MF_BUF_HTTP_RESPONSE_FOR);

    if (uri != NULL)
        *target = (struct mf_span){uri->data, uri->length};
    return uri != NULL && uri->length > 0;
}

static void
append_http_name(const struct mf_message *message, GByteArray *out)
{
    struct mf_http_line line;
    struct mf_span text;
    struct mf_http_uri uri;

    if (mf_http_line_find(message, "Content-Disposition", &line) &&
        find_filename(line.value, &text)) {
        g_byte_array_append(out, text.data, (guint)text.length);
    } else if (mf_http_target(message, &text) || response_for(message, &text)) {
        mf_http_uri_parse(text, &uri);
        mf_http_uri_path(&uri, out);
    }
}

static bool
derive_name(const struct mf_sticky *sticky, const struct mf_message *message, unsigned *at,
            GByteArray *out)
{
    bool is_http = message->layer == MF_BUF_HTTP || message->layer == MF_BUF_HTTP2;

    (void)sticky;
    for (; *at < message->n_buffers; ++*at) {
        const struct mf_buffer *buffer = &message->buffers[*at];

        if (buffer->id == MF_BUF_FILE_NAME && buffer->length > 0)
            g_byte_array_append(out, buffer->data, buffer->length);
        else if (buffer->id == MF_BUF_FILE_DATA && is_http)
            append_http_name(message, out);
        if (out->len > 0)
            return ++*at > 0;
    }
    return false;
}

static const uint16_t layers[] = {MF_BUF_HTTP, MF_BUF_HTTP2, MF_BUF_FTP_DATA, MF_BUF_SMTP,
                                  MF_BUF_SMB,  MF_BUF_SMB2,  MF_BUF_NFS,      MF_BUFFER_COUNT};
static const uint16_t needs[] = {
    MF_BUF_FILE_NAME, MF_BUF_FILE_DATA,        MF_BUF_HTTP_START_LINE,   MF_BUF_HTTP_METHOD,
    MF_BUF_HTTP_URI,  MF_BUF_HTTP_HEADER_LINE, MF_BUF_HTTP_RESPONSE_FOR, MF_BUFFER_COUNT};

static const struct mf_sticky rows[] = {
    {.name = "file.name",
     .kind = MF_STICKY_DERIVED,
     .layers = layers,
     .multi = true,
     .derive = derive_name,
     .needs = needs},
};

const struct mf_sticky_family mf_sticky_files = {rows, G_N_ELEMENTS(rows)};
