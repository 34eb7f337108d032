/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bundled signatures stand in malflow/signatures beside malflow.so, so that an installation
 * can be moved as a whole.
 */
#define _GNU_SOURCE /* dladdr() */
#include "signatures.h"

#include "compat.h"
#include "messages.h"
#include "preferences.h"

#include <dlfcn.h>

static struct mf_ruleset *loaded;
static char *loaded_from; /* the preference's text */
static bool check_again;

static char *
bundled_folder(void)
{
    Dl_info self;
    char *folder, *path;

    if (dladdr((const void *)&loaded, &self) == 0)
        return NULL;
    folder = g_path_get_dirname(self.dli_fname);
    path = g_build_filename(folder, "malflow", "signatures", NULL);
    g_free(folder);
    return path;
}

static void
add_bundled(struct mf_ruleset *set, struct mf_diags *diags)
{
    char *folder = bundled_folder();

    if (folder == NULL)
        mf_diags_add(diags, NULL, 0, 0, "the folder of the bundled signatures cannot be found");
    else
        mf_ruleset_add_path(set, folder, diags);
    g_free(folder);
}

static struct mf_ruleset *
load(const char *preference)
{
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);
    struct mf_diags *diags = mf_diags_new();
    char **paths = g_strsplit(preference, G_SEARCHPATH_SEPARATOR_S, -1);
    bool any = false;

    for (char **path = paths; *path != NULL; path++) {
        if (**path == '\0')
            continue;
        any = true;
        if (strcmp(*path, "+") == 0)
            add_bundled(set, diags);
        else
            mf_ruleset_add_path(set, *path, diags);
    }
    if (!any)
        add_bundled(set, diags);
    mf_ruleset_compile(set, diags);
    mf_messages_show("malflow: signatures", diags);
    g_strfreev(paths);
    mf_diags_free(diags);
    return set;
}

const struct mf_ruleset *
mf_signatures(void)
{
    const char *preference = mf_preferences_signatures();

    if (loaded != NULL && !(check_again && g_strcmp0(preference, loaded_from) != 0))
        return loaded;
    mf_ruleset_free(loaded);
    g_free(loaded_from);
    loaded_from = g_strdup(preference);
    loaded = load(preference);
    check_again = false;
    return loaded;
}

void
mf_signatures_forget(void)
{
    check_again = true;
}
