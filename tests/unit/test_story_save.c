/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows as files, and what no byte of a stranger may do to them. */
#include "story_fixture.h"

#include <string.h>

/* All rows and what stands below them. The caller frees. */
static char *
save(const struct story_fixture *f, enum mf_story_format format)
{
    GString *out = g_string_new(NULL);

    mf_story_append_begin(f->story, format, out);
    for (uint32_t i = 0; i < mf_story_count(f->story); i++) {
        const struct mf_row *row = mf_story_row(f->story, i);
        GArray *children = mf_story_children(f->story, row);

        mf_story_append_row(f->story, row, 0, format, out);
        for (guint n = 0; n < children->len; n++)
            mf_story_append_row(f->story, &g_array_index(children, struct mf_row, n), 1, format,
                                out);
        g_array_free(children, TRUE);
    }
    mf_story_append_end(f->story, format, out);
    return g_string_free(out, FALSE);
}

static void
set_up(struct story_fixture *f, gconstpointer unused)
{
    static const struct timeline_tuple raw = {MF_L4_TCP, "192.0.2.1", 1025, "192.0.2.2", 4444};

    (void)unused;
    story_set_up(f, STORY_RULE);
    story_connect(f, &raw, 0);
    story_say(f, &raw, MF_ORIG, 1, "=1+1,\"MZ\"");
    story_say(f, &raw, MF_RESP, 2, "-<b>&'\\\x80\x1b[1m");
    mf_engine_flush(f->base.engine);
    story_open(f);
}

static void
tear_down(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    story_tear_down(f);
}

static void
expect(const struct story_fixture *f, enum mf_story_format format, const char *text)
{
    char *saved = save(f, format);

    g_assert_cmpstr(saved, ==, text);
    g_free(saved);
}

static void
test_text(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    expect(f, MF_STORY_TEXT,
           "[  1 |    0.000 |  0:00.00 ] 192.0.2.1:1025 -> 192.0.2.2:4444 (TCP:TCP) [9 byte (3 "
           "pkt) <-> 12 byte (2 pkt)] *** Executable ***\n"
           "[  1 |    0.001 |  PACKET  ] (TCP) To >> =1+1,\"MZ\" *** Executable ***\n"
           "[  1 |    0.001 |   HIT    ] *** Executable (sid 7, trojan-activity) ***\n"
           "[  1 |    0.002 |  PACKET  ] (TCP) From << -<b>&'\\..[1m\n");
}

static void
test_csv(struct story_fixture *f, gconstpointer unused)
{
    (void)unused;
    expect(
        f, MF_STORY_CSV,
        "Time,Session,Duration,Source,Destination,Protocol,Summary,Bytes sent,Bytes "
        "received,Hits,Cause,Frame,Kind,Depth\r\n"
        "0.000,1,0:00.00,192.0.2.1:1025,192.0.2.2:4444,TCP:TCP,9 byte (3 pkt) <-> 12 byte (2 "
        "pkt),9,12,Executable,,1,session,0\r\n"
        "0.001,1,PACKET,192.0.2.1:1025,192.0.2.2:4444,TCP:TCP,\"'=1+1,\"\"MZ\"\"\",9,,Executable,"
        ",4,packet,1\r\n"
        "0.001,1,HIT,192.0.2.1:1025,192.0.2.2:4444,TCP:TCP,\"Executable (sid 7, "
        "trojan-activity)\",,,Executable,,4,hit,1\r\n"
        "0.002,1,PACKET,192.0.2.2:4444,192.0.2.1:1025,TCP:TCP,\"'-<b>&'\\..[1m\",,12,,,5,packet,"
        "1\r\n");
}

