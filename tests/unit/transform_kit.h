/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of transforms share. */
#ifndef MALFLOW_TESTS_TRANSFORM_KIT_H
#define MALFLOW_TESTS_TRANSFORM_KIT_H

#include "core/limits.h"
#include "core/rules/transform.h"

#include <string.h>

/* Bytes, of which there may be zeros. */
struct bytes {
    const char *text;
    size_t length;
};

#define B(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

struct row {
    const char *name, *value;
    struct bytes in, out;
};

/* The bytes end where memory ends, so that reading on is seen under AddressSanitizer. */
static inline bool
transform_run(const char *name, const char *value, struct bytes in, GByteArray *out)
{
    char *why = NULL;
    struct mf_transform *transform = mf_transform_new(name, value, &why);
    uint8_t *copy = g_memdup2(in.text, in.length);
    bool made;

    if (transform == NULL)
        g_error("%s:%s: %s", name, value, why);
    made = mf_transform_run(transform, copy, in.length, out);
    g_free(copy);
    mf_transform_free(transform);
    return made;
}

static inline void
transform_check(const struct row *row)
{
    GByteArray *out = g_byte_array_new();

    g_test_message("%s:%s", row->name, row->value);
    g_assert_true(transform_run(row->name, row->value, row->in, out));
    g_assert_cmpmem(out->data, out->len, row->out.text, row->out.length);
    g_byte_array_unref(out);
}

#endif
