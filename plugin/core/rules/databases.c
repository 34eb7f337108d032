/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The databases of literals of a set: read from the cache, or compiled by as many threads as there
 * are processors, and put into the cache.
 */
#include "cache.h"
#include "set.h"

#include <stdlib.h>

/* One to be compiled. */
struct task {
    struct mf_prefilter *prefilter;
    unsigned section;
    char *why; /* it failed */
};

static void
work(gpointer data, gpointer unused)
{
    struct task *task = data;

    (void)unused;
    task->why = mf_prefilter_compile(task->prefilter);
}

static int
compare_tasks(const void *a, const void *b)
{
    unsigned x = mf_prefilter_count(((const struct task *)a)->prefilter);
    unsigned y = mf_prefilter_count(((const struct task *)b)->prefilter);

    return x > y ? -1 : x < y;
}

/* The largest goes first and the others from the smallest up, so that no two large ones are in work
 * at once as long as that costs no time: a compiler takes some ten times the memory of what it
 * makes. */
static void
compile_all(GArray *tasks)
{
    enum { FEW_LITERALS = 64, MAX_THREADS = 8 };
    struct task *all = (struct task *)(void *)tasks->data;
    GThreadPool *pool = NULL;

    if (tasks->len == 0)
        return;
    qsort(tasks->data, tasks->len, sizeof *all, compare_tasks);
    if (tasks->len > 1 && mf_prefilter_count(all[0].prefilter) > FEW_LITERALS)
        pool = g_thread_pool_new(work, NULL, (gint)MIN(g_get_num_processors(), MAX_THREADS), FALSE,
                                 NULL);
    for (guint i = 0; i < tasks->len; i++) {
        struct task *task = i == 0 ? &all[0] : &all[tasks->len - i];

        if (pool == NULL)
            work(task, NULL);
        else
            g_thread_pool_push(pool, task, NULL);
    }
    if (pool != NULL)
        g_thread_pool_free(pool, FALSE, TRUE);
}

static bool
finish_all(GArray *tasks, struct mf_cache *cache, struct mf_diags *diags)
{
    bool good = true;

    for (guint i = 0; i < tasks->len; i++) {
        struct task *task = &g_array_index(tasks, struct task, i);
        size_t length = 0;
        char *bytes = mf_cache_keeps(cache) ? mf_prefilter_save(task->prefilter, &length) : NULL;

        if (bytes != NULL)
            mf_cache_put(cache, task->section, bytes, length);
        free(bytes);
        if (task->why == NULL)
            continue;
        mf_diags_add(diags, NULL, 0, 0, "the rules cannot be compiled: %s", task->why);
        g_free(task->why);
        good = false;
    }
    return good;
}

static bool
load(struct mf_prefilter *prefilter, const struct mf_cache *cache, unsigned section)
{
    size_t length;
    const char *bytes = mf_cache_get(cache, section, &length);

    return bytes != NULL && mf_prefilter_load(prefilter, bytes, length);
}

bool
mf_ruleset_make_databases(struct mf_ruleset *set, struct mf_diags *diags)
{
    const GPtrArray *all = set->prefilters;
    GArray *tasks = g_array_new(FALSE, FALSE, sizeof(struct task));
    GChecksum *key = g_checksum_new(G_CHECKSUM_SHA256);
    struct mf_cache *cache;
    bool good;

    mf_prefilter_key_platform(key);
    for (guint i = 0; i < all->len; i++)
        mf_prefilter_prepare(all->pdata[i], key);
    cache = mf_cache_open(set->cache_folder, g_checksum_get_string(key));
    for (guint i = 0; i < all->len; i++) {
        struct task task = {.prefilter = all->pdata[i], .section = i};

        if (!load(task.prefilter, cache, i))
            g_array_append_val(tasks, task);
    }
    compile_all(tasks);
    set->n_compiled = tasks->len;
    set->n_cached = all->len - tasks->len;
    good = finish_all(tasks, cache, diags);
    mf_cache_save(cache);
    mf_cache_free(cache);
    g_checksum_free(key);
    g_array_free(tasks, TRUE);
    return good;
}

bool
mf_ruleset_compile(struct mf_ruleset *set, struct mf_diags *diags)
{
    mf_ruleset_index(set);
    return mf_ruleset_make_databases(set, diags);
}

unsigned
mf_ruleset_cached(const struct mf_ruleset *set)
{
    return set->n_cached;
}

unsigned
mf_ruleset_compiled(const struct mf_ruleset *set)
{
    return set->n_compiled;
}
