/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compiled databases on disk, one file per set of rules: sections by number, found by a key that
 * says everything that they were made of (text, versions, processor). What is damaged is as good as
 * not there. Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_CACHE_H
#define MALFLOW_CORE_RULES_CACHE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Files that are kept; those that were not used for longest go. */
enum { MF_CACHE_FILES = 16 };

struct mf_cache;

/* FOLDER may be NULL or "": nothing is found, nothing is kept. KEY is a file name's part. */
struct mf_cache *
mf_cache_open(const char *folder, const char *key);

/* Accepts NULL. */
void
mf_cache_free(struct mf_cache *cache);

/* Whether mf_cache_put() has a use. */
bool
mf_cache_keeps(const struct mf_cache *cache);

/* Section INDEX; NULL: not there. Borrowed. */
const char *
mf_cache_get(const struct mf_cache *cache, unsigned index, size_t *length);

/* Sets section INDEX to a copy of DATA. */
void
mf_cache_put(struct mf_cache *cache, unsigned index, const char *data, size_t length);

/* Writes the sections if any was put. False: it could not be written (nothing is lost by that but
 * time). */
bool
mf_cache_save(struct mf_cache *cache);

#endif
