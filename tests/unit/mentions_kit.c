/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mentions_kit.h"

static const char *const letters[] = {
    [MF_MENTION_HOST] = "H",   [MF_MENTION_REDIRECT] = "R", [MF_MENTION_FILE] = "F",
    [MF_MENTION_SHA256] = "X", [MF_MENTION_SCAN] = "S",
};

static struct mf_span
span_of(const char *text)
{
    return (struct mf_span){(const uint8_t *)text, strlen(text)};
}

static struct mf_mention_reading
reading_of(enum mentions_mode mode)
{
    return (struct mf_mention_reading){
        .html = mode == HTML,
        .dialogue = mode == DIALOGUE,
        .base_host = span_of(mode == HTML ? "base.example" : ""),
        .base_path = span_of("/a/b.html?q=/x"),
        .base_port = 8080,
    };
}

/* "H host:port/path", "F name", "X hash", "S port port: text". */
static char *
describe(const struct mf_mention *mention)
{
    GString *out = g_string_new(letters[mention->kind]);

    g_string_append_c(out, ' ');
    g_string_append_len(out, (const char *)mention->host.data, (gssize)mention->host.length);
    if (mention->port != 0)
        g_string_append_printf(out, ":%u", mention->port);
    g_string_append_len(out, (const char *)mention->path.data, (gssize)mention->path.length);
    g_string_append_len(out, (const char *)mention->name.data, (gssize)mention->name.length);
    if (mention->kind == MF_MENTION_SCAN) {
        for (unsigned i = 0; i < MF_MENTION_PORTS && mention->scan_ports[i] != 0; i++)
            g_string_append_printf(out, i == 0 ? "%u" : " %u", mention->scan_ports[i]);
        g_string_append_printf(out, ": %.*s", (int)mention->text.length,
                               (const char *)mention->text.data);
    }
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

struct notes {
    GString *text;    /* in order */
    GHashTable *sure; /* those that are not open */
    size_t length, end;
};

static void
note(void *user, const struct mf_mention *mention)
{
    struct notes *notes = user;
    char *line = describe(mention);

    g_assert_cmpuint(mention->end, <=, notes->length);
    g_assert_cmpuint(mention->end, >=, notes->end);
    g_assert_cmpuint(mention->text.length, <=, MF_SUMMARY_TEXT);
    g_assert_true(mf_span_is_printable(mention->text));
    notes->end = mention->end;
    g_string_append(notes->text, line);
    if (mention->open)
        g_free(line);
    else
        g_hash_table_add(notes->sure, line);
}

static void
notes_init(struct notes *notes)
{
    notes->text = g_string_new(NULL);
    notes->sure = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    notes->length = notes->end = 0;
}

static void
notes_clear(struct notes *notes)
{
    g_string_free(notes->text, TRUE);
    g_hash_table_destroy(notes->sure);
}

static void
find(struct mf_mention_finder *finder, enum mentions_mode mode, struct mf_span text,
     struct notes *notes)
{
    const struct mf_mention_reading reading = reading_of(mode);
    uint8_t *exact = g_memdup2(text.data, text.length); /* so that over-reads are seen */

    notes_init(notes);
    notes->length = text.length;
    mf_mentions_find(finder, (struct mf_span){exact, text.length}, &reading, note, notes);
    g_free(exact);
}

static void
note_piece(void *user, const struct mf_mention *mention)
{
    struct notes *notes = user;

    notes->end = 0;
    notes->length = SIZE_MAX;
    note(notes, mention);
}

/* A and B hold the same. */
static void
assert_same(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!g_hash_table_contains(b, key))
            g_error("only one way: %s", (char *)key);
    g_assert_cmpuint(g_hash_table_size(a), ==, g_hash_table_size(b));
}

static void
feed(struct mf_mention_stream *stream, struct mf_span bytes, struct notes *notes)
{
    uint8_t *exact = g_memdup2(bytes.data, bytes.length);

    g_assert_true(mf_mention_stream_feed(stream, (struct mf_span){exact, bytes.length}, false,
                                         note_piece, notes));
    g_free(exact);
}

/* TEXT and a line feed, the first CUT bytes by themselves; CUT 0: every byte by itself. */
static void
check_stream(struct mf_mention_finder *finder, struct mf_span text, size_t cut, GHashTable *sure)
{
    struct mf_mention_stream *stream = mf_mention_stream_new(finder);
    struct notes notes;

    notes_init(&notes);
    for (size_t i = 0; cut == 0 && i < text.length; i++)
        feed(stream, (struct mf_span){text.data + i, 1}, &notes);
    if (cut > 0) {
        feed(stream, (struct mf_span){text.data, cut}, &notes);
        feed(stream, mf_span_skip(text, cut), &notes);
    }
    feed(stream, span_of("\n"), &notes);
    assert_same(notes.sure, sure);
    notes_clear(&notes);
    mf_mention_stream_free(stream);
}

static void
check_streams(struct mf_mention_finder *finder, struct mf_span text)
{
    char *line = g_malloc(text.length + 1);
    struct notes whole;

    memcpy(line, text.data, text.length);
    line[text.length] = '\n';
    find(finder, DIALOGUE, (struct mf_span){(const uint8_t *)line, text.length + 1}, &whole);
    for (size_t cut = 0; cut <= text.length; cut++)
        check_stream(finder, text, cut, whole.sure);
    notes_clear(&whole);
    g_free(line);
}

/* Of a text that breaks off, all is found in the whole one too that is not told to be open. */
static void
check_cut_off(struct mf_mention_finder *finder, const struct mentions_row *row, struct mf_span text)
{
    for (size_t length = 0; length < text.length; length++) {
        GHashTableIter iter;
        gpointer key;
        struct notes notes;

        find(finder, row->mode, (struct mf_span){text.data, length}, &notes);
        g_hash_table_iter_init(&iter, notes.sure);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            if (strstr(row->expected, key) == NULL)
                g_error("cut at %zu: %s", length, (char *)key);
        notes_clear(&notes);
    }
}

void
mentions_check(const struct mentions_row *rows, unsigned n)
{
    struct mf_mention_finder *finder = mf_mention_finder_new();

    for (unsigned i = 0; i < n; i++) {
        const size_t length = rows[i].length != 0 ? rows[i].length : strlen(rows[i].text);
        const struct mf_span text = {(const uint8_t *)rows[i].text, length};
        struct notes notes;

        g_test_message("%s", rows[i].text);
        find(finder, rows[i].mode, text, &notes);
        g_assert_cmpstr(notes.text->str, ==, rows[i].expected);
        notes_clear(&notes);
        check_cut_off(finder, &rows[i], text);
        if (rows[i].mode == DIALOGUE)
            check_streams(finder, text);
    }
    mf_mention_finder_free(finder);
}

char *
mentions_of(enum mentions_mode mode, const char *text, size_t length)
{
    struct mf_mention_finder *finder = mf_mention_finder_new();
    struct notes notes;
    char *all;

    find(finder, mode, (struct mf_span){(const uint8_t *)text, length}, &notes);
    all = g_strdup(notes.text->str);
    notes_clear(&notes);
    mf_mention_finder_free(finder);
    return all;
}
