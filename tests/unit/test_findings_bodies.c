/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several bodies in one frame: each file is told by its own. */
#include "core/limits.h"
#include "engine_fixture.h"

#include <string.h>

#define RULES                                                                                      \
    "alert tcp any any -> any any (msg:\"exe\"; content:\"EXE\"; metadata:file_type PE32; "        \
    "sid:4;)\n"                                                                                    \
    "alert tcp any any -> any any (msg:\"exe\"; file.data; content:\"EXE\"; metadata:file_type "   \
    "PE32; sid:5;)\n"

static struct mf_buffer
buffer(enum mf_buffer_id id, const char *text)
{
    return (struct mf_buffer){
        .id = id, .length = (uint32_t)strlen(text), .data = (const uint8_t *)text};
}

/* A segment of the responder that carries RAW and ends the bodies. */
static void
send(struct engine_fixture *f, const char *raw, const struct mf_buffer *buffers, unsigned n)
{
    struct mf_packet packet = timeline_packet(&f->tuple, MF_RESP, f->ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[MF_RESP];
    packet.payload = (const uint8_t *)raw;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(raw);
    packet.buffers = buffers;
    packet.n_buffers = n;
    f->next[MF_RESP] += packet.payload_length;
    engine_feed(f, packet);
}

/* File INDEX is BODY, by NAME (or NULL). */
static void
expect(const struct engine_fixture *f, uint32_t index, const char *body, const char *name)
{
    const struct mf_findings *findings = mf_engine_findings(f->base.engine);
    const struct mf_file *file = mf_findings_file(findings, index);
    char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);

    g_assert_cmpuint(index, <, mf_findings_file_count(findings));
    g_assert_cmpstr(file->sha256, ==, sum);
    g_assert_cmpuint(file->object.size, ==, strlen(body));
    g_assert_cmpstr(file->object.name, ==, name);
    g_free(sum);
}

static void
expect_files(const struct engine_fixture *f, uint32_t n)
{
    g_assert_cmpuint(mf_findings_file_count(mf_engine_findings(f->base.engine)), ==, n);
    g_assert_cmpuint(mf_findings_hit_count(mf_engine_findings(f->base.engine)), ==, n);
}

/* Seen in the stream before; the first body is another. */
static void
test_second(void)
{
    const struct mf_buffer both[] = {buffer(MF_BUF_FILE_DATA, "only text"),
                                     buffer(MF_BUF_FILE_DATA, "EXE body")};
    struct engine_fixture f;

    engine_set_up(&f, RULES);
    send(&f, "only text EXE body", both, 2);
    expect_files(&f, 1);
    expect(&f, 0, "EXE body", NULL);
    engine_tear_down(&f);
}

/* Each that one message has, by the name in front of it. */
static void
test_each(void)
{
    const struct mf_buffer all[] = {
        buffer(MF_BUF_FILE_NAME, "a.txt"),   buffer(MF_BUF_FILE_DATA, "only text"),
        buffer(MF_BUF_FILE_NAME, "b.exe"),   buffer(MF_BUF_FILE_DATA, "EXE one"),
        buffer(MF_BUF_FILE_DATA, "none"),    buffer(MF_BUF_FILE_NAME, "\x1b[2J.exe"),
        buffer(MF_BUF_FILE_DATA, "EXE two"),
    };
    struct engine_fixture f;

    engine_set_up(&f, RULES);
    send(&f, "in base64", all, G_N_ELEMENTS(all));
    expect_files(&f, 2);
    expect(&f, 0, "EXE one", "b.exe");
    expect(&f, 1, "EXE two", ".[2J.exe");
    engine_tear_down(&f);
}

/* Two in the stream, of which the other one ends first: none takes the bytes of what it is not. */
static void
test_interleaved(void)
{
    const struct mf_buffer text = buffer(MF_BUF_FILE_DATA, "only text");
    const struct mf_buffer program = buffer(MF_BUF_FILE_DATA, "EXE body");
    const struct mf_findings *findings;
    struct engine_fixture f;

    engine_set_up(&f, RULES);
    send(&f, "EXE bo", NULL, 0);
    send(&f, "only text", &text, 1);
    findings = mf_engine_findings(f.base.engine);
    g_assert_cmpuint(mf_findings_file_count(findings), ==, 1);
    g_assert_cmpstr(mf_findings_file(findings, 0)->sha256, ==, "");
    send(&f, "dy", &program, 1);
    expect(&f, mf_findings_file_count(findings) - 1, "EXE body", NULL);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings-bodies/second", test_second);
    g_test_add_func("/findings-bodies/each", test_each);
    g_test_add_func("/findings-bodies/interleaved", test_interleaved);
    return g_test_run();
}
