/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compiling the literals of 34,000 rules takes a second or two, reading them back a few
 * milliseconds. A file is written under another name and renamed, so that nobody reads half of one.
 */
#include "cache.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <utime.h> /* g_utime() */

#define MAGIC  "malflow rules 1\n"
#define PREFIX "rules-"
#define SUFFIX ".cache"

enum { MAX_SECTIONS = 4096, ALIGN = 8, OWN_FOLDER = 0700 };

struct mf_cache {
    char *folder, *path; /* NULL: none */
    GMappedFile *file;   /* NULL: none, or none that is good */
    GPtrArray *sections; /* GBytes, or NULL for one that is missing */
    bool changed;
};

static void
section_free(gpointer section)
{
    if (section != NULL)
        g_bytes_unref(section);
}

static size_t
aligned(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

/* A file is the magic, the number of sections, their lengths (64 bits each), and the sections. */
static void
read_sections(struct mf_cache *cache)
{
    GBytes *all = g_mapped_file_get_bytes(cache->file);
    size_t size, at = sizeof MAGIC - 1 + sizeof(guint64);
    const char *data = g_bytes_get_data(all, &size);
    guint64 n = 0, length;
    const char *lengths;

    if (size >= at && memcmp(data, MAGIC, sizeof MAGIC - 1) == 0)
        memcpy(&n, data + sizeof MAGIC - 1, sizeof n);
    lengths = data + at;
    if (n > MAX_SECTIONS || size < at + n * sizeof length)
        n = 0;
    at += n * sizeof length;
    for (guint64 i = 0; i < n; i++) {
        memcpy(&length, lengths + i * sizeof length, sizeof length);
        if (at > size || length > size - at)
            break;
        g_ptr_array_add(cache->sections,
                        length > 0 ? g_bytes_new_from_bytes(all, at, length) : NULL);
        at = aligned(at + length);
    }
    g_bytes_unref(all);
}

struct mf_cache *
mf_cache_open(const char *folder, const char *key)
{
    struct mf_cache *cache = g_new0(struct mf_cache, 1);
    char *name = g_strconcat(PREFIX, key, SUFFIX, NULL);

    cache->sections = g_ptr_array_new_with_free_func(section_free);
    if (folder != NULL && folder[0] != '\0') {
        cache->folder = g_strdup(folder);
        cache->path = g_build_filename(folder, name, NULL);
        cache->file = g_mapped_file_new(cache->path, FALSE, NULL);
    }
    if (cache->file != NULL) {
        read_sections(cache);
        g_utime(cache->path, NULL); /* it was used now */
    }
    g_free(name);
    return cache;
}

void
mf_cache_free(struct mf_cache *cache)
{
    if (cache == NULL)
        return;
    g_ptr_array_free(cache->sections, TRUE);
    if (cache->file != NULL)
        g_mapped_file_unref(cache->file);
    g_free(cache->folder);
    g_free(cache->path);
    g_free(cache);
}

bool
mf_cache_keeps(const struct mf_cache *cache)
{
    return cache->path != NULL;
}

const char *
mf_cache_get(const struct mf_cache *cache, unsigned index, size_t *length)
{
    *length = 0;
    if (index >= cache->sections->len || cache->sections->pdata[index] == NULL)
        return NULL;
    return g_bytes_get_data(cache->sections->pdata[index], length);
}

void
mf_cache_put(struct mf_cache *cache, unsigned index, const char *data, size_t length)
{
    if (index >= MAX_SECTIONS || length == 0)
        return;
    while (cache->sections->len <= index)
        g_ptr_array_add(cache->sections, NULL);
    section_free(cache->sections->pdata[index]);
    cache->sections->pdata[index] = g_bytes_new(data, length);
    cache->changed = true;
}

static GByteArray *
serialise(const struct mf_cache *cache)
{
    static const guint8 zeros[ALIGN] = {0};
    GByteArray *out = g_byte_array_new();
    guint64 number = cache->sections->len;

    g_byte_array_append(out, (const guint8 *)MAGIC, sizeof MAGIC - 1);
    g_byte_array_append(out, (const guint8 *)&number, sizeof number);
    for (guint i = 0; i < cache->sections->len; i++) {
        GBytes *section = cache->sections->pdata[i];

        number = section != NULL ? g_bytes_get_size(section) : 0;
        g_byte_array_append(out, (const guint8 *)&number, sizeof number);
    }
    for (guint i = 0; i < cache->sections->len; i++) {
        gsize size = 0;
        const guint8 *data = cache->sections->pdata[i] != NULL
                                 ? g_bytes_get_data(cache->sections->pdata[i], &size)
                                 : NULL;

        if (size > 0)
            g_byte_array_append(out, data, (guint)size);
        g_byte_array_append(out, zeros, (guint)(aligned(out->len) - out->len));
    }
    return out;
}

/* --- keeping it small --- */

struct entry {
    char *path;
    gint64 used;
};

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return x->used > y->used ? -1 : x->used < y->used;
}

static void
drop_oldest(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        struct entry entry = {.path = g_build_filename(folder, name, NULL)};
        GStatBuf status;

        if (g_str_has_prefix(name, PREFIX) && g_str_has_suffix(name, SUFFIX) &&
            g_stat(entry.path, &status) == 0) {
            entry.used = status.st_mtime;
            g_array_append_val(entries, entry);
        } else {
            g_free(entry.path);
        }
    }
    if (dir != NULL)
        g_dir_close(dir);
    qsort(entries->data, entries->len, sizeof(struct entry), compare_entries);
    for (guint i = 0; i < entries->len; i++) {
        if (i >= MF_CACHE_FILES)
            g_unlink(g_array_index(entries, struct entry, i).path);
        g_free(g_array_index(entries, struct entry, i).path);
    }
    g_array_free(entries, TRUE);
}

bool
mf_cache_save(struct mf_cache *cache)
{
    GByteArray *bytes;
    bool good;

    if (!cache->changed || cache->path == NULL)
        return true;
    bytes = serialise(cache);
    good = g_mkdir_with_parents(cache->folder, OWN_FOLDER) == 0 &&
           g_file_set_contents(cache->path, (const char *)bytes->data, (gssize)bytes->len, NULL);
    g_byte_array_unref(bytes);
    if (good)
        drop_oldest(cache->folder);
    cache->changed = false;
    return good;
}
