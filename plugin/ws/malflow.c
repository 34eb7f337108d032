/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The plugin: a post-dissector that feeds each frame to the engine once and shows what it says. */
#include "capture.h"
#include "compat.h"
#include "conversation_filters.h"
#include "export.h"
#include "extract.h"
#include "fieldmap.h"
#include "fields.h"
#include "heuristics.h"
#include "menu.h"
#include "preferences.h"
#include "progress.h"
#include "tap.h"

#define MF_EXPORT __attribute__((visibility("default")))

MF_EXPORT extern const char plugin_version[];
MF_EXPORT extern const int plugin_want_major, plugin_want_minor;
MF_EXPORT void
plugin_register(void);

const char plugin_version[] = MALFLOW_VERSION;
const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

#define SHORT_NAME "Malflow"

static int proto_malflow;
static int tap_malflow;
static dissector_handle_t handle;

/* All bytes of the frame that were captured. */
static struct mf_span
bytes_of(tvbuff_t *tvb)
{
    const int length = tvb != NULL ? (int)tvb_captured_length(tvb) : 0;

    return length > 0 ? (struct mf_span){tvb_get_ptr(tvb, 0, length), (size_t)length}
                      : (struct mf_span){0};
}

/* IS_READ: what is found in the frame is to be known at once. */
static void
feed(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, bool is_read)
{
    struct mf_engine *engine = mf_capture_intake();
    struct mf_packet packet;
    struct mf_extra extra;

    if (!mf_extract(tvb, pinfo, tree, &packet, &extra))
        mf_engine_other_frame(engine, pinfo->num, packet.time);
    else if (is_read)
        mf_engine_packet(engine, &packet, extra.payload_offset);
    else
        mf_engine_packet_later(engine, &packet, extra.payload_offset, bytes_of(tvb));
    mf_fieldmap_note_frame(pinfo->num, tree);
}

static int
dissect_malflow(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const bool is_tapped = have_tap_listener(tap_malflow);
    const bool is_shown = mf_fields_are_read(pinfo, tree);

    (void)data;
    pinfo->current_proto = SHORT_NAME; /* Wireshark puts it back */
    if (!pinfo->fd->visited)
        feed(tvb, pinfo, tree, is_tapped || is_shown);
    if (is_shown)
        mf_fields_add(tvb, pinfo, tree);
    if (is_tapped) {
        struct mf_verdict *verdict = wmem_new(pinfo->pool, struct mf_verdict);

        *verdict = mf_engine_verdict(mf_capture_engine(), pinfo->num);
        tap_queue_packet(tap_malflow, pinfo, verdict);
    }
    mf_export_frame(pinfo);
    mf_progress_frame(pinfo);
    return tvb != NULL ? (int)tvb_captured_length(tvb) : 0;
}

/*
 * By a helper protocol, which is enabled and disabled with its parent: of others Wireshark would
 * keep account as a layer of the packet, and take it off again from nearly all, for 500
 * instructions a frame.
 */
static void
register_postdissection(void)
{
    int helper = proto_register_protocol_in_name_only("Malware traffic story, post-dissector",
                                                      "Malflow post-dissector", "malflow.post",
                                                      proto_malflow, FT_PROTOCOL);

    handle = register_dissector("malflow", dissect_malflow, helper);
    register_postdissector(handle);
}

static void
proto_register_malflow(void)
{
    proto_malflow = proto_register_protocol("Malware traffic story", SHORT_NAME, "malflow");
    mf_fields_register(proto_malflow);
    mf_preferences_register(proto_malflow);
    mf_capture_register();
    mf_conversation_filters_register();
    tap_malflow = register_tap(MF_TAP_NAME);
    register_tap(MF_TAP_OF_END);
    register_postdissection();
    mf_heuristics_register(proto_malflow);
    mf_outputs_register();
    mf_export_register(proto_malflow);
    mf_menu_register(proto_malflow);
}

static void
proto_reg_handoff_malflow(void)
{
    mf_fieldmap_init();
    mf_heuristics_init();
    set_postdissector_wanted_hfids(handle, mf_fieldmap_wanted());
}

void
plugin_register(void)
{
    static proto_plugin plugin = {proto_register_malflow, proto_reg_handoff_malflow};

    proto_register_plugin(&plugin);
}

#ifdef MF_HAS_PLUGIN_DESCRIBE
MF_EXPORT uint32_t
plugin_describe(void);

uint32_t
plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR | WS_PLUGIN_DESC_TAP_LISTENER;
}
#endif
