/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every difference between the Wireshark versions that malflow builds for: 4.0, 4.4, 4.6. */
#ifndef MALFLOW_WS_COMPAT_H
#define MALFLOW_WS_COMPAT_H

#include <ws_version.h>

#define MF_WS_AT_LEAST(major, minor)                                                               \
    (WIRESHARK_VERSION_MAJOR > (major) ||                                                          \
     (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

#if !MF_WS_AT_LEAST(4, 0)
#error "malflow needs Wireshark 4.0 or later"
#endif

#include <wireshark.h>

#include <epan/conversation.h>
#include <epan/conversation_filter.h>
#include <epan/dfilter/dfilter.h>
#include <epan/epan_dissect.h>
#include <epan/expert.h>
#include <epan/ftypes/ftypes.h>
#include <epan/packet.h>
#include <epan/prefs.h>
#include <epan/proto.h>
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <epan/tvbuff.h>

#if MF_WS_AT_LEAST(4, 2)
typedef bool mf_ws_bool;
#define MF_FVALUE(fi) ((fi)->value)
#else
typedef gboolean mf_ws_bool;
#define MF_FVALUE(fi) (&(fi)->value)
#endif

/* Whether field_info.value holds a string; FT_IS_STRING was IS_FT_STRING. */
#if MF_WS_AT_LEAST(4, 2)
#define MF_FT_IS_STRING(ft) FT_IS_STRING(ft)
#else
#define MF_FT_IS_STRING(ft) IS_FT_STRING(ft)
#endif

/* register_conversation_filter() and its callbacks got a user_data argument in 4.2. */
#if MF_WS_AT_LEAST(4, 2)
#define MF_CONVERSATION_FILTER_ARGS   struct _packet_info *pinfo, void *user_data
#define MF_CONVERSATION_FILTER_UNUSED (void)user_data
#define mf_register_conversation_filter(proto, name, valid, build)                                 \
    register_conversation_filter(proto, name, valid, build, NULL)
#else
#define MF_CONVERSATION_FILTER_ARGS   struct _packet_info *pinfo
#define MF_CONVERSATION_FILTER_UNUSED (void)0
#define mf_register_conversation_filter(proto, name, valid, build)                                 \
    register_conversation_filter(proto, name, valid, build)
#endif

/* stat_tap_ui.tap_init_cb returns whether the output could be started from 4.6 on. */
#if MF_WS_AT_LEAST(4, 6)
#define MF_STAT_INIT_RETURN bool
#define MF_STAT_INIT_OK     return true
#else
#define MF_STAT_INIT_RETURN void
#define MF_STAT_INIT_OK     return
#endif

/*
 * Up to 4.4 an item at the top of an invisible tree is always a real one (epan/proto.c,
 * TRY_TO_FAKE_THIS_ITEM), so protocol items there need not be asked for.
 */
#define MF_TOP_ITEMS_ARE_REAL (!MF_WS_AT_LEAST(4, 5))

/* What dfilter_compile() says is wrong. */
#if MF_WS_AT_LEAST(4, 2)
typedef df_error_t mf_filter_error;
#define mf_filter_error_text(error) ((error)->msg)
#define mf_filter_error_free(error) df_error_free(&(error))
#else
typedef gchar mf_filter_error;
#define mf_filter_error_text(error) (error)
#define mf_filter_error_free(error) g_free(error)
#endif

/* From 4.2 on a plugin says what it is. */
#if MF_WS_AT_LEAST(4, 2)
#include <wsutil/plugins.h>
#define MF_HAS_PLUGIN_DESCRIBE 1
#endif

/* The font of the packet list. */
#if MF_WS_AT_LEAST(4, 2)
#define MF_PREFS_FONT (prefs.gui_font_name)
#else
#define MF_PREFS_FONT (prefs.gui_qt_font_name)
#endif

/* Whether packets of a capture file are still to come. */
#if MF_WS_AT_LEAST(4, 2)
#define MF_FILE_IS_BEING_READ(file)                                                                \
    ((file)->state == FILE_READ_IN_PROGRESS || (file)->state == FILE_READ_PENDING)
#else
#define MF_FILE_IS_BEING_READ(file) ((file)->state == FILE_READ_IN_PROGRESS)
#endif

/* A record of a capture file carries its own bytes from 4.5 on. */
#include <wiretap/wtap.h>
#if MF_WS_AT_LEAST(4, 5)
struct mf_ws_record {
    wtap_rec header;
};
#define MF_RECORD_BUFFER(record)   (&(record)->header.data)
#define mf_ws_record_init(record)  wtap_rec_init(&(record)->header, 0)
#define mf_ws_record_clear(record) wtap_rec_cleanup(&(record)->header)
#define mf_ws_record_read(wth, offset, record, error, info)                                        \
    wtap_seek_read(wth, offset, &(record)->header, error, info)
#else
struct mf_ws_record {
    wtap_rec header;
    Buffer bytes;
};
#define MF_RECORD_BUFFER(record) (&(record)->bytes)
#define mf_ws_record_init(record)                                                                  \
    (wtap_rec_init(&(record)->header), ws_buffer_init(&(record)->bytes, 0))
#define mf_ws_record_clear(record)                                                                 \
    (wtap_rec_cleanup(&(record)->header), ws_buffer_free(&(record)->bytes))
#define mf_ws_record_read(wth, offset, record, error, info)                                        \
    wtap_seek_read(wth, offset, &(record)->header, &(record)->bytes, error, info)
#endif

/* Boolean preferences became bool. */
typedef mf_ws_bool mf_pref_bool;

#endif
