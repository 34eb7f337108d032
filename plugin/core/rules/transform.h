/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transforms: what a rule does to a buffer before it looks into it (to_lowercase, url_decode, ...).
 * A chain of them is one text ("dotprefix", "xor 0d0a"): equal texts are the same chain, so that
 * bytes are transformed once for all rules. Private to rules/.
 * https://docs.suricata.io/en/latest/rules/transforms.html
 */
#ifndef MALFLOW_CORE_RULES_TRANSFORM_H
#define MALFLOW_CORE_RULES_TRANSFORM_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct mf_transform;

/* Whether NAME is a transform's keyword. */
bool
mf_transform_is_known(const char *name);

/* One transform with its VALUE as the rule says it (unquoted; "" when there is none). NULL, and
 * why in *WHY (the caller frees), when that cannot be. */
struct mf_transform *
mf_transform_new(const char *name, const char *value, char **why);

/* Accepts NULL. */
void
mf_transform_free(struct mf_transform *transform);

/* Appends the transformed DATA to OUT, which is empty. False: nothing can be made of it (a
 * compressed text that is none, say), so the buffer is absent. Output is bounded (limits.h:
 * MF_TRANSFORM_MAX). */
bool
mf_transform_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out);

#endif
