/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules are written for what Suricata's HTTP parser (libhtp, personality IDS, no double decoding)
 * makes of a request target; this does the same, so that a rule means the same here. Where libhtp
 * is odd ("/a/." becomes "/a"; %u only outside the query), so is this: the odd cases are in its
 * tests.
 */
#include "http_uri.h"

#include <string.h>

/* --- pieces --- */

static struct mf_span
first_bytes(struct mf_span span, size_t n)
{
    return (struct mf_span){span.data, MIN(n, span.length)};
}

/* Position of the first byte of SPAN that is one of STOPS; its length if there is none. */
static size_t
find_any(struct mf_span span, const char *stops)
{
    for (; *stops != '\0'; stops++)
        span.length = mf_span_index(span, (uint8_t)*stops);
    return span.length;
}

struct mf_span
mf_http_host(struct mf_span host)
{
    size_t bracket = mf_span_index(host, ']');

    if (host.length > 0 && host.data[0] == '[')
        return first_bytes(host, bracket + 1);
    return first_bytes(host, mf_span_index(host, ':'));
}

/* Takes "scheme:" and "//user@host:port" off REST. */
static void
take_authority(struct mf_span *rest, struct mf_http_uri *uri)
{
    size_t colon = mf_span_index(*rest, ':'), end, at;
    struct mf_span authority;

    if (rest->length == 0 || rest->data[0] == '/' || colon == rest->length)
        return;
    *rest = mf_span_skip(*rest, colon + 1);
    if (!mf_span_starts(*rest, "//") || rest->length < 3 || rest->data[2] == '/')
        return;
    *rest = mf_span_skip(*rest, 2);
    end = find_any(*rest, "/?#");
    authority = first_bytes(*rest, end);
    at = mf_span_index(authority, '@');
    if (at < authority.length)
        authority = mf_span_skip(authority, at + 1);
    uri->host = mf_http_host(authority);
    *rest = mf_span_skip(*rest, end);
}

void
mf_http_uri_parse(struct mf_span target, struct mf_http_uri *uri)
{
    struct mf_span rest = target;

    *uri = (struct mf_http_uri){.host = {NULL, 0}};
    take_authority(&rest, uri);
    uri->path = first_bytes(rest, find_any(rest, "?#"));
    rest = mf_span_skip(rest, uri->path.length);
    if (rest.length > 0 && rest.data[0] == '?') {
        rest = mf_span_skip(rest, 1);
        uri->query = first_bytes(rest, mf_span_index(rest, '#'));
        rest = mf_span_skip(rest, uri->query.length);
    }
    if (rest.length > 0)
        uri->fragment = mf_span_skip(rest, 1);
}

/* --- escapes --- */

