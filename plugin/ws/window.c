/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only Wireshark's window calls what a menu entry calls, so nothing but that entry ever opens the
 * shared object with Qt in it: tshark and sharkd never do. It must have been built for the Qt that
 * runs here, of which there is no second one in a process; that is checked before it is opened.
 */
#include "window.h"

#include "beside.h"
#include "capture.h"
#include "compat.h"
#include "messages.h"
#include "window_host.h"

#include <epan/plugin_if.h>

#include <dlfcn.h>

#ifndef MALFLOW_QT_MAJOR
#define MALFLOW_QT_MAJOR 0 /* built without Qt's development files */
#endif

static const struct mf_window *window; /* NULL: not loaded */

/* --- what may be missing --- */

static const struct {
    int major;
    const char *library;
    const char *package; /* of Debian, to build for it */
} qt_versions[] = {
    {5, "libQt5Core.so.5", "qtbase5-dev"},
    {6, "libQt6Core.so.6", "qt6-base-dev"},
};

/* Index of the Qt that Wireshark runs on. */
static size_t
running_qt(void)
{
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(qt_versions) - 1; i++) {
        void *library = dlopen(qt_versions[i].library, RTLD_LAZY | RTLD_NOLOAD);

        if (library == NULL)
            continue;
        dlclose(library);
        break;
    }
    return i;
}

/* WHY it cannot be had, and what is to be DONE first (may be ""). */
static void
say(const char *why, const char *done)
{
    char *text =
        g_strdup_printf("%s.\n%sThen build and install malflow anew (./malflow install) and "
                        "start Wireshark again.\nMeanwhile the same story, as text: "
                        "tshark -q -r FILE -z malflow,timeline",
                        why, done);

    mf_messages_warn("Malflow: the timeline window cannot be opened", text);
    g_free(text);
}

/* It lacks what is needed to build for the Qt that runs here. */
static void
say_qt(const char *why)
{
    const size_t qt = running_qt();
    char *done =
        g_strdup_printf("Install the development files of Qt %d (Debian: apt-get install %s). ",
                        qt_versions[qt].major, qt_versions[qt].package);

    say(why, done);
    g_free(done);
}

static void
say_other_qt(void)
{
    char *why = g_strdup_printf("It was built for Qt %d, and this Wireshark runs on Qt %d",
                                MALFLOW_QT_MAJOR, qt_versions[running_qt()].major);

    say_qt(why);
    g_free(why);
}

/* PATH, and what is the matter with it. */
static void
say_file(const char *path, const char *matter)
{
    char *why = g_strconcat(path != NULL ? path : "malflow-qt.so", " ", matter, NULL);

    say(why, "");
    g_free(why);
}

/* --- loading --- */

static void
window_engine_gone(void)
{
    if (window != NULL)
        window->engine_gone();
}

/* Never closed: Qt keeps pointers into what it once loaded. */
static void
load_object(const char *path)
{
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    mf_window_load_fn load = NULL;

    if (object == NULL) {
        say(dlerror(), ""); /* it names the file */
        return;
    }
    *(void **)&load = dlsym(object, MF_WINDOW_SYMBOL);
    if (load != NULL)
        window = load(mf_window_host());
    if (window != NULL && window->abi != MF_WINDOW_ABI)
        window = NULL;
    if (window == NULL)
        say_file(path, "was not built together with the plugin");
}

static void
load_window(void)
{
    char *path = mf_beside("malflow-qt.so");

    if (MALFLOW_QT_MAJOR == 0)
        say_qt("Malflow was built without it: the development files of Qt were missing");
    else if (qt_versions[running_qt()].major != MALFLOW_QT_MAJOR)
        say_other_qt();
    else if (path == NULL || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        say_file(path, "is missing: it belongs to the plugin");
    else
        load_object(path);
    g_free(path);
}

static void
open_window(ext_menubar_gui_type gui, gpointer object, gpointer data)
{
    (void)gui;
    (void)object;
    (void)data;
    if (window == NULL)
        load_window();
    if (window != NULL)
        window->open();
}

/* Called by epan_cleanup(), when Wireshark's event loop has ended and its QApplication is still
 * there. */
static void
window_quit(void)
{
    if (window != NULL)
        window->quit();
    window = NULL;
}

void
mf_window_register(ext_menu_t *menu)
{
    ext_menubar_add_entry(menu, "Timeline", "What happened, session by session", open_window, NULL);
    mf_capture_watch(window_engine_gone);
    register_shutdown_routine(window_quit);
}
