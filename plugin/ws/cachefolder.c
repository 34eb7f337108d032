/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is read from the cache is trusted, so it must be the user's own. And a folder is made only
 * where its maker owns what is above it: root with another's HOME (sudo) would leave one behind
 * that the other cannot write to.
 */
#include "cachefolder.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_own(const char *path, bool alone)
{
    struct stat found;

    return g_lstat(path, &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == geteuid() &&
           (!alone || (found.st_mode & (S_IWGRP | S_IWOTH)) == 0);
}

/* The nearest folder above PATH that is there. */
static bool
is_above_own(const char *path)
{
    char *above = g_path_get_dirname(path);
    bool own;

    while (!g_file_test(above, G_FILE_TEST_EXISTS) && strcmp(above, "/") != 0 &&
           strcmp(above, ".") != 0) {
        char *next = g_path_get_dirname(above);

        g_free(above);
        above = next;
    }
    own = is_own(above, false);
    g_free(above);
    return own;
}

char *
mf_cachefolder(void)
{
    char *path = g_build_filename(g_get_user_cache_dir(), "malflow", NULL);

    if (!g_file_test(path, G_FILE_TEST_EXISTS) && is_above_own(path))
        g_mkdir_with_parents(path, S_IRWXU);
    if (is_own(path, true))
        return path;
    g_free(path);
    return NULL;
}