static void
test_json(struct story_fixture *f, gconstpointer unused)
{
    GString *alone = g_string_new(NULL);

    (void)unused;
    f->base.options.packets = (struct mf_packet_protocols){0};
    story_open(f);
    expect(f, MF_STORY_JSON,
           "[\n"
           "{\"depth\":0,\"kind\":\"session\",\"frame\":1,\"time\":\"0.000\",\"session\":1,"
           "\"duration\":\"0:00.00\",\"source\":\"192.0.2.1:1025\",\"destination\":\"192.0.2.2:"
           "4444\",\"protocol\":\"TCP:TCP\",\"summary\":\"9 byte (3 pkt) <-> 12 byte (2 pkt)\","
           "\"bytes_orig\":9,\"bytes_resp\":12,\"hits\":\"Executable\"},\n"
           "{\"depth\":1,\"kind\":\"hit\",\"frame\":4,\"time\":\"0.001\",\"session\":1,"
           "\"duration\":\"HIT\",\"source\":\"192.0.2.1:1025\",\"destination\":\"192.0.2.2:4444\","
           "\"protocol\":\"TCP:TCP\",\"summary\":\"Executable (sid 7, trojan-activity)\","
           "\"hits\":\"Executable\"}\n]\n");
    mf_story_append_row(f->story, story_row(f, 0), 0, MF_STORY_JSON, alone);
    g_assert_true(g_str_has_prefix(alone->str, "{\"depth\":0,"));
    g_assert_true(g_str_has_suffix(alone->str, "}\n"));
    g_string_free(alone, TRUE);
}

static void
test_json_empty(void)
{
    struct story_fixture f;

    story_set_up(&f, NULL);
    story_open(&f);
    expect(&f, MF_STORY_JSON, "[\n]\n");
    expect(&f, MF_STORY_TEXT, "");
    story_tear_down(&f);
}

static unsigned
count(const char *text, const char *what)
{
    unsigned n = 0;

    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what))
        n++;
    return n;
}

/* The report of -z malflow,html, with the rows that are saved. */
static void
test_html(struct story_fixture *f, gconstpointer unused)
{
    char *saved;

    (void)unused;
    mf_story_name(f->story, "<one>.pcap");
    saved = save(f, MF_STORY_HTML);
    g_assert_true(g_str_has_prefix(saved, "<!DOCTYPE html>\n"));
    g_assert_true(g_str_has_suffix(saved, "</script>\n</body>\n</html>\n"));
    g_assert_nonnull(strstr(saved, "default-src 'none'"));
    g_assert_nonnull(strstr(saved, "<h1>&lt;one&gt;.pcap</h1>"));
    g_assert_nonnull(strstr(saved, "</em> -&lt;b&gt;&amp;&#39;\\..[1m\n"));
    g_assert_nonnull(strstr(saved, "</em> =1+1,&quot;MZ&quot; <b>Executable</b>\n"));
    g_assert_nonnull(strstr(saved, "<td>HIT<td colspan=4><b>Executable (sid 7, trojan-activity)"));
    g_assert_nonnull(strstr(saved, "rows as they were displayed"));
    g_assert_null(strstr(saved, "0 signatures"));
    g_assert_cmpuint(count(saved, "\n<tr id=r"), ==, 4);
    g_assert_cmpuint(count(saved, "<td>PACKET<td colspan=4 data-b="), ==, 2);
    g_free(saved);
}

/* --- any bytes --- */

static char *
random_text(void)
{
    const int32_t length = g_test_rand_int_range(1, 40);
    char *text = g_malloc((gsize)length + 1);

    for (int32_t i = 0; i < length; i++)
        text[i] = (char)g_test_rand_int_range(1, 256);
    text[length] = '\0';
    return text;
}

