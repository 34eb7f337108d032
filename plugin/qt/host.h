/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the plugin, which includes Wireshark's headers, and the window, which includes Qt's: the
 * window is a shared object of its own (malflow-qt.so, in the folder "malflow" beside the plugin)
 * that the plugin opens when the user asks for it. Both were built together; MF_WINDOW_ABI says so.
 * Everything happens in the thread of the GUI.
 */
#ifndef MALFLOW_QT_HOST_H
#define MALFLOW_QT_HOST_H

#include <glib.h> /* has its own C++ parts */

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow" /* functions that fill a struct of their name */
#endif
#include "core/story.h"
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

#define MF_WINDOW_ABI 1u

/* What the window asks of the plugin. */
struct mf_window_host {
    unsigned abi; /* MF_WINDOW_ABI */

    /* The engine of the open capture file; NULL: none is open, or it has no packets yet. Must be
     * asked again after every call of the window's engine_gone. */
    const struct mf_engine *(*engine)(void);

    /* Whether packets are being read or captured now: the engine may come to know more. */
    bool (*is_reading)(void);

    /* Its frames: of the same capture file. */
    struct mf_story_source source;

    /* What the preferences say for a timeline. mf_timeline_options_clear() when done. */
    void (*timeline_options)(struct mf_timeline_options *options);

    /* How Wireshark shows times now. */
    enum mf_time_format (*time_format)(void);

    /* Name of the capture file for the title, without its folder; NULL: none. Caller frees. */
    char *(*capture_name)(void);

    /* The frame selected in the main window; 0: none. */
    uint32_t (*selected_frame)(void);

    /* False: it cannot be shown, because the display filter hides it. */
    bool (*go_to_frame)(uint32_t frame);

    /* Puts TEXT into the line of the display filter, and applies it if APPLY. False: Wireshark lets
     * plugins only apply; the line is one of the window's own widgets. */
    bool (*set_filter)(const char *text, bool apply);

    /* Path of a file of the user's profile, for what is remembered between runs; it is copied with
     * the profile from then on. Caller frees. */
    char *(*profile_file)(const char *name);

    /* Font of Wireshark's packet list, as QFont::fromString() takes it; NULL: the default. */
    const char *(*font)(void);
};

/* What the plugin tells the window, whether it is open or not. */
struct mf_window {
    unsigned abi;

    /* Opens a timeline window. */
    void (*open)(void);

    /* The engine is about to be freed: nothing of it may be used from now on. A new one may come
     * with the next packet: the window asks for it by a timer of its own while it is shown. */
    void (*engine_gone)(void);

    /* Wireshark closes: no call follows. */
    void (*quit)(void);
};

/* The one exported symbol. HOST lives as long as the program. NULL: the ABI differs, or there is no
 * running Qt application of the version that the window was built for. */
#define MF_WINDOW_SYMBOL "mf_window_load"
typedef const struct mf_window *(*mf_window_load_fn)(const struct mf_window_host *host);

#ifdef __cplusplus
}
#endif

#endif
