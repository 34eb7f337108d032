/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark hands out its capture file for the length of a call (epan/plugin_if.h), and only where
 * there is a window: in tshark and sharkd all that is asked of the file here has no answer.
 */
#include "window_host.h"

#include "capture.h"
#include "compat.h"
#include "extract.h"
#include "preferences.h"

#include <epan/plugin_if.h>
#include <epan/timestamp.h>
#include <wsutil/filesystem.h>

/* --- the capture file --- */

/* Whether there are frames to be asked for: not while it is being closed. */
static bool
has_frames(const capture_file *file)
{
    return file != NULL && file->state != FILE_CLOSED && file->state != FILE_READ_ABORTED &&
           file->provider.frames != NULL && file->provider.wth != NULL;
}

static const frame_data *
find_frame(const capture_file *file, uint32_t frame)
{
    return has_frames(file) ? frame_data_sequence_find(file->provider.frames, frame) : NULL;
}

/* Questions to the file: asked one at a time by ask(), which returns whether there was an answer.
 */
struct question {
    uint32_t frame;
    mf_nanoseconds *time;
    GByteArray *bytes;
    char *name;
};

static bool
ask(plugin_if_capture_file_cb about, struct question *question)
{
    return plugin_if_get_capture_file(about, question) != NULL;
}

static void *
answer(bool yes)
{
    static char answered;

    return yes ? &answered : NULL;
}

static void *
about_time(capture_file *file, void *data)
{
    const struct question *question = data;
    const frame_data *frame = find_frame(file, question->frame);

    if (frame == NULL || !frame->has_ts)
        return NULL;
    *question->time = mf_extract_time(&frame->abs_ts);
    return answer(true);
}

static bool
frame_time(void *user, uint32_t frame, mf_nanoseconds *time)
{
    struct question question = {.frame = frame, .time = time};

    (void)user;
    return ask(about_time, &question);
}

static bool
append_record(wtap *wth, int64_t offset, GByteArray *out)
{
    struct mf_ws_record record;
    char *info = NULL;
    int error = 0;
    bool read;

    mf_ws_record_init(&record);
    read = mf_ws_record_read(wth, offset, &record, &error, &info) &&
           record.header.rec_type == REC_TYPE_PACKET;
    if (read)
        g_byte_array_append(out, ws_buffer_start_ptr(MF_RECORD_BUFFER(&record)),
                            record.header.rec_header.packet_header.caplen);
    mf_ws_record_clear(&record);
    g_free(info);
    return read;
}

static void *
about_bytes(capture_file *file, void *data)
{
    const struct question *question = data;
    const frame_data *frame = find_frame(file, question->frame);

    return answer(frame != NULL &&
                  append_record(file->provider.wth, frame->file_off, question->bytes));
}

static bool
frame_bytes(void *user, uint32_t frame, GByteArray *out)
{
    struct question question = {.frame = frame, .bytes = out};

    (void)user;
    return ask(about_bytes, &question);
}

static void *
about_selected(capture_file *file, void *data)
{
    struct question *question = data;

    if (!has_frames(file) || file->current_frame == NULL)
        return NULL;
    question->frame = file->current_frame->num;
    return answer(true);
}

static uint32_t
selected_frame(void)
{
    struct question question = {.frame = 0};

    return ask(about_selected, &question) ? question.frame : 0;
}

/* Of a live capture its source, as Wireshark's own title. */
static void *
about_name(capture_file *file, void *data)
{
    struct question *question = data;

    if (file == NULL || file->state == FILE_CLOSED || file->filename == NULL)
        return NULL;
    if (file->is_tempfile && file->source != NULL)
        question->name = g_utf8_make_valid(file->source, -1);
    else
        question->name = g_filename_display_basename(file->filename);
    return answer(true);
}

static char *
capture_name(void)
{
    struct question question = {.name = NULL};

    return ask(about_name, &question) ? question.name : NULL;
}

/* --- the main window and what the user chose --- */

static void *
about_shown(capture_file *file, void *data)
{
    const struct question *question = data;
    const frame_data *frame = find_frame(file, question->frame);

    return answer(frame != NULL && (frame->passed_dfilter || frame->ref_time));
}

static bool
go_to_frame(uint32_t frame)
{
    struct question question = {.frame = frame};

    if (!ask(about_shown, &question))
        return false;
    plugin_if_goto_frame(frame);
    return true;
}

/* Also without its flag, plugin_if_apply_filter() applies what it was given. */
static bool
set_filter(const char *text, bool apply)
{
    if (apply)
        plugin_if_apply_filter(text, TRUE);
    return apply;
}

static enum mf_time_format
time_format(void)
{
    switch (timestamp_get_type()) {
    case TS_UTC:
    case TS_UTC_WITH_YMD:
    case TS_UTC_WITH_YDOY:
        return MF_TIME_UTC;
    case TS_ABSOLUTE:
    case TS_ABSOLUTE_WITH_YMD:
    case TS_ABSOLUTE_WITH_YDOY:
        return MF_TIME_LOCAL;
    default:
        return MF_TIME_RELATIVE;
    }
}

static char *
profile_file(const char *name)
{
    char *failed = NULL;

    if (create_persconffile_dir(&failed) != 0)
        g_free(failed); /* whoever writes the file will say so */
    profile_register_persconffile(name);
    return get_persconffile_path(name, TRUE);
}

static const char *
font(void)
{
    const char *name = MF_PREFS_FONT;

    return name != NULL && *name != '\0' ? name : NULL;
}

const struct mf_window_host *
mf_window_host(void)
{
    static const struct mf_window_host host = {
        .abi = MF_WINDOW_ABI,
        .engine = mf_capture_known,
        .is_reading = mf_capture_is_reading,
        .source = {.time = frame_time, .bytes = frame_bytes},
        .timeline_options = mf_preferences_timeline,
        .time_format = time_format,
        .capture_name = capture_name,
        .selected_frame = selected_frame,
        .go_to_frame = go_to_frame,
        .set_filter = set_filter,
        .profile_file = profile_file,
        .font = font,
    };

    return &host;
}
