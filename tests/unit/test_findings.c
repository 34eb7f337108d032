/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hits of signatures: once per finding, in order of frame, whatever order the bytes come in. */
#include "core/limits.h"
#include "engine_fixture.h"

#include <string.h>

#define AS_SENT "alert tcp any any -> any any (msg:\"evil\"; content:\"EVIL\"; sid:1;)\n"
#define DECODED "alert tcp any any -> any any (msg:\"evil\"; file.data; content:\"EVIL\"; sid:2;)\n"
#define OTHER   "alert tcp any any -> any any (msg:\"other\"; content:\"OTHER\"; sid:3;)\n"
#define FILE_AS_SENT                                                                               \
    "alert tcp any any -> any any (msg:\"exe\"; content:\"EXE\"; metadata:file_type PE32; "        \
    "sid:4;)\n"
#define FILE_DECODED                                                                               \
    "alert tcp any any -> any any (msg:\"exe\"; file.data; content:\"EXE\"; metadata:file_type "   \
    "PE32; sid:5;)\n"

static const struct mf_findings *
findings(const struct engine_fixture *f)
{
    return mf_engine_findings(f->base.engine);
}

static uint32_t
hits(const struct engine_fixture *f)
{
    return mf_findings_hit_count(findings(f));
}

static struct mf_buffer
text_buffer(enum mf_buffer_id id, const char *text)
{
    return (struct mf_buffer){
        .id = id, .length = (uint32_t)strlen(text), .data = (const uint8_t *)text};
}

/* A segment of the responder that carries RAW (or NULL) and ends the transfer of BODY. */
static void
send_body(struct engine_fixture *f, const char *raw, const char *body)
{
    struct mf_buffer buffer = text_buffer(MF_BUF_FILE_DATA, body);
    struct mf_packet packet = timeline_packet(&f->tuple, MF_RESP, f->ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[MF_RESP];
    packet.payload = (const uint8_t *)raw;
    packet.payload_captured = packet.payload_length = raw != NULL ? (uint32_t)strlen(raw) : 0;
    packet.buffers = &buffer;
    packet.n_buffers = 1;
    f->next[MF_RESP] += packet.payload_length;
    engine_feed(f, packet);
}

/* The hits by frame must be on these frames. */
static void
expect_frames(const struct engine_fixture *f, const uint32_t *frames, uint32_t n)
{
    g_assert_cmpuint(hits(f), ==, n);
    for (uint32_t i = 0; i < n; i++)
        g_assert_cmpuint(mf_findings_hit_by_frame(findings(f), i)->frame, ==, frames[i]);
}

/* --- stream and body --- */

static void
test_stream_then_body(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT DECODED);
    engine_play(&f, "ShA");
    send_body(&f, "..EVIL..", "EVIL");
    expect_frames(&f, (const uint32_t[]){4}, 1);
    send_body(&f, "..EVIL..", "EVIL"); /* another one on the same connection */
    expect_frames(&f, (const uint32_t[]){4, 5}, 2);
    send_body(&f, "........", "EVIL"); /* compressed on the way */
    send_body(&f, "..EVIL..", "........");
    expect_frames(&f, (const uint32_t[]){4, 5, 6, 7}, 4);
    g_assert_true(mf_findings_hit(findings(&f), 2)->whole);
    engine_tear_down(&f);
}

/* The stream is held behind a hole while Wireshark has decoded the body already. */
static void
test_body_then_stream(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT DECODED);
    engine_play(&f, "ShA");
    f.next[MF_RESP] += 10;
    engine_say(&f, MF_RESP, "..EVIL..");
    send_body(&f, "....", "EVIL");
    expect_frames(&f, (const uint32_t[]){5}, 1);
    mf_engine_flush(f.base.engine);
    expect_frames(&f, (const uint32_t[]){5}, 1);
    mf_engine_flush(f.base.engine);
    engine_say(&f, MF_RESP, "EVIL"); /* later: not those bytes */
    expect_frames(&f, (const uint32_t[]){5, 6}, 2);
    engine_tear_down(&f);
}

/* Two rules of one side must not stand for each other, nor two sides. */
static void
test_not_the_same(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT DECODED OTHER);
    engine_play(&f, "ShA");
    engine_say(&f, MF_RESP, "OTHER");
    send_body(&f, NULL, "EVIL");
    engine_say(&f, MF_ORIG, "EVIL");
    g_assert_cmpuint(hits(&f), ==, 3);
    f.tuple.from_port++;
    send_body(&f, "EVIL", "EVIL");
    g_assert_cmpuint(hits(&f), ==, 4);
    g_assert_cmpuint(engine_session(&f, 1)->first_hit, ==, 1);
    g_assert_cmpuint(engine_session(&f, 1)->last_hit, ==, 3);
    g_assert_cmpuint(engine_session(&f, 2)->first_hit, ==, 4);
    engine_tear_down(&f);
}

