/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing is known of paths when the plugin is built, so that an installation can be moved as a
 * whole. */
#define _GNU_SOURCE /* dladdr() */
#include "beside.h"

#include <glib.h>

#include <dlfcn.h>

char *
mf_beside(const char *name)
{
    static const char anything_of_the_plugin;
    Dl_info self;
    char *folder, *path;

    if (dladdr(&anything_of_the_plugin, &self) == 0)
        return NULL;
    folder = g_path_get_dirname(self.dli_fname);
    path = g_build_filename(folder, "malflow", name, NULL);
    g_free(folder);
    return path;
}
