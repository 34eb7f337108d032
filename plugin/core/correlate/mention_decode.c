/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * URLs that are written in escapes: percent-encoded in another URL's query or a script's
 * unescape(), as a script's string, as HTML's entities, in hex. The run of bytes around an escaped
 * "://" is decoded, and read as any URL is. One pass, no guessing: what is escaped in two ways at
 * once is not found.
 */
#include "mention_private.h"

#include <string.h>

enum {
    BEFORE = 64, /* escaped bytes in which a scheme has room */
    UNIT = 8,    /* longest escape: "&#x002f;" */
    RUN = 3 * MF_MENTION_PATH_BYTES,
    DECODED = MF_MENTION_PATH_BYTES + BEFORE
};

/* Takes one escape or byte off TEXT, appends what it stands for to OUT (at most two bytes), and
 * returns their number; -1: TEXT breaks off within an escape. */
typedef int (*take_unit)(struct mf_span *text, uint8_t *out);

static int
hex_value(struct mf_span text, size_t at, size_t digits)
{
    int value = 0;

    for (size_t i = 0; i < digits; i++) {
        if (at + i >= text.length || !g_ascii_isxdigit(text.data[at + i]))
            return -1;
        value = value * 16 + g_ascii_xdigit_value((gchar)text.data[at + i]);
    }
    return value;
}

/* VALUE takes the first N bytes of TEXT; a negative one: they are no escape. */
static int
put(struct mf_span *text, size_t n, int value, uint8_t *out)
{
    if (value < 0) {
        *out = text->data[0];
        *text = mf_span_skip(*text, 1);
        return 1;
    }
    *out = value < 0x100 ? (uint8_t)value : 0x80;
    *text = mf_span_skip(*text, n);
    return 1;
}

/* %3a, and %253a as it is written when that is encoded once more. */
static int
take_percent(struct mf_span *text, uint8_t *out)
{
    if (text->data[0] != '%')
        return put(text, 1, -1, out);
    if (text->length < 3)
        return -1;
    if (mf_span_starts(*text, "%25") && hex_value(*text, 3, 2) >= 0)
        return put(text, 5, hex_value(*text, 3, 2), out);
    return put(text, 3, hex_value(*text, 1, 2), out);
}

/* %u003a, and %3a among them. */
static int
take_wide(struct mf_span *text, uint8_t *out)
{
    if (text->data[0] == '%' && text->length < 6 && text->length > 1 && text->data[1] == 'u')
        return -1;
    if (mf_span_starts(*text, "%u"))
        return put(text, 6, hex_value(*text, 2, 4), out);
    return take_percent(text, out);
}

/* %u2f3a as a script writes the bytes 3a 2f of its shellcode. */
static int
take_pair(struct mf_span *text, uint8_t *out)
{
    int value;

    if (text->length < 6)
        return -1;
    value = mf_span_starts(*text, "%u") ? hex_value(*text, 2, 4) : -1;
    if (value < 0)
        return put(text, 1, 0, out);
    out[0] = (uint8_t)(value & 0xff);
    out[1] = (uint8_t)(value >> 8);
    *text = mf_span_skip(*text, 6);
    return 2;
}

/* \/, \x3a, \u003a. */
static int
take_script(struct mf_span *text, uint8_t *out)
{
    if (text->data[0] != '\\')
        return put(text, 1, -1, out);
    if (text->length < 2 || (text->data[1] == 'u' && text->length < 6) ||
        (text->data[1] == 'x' && text->length < 4))
        return -1;
    if (text->data[1] == 'x')
        return put(text, 4, hex_value(*text, 2, 2), out);
    if (text->data[1] == 'u')
        return put(text, 6, hex_value(*text, 2, 4), out);
    return put(text, 2, text->data[1], out);
}

static const struct {
    const char *name;
    int value;
} entities[] = {{"amp;", '&'},   {"quot;", '"'},  {"lt;", '<'},    {"gt;", '>'},
                {"apos;", '\''}, {"colon;", ':'}, {"sol;", '/'},   {"period;", '.'},
                {"nbsp;", ' '},  {"quest;", '?'}, {"equals;", '='}};

static int
take_number(struct mf_span *text, uint8_t *out)
{
    const bool hex = text->length > 2 && (text->data[2] | 0x20) == 'x';
    int value = 0;
    size_t n = hex ? 3 : 2;

    for (; n < text->length && n < UNIT && g_ascii_isxdigit(text->data[n]); n++)
        value = value * (hex ? 16 : 10) + g_ascii_xdigit_value((gchar)text->data[n]);
    if (n == text->length)
        return -1;
    return put(text, n + (text->data[n] == ';'), value, out);
}