/* --- files --- */

static const struct mf_file *
file(const struct engine_fixture *f, uint32_t index)
{
    g_assert_cmpuint(index, <, mf_findings_file_count(findings(f)));
    return mf_findings_file(findings(f), index);
}

static void
test_files(void)
{
    struct engine_fixture f;
    char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "EXE2", 4);

    engine_set_up(&f, FILE_AS_SENT FILE_DECODED);
    engine_play(&f, "ShA");
    engine_say(&f, MF_RESP, "EXE...");
    g_assert_cmpstr(file(&f, 0)->sha256, ==, ""); /* not whole yet */
    send_body(&f, "...", "EXE......");
    g_assert_cmpuint(file(&f, 0)->object.size, ==, 9);
    send_body(&f, "EXE2", "EXE2"); /* the second file on the connection */
    g_assert_cmpuint(mf_findings_file_count(findings(&f)), ==, 2);
    g_assert_cmpuint(file(&f, 0)->object.size, ==, 9); /* stays what it was */
    g_assert_cmpuint(file(&f, 1)->object.size, ==, 4);
    g_assert_cmpstr(file(&f, 1)->sha256, ==, sum);
    g_assert_cmpstr(file(&f, 1)->type, ==, "PE32");
    g_assert_cmpuint(file(&f, 1)->frame, ==, 6);
    g_assert_cmpuint(mf_findings_hit(findings(&f), 1)->file, ==, 2);
    engine_tear_down(&f);
    g_free(sum);
}

static void
fill_digest(const uint8_t *data, size_t length, uint8_t digest[32])
{
    memset(digest, (int)(data[0] + length), 32);
}

static void
test_given_hash(void)
{
    struct engine_fixture f;

    engine_set_up(&f, FILE_DECODED);
    mf_engine_free(f.base.engine);
    f.base.settings.sha256 = fill_digest;
    f.base.engine = mf_engine_new(&f.base.settings, f.base.rules, NULL);
    send_body(&f, NULL, "EXE");
    g_assert_cmpuint(strlen(file(&f, 0)->sha256), ==, 64);
    g_assert_true(g_str_has_prefix(file(&f, 0)->sha256, "4848"));
    engine_tear_down(&f);
}

/* GET /IMAGE; its answer follows with send_body() or engine_say(). */
static void
request(struct engine_fixture *f, const char *uri)
{
    struct mf_buffer buffers[] = {
        {.id = MF_BUF_HTTP},
        {.id = MF_BUF_HTTP_IS_REQUEST, .number = 1},
        text_buffer(MF_BUF_HTTP_METHOD, "GET"),
        text_buffer(MF_BUF_HTTP_URI, uri),
    };
    struct mf_packet packet = timeline_packet(&f->tuple, MF_ORIG, f->ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.app = "HTTP";
    packet.seq = f->next[MF_ORIG]++;
    packet.payload = (const uint8_t *)"G";
    packet.payload_captured = packet.payload_length = 1;
    packet.buffers = buffers;
    packet.n_buffers = G_N_ELEMENTS(buffers);
    engine_feed(f, packet);
}

/* What an executable carries inside is not told again, while its transfer is known as one. */
static void
test_once_per_object(void)
{
    struct engine_fixture f;

    engine_set_up(&f, FILE_AS_SENT FILE_DECODED);
    engine_play(&f, "ShA");
    request(&f, "/a.jpg");
    engine_say(&f, MF_RESP, "HTTP/1.1 200 OK\r\n\r\nEXE..EXE..");
    engine_say(&f, MF_RESP, "EXE");
    g_assert_cmpuint(hits(&f), ==, 1);
    g_assert_cmpuint(mf_findings_file_count(findings(&f)), ==, 1);
    g_assert_cmpstr(file(&f, 0)->object.name, ==, "a.jpg");
    g_assert_true(file(&f, 0)->mismatch);
    request(&f, "/b.exe");
    engine_say(&f, MF_RESP, "HTTP/1.1 200 OK\r\n\r\nEXE");
    g_assert_cmpuint(hits(&f), ==, 2);
    g_assert_cmpstr(file(&f, 1)->object.name, ==, "b.exe");
    g_assert_false(file(&f, 1)->mismatch);
    engine_tear_down(&f);
}

/* --- order --- */

static void
test_late_hit(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT);
    engine_play(&f, "ShA");
    engine_say(&f, MF_RESP, "EVIL"); /* frame 4 */
    f.next[MF_RESP] += 10;
    engine_say(&f, MF_RESP, "EVIL");          /* 5: held */
    engine_say(&f, MF_ORIG, "EVIL");          /* 6 */
    engine_say(&f, MF_ORIG, "EVIL and EVIL"); /* 7, twice */
    expect_frames(&f, (const uint32_t[]){4, 6, 7, 7}, 4);
    mf_engine_flush(f.base.engine);
    expect_frames(&f, (const uint32_t[]){4, 5, 6, 7, 7}, 5);
    g_assert_cmpuint(mf_findings_hit(findings(&f), 4)->frame, ==, 5); /* in order of discovery */
    g_assert_cmpuint(mf_findings_first_of_frame(findings(&f), 5), ==, 1);
    g_assert_cmpuint(mf_findings_first_of_frame(findings(&f), 7), ==, 3);
    g_assert_cmpuint(mf_findings_first_of_frame(findings(&f), 8), ==, 5);
    g_assert_cmpuint(mf_findings_first_of_frame(findings(&f), 0), ==, 0);
    engine_tear_down(&f);
}

