/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a body has beyond the bytes that rules look at, where somebody wants the whole file. */
#ifndef MALFLOW_CORE_HTTP_REST_H
#define MALFLOW_CORE_HTTP_REST_H

#include "kept_files.h"

/* All zero: nothing is wanted. */
struct mf_http_rest {
    struct mf_kept_files *kept; /* whose room it takes; NULL: it is not wanted */
    GByteArray *bytes;          /* NULL: none */
    bool cut;                   /* bytes were left out */
};

/* Takes the LENGTH bytes at DATA that a body has behind HELD others. */
void
mf_http_rest_add(struct mf_http_rest *rest, const uint8_t *data, size_t length, size_t held);

/* Forgets it, and gives its room back. */
void
mf_http_rest_clear(struct mf_http_rest *rest);

#endif
