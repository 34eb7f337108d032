/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transforms: the input is lines "name value", an empty line, and bytes. Each transform that a line
 * makes is run on what the one before it made, as rules chain them. None makes more than its bound,
 * and each makes the same of the same bytes.
 */
#include "core/limits.h"
#include "core/rules/transform.h"

#include <string.h>

enum { MAX_CHAIN = 8 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What TRANSFORM makes of BYTES, which end where memory ends; NULL: nothing. */
static GByteArray *
run(const struct mf_transform *transform, const GByteArray *bytes)
{
    GByteArray *out = g_byte_array_new();
    uint8_t *copy = g_memdup2(bytes->data, bytes->len);
    bool made = mf_transform_run(transform, copy, bytes->len, out);

    g_free(copy);
    g_assert(out->len <= MF_TRANSFORM_MAX);
    g_assert(!made || bytes->len > 0 || out->len == 0);
    if (made)
        return out;
    g_byte_array_unref(out);
    return NULL;
}

/* Runs TRANSFORM on *BYTES, and frees it; false: nothing is left. */
static bool
chain(struct mf_transform *transform, GByteArray **bytes)
{
    GByteArray *out = run(transform, *bytes), *again = run(transform, *bytes);

    g_assert((out == NULL) == (again == NULL));
    if (out != NULL) {
        g_assert(out->len == again->len);
        g_assert(out->len == 0 || memcmp(out->data, again->data, out->len) == 0);
        g_byte_array_unref(again);
        g_byte_array_unref(*bytes);
        *bytes = out;
    }
    mf_transform_free(transform);
    return out != NULL;
}

/* The transform of LINE, or NULL. */
static struct mf_transform *
make(char *line)
{
    char *value = strchr(line, ' '), *why = NULL;
    struct mf_transform *transform;

    if (value != NULL)
        *value++ = '\0';
    transform = mf_transform_new(line, value == NULL ? "" : value, &why);
    g_assert((transform == NULL) == (why != NULL));
    g_assert(transform == NULL || mf_transform_is_known(line));
    g_free(why);
    return transform;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = g_strndup((const char *)data, size), *end = strstr(text, "\n\n");
    GByteArray *bytes = g_byte_array_new();
    char **lines;

    if (end != NULL) {
        size_t at = (size_t)(end - text) + 2;

        *end = '\0';
        g_byte_array_append(bytes, data + at, (guint)(size - at));
    }
    lines = g_strsplit(text, "\n", MAX_CHAIN + 1);
    for (unsigned i = 0; i < MAX_CHAIN && lines[i] != NULL; i++) {
        struct mf_transform *transform = make(lines[i]);

        if (transform != NULL && !chain(transform, &bytes))
            break;
    }
    g_strfreev(lines);
    g_byte_array_unref(bytes);
    g_free(text);
    return 0;
}
