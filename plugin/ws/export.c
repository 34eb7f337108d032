/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark asks for objects frame by frame. Its window asks when the capture was read: each file
 * is handed over at the frame that had its last byte. tshark asks in the only pass there is, and
 * what ends with the capture ends behind the last frame: there all is handed over at the end, by a
 * listener that is drawn before the one that saves, since the newest listener is drawn first.
 * tshark says before the first packet that it will ask, so without that nothing is kept there;
 * other programs may ask at any time.
 */
#include "export.h"

#include "capture.h"
#include "core/engine.h"
#include "files.h"
#include "messages.h"
#include "program.h"

#include <epan/export_object.h>

#include <string.h>

/* Wireshark wants a copy for each object, also of what it has been given already. */
#define MAX_HANDED (UINT64_C(1) << 30)

static int tap = -1;
static bool is_wanted; /* see mf_export_wanted(): spares a look at every frame */
static bool listens;   /* tshark: the listener at the end is there */
static uint64_t handed;

bool
mf_export_wanted(void)
{
    is_wanted = !mf_program_is_tshark() || have_tap_listener(tap);
    return is_wanted;
}

/* --- what is told of a file --- */

/* "GET host/uri": the host, or NULL. */
static char *
host_of(const char *request)
{
    const char *host = request != NULL ? strchr(request, ' ') : NULL;
    const size_t length = host != NULL ? strcspn(host + 1, "/ ") : 0;

    return length > 0 ? g_strndup(host + 1, length) : NULL;
}

/* Of the last request before or in FRAME. */
static char *
requested_host(const struct mf_session *session, uint32_t frame)
{
    unsigned low = 0, high = mf_summary_count(session);
    struct mf_summary_item item = {0};

    while (low < high) {
        const unsigned middle = low + (high - low) / 2;

        mf_summary_item(session, middle, &item);
        if (item.frame <= frame)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    mf_summary_item(session, low - 1, &item);
    return host_of(item.request);
}

static char *
server_of(const struct mf_session *session, uint32_t frame)
{
    char *host = requested_host(session, frame);
    GString *text;

    if (host != NULL)
        return host;
    text = g_string_new(NULL);
    mf_endpoint_append(text, &session->addr[MF_RESP], mf_session_port(session, MF_RESP));
    return g_string_free(text, FALSE);
}

static const struct {
    const char *in_type, *behind_name;
} part_words[] = {
    [MF_KEPT_WHOLE] = {"", ""},
    [MF_KEPT_BROKEN] = {" (broken off)", ".broken-off"},
    [MF_KEPT_DATAGRAM] = {" (one datagram)", ""},
};

/* Names of nothing but dots are those of folders. */
static char *
name_of(const struct mf_file *file, enum mf_kept_part part)
{
    const char *name = file->object.name != NULL ? file->object.name : "";

    if (name[strspn(name, ". ")] == '\0')
        return g_strdup_printf("object%u.%s%s", file->frame, file->type,
                               part_words[part].behind_name);
    return g_strconcat(name, part_words[part].behind_name, NULL);
}

/* Types of the files from INDEX on that are the same bytes. */
static char *
type_of(const struct mf_engine *engine, uint32_t index)
{
    const struct mf_kept_files *kept = mf_engine_kept_files(engine);
    const struct mf_kept_file *first = mf_kept_files_get(kept, index);
    GString *text = g_string_new(NULL);

    for (uint32_t i = index; i < mf_kept_files_count(kept); i++) {
        const struct mf_kept_file *entry = mf_kept_files_get(kept, i);
        const struct mf_file *file = mf_findings_file(mf_engine_findings(engine), entry->file);

        if (entry->body != first->body)
            break;
        if (strstr(text->str, file->type) == NULL)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", file->type);
    }
    g_string_append(text, part_words[first->part].in_type);
    return g_string_free(text, FALSE);
}

/* --- handing over --- */

/* Whether the same bytes are there already. */
static bool
is_with_before(const struct mf_kept_files *kept, uint32_t index)
{
    const struct mf_kept_file *before = index > 0 ? mf_kept_files_get(kept, index - 1) : NULL;

    return before != NULL && before->bytes != NULL &&
           before->body == mf_kept_files_get(kept, index)->body;
}

/* The entry INDEX, unless it was with the one before or the bound is hit. */
static void
hand_over(const export_object_list_t *list, const struct mf_engine *engine, uint32_t index)
{
    const struct mf_kept_files *kept = mf_engine_kept_files(engine);
    const struct mf_kept_file *entry = mf_kept_files_get(kept, index);
    const struct mf_file *file;
    const struct mf_session *session;
    export_object_entry_t *object;
    gsize size;
    const void *bytes;

    if (entry->bytes == NULL || is_with_before(kept, index))
        return;
    bytes = g_bytes_get_data(entry->bytes, &size);
    handed += size;
    if (handed > MAX_HANDED)
        return;
    file = mf_findings_file(mf_engine_findings(engine), entry->file);
    session = mf_engine_session(engine, file->session);
    object = g_new0(export_object_entry_t, 1);
    object->pkt_num = file->frame;
    object->hostname = server_of(session, file->frame);
    object->content_type = type_of(engine, index);
    object->filename = name_of(file, entry->part);
    object->payload_len = size;
    object->payload_data = g_memdup2(bytes, size);
    list->add_entry(list->gui_data, object);
}

static void
close_tshark(void *data)
{
    struct mf_engine *engine = mf_capture_engine();

    mf_engine_flush(engine);
    mf_files_give_up();
    for (uint32_t i = 0; i < mf_kept_files_count(mf_engine_kept_files(engine)); i++)
        hand_over(data, engine, i);
    if (handed > MAX_HANDED)
        mf_messages_warn("--export-objects malflow", "more than 1 GiB of files: the last are left "
                                                     "out");
    mf_capture_report_limits();
}

static void
listen_for_end(void *list)
{
    GString *error;

    if (listens)
        return;
    listens = true;
    error = register_tap_listener("malflow_eo", list, NULL, TL_REQUIRES_NOTHING, NULL, NULL,
                                  close_tshark, NULL);
    g_assert(error == NULL); /* the tap is there, and there is no filter */
}

/* The window and tshark know their list by DATA. */
static tap_packet_status
frame_passed(void *data, packet_info *pinfo, epan_dissect_t *edt, const void *tapped,
             tap_flags_t flags)
{
    const struct mf_engine *engine;
    const struct mf_kept_files *kept;

    (void)edt;
    (void)tapped;
    (void)flags;
    if (mf_program_is_tshark()) {
        listen_for_end(data);
        return TAP_PACKET_DONT_REDRAW;
    }
    engine = mf_capture_engine();
    kept = mf_engine_kept_files(engine);
    if (pinfo->num == 1 && pinfo->fd->visited) /* all is there: what will not be whole is not */
        mf_files_give_up();
    for (uint32_t i = mf_kept_files_first_of_frame(kept, pinfo->num);
         i < mf_kept_files_count(kept) && mf_kept_files_get(kept, i)->frame == pinfo->num; i++)
        hand_over(data, engine, i);
    return TAP_PACKET_REDRAW;
}

static void
start_again(void)
{
    handed = 0;
}

void
mf_export_frame(packet_info *pinfo)
{
    if (is_wanted && have_tap_listener(tap))
        tap_queue_packet(tap, pinfo, NULL);
}

void
mf_export_register(int proto)
{
    tap = register_export_object(proto, frame_passed, start_again);
}
