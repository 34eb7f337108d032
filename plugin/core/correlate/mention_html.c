/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links of HTML and its scripts. What a browser follows without being asked (frames, scripts,
 * applets, embedded objects, refreshes, changes of location) is told apart from what it may follow.
 * Relative ones are resolved as RFC 3986, 5.2 says. No parser of HTML: pages of exploit kits are
 * broken on purpose, and what a script writes stands in it as tags all the same.
 */
#include "mention_private.h"

#include <string.h>

enum {
    TAG_BACK = 512, /* bytes of a tag before an attribute */
    TAG_NAME = 12,
    GAP = 8, /* blanks between words of a script */
};

static const char *const followed[] = {"iframe", "frame",  "script", "embed",
                                       "applet", "object", "meta",   "base"};

/* Attributes that hold a link in some tags only. */
static const struct {
    const char *attribute, *tag;
} bound[] = {
    {"url", "meta"},       {"data", "object"}, {"code", "applet"},     {"archive", "applet"},
    {"archive", "object"}, {"action", "form"}, {"background", "body"},
};

static bool
is_name(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

/* Whether a value of ATTRIBUTE in TAG ("": none, a script) is a link. */
static bool
is_link(const char *attribute, const char *tag)
{
    bool is_bound = false;

    for (size_t i = 0; i < G_N_ELEMENTS(bound); i++)
        if (strcmp(attribute, bound[i].attribute) == 0) {
            if (strcmp(tag, bound[i].tag) == 0)
                return true;
            is_bound = true;
        }
    return !is_bound;
}

/* The tag in which AT stands, in lower case; "": none. */
static void
tag_around(const struct mf_mention_search *search, size_t at, char tag[TAG_NAME])
{
    const size_t limit = at - MIN(at - search->begin, TAG_BACK);
    size_t n = 0;

    tag[0] = '\0';
    while (at > limit && search->data[at - 1] != '<' && search->data[at - 1] != '>')
        at--;
    if (at == limit || search->data[at - 1] != '<')
        return;
    for (; n < TAG_NAME - 1 && at + n < search->end && g_ascii_isalpha(search->data[at + n]); n++)
        tag[n] = g_ascii_tolower(search->data[at + n]);
    tag[n] = '\0';
}

static size_t
skip_blanks(const struct mf_mention_search *search, size_t at)
{
    const size_t limit = MIN(search->end, at + GAP);

    while (at < limit && (mf_mention_class(search, at) & MF_BYTE_BLANK) != 0)
        at++;
    return at;
}

/* The value at AT, in quotes (escaped ones, when a script writes it) or up to a blank. */
static struct mf_mention_extent
value_at(const struct mf_mention_search *search, size_t at)
{
    const size_t most = MF_MENTION_PATH_BYTES;
    struct mf_mention_extent value;
    uint8_t quote = 0;

    while (at < search->end && search->data[at] == '\\')
        at++;
    if (at < search->end && (search->data[at] == '"' || search->data[at] == '\''))
        quote = search->data[at++];
    value.begin = at;
    for (; at < search->end && at - value.begin < most; at++) {
        const uint8_t byte = search->data[at];

        if (byte == quote || byte == '"' || byte == '>' || byte == '\r' || byte == '\n' ||
            (quote == 0 && (byte <= ' ' || byte == '\'')))
            break;
    }
    value.end = at;
    while (value.end > value.begin && search->data[value.end - 1] == '\\')
        value.end--;
    return value;
}

/* Takes "." and ".." out of the path in PATH (RFC 3986, 5.2.4). */
static size_t
remove_dots(char *path, size_t length)
{
    size_t from = 0, to = 0;

    while (from < length && path[from] != '?') {
        size_t n = 1;

        while (from + n < length && path[from + n] != '/' && path[from + n] != '?')
            n++;
        if (n == 3 && memcmp(path + from, "/..", 3) == 0) {
            while (to > 0 && path[--to] != '/')
                ;
        } else if (n != 2 || path[from + 1] != '.') {
            memmove(path + to, path + from, n);
            to += n;
            from += n;
            continue;
        }
        from += n;
        if (from == length || path[from] == '?') /* "/a/.." is "/" */
            path[to++] = '/';
    }
    memmove(path + to, path + from, length - from);
    return to + length - from;
}

/* LINK, relative to the page's path, in OUT. */
static size_t
resolve(const struct mf_mention_reading *reading, struct mf_span link, char *out, size_t size)
{
    struct mf_span base = reading->base_path;
    size_t n = 0;

    base.length = mf_span_index(base, '?');
    if (link.data[0] != '/' && base.length > 0 && base.length < size) {
        n = base.length;
        while (link.data[0] != '?' && n > 0 && base.data[n - 1] != '/')
            n--;
        memcpy(out, base.data, n);
    }
    if (n == 0 && link.data[0] != '/')
        out[n++] = '/';
    if (link.length > size - n)
        return 0;
    memcpy(out + n, link.data, link.length);
    return remove_dots(out, n + link.length);
}

/* The URL of PATH at the page's own host, as it is shown. */
static void
keep_relative(struct mf_mention_search *search, enum mf_mention_kind kind, struct mf_span link)
{
    const struct mf_mention_reading *reading = search->reading;
    char path[2 * MF_MENTION_PATH_BYTES];
    const size_t n = resolve(reading, link, path, sizeof path);
    GString *text = g_string_new(reading->base_port == 443 ? "https://" : "http://");
    const struct mf_mention mention = {.kind = kind,
                                       .host = reading->base_host,
                                       .path = {(const uint8_t *)path, n},
                                       .port = reading->base_port,
                                       .end = (size_t)(link.data + link.length - search->data),
                                       .open = (size_t)(link.data + link.length - search->data) ==
                                               search->end};
    struct mf_mention shown = mention;

    g_string_append_len(text, (const char *)reading->base_host.data,
                        (gssize)reading->base_host.length);
    if (reading->base_port != 0 && reading->base_port != 80 && reading->base_port != 443)
        g_string_append_printf(text, ":%u", reading->base_port);
    g_string_append_len(text, path, (gssize)n);
    shown.text = (struct mf_span){(const uint8_t *)text->str, text->len};
    if (n > 0)
        mf_mention_keep(search, &shown);
    g_string_free(text, TRUE);
}

/* "http://host/path", "//host/path" at AT. False: it is neither. */
static bool
keep_absolute(struct mf_mention_search *search, enum mf_mention_kind kind, size_t at)
{
    const struct mf_span link = {search->data + at, search->end - at};
    const size_t colon = mf_span_index(link, ':');
    struct mf_mention_place place;
    uint16_t port = search->reading->base_port == 443 ? 443 : 80;
    size_t host = at + 2, start;

    if (colon + 3 <= link.length && memcmp(link.data + colon, "://", 3) == 0) {
        if (mf_mention_scheme(search, at + colon, &start, &port) == NULL || start != at)
            return false;
        host = at + colon + 3;
    } else if (!mf_span_starts(link, "//")) {
        return false;
    }
    if (!mf_mention_place_read(search, host, true, &place))
        return false;
    place.port = place.port != 0 ? place.port : port;
    search->taken = place.path_at;
    mf_mention_keep_place(search, kind, &place, (struct mf_span){link.data, place.end - at});
    return true;
}

/* Whether it has a scheme, a fragment only, or what no link has. */
static bool
is_relative(struct mf_span link)
{
    const size_t colon = mf_span_index(link, ':');

    if (link.length == 0 || link.data[0] == '#' || mf_span_starts(link, "//") ||
        !mf_span_is_printable(link))
        return false;
    for (size_t i = 0; i < link.length; i++)
        if (strchr(" +[]{}()<>\"'`|^$\\", link.data[i]) != NULL)
            return false;
    return colon == link.length || colon > mf_span_index(link, '/') ||
           colon > mf_span_index(link, '?');
}

static void
read_link(struct mf_mention_search *search, enum mf_mention_kind kind)
{
    struct mf_span link = {search->data + search->begin, search->end - search->begin};

    while (link.length > 0 && link.data[0] <= ' ')
        link = mf_span_skip(link, 1);
    while (link.length > 0 && link.data[link.length - 1] <= ' ')
        link.length--;
    if (keep_absolute(search, kind, (size_t)(link.data - search->data)))
        return;
    link.length = mf_span_index(link, '#');
    if (search->reading->base_host.length > 0 && is_relative(link))
        keep_relative(search, kind, link);
}

/* Reads the link in VALUE, decoding it where it is escaped. */
static void
read_value(struct mf_mention_search *search, enum mf_mention_kind kind,
           struct mf_mention_extent value)
{
    const struct mf_span raw = {search->data + value.begin, value.end - value.begin};
    const bool script = mf_span_index(raw, '\\') < raw.length;
    struct mf_mention_search inner = *search;
    uint8_t text[MF_MENTION_PATH_BYTES + 2];
    size_t behind = value.end;

    if (raw.length == 0)
        return;
    while (behind < search->end && search->data[behind] == '\\')
        behind++;
    if (script || mf_span_index(raw, '&') < raw.length) {
        const size_t n =
            mf_mention_decode(script ? MF_STYLE_SCRIPT : MF_STYLE_ENTITY, raw, text, sizeof text);

        inner = mf_mention_search_within(search, (struct mf_span){text, n}, value.end);
        inner.unended = search->unended && behind == search->end;
        read_link(&inner, kind);
        if (inner.taken > 0)
            search->taken = value.end;
        return;
    }
    inner.begin = value.begin;
    inner.end = value.end;
    inner.unended = search->unended && behind == search->end;
    read_link(&inner, kind);
    search->taken = MAX(search->taken, inner.taken);
}

void
mf_mention_read_attribute(struct mf_mention_search *search, size_t at, const void *how)
{
    const char *name = how;
    size_t value = skip_blanks(search, at + strlen(name));
    char tag[TAG_NAME];
    bool follow;

    if (mf_mention_before(search, at, MF_BYTE_NAME) || value >= search->end ||
        search->data[value] != '=')
        return;
    tag_around(search, at, tag);
    if (tag[0] == '\0'
            ? strcmp(name, "src") != 0 || at == search->begin || search->data[at - 1] != '.'
            : !is_link(name, tag))
        return;
    follow = tag[0] == '\0' || is_name(tag, followed, G_N_ELEMENTS(followed));
    read_value(search, follow ? MF_MENTION_REDIRECT : MF_MENTION_HOST,
               value_at(search, skip_blanks(search, value + 1)));
}

/* location = "...", location.href = "...", location.replace("..."). */
void
mf_mention_read_location(struct mf_mention_search *search, size_t at, const void *how)
{
    static const char *const calls[] = {".replace", ".assign"};
    struct mf_span rest;
    uint8_t sign = '=';

    if (mf_mention_before(search, at, MF_BYTE_NAME))
        return;
    at += strlen(how);
    rest = (struct mf_span){search->data + at, search->end - at};
    if (mf_span_starts(rest, ".href"))
        at += strlen(".href");
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        if (mf_span_starts(rest, calls[i])) {
            at += strlen(calls[i]);
            sign = '(';
        }
    at = skip_blanks(search, at);
    if (at >= search->end || search->data[at] != sign)
        return;
    at = skip_blanks(search, at + 1);
    if (at < search->end && strchr("\"'\\", search->data[at]) != NULL)
        read_value(search, MF_MENTION_REDIRECT, value_at(search, at));
}