static int
hex_byte(const uint8_t *digits)
{
    int high = g_ascii_xdigit_value((char)digits[0]), low = g_ascii_xdigit_value((char)digits[1]);

    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* The escape at the start of SPAN, a '%', decoded to *BYTE: its length; 0 when it is none. */
static size_t
read_escape(struct mf_span span, bool with_unicode, uint8_t *byte)
{
    const uint8_t *at = span.data;
    int high, low;

    if (span.length < 3)
        return 0;
    if (with_unicode && g_ascii_tolower((char)at[1]) == 'u') {
        high = span.length >= 6 ? hex_byte(at + 2) : -1;
        low = span.length >= 6 ? hex_byte(at + 4) : -1;
        if (high < 0 || low < 0)
            return 0;
        *byte = mf_bestfit((uint32_t)(high << 8 | low));
        return 6;
    }
    low = hex_byte(at + 1);
    if (low < 0)
        return 0;
    *byte = (uint8_t)low;
    return 3;
}

/* The byte that SPAN, which is not empty, begins with; moves behind it. */
static uint8_t
take_byte(struct mf_span *span, bool with_unicode)
{
    uint8_t byte = span->data[0];
    size_t length = byte == '%' ? read_escape(*span, with_unicode, &byte) : 0;

    length = MAX(length, 1);
    span->data += length;
    span->length -= length;
    return byte;
}

static void
append_decoded(struct mf_span span, bool with_unicode, GByteArray *out)
{
    while (span.length > 0) {
        uint8_t byte;

        mf_span_append(out, mf_span_take(&span, mf_span_index(span, '%')));
        if (span.length == 0)
            break;
        byte = take_byte(&span, with_unicode);
        g_byte_array_append(out, &byte, 1);
    }
}

/* --- the path --- */

/* Escapes, '\' and repeated '/'. */
static void
append_path(struct mf_span path, GByteArray *out)
{
    bool behind_slash = false;
    guint n = out->len;

    g_byte_array_set_size(out, n + (guint)path.length); /* it gets no longer */
    while (path.length > 0) {
        uint8_t byte = take_byte(&path, true);

        if (byte == '\\')
            byte = '/';
        if (byte != '/' || !behind_slash)
            out->data[n++] = byte;
        behind_slash = byte == '/';
    }
    g_byte_array_set_size(out, n);
}

/* How many bytes follow lead byte BYTE of a UTF-8 sequence; -1: it is none. */
static int
utf8_tail(uint8_t byte)
{
    if (byte < 0x80)
        return 0;
    if (byte < 0xc0 || byte > 0xf4)
        return -1;
    return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

/* Whether BYTE may stand behind LEAD: surrogates and what is beyond Unicode are no sequences. */
static bool
is_tail(uint8_t lead, uint8_t byte)
{
    return (byte & 0xc0) == 0x80 && !(lead == 0xed && byte > 0x9f) &&
           !(lead == 0xf4 && byte > 0x8f);
}

/* Reads the (perhaps overlong) UTF-8 sequence at the start of SPAN, which is not empty. Returns its
 * length and the byte that stands for it; what is broken off at the end stands for nothing, what is
 * no sequence for '?'. */
static size_t
read_utf8(struct mf_span span, uint8_t *byte, bool *none)
{
    int tail = utf8_tail(span.data[0]);
    uint32_t codepoint = span.data[0];
    size_t at = 1;

    *none = false;
    *byte = span.data[0];
    if (tail == 0)
        return 1;
    *byte = '?';
    if (tail < 0)
        return 1;
    for (codepoint &= 0x3fu >> tail; tail > 0; tail--, at++) {
        if (at == span.length) {
            *none = true;
            return at;
        }
        if (!is_tail(at == 1 ? span.data[0] : 0, span.data[at]))
            return at;
        codepoint = codepoint << 6 | (span.data[at] & 0x3f);
    }
    *byte = mf_bestfit(codepoint);
    return at;
}

static bool
is_ascii(const GByteArray *bytes)
{
    uint8_t all = 0;

    for (guint i = 0; i < bytes->len; i++)
        all |= bytes->data[i];
    return all < 0x80;
}

/* UTF-8 to single bytes, in place. */
static void
fit_utf8(GByteArray *path)
{
    struct mf_span rest = {path->data, path->len};
    guint written = 0;

    if (is_ascii(path))
        return;
    while (rest.length > 0) {
        uint8_t byte;
        bool none;

        rest = mf_span_skip(rest, read_utf8(rest, &byte, &none));
        if (!none)
            path->data[written++] = byte;
    }
    g_byte_array_set_size(path, written);
}

/* What the dots at the start of SPAN are. */
enum dots { NO_DOTS, HERE, HERE_LAST, UP, UP_LAST };

static enum dots
read_dots(struct mf_span span)
{
    if (span.length == 0 || span.data[0] != '.')
        return NO_DOTS;
    if (span.length == 1)
        return HERE_LAST;
    if (span.data[1] == '/')
        return HERE;
    if (span.data[1] != '.')
        return NO_DOTS;
    if (span.length == 2)
        return UP_LAST;
    return span.data[2] == '/' ? UP : NO_DOTS;
}

/* Without its last segment and the '/' before it. */
static guint
cut_segment(const uint8_t *path, guint length)
{
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length > 0 ? length - 1 : 0;
}

/* Whether a segment begins with a dot; nearly no path has one. */
static bool
has_dots(struct mf_span path)
{
    for (size_t i = mf_span_index(path, '.'); i < path.length; i++) {
        if (i == 0 || path.data[i - 1] == '/')
            return true;
        i += mf_span_index(mf_span_skip(path, i + 1), '.');
    }
    return false;
}

/* RFC 3986, 5.2.4, in place; except that the '/' before a last dot segment goes too. */
static void
remove_dots(GByteArray *path)
{
    struct mf_span rest = {path->data, path->len};
    bool slash = false; /* one was read and not yet written */
    guint written = 0;

    if (!has_dots(rest))
        return;
    while (rest.length > 0) {
        enum dots dots = read_dots(rest);
        size_t length;

        if (slash && (dots == UP || dots == UP_LAST))
            written = cut_segment(path->data, written);
        if (dots == HERE_LAST || dots == UP_LAST) {
            slash = false;
            break;
        }
        if (dots != NO_DOTS) {
            rest = mf_span_skip(rest, dots == UP ? 3 : 2);
            if (slash && rest.length == 0)
                slash = false;
            continue;
        }
        if (!slash && rest.data[0] == '/') {
            slash = true;
            rest = mf_span_skip(rest, 1);
            continue;
        }
        length = mf_span_index(rest, '/');
        if (slash)
            path->data[written++] = '/';
        memmove(path->data + written, rest.data, length);
        written += (guint)length;
        rest = mf_span_skip(rest, length);
        slash = false;
    }
    if (slash)
        path->data[written++] = '/';
    g_byte_array_set_size(path, written);
}

void
mf_http_uri_path(const struct mf_http_uri *uri, GByteArray *out)
{
    append_path(uri->path, out);
    fit_utf8(out);
    remove_dots(out);
}

void
mf_http_uri_normalize(const struct mf_http_uri *uri, GByteArray *out)
{
    mf_http_uri_path(uri, out);
    if (uri->query.data != NULL) {
        g_byte_array_append(out, (const guint8 *)"?", 1);
        append_decoded(uri->query, false, out);
    }
    if (uri->fragment.data != NULL) {
        g_byte_array_append(out, (const guint8 *)"#", 1);
        append_decoded(uri->fragment, true, out);
    }
}
