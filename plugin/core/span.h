/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading text protocols: a borrowed run of bytes, taken apart from the front. Nothing here copies,
 * and nothing reads outside the span. */
#ifndef MALFLOW_CORE_SPAN_H
#define MALFLOW_CORE_SPAN_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mf_span {
    const uint8_t *data;
    size_t length;
};

/* Takes the next line that is not empty and that CR or LF ends off REST. False if there is none:
 * what is left of REST is a line that is not whole. */
bool
mf_span_take_line(struct mf_span *rest, struct mf_span *line);

/* Takes the next word, up to a space, off REST. False if only spaces are left. */
bool
mf_span_take_word(struct mf_span *rest, struct mf_span *word);

/* Whether SPAN is WORD, in upper or lower case. */
bool
mf_span_equals(struct mf_span span, const char *word);

/* Whether A and B are the same bytes. A span of no bytes may have no data (memcmp() wants some). */
bool
mf_span_same(struct mf_span a, struct mf_span b);

/* Whether SPAN begins with exactly PREFIX. */
bool
mf_span_starts(struct mf_span span, const char *prefix);

/* Whether WORD, in upper or lower case, stands anywhere in SPAN. */
bool
mf_span_contains(struct mf_span span, const char *word);

/* Position of BYTE in SPAN; its length if it is not there. */
size_t
mf_span_index(struct mf_span span, uint8_t byte);

/* SPAN without its first N bytes (all of them if it is shorter). */
struct mf_span
mf_span_skip(struct mf_span span, size_t n);

/* Takes the first N bytes (all of them if it is shorter) off REST. */
struct mf_span
mf_span_take(struct mf_span *rest, size_t n);

/* SPAN without the bytes of SET before it, behind it, or both. */
struct mf_span
mf_span_strip_front(struct mf_span span, const char *set);
struct mf_span
mf_span_strip_end(struct mf_span span, const char *set);
struct mf_span
mf_span_strip(struct mf_span span, const char *set);

/* Sets: what g_ascii_isspace() knows, blanks within a line, and line ends. */
#define MF_SPACES    " \t\n\f\r"
#define MF_BLANKS    " \t"
#define MF_LINE_ENDS "\r\n"

void
mf_span_append(GByteArray *out, struct mf_span span);

/* Whether all bytes are 0x20-0x7e. */
bool
mf_span_is_printable(struct mf_span span);

#endif
