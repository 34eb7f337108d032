/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows as files that other programs read: text as -z malflow,timeline prints it, CSV (RFC 4180),
 * JSON (an array of objects), HTML (the report of -z malflow,html, with these rows). Cells hold
 * what a stranger sent: each form escapes them.
 */
#include "csv_text.h"
#include "html_report.h"
#include "json_text.h"
#include "story_private.h"

static const struct {
    const char *title;
    const char *key; /* in JSON */
    bool is_number;
} columns[MF_STORY_COLUMNS] = {
    [MF_STORY_TIME] = {"Time", "time", false},
    [MF_STORY_SESSION] = {"Session", "session", true},
    [MF_STORY_DURATION] = {"Duration", "duration", false},
    [MF_STORY_SOURCE] = {"Source", "source", false},
    [MF_STORY_DESTINATION] = {"Destination", "destination", false},
    [MF_STORY_PROTOCOL] = {"Protocol", "protocol", false},
    [MF_STORY_SUMMARY] = {"Summary", "summary", false},
    [MF_STORY_BYTES_ORIG] = {"Bytes sent", "bytes_orig", true},
    [MF_STORY_BYTES_RESP] = {"Bytes received", "bytes_resp", true},
    [MF_STORY_HITS] = {"Hits", "hits", false},
    [MF_STORY_CAUSE] = {"Cause", "cause", false},
};

static const char *const kinds[] = {
    [MF_ROW_SESSION] = "session", [MF_ROW_SCAN] = "scan",       [MF_ROW_BEACON] = "beacon",
    [MF_ROW_FOLD] = "folded",     [MF_ROW_REQUEST] = "request", [MF_ROW_PAYLOAD] = "packet",
    [MF_ROW_PACKET] = "packet",   [MF_ROW_HIT] = "hit",
};

/* A row on its way out. */
struct line {
    const struct mf_story *story;
    const struct mf_row *row;
    unsigned depth;
    GString *out;
    GString *cell;
};

static const char *
cell_of(const struct line *line, unsigned column)
{
    g_string_truncate(line->cell, 0);
    mf_story_append_cell(line->story, line->row, (enum mf_story_column)column, line->cell);
    return line->cell->str;
}

/* --- text --- */

static void
append_packet_text(const struct line *line)
{
    const struct mf_session *session = mf_story_session(line->story, line->row);
    GByteArray *scratch = g_byte_array_new();
    struct mf_story_packet packet;
    struct mf_timeline_bytes bytes = {.direction = mf_story_side(line->story, line->row)};

    if (mf_story_read(line->story, session, line->row->frame, scratch, &packet))
        bytes = (struct mf_timeline_bytes){packet.data, packet.length, packet.direction};
    mf_timeline_append_packet(line->story->timeline, line->row, &bytes, line->out);
    g_byte_array_free(scratch, TRUE);
}

static void
append_hit_text(const struct line *line)
{
    mf_timeline_append_head(line->story->timeline, line->row, line->out);
    g_string_append_printf(line->out, "  HIT    ] *** %s ***", cell_of(line, MF_STORY_SUMMARY));
}

static void
append_text(const struct line *line)
{
    struct mf_summary_item item;

    if (line->row->kind == MF_ROW_PACKET)
        append_packet_text(line);
    else if (line->row->kind == MF_ROW_HIT)
        append_hit_text(line);
    else if (line->row->kind != MF_ROW_REQUEST || mf_story_request(line->story, line->row, &item))
        mf_timeline_append_row(line->story->timeline, line->row, line->out);
    g_string_append_c(line->out, '\n');
}

/* --- CSV --- */

static void
begin_csv(const struct mf_story *story, GString *out)
{
    (void)story;
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++) {
        mf_csv_append(out, columns[i].title);
        g_string_append_c(out, ',');
    }
    g_string_append(out, "Frame,Kind,Depth\r\n");
}

static void
append_csv(const struct line *line)
{
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++) {
        mf_csv_append(line->out, cell_of(line, i));
        g_string_append_c(line->out, ',');
    }
    g_string_append_printf(line->out, "%u,%s,%u\r\n", line->row->frame, kinds[line->row->kind],
                           line->depth);
}

