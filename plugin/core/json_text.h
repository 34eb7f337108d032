/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Appending JSON (RFC 8259) to text, member by member. Everything that is appended is valid: what
 * is no UTF-8 becomes U+FFFD, control characters are escaped. OUT holds nothing else, or ends in
 * what was opened here.
 *
 * KEY is the member's name, plain ASCII that needs no escape; NULL in a list, and for the outermost
 * object. Commas are set as needed.
 */
#ifndef MALFLOW_CORE_JSON_TEXT_H
#define MALFLOW_CORE_JSON_TEXT_H

#include "address.h"
#include "types.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Opens an object or list. Returns what the close is to be told. */
size_t
mf_json_open_object(GString *out, const char *key);
size_t
mf_json_open_list(GString *out, const char *key);

/* Closes it. What is empty is taken back as if it had not been opened, but for the outermost. */
void
mf_json_close(GString *out, size_t opened);

/* The same, but what is empty stays. */
void
mf_json_close_kept(GString *out, size_t opened);

/* TEXT NULL: nothing. */
void
mf_json_string(GString *out, const char *key, const char *text);

/* A string of LENGTH bytes, which may hold anything, NUL too. */
void
mf_json_bytes(GString *out, const char *key, const void *data, size_t length);

/* The same bytes in base64 (RFC 4648, 4). */
void
mf_json_base64(GString *out, const char *key, const uint8_t *data, size_t length);

void
mf_json_number(GString *out, const char *key, uint64_t number);
void
mf_json_signed(GString *out, const char *key, int64_t number);

/* VALUE with at most DECIMALS (up to 9) digits behind the point; what is not finite appends
 * nothing. */
void
mf_json_real(GString *out, const char *key, double value, unsigned decimals);

void
mf_json_bool(GString *out, const char *key, bool value);

/* "2008-01-01T00:00:00.357000000Z": ISO 8601, UTC, with nanoseconds, not rounded. */
void
mf_json_time(GString *out, const char *key, mf_nanoseconds time);

/* "192.0.2.1"; that of no host, "::", is one like others. */
void
mf_json_address(GString *out, const char *key, const struct mf_addr *addr);

#endif
