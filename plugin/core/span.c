/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "span.h"

#include <string.h>

struct mf_span
mf_span_skip(struct mf_span span, size_t n)
{
    n = MIN(n, span.length);
    if (n == 0) /* there may be no data */
        return span;
    return (struct mf_span){span.data + n, span.length - n};
}

struct mf_span
mf_span_take(struct mf_span *rest, size_t n)
{
    const struct mf_span front = {rest->data, MIN(n, rest->length)};

    *rest = mf_span_skip(*rest, front.length);
    return front;
}

/* Sets have a few bytes; NUL is in none. */
static bool
is_in(uint8_t byte, const char *set)
{
    while (*set != '\0' && (uint8_t)*set != byte)
        set++;
    return *set != '\0';
}

struct mf_span
mf_span_strip_front(struct mf_span span, const char *set)
{
    size_t n = 0;

    while (n < span.length && is_in(span.data[n], set))
        n++;
    return mf_span_skip(span, n);
}

struct mf_span
mf_span_strip_end(struct mf_span span, const char *set)
{
    while (span.length > 0 && is_in(span.data[span.length - 1], set))
        span.length--;
    return span;
}

struct mf_span
mf_span_strip(struct mf_span span, const char *set)
{
    return mf_span_strip_end(mf_span_strip_front(span, set), set);
}

void
mf_span_append(GByteArray *out, struct mf_span span)
{
    if (span.length > 0)
        g_byte_array_append(out, span.data, (guint)span.length);
}

/* Where the first line end stands. Looked for piece by piece: many lines that one kind of line end
 * ends would be searched to the end again and again for the other. */
static size_t
line_length(struct mf_span span)
{
    enum { PIECE = 256 };
    struct mf_span rest = span;

    while (rest.length > 0) {
        const struct mf_span piece = mf_span_take(&rest, PIECE);
        const struct mf_span line = {piece.data, mf_span_index(piece, '\n')};
        const size_t end = mf_span_index(line, '\r');

        if (end < piece.length)
            return (size_t)(piece.data - span.data) + end;
    }
    return span.length;
}

bool
mf_span_take_line(struct mf_span *rest, struct mf_span *line)
{
    size_t end;

    *rest = mf_span_strip_front(*rest, MF_LINE_ENDS);
    end = line_length(*rest);
    if (end == rest->length)
        return false;
    *line = mf_span_take(rest, end);
    *rest = mf_span_skip(*rest, 1);
    return true;
}

bool
mf_span_take_word(struct mf_span *rest, struct mf_span *word)
{
    *rest = mf_span_strip_front(*rest, " ");
    *word = mf_span_take(rest, mf_span_index(*rest, ' '));
    return word->length > 0;
}

static bool
equal_folded(const uint8_t *data, const char *word, size_t length)
{
    return g_ascii_strncasecmp((const char *)data, word, length) == 0;
}

bool
mf_span_equals(struct mf_span span, const char *word)
{
    return span.length == strlen(word) && equal_folded(span.data, word, span.length);
}

bool
mf_span_same(struct mf_span a, struct mf_span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool
mf_span_starts(struct mf_span span, const char *prefix)
{
    size_t n = strlen(prefix);

    return span.length >= n && (n == 0 || memcmp(span.data, prefix, n) == 0);
}

bool
mf_span_contains(struct mf_span span, const char *word)
{
    const size_t n = strlen(word);
    const uint8_t first = (uint8_t)*word | 0x20; /* a letter in either case */

    for (size_t i = 0; i + n <= span.length; i++)
        if ((span.data[i] | 0x20) == first && equal_folded(span.data + i, word, n))
            return true;
    return false;
}

size_t
mf_span_index(struct mf_span span, uint8_t byte)
{
    const uint8_t *at = span.length > 0 ? memchr(span.data, byte, span.length) : NULL;

    return at != NULL ? (size_t)(at - span.data) : span.length;
}

bool
mf_span_is_printable(struct mf_span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (span.data[i] < 0x20 || span.data[i] > 0x7e)
            return false;
    return true;
}