/* --- JSON --- */

static void
begin_json(const struct mf_story *story, GString *out)
{
    (void)story;
    g_string_append_c(out, '[');
}

static void
end_json(const struct mf_story *story, GString *out)
{
    (void)story;
    g_string_append(out, "\n]\n");
}

static void
append_json_cell(const struct line *line, unsigned column, GString *object)
{
    const char *text = cell_of(line, column);

    if (*text == '\0')
        return;
    if (columns[column].is_number)
        mf_json_number(object, columns[column].key, g_ascii_strtoull(text, NULL, 10));
    else
        mf_json_string(object, columns[column].key, text);
}

/* Between begin and end the rows are elements; one that is copied by itself is a line. */
static void
append_json(const struct line *line)
{
    const struct mf_story_saving *saving = line->story->saving;
    GString *object = g_string_new(NULL);
    const size_t opened = mf_json_open_object(object, NULL);

    mf_json_number(object, "depth", line->depth);
    mf_json_string(object, "kind", kinds[line->row->kind]);
    mf_json_number(object, "frame", line->row->frame);
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++)
        append_json_cell(line, i, object);
    mf_json_close(object, opened);
    if (saving->open)
        g_string_append(line->out, saving->rows > 0 ? ",\n" : "\n");
    g_string_append_len(line->out, object->str, (gssize)object->len);
    if (!saving->open)
        g_string_append_c(line->out, '\n');
    g_string_free(object, TRUE);
}

/* --- HTML --- */

/* A report says of all rows where they lead to: they are gathered, and written at the end. */
static void
begin_html(const struct mf_story *story, GString *out)
{
    (void)out;
    story->saving->gathered = g_array_new(FALSE, FALSE, sizeof(struct mf_row));
}

static void
append_html(const struct line *line)
{
    if (line->story->saving->gathered != NULL)
        g_array_append_vals(line->story->saving->gathered, line->row, 1);
}

static void
take_html(void *user, const GString *text)
{
    g_string_append_len(user, text->str, (gssize)text->len);
}

static void
end_html(const struct mf_story *story, GString *out)
{
    const struct mf_report_source source = {.title = story->saving->title};
    const struct mf_html_taker taker = {take_html, out};

    mf_html_report_story(story, story->saving->gathered, &source, &taker);
    g_array_free(story->saving->gathered, TRUE);
    story->saving->gathered = NULL;
}

/* --- all of them --- */

static const struct {
    void (*begin)(const struct mf_story *story, GString *out); /* or NULL */
    void (*row)(const struct line *line);
    void (*end)(const struct mf_story *story, GString *out); /* or NULL */
} formats[MF_STORY_FORMATS] = {
    [MF_STORY_TEXT] = {NULL, append_text, NULL},
    [MF_STORY_CSV] = {begin_csv, append_csv, NULL},
    [MF_STORY_JSON] = {begin_json, append_json, end_json},
    [MF_STORY_HTML] = {begin_html, append_html, end_html},
};

void
mf_story_name(const struct mf_story *story, const char *title)
{
    g_free(story->saving->title);
    story->saving->title = g_strdup(title);
}

void
mf_story_append_begin(const struct mf_story *story, enum mf_story_format format, GString *out)
{
    story->saving->open = true;
    story->saving->rows = 0;
    if (formats[format].begin != NULL)
        formats[format].begin(story, out);
}

void
mf_story_append_row(const struct mf_story *story, const struct mf_row *row, unsigned depth,
                    enum mf_story_format format, GString *out)
{
    const struct line line = {story, row, depth, out, g_string_new(NULL)};

    formats[format].row(&line);
    story->saving->rows++;
    g_string_free(line.cell, TRUE);
}

void
mf_story_append_end(const struct mf_story *story, enum mf_story_format format, GString *out)
{
    story->saving->open = false;
    if (formats[format].end != NULL)
        formats[format].end(story, out);
}