/* The chain of a session's hits leads to all of them. */
static void
test_chain(void)
{
    struct engine_fixture f;
    uint32_t n[3] = {0};

    engine_set_up(&f, AS_SENT);
    for (unsigned i = 0; i < 10; i++) {
        f.tuple.from_port = 1025 + i % 2;
        engine_say(&f, MF_ORIG, "EVIL");
        f.next[MF_ORIG] -= i % 2 == 0 ? 4 : 0;
    }
    for (uint32_t id = 1; id <= 2; id++)
        for (uint32_t at = engine_session(&f, id)->first_hit; at != 0;
             at = mf_findings_hit(findings(&f), at - 1)->next) {
            g_assert_cmpuint(mf_findings_hit(findings(&f), at - 1)->session, ==, id);
            n[id]++;
        }
    g_assert_cmpuint(n[1], ==, 5);
    g_assert_cmpuint(n[2], ==, 5);
    g_assert_cmpstr(mf_engine_hit_rule(f.base.engine, mf_findings_hit(findings(&f), 0))->msg, ==,
                    "evil");
    engine_tear_down(&f);
}

/* Many hits on one side cost no walk over those before. */
static void
test_many_hits(void)
{
    enum { N = 20000 };
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT DECODED);
    engine_play(&f, "ShA");
    for (unsigned i = 0; i < N; i++)
        send_body(&f, "EVIL", "EVIL");
    g_assert_cmpuint(hits(&f), ==, N);
    engine_tear_down(&f);
}

/* --- flows --- */

/* A rule that waits for what does not come decides when the stream ends. */
static void
test_end_of_stream(void)
{
    static const char *const ends[] = {"Ff", "R", "idle", "flush", "reuse"};
    static const char rule[] = "alert tcp any any -> any any (msg:\"m\"; content:\"BEGIN\"; "
                               "content:!\"END\"; distance:0; sid:1;)";

    for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct engine_fixture f;

        engine_set_up(&f, rule);
        engine_play(&f, "ShA");
        engine_say(&f, MF_ORIG, "BEGIN ...");
        g_assert_cmpuint(hits(&f), ==, 0);
        if (strcmp(ends[i], "idle") == 0) {
            f.ms += (MF_FLOW_IDLE_SECONDS + 1) * 1000;
            f.tuple.from_port++;
            engine_say(&f, MF_ORIG, "another's");
        } else if (strcmp(ends[i], "flush") == 0) {
            mf_engine_flush(f.base.engine);
        } else if (strcmp(ends[i], "reuse") == 0) {
            engine_segment(&f, (struct segment){.flags = MF_TCP_SYN, .seq = 77});
        } else {
            engine_play(&f, ends[i]);
        }
        g_assert_cmpuint(hits(&f), ==, 1);
        g_assert_cmpuint(mf_findings_hit(findings(&f), 0)->session, ==, 1);
        g_assert_cmpuint(mf_findings_hit(findings(&f), 0)->frame, ==, 4);
        engine_tear_down(&f);
    }
}

