/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "span.h"

#include <glib.h>
#include <string.h>

static bool
is_line_end(uint8_t byte)
{
    return byte == '\r' || byte == '\n';
}

struct mf_span
mf_span_skip(struct mf_span span, size_t n)
{
    n = MIN(n, span.length);
    return (struct mf_span){span.data + n, span.length - n};
}

bool
mf_span_take_line(struct mf_span *rest, struct mf_span *line)
{
    size_t end = 0;

    while (rest->length > 0 && is_line_end(rest->data[0]))
        *rest = mf_span_skip(*rest, 1);
    while (end < rest->length && !is_line_end(rest->data[end]))
        end++;
    if (end == rest->length)
        return false;
    *line = (struct mf_span){rest->data, end};
    *rest = mf_span_skip(*rest, end + 1);
    return true;
}

bool
mf_span_take_word(struct mf_span *rest, struct mf_span *word)
{
    size_t end;

    while (rest->length > 0 && rest->data[0] == ' ')
        *rest = mf_span_skip(*rest, 1);
    end = mf_span_index(*rest, ' ');
    *word = (struct mf_span){rest->data, end};
    *rest = mf_span_skip(*rest, end);
    return end > 0;
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
mf_span_starts(struct mf_span span, const char *prefix)
{
    size_t n = strlen(prefix);

    return span.length >= n && memcmp(span.data, prefix, n) == 0;
}

bool
mf_span_contains(struct mf_span span, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= span.length; i++)
        if (equal_folded(span.data + i, word, n))
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
