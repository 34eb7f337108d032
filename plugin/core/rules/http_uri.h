/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Request targets as rules see them in http.uri. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_HTTP_URI_H
#define MALFLOW_CORE_RULES_HTTP_URI_H

#include "../span.h"

#include <glib.h>

/* A request target taken apart; the pieces lie in it. An absent piece has data NULL. */
struct mf_http_uri {
    struct mf_span host;     /* without user and port; only where there is a scheme */
    struct mf_span path;     /* never absent */
    struct mf_span query;    /* behind the '?' */
    struct mf_span fragment; /* behind the '#' */
};

void
mf_http_uri_parse(struct mf_span target, struct mf_http_uri *uri);

/* Appends the path: escapes decoded, '\' as '/', no empty or dot segments, UTF-8 as the
 * Windows-1252 character that looks most alike. OUT must be empty. */
void
mf_http_uri_path(const struct mf_http_uri *uri, GByteArray *out);

/* The same, with query and fragment behind it, decoded. */
void
mf_http_uri_normalize(const struct mf_http_uri *uri, GByteArray *out);

/* The byte of Windows-1252 that is used for CODEPOINT; '?' when none looks alike. */
uint8_t
mf_bestfit(uint32_t codepoint);

/* HOST as it may stand behind "Host:", without its port. */
struct mf_span
mf_http_host(struct mf_span host);

#endif