/* After a pause of any length, and after a flush, the stream does not begin anew. */
static void
test_offset_after_pause(void)
{
    static const int64_t pauses[] = {1, MF_FLOW_IDLE_SECONDS, MF_FLOW_IDLE_SECONDS + 1, 3600, -1};
    static const char rule[] =
        "alert tcp-stream any any -> any any (msg:\"m\"; content:\"EVIL\"; depth:4; sid:1;)";

    for (unsigned i = 0; i < G_N_ELEMENTS(pauses); i++) {
        struct engine_fixture f;

        engine_set_up(&f, rule);
        engine_play(&f, "ShA");
        engine_say(&f, MF_ORIG, "abcd");
        if (pauses[i] < 0)
            mf_engine_flush(f.base.engine);
        else
            f.ms += pauses[i] * 1000;
        engine_say(&f, MF_ORIG, "EVIL");
        mf_engine_flush(f.base.engine);
        g_assert_cmpuint(hits(&f), ==, 0);
        engine_tear_down(&f);
    }
}

/* A RST that the peers did not heed hides nothing that comes after it. */
static void
test_after_reset(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT);
    engine_play(&f, "ShADdr");
    engine_say(&f, MF_ORIG, "..EV");
    engine_say(&f, MF_ORIG, "IL..");
    g_assert_cmpuint(hits(&f), ==, 1);
    engine_tear_down(&f);
}

/* Nor do bytes that came with unrelated numbers before the SYN-ACK. */
static void
test_stray_data(void)
{
    struct engine_fixture f;

    engine_set_up(&f, AS_SENT);
    engine_play(&f, "S");
    engine_segment(&f, (struct segment){MF_RESP, MF_TCP_ACK, 0xf0000000u, 1, "x", false});
    engine_play(&f, "hA");
    engine_say(&f, MF_RESP, "..EVIL..");
    g_assert_cmpuint(hits(&f), ==, 1);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_RESP], ==, 9);
    engine_tear_down(&f);
}

static void
test_datagrams(void)
{
    static const char rule[] = "alert udp any any -> any any (msg:\"m\"; content:\"EVIL\"; sid:1;)";
    struct engine_fixture f;

    engine_set_up(&f, rule);
    f.tuple.l4 = MF_L4_UDP;
    engine_say(&f, MF_ORIG, "EVIL");
    engine_say(&f, MF_ORIG, "EVIL"); /* no sequence numbers: counts again */
    engine_say(&f, MF_RESP, "EVIL");
    g_assert_cmpuint(hits(&f), ==, 3);
    engine_tear_down(&f);
}

/* The blocks of a TFTP transfer are one file: their numbers are cut out. */
static void
test_tftp(void)
{
    static const char rule[] = "alert udp any any -> any any (msg:\"m\"; content:\"EVIL\"; sid:1;)";
    static const uint8_t blocks[2][7] = {{0, 3, 0, 1, '.', 'E', 'V'}, {0, 3, 0, 2, 'I', 'L', '.'}};
    struct engine_fixture f;

    engine_set_up(&f, rule);
    f.tuple.l4 = MF_L4_UDP;
    for (unsigned i = 0; i < 2; i++) {
        struct mf_packet packet = timeline_packet(&f.tuple, MF_RESP, f.ms);

        packet.app = "TFTP";
        packet.payload = blocks[i];
        packet.payload_captured = packet.payload_length = sizeof blocks[i];
        engine_feed(&f, packet);
    }
    g_assert_cmpuint(hits(&f), ==, 1);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings/stream_then_body", test_stream_then_body);
    g_test_add_func("/findings/body_then_stream", test_body_then_stream);
    g_test_add_func("/findings/not_the_same", test_not_the_same);
    g_test_add_func("/findings/files", test_files);
    g_test_add_func("/findings/given_hash", test_given_hash);
    g_test_add_func("/findings/once_per_object", test_once_per_object);
    g_test_add_func("/findings/late_hit", test_late_hit);
    g_test_add_func("/findings/chain", test_chain);
    g_test_add_func("/findings/many_hits", test_many_hits);
    g_test_add_func("/findings/end_of_stream", test_end_of_stream);
    g_test_add_func("/findings/offset_after_pause", test_offset_after_pause);
    g_test_add_func("/findings/after_reset", test_after_reset);
    g_test_add_func("/findings/stray_data", test_stray_data);
    g_test_add_func("/findings/datagrams", test_datagrams);
    g_test_add_func("/findings/tftp", test_tftp);
    return g_test_run();
}
