/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The start line and the header lines of an HTTP message (1 or 2), as Wireshark gives them in
 * buffers HTTP_START_LINE and HTTP_HEADER_LINE. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_HTTP_LINES_H
#define MALFLOW_CORE_RULES_HTTP_LINES_H

#include "../message.h"
#include "../span.h"

#include <glib.h>

/* Buffers of a message behind these are not looked at; libhtp bounds header lines likewise. */
enum { MF_HTTP_LINES_MAX = 1024 };

/* One header line: trimmed. A line without a colon is a value without a name. */
struct mf_http_line {
    struct mf_span name, value;
    unsigned at; /* its buffer */
};

/* The line at buffer *AT or behind; moves *AT behind it. Lines that only continue another are left
 * out. False: there are no more. */
bool
mf_http_line_next(const struct mf_message *message, unsigned *at, struct mf_http_line *line);

/* Whether no line before LINE has its name. */
bool
mf_http_line_is_first(const struct mf_message *message, const struct mf_http_line *line);

/* Appends the value of LINE with what continues it, and those of the lines behind it that have the
 * same name, with ", " between them. */
void
mf_http_line_append_values(const struct mf_message *message, const struct mf_http_line *line,
                           GByteArray *out);

/* The first line with NAME (case does not matter); false: there is none. */
bool
mf_http_line_find(const struct mf_message *message, const char *name, struct mf_http_line *line);

/* The request target of an HTTP message; false: it has none. */
bool
mf_http_target(const struct mf_message *message, struct mf_span *target);

/* The start line of HTTP/1; false: there is none. */
bool
mf_http_start_line(const struct mf_message *message, struct mf_span *line);

#endif