/* A packet of one of a few sessions, with random words wherever a stranger can put some. */
static void
feed_random(struct story_fixture *f)
{
    const struct timeline_tuple tuple = {g_test_rand_bit() ? MF_L4_TCP : MF_L4_UDP, "192.0.2.1",
                                         (uint16_t)g_test_rand_int_range(1, 4), "2001:db8::2",
                                         (uint16_t)g_test_rand_int_range(79, 82)};
    char *payload = random_text(), *host = random_text(), *uri = random_text();
    char *app = g_test_rand_bit() ? random_text() : NULL;
    const struct mf_buffer buffers[] = {
        {.id = MF_BUF_HTTP},
        {.id = MF_BUF_HTTP_IS_REQUEST, .number = 1},
        {.id = MF_BUF_HTTP_METHOD, .data = (const uint8_t *)"MZ", .length = 2},
        {.id = MF_BUF_HTTP_URI, .data = (uint8_t *)uri, .length = (uint32_t)strlen(uri)},
        {.id = MF_BUF_HTTP_HOST, .data = (uint8_t *)host, .length = (uint32_t)strlen(host)}};

    f->app = app;
    f->buffers = buffers;
    f->n_buffers = g_test_rand_bit() ? G_N_ELEMENTS(buffers) : 0;
    f->cut = (size_t)g_test_rand_int_range(50, 100);
    f->options = 4 * (size_t)g_test_rand_int_range(0, 11);
    story_say(f, &tuple, (enum mf_direction)g_test_rand_bit(), f->base.frame, payload);
    f->app = NULL;
    f->n_buffers = 0;
    g_free(payload);
    g_free(host);
    g_free(uri);
    g_free(app);
}

static void
check_cells(const struct story_fixture *f, const struct mf_row *row)
{
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++) {
        char *cell = story_cell(f, row, (enum mf_story_column)i);

        for (const char *at = cell; *at != '\0'; at++)
            g_assert_true(*at >= 0x20 && *at <= 0x7e);
        g_free(cell);
    }
}

/* Rows are in order; what stands below one belongs to it and is in order too. */
static void
check_rows(const struct story_fixture *f)
{
    const struct mf_row *before = NULL;

    for (uint32_t i = 0; i < mf_story_count(f->story); i++) {
        const struct mf_row *row = mf_story_row(f->story, i);
        GArray *children = mf_story_children(f->story, row);

        g_assert_true(before == NULL || before->time <= row->time);
        g_assert_cmpint(mf_story_opens(f->story, row), ==, children->len > 0);
        g_assert_cmpint(mf_story_find_session(f->story, row->session), ==, i);
        check_cells(f, row);
        for (guint n = 0; n < children->len; n++) {
            const struct mf_row *child = &g_array_index(children, struct mf_row, n);

            g_assert_cmpuint(child->session, ==, row->session);
            g_assert_cmpint(child->time, >=, n > 0 ? child[-1].time : row->time);
            g_assert_cmpuint(child->frame, >=, n > 0 ? child[-1].frame : row->frame);
            g_assert_cmpuint(mf_engine_verdict(f->base.engine, child->frame).session, ==,
                             row->session);
            check_cells(f, child);
        }
        g_array_free(children, TRUE);
        before = row;
    }
}

static void
check_files(const struct story_fixture *f)
{
    static const char *const ends[] = {"\n", "\r\n", "\n", "\n"};

    for (unsigned format = 0; format < MF_STORY_FORMATS; format++) {
        char *saved = save(f, (enum mf_story_format)format), *at;

        g_assert_true(g_utf8_validate(saved, -1, NULL));
        g_assert_true(*saved == '\0' || g_str_has_suffix(saved, ends[format]));
        for (at = saved; *at != '\0'; at++)
            g_assert_true((*at >= 0x20 && *at <= 0x7e) || *at == '\n' ||
                          (*at == '\r' && format == MF_STORY_CSV));
        g_free(saved);
    }
}

static void
test_any_bytes(void)
{
    for (unsigned round = 0; round < 20; round++) {
        struct story_fixture f;

        story_set_up(&f, STORY_RULE);
        f.base.options.aggregate = false;
        for (unsigned i = 0; i < 60; i++)
            feed_random(&f);
        mf_engine_flush(f.base.engine);
        story_open(&f);
        check_rows(&f);
        check_files(&f);
        f.timeless = true;
        check_files(&f);
        story_tear_down(&f);
    }
}

#define TEST(name, function)                                                                       \
    g_test_add(name, struct story_fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("/story/save/text", test_text);
    TEST("/story/save/csv", test_csv);
    TEST("/story/save/json", test_json);
    TEST("/story/save/html", test_html);
    g_test_add_func("/story/save/json-empty", test_json_empty);
    g_test_add_func("/story/save/any-bytes", test_any_bytes);
    return g_test_run();
}
