/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that is kept as long as the engine: equal texts are one pointer. */
#ifndef MALFLOW_CORE_INTERNED_H
#define MALFLOW_CORE_INTERNED_H

#include <stddef.h>

struct mf_interned;

struct mf_interned *
mf_interned_new(void);

/* Accepts NULL. */
void
mf_interned_free(struct mf_interned *strings);

/* The kept copy of TEXT. */
const char *
mf_interned_add(struct mf_interned *strings, const char *text);

/* Bytes of memory that it holds. */
size_t
mf_interned_memory(const struct mf_interned *strings);

#endif