/* &amp;, &#58;, &#x3a;. */
static int
take_entity(struct mf_span *text, uint8_t *out)
{
    if (text->data[0] != '&')
        return put(text, 1, -1, out);
    if (text->length > 1 && text->data[1] == '#')
        return take_number(text, out);
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
        if (mf_span_starts(mf_span_skip(*text, 1), entities[i].name))
            return put(text, 1 + strlen(entities[i].name), entities[i].value, out);
    return text->length < UNIT ? -1 : put(text, 1, -1, out);
}

/* 3a, as programs are given parameters. */
static int
take_hex(struct mf_span *text, uint8_t *out)
{
    return text->length < 2 ? -1 : put(text, 2, hex_value(*text, 0, 2), out);
}

static const struct {
    take_unit take;
    const char *ends; /* besides blanks, quotes and angle brackets: what ends a run */
} styles[] = {
    [MF_STYLE_PERCENT] = {take_percent, "&;,()#|"}, [MF_STYLE_WIDE] = {take_wide, "&;,()#|"},
    [MF_STYLE_PAIRS] = {take_pair, "&;,()#|"},      [MF_STYLE_SCRIPT] = {take_script, ""},
    [MF_STYLE_ENTITY] = {take_entity, ""},          [MF_STYLE_HEX] = {take_hex, "&;,()#|=:/%"},
};

size_t
mf_mention_decode(enum mf_mention_style style, struct mf_span text, uint8_t *out, size_t max)
{
    size_t n = 0;

    while (text.length > 0 && n + 2 <= max) {
        const int made = styles[style].take(&text, out + n);

        if (made < 0)
            break;
        n += (size_t)made;
    }
    return n;
}

static size_t
run_end(const struct mf_mention_search *search, size_t at, enum mf_mention_style style)
{
    const size_t end = MIN(search->end, at + RUN);

    while (at < end && search->data[at] > 0x20 && search->data[at] < 0x7f &&
           memchr("\"'<>`", search->data[at], 5) == NULL &&
           strchr(styles[style].ends, search->data[at]) == NULL)
        at++;
    return at;
}

static size_t
run_begin(const struct mf_mention_search *search, size_t at)
{
    const size_t limit = at - MIN(at - search->begin, BEFORE);

    while (at > limit && ((mf_mention_class(search, at - 1) & MF_BYTE_NAME) != 0 ||
                          memchr("%\\&#;*+.:", search->data[at - 1], 9) != NULL))
        at--;
    return at;
}

struct mf_mention_search
mf_mention_search_within(const struct mf_mention_search *search, struct mf_span decoded, size_t end)
{
    struct mf_mention_search inner = *search;

    inner.data = decoded.data;
    inner.length = inner.end = decoded.length;
    inner.begin = inner.taken = inner.outer = 0;
    inner.nested = 0;
    inner.names = false;
    inner.decoded = true;
    inner.unended = search->unended && end == search->end;
    inner.origin = search->origin + end * search->scale;
    inner.scale = 0;
    return inner;
}

void
mf_mention_read_escaped(struct mf_mention_search *search, size_t at, const void *how)
{
    const enum mf_mention_style style = *(const enum mf_mention_style *)how;
    const size_t begin = run_begin(search, at), end = run_end(search, at, style);
    struct mf_mention_extent extent = {begin, end};
    uint8_t text[DECODED];
    struct mf_mention_search inner;
    size_t before, n;

    before = mf_mention_decode(style, (struct mf_span){search->data + begin, at - begin}, text,
                               sizeof text);
    n = mf_mention_decode(style, (struct mf_span){search->data + begin, end - begin}, text,
                          sizeof text);
    /* The literal may be that of the slashes only; and of pairs, ':' may be a second byte. */
    before = before > 0 && text[before - 1] == ':' ? before - 1 : before;
    if (n < before + 3 || memcmp(text + before, "://", 3) != 0)
        return;
    inner = mf_mention_search_within(search, (struct mf_span){text, n}, end);
    inner.taken = 0;
    mf_mention_read_url(&inner, before, "://");
    search->taken = at + 1;
    if (!search->decoded)
        g_array_append_val(search->finder->extents, extent);
}
