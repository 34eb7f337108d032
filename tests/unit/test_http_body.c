/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bodies that Wireshark does not give: heads that hide something, broken transfers, codings. */
#include "core/http_body.h"

#include "core/http_head.h"
#include "core/limits.h"

#include <glib.h>
#include <string.h>
#include <zlib.h>

#define OK    "HTTP/1.1 200 OK\r\n"
#define TEXT  "the body that is looked for"
#define CHUNK "1b\r\n" TEXT "\r\n0\r\n\r\n"

/* bytes: the bodies, each followed by "|"; n: how many; heads: of messages that are news. */
struct told {
    GByteArray *bytes;
    unsigned n, heads;
};

static void
take(void *user, const struct mf_http_found *found)
{
    struct told *told = user;

    g_assert_cmpuint(found->head.length, >, 0);
    g_assert_cmpuint(found->mark, <, 1 << 20);
    g_assert_true(found->body.length > 0 || !found->head_known);
    told->heads += !found->head_known;
    if (found->body.length == 0)
        return;
    told->n++;
    g_byte_array_append(told->bytes, found->body.data, (guint)found->body.length);
    g_byte_array_append(told->bytes, (const guint8 *)"|", 1);
}

/* Reads DATA in pieces: the first of FIRST bytes, the others of STEP. */
static struct told
read_cut(const GByteArray *data, guint first, guint step)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);
    bool more = true;

    for (guint at = 0, n; more && at < data->len; at += n) {
        guint8 *piece; /* of its own, so that reading beyond it is seen */

        n = MIN(at == 0 ? first : step, data->len - at);
        piece = g_memdup2(data->data + at, n);
        more = mf_http_body_feed(reader, (struct mf_span){piece, n}, false, at);
        g_free(piece);
    }
    mf_http_body_finish(reader);
    mf_http_body_free(reader);
    return told;
}

/* However DATA is cut: these bodies, each followed by "|". */
static void
expect(const GByteArray *data, const void *bodies, size_t length)
{
    for (guint first = 1; first <= data->len; first++) {
        const guint steps[] = {1, data->len};

        for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
            struct told told = read_cut(data, first, steps[i]);

            g_assert_cmpmem(told.bytes->data, told.bytes->len, bodies, length);
            g_byte_array_unref(told.bytes);
        }
    }
}

static GByteArray *
bytes_of(const void *data, size_t length)
{
    return g_byte_array_append(g_byte_array_new(), data, (guint)length);
}

struct example {
    const char *message;
    size_t length;
    const char *bodies;
};

/* A literal with NUL bytes in it. */
#define M(text) (text), sizeof(text) - 1

static void
check_examples(const struct example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        GByteArray *data = bytes_of(examples[i].message, examples[i].length);

        g_test_message("%s", examples[i].message);
        expect(data, examples[i].bodies, strlen(examples[i].bodies));
        g_byte_array_unref(data);
    }
}

static void
test_ordinary(void)
{
    static const struct example examples[] = {
        {M(OK "Content-Length: 27\r\n\r\n" TEXT), ""},
        {M(OK "Transfer-Encoding: chunked\r\n\r\n" CHUNK), ""},
        {M(OK "Transfer-Encoding: chunked\r\n\r\n1b;x=y\r\n" TEXT "\r\n0\r\nA: b\r\n\r\n"), ""},
        {M(OK "Content-Length: 0\r\n\r\n" OK "Content-Length: 27\r\n\r\n" TEXT), ""},
        {M("HTTP/1.1 204 No Content\r\n\r\n" OK "Content-Length: 27\r\n\r\n" TEXT), ""},
        {M("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n\r\n"), ""},
        {M("POST / HTTP/1.1\r\nContent-Length: 27\r\n\r\n" TEXT), ""},
        {M("SSH-2.0-x\r\n\r\n" TEXT), ""},
        {M("NICK a\r\n\r\n" TEXT), ""},
        {M("HTTP/1.1 101 Switching\r\n\r\n" TEXT), ""},
        {M(""), ""},
    };

    check_examples(examples, G_N_ELEMENTS(examples));
}

/* Bodies that end before their end, and those that nothing ends. */
static void
test_broken_off(void)
{
    static const struct example examples[] = {
        {M(OK "Content-Length: 28\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "\r\n" TEXT), TEXT "|"},
        {M(OK "Transfer-Encoding: chunked\r\n\r\n1b\r\n" TEXT "\r\n0\r"), TEXT "|"},
        {M(OK "Transfer-Encoding: chunked\r\n\r\nff\r\n" TEXT), TEXT "|"},
        {M(OK "Transfer-Encoding: chunked\r\n\r\n1b\r\n" TEXT "lie"), TEXT "|"},
        {M(OK "Transfer-Encoding: chunked\r\n\r\nab"), "ab|"},
        {M("POST / HTTP/1.1\r\nContent-Length: 30\r\n\r\n" TEXT), TEXT "|"},
        {M("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n1c\r\n" TEXT), TEXT "|"},
    };

    check_examples(examples, G_N_ELEMENTS(examples));
}

/* What is written as no ordinary server writes it. */
static void
test_odd(void)
{
    static const struct example examples[] = {
        {M("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" TEXT), TEXT "|"},
        {M("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 27\r\n\r\n" TEXT),
         TEXT "|"},
        {M("http/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M("HTTP/1.1\0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M("HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M("\n\r" OK "Transfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "Transfer-Encoding: chunked \r\n x\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "Transfer-Encoding: \r\n chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "Transfer-Encoding\r\n :chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "Transfer-Encoding:: chunked\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "Transfer\0-encoding:chun\0ked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "Transfer-Encoding:\xef\xbb\xbf"
              "chunked\r\n\r\n" CHUNK),
         TEXT "|"},
        {M(OK "\r\r\r\nTransfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "\r\rTransfer-Encoding: chunked\r\n\r\n" CHUNK), TEXT "|"},
        {M(OK "nonsense\r\nContent-Length: 27\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "Content-Length: 27 34\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "Content-Length: 27\nX: y\n\n" TEXT), TEXT "|"},
        {M(OK "Content-Length: 27\n\t\n\n" TEXT), TEXT "|"},
        {M(OK "Content-Encoding: gzip\r\nContent-Length: 27\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "Content-Encoding: gzip, deflate\r\nContent-Length: 27\r\n\r\n" TEXT), TEXT "|"},
        {M(OK "Odd\r\nContent-Length: 3\r\n\r\none" OK "Odd\r\nContent-Length: 3\r\n\r\ntwo"),
         "one|two|"},
    };

    check_examples(examples, G_N_ELEMENTS(examples));
}

/* TEXT compressed; FORMAT as in zlib's deflateInit2(). */
static GByteArray *
compressed(const guint8 *data, guint length, int format)
{
    GByteArray *out = g_byte_array_sized_new(length + 200);
    z_stream zlib = {.next_in = (guint8 *)data, .avail_in = length};

    g_assert_cmpint(deflateInit2(&zlib, 9, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
    g_byte_array_set_size(out, length + 200);
    zlib.next_out = out->data;
    zlib.avail_out = out->len;
    g_assert_cmpint(deflate(&zlib, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(out, (guint)zlib.total_out);
    deflateEnd(&zlib);
    return out;
}

static void
check_coded(const char *headers, const GByteArray *body, const char *expected)
{
    char *head = g_strdup_printf(OK "%s\r\nContent-Length: %u\r\n\r\n", headers, body->len);
    GByteArray *data = bytes_of(head, strlen(head));

    g_test_message("%s", headers);
    g_byte_array_append(data, body->data, body->len);
    expect(data, expected, strlen(expected));
    g_byte_array_unref(data);
    g_free(head);
}

static void
test_codings(void)
{
    const guint8 *text = (const guint8 *)TEXT;
    GByteArray *gzip = compressed(text, strlen(TEXT), MAX_WBITS + 16);
    GByteArray *zlib = compressed(text, strlen(TEXT), MAX_WBITS);
    GByteArray *bare = compressed(text, strlen(TEXT), -MAX_WBITS);
    GByteArray *twice = compressed(gzip->data, gzip->len, -MAX_WBITS);

    check_coded("Content-Encoding: gzip", gzip, "");
    check_coded("Content-Encoding: deflate", zlib, "");
    check_coded("Content-Encoding: deflate", bare, TEXT "|");
    check_coded("Content-Encoding : gzip", gzip, TEXT "|");
    check_coded("Content-Encoding:gzip\v", gzip, TEXT "|");
    check_coded("Content-Encoding:: deflate", bare, TEXT "|");
    check_coded("Content-Encoding:: deflate", zlib, TEXT "|");
    check_coded("Content-Encoding: gzip, deflate", twice, TEXT "|");
    check_coded("Content-Encoding: gzip\r\nContent-Encoding: deflate", twice, TEXT "|");
    g_byte_array_set_size(gzip, gzip->len - 10); /* cut off, and the checksum with it */
    check_coded("Odd\r\nContent-Encoding: gzip", gzip, "the body that is looked fo|");
    g_byte_array_unref(gzip);
    g_byte_array_unref(zlib);
    g_byte_array_unref(bare);
    g_byte_array_unref(twice);
}

/* One feed; what was told. */
static guint
told_after(const GByteArray *data)
{
    struct told told = read_cut(data, data->len, data->len);
    guint length = told.bytes->len;

    g_byte_array_unref(told.bytes);
    return length;
}

static void
pad(GByteArray *data, guint n)
{
    guint from = data->len;

    g_byte_array_set_size(data, from + n);
    memset(data->data + from, 'x', n);
}

static void
test_bounds(void)
{
    const guint8 zeros[1 << 16] = {0};
    GByteArray *bomb = g_byte_array_new(), *packed, *data;

    data = bytes_of(M(OK "\r\n"));
    pad(data, MF_HTTP_BODY_BYTES);
    g_assert_cmpuint(told_after(data), ==, MF_HTTP_BODY_BYTES + 1);
    pad(data, 1);
    g_assert_cmpuint(told_after(data), ==, MF_HTTP_BODY_BYTES + 1);
    g_byte_array_unref(data);

    data = bytes_of(M(OK "Odd: "));
    pad(data, MF_HTTP_HEAD_BYTES - data->len);
    g_byte_array_append(data, (const guint8 *)"\r\n\r\nbody", 8);
    g_assert_cmpuint(told_after(data), ==, 0); /* a head over its bound: no HTTP */
    g_byte_array_unref(data);

    for (unsigned i = 0; i < 64; i++)
        g_byte_array_append(bomb, zeros, sizeof zeros);
    packed = compressed(bomb->data, bomb->len, MAX_WBITS + 16);
    data = bytes_of(M(OK "Content-Encoding : gzip\r\n\r\n"));
    g_byte_array_append(data, packed->data, packed->len);
    g_assert_cmpuint(told_after(data), ==, MF_HTTP_DECODED_BYTES + 1);
    g_byte_array_unref(data);
    g_byte_array_unref(packed);
    g_byte_array_unref(bomb);
}

static struct mf_span
span(const char *text)
{
    return (struct mf_span){(const uint8_t *)text, strlen(text)};
}

/* How many are told when Wireshark gives GIVEN before or after the end of MESSAGE. */
static unsigned
told_beside(const char *message, const char *given, bool in_time)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    mf_http_body_feed(reader, span(message), false, 1);
    g_assert_cmpuint(mf_http_body_size(reader), >, strlen(TEXT));
    if (in_time)
        mf_http_body_know_body(reader, span(given));
    mf_http_body_feed(reader, span("\r\n"), false, 2);
    mf_http_body_finish(reader);
    mf_http_body_know_body(reader, span(given));
    mf_http_body_free(reader);
    g_byte_array_unref(told.bytes);
    return told.n;
}

static void
test_known(void)
{
    static const char odd[] = OK "Odd\r\nContent-Length: 27\r\n\r\n" TEXT;
    static const char open[] = OK "\r\n" TEXT;

    g_assert_cmpuint(told_beside(odd, TEXT, true), ==, 0);
    g_assert_cmpuint(told_beside(odd, "more: " TEXT "x", true), ==, 0);
    g_assert_cmpuint(told_beside(odd, "another body, just as long", true), ==, 1);
    g_assert_cmpuint(told_beside(odd, "the body that is looked fo", true), ==, 1);
    g_assert_cmpuint(told_beside(odd, TEXT, false), ==, 1);
    /* two bytes more than what Wireshark gave then */
    g_assert_cmpuint(told_beside(open, TEXT, true), ==, 1);
}

/* Given while the body is open, and nothing follows. */
static void
test_known_at_the_end(void)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    mf_http_body_feed(reader, span(OK "\r\n" TEXT), false, 1);
    mf_http_body_know_body(reader, span(TEXT));
    mf_http_body_finish(reader);
    g_assert_cmpuint(told.n, ==, 0);
    mf_http_body_feed(reader, span(OK "\r\n" TEXT), false, 1);
    mf_http_body_finish(reader);
    g_assert_cmpuint(told.n, ==, 1);
    mf_http_body_free(reader);
    g_byte_array_unref(told.bytes);
}

static void
test_gap(void)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);
    const struct mf_span message = span(OK "Content-Length: 100\r\n\r\n" TEXT);

    g_assert_true(mf_http_body_feed(reader, message, false, 1));
    g_assert_true(mf_http_body_feed(reader, message, true, 2)); /* the first one waits */
    g_assert_true(mf_http_body_feed(reader, message, false, 3));
    g_assert_cmpuint(told.n, ==, 0);
    mf_http_body_finish(reader);
    g_assert_cmpmem(told.bytes->data, told.bytes->len, TEXT "|", strlen(TEXT) + 1);
    g_assert_false(mf_http_body_feed(reader, message, false, 4));
    mf_http_body_free(reader);
    mf_http_body_free(NULL);
    mf_http_body_finish(NULL);
    g_byte_array_unref(told.bytes);
}

/* How many messages are news when Wireshark told of KNOWN of them. */
static unsigned
heads_told(const char *messages, unsigned known)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    mf_http_body_feed(reader, span(messages), false, 1);
    g_assert_cmpuint(told.heads, ==, 0);
    for (unsigned i = 0; i < known; i++)
        mf_http_body_know_head(reader);
    mf_http_body_finish(reader);
    mf_http_body_free(reader);
    g_byte_array_unref(told.bytes);
    return told.heads;
}

static void
test_heads(void)
{
    static const struct {
        const char *messages;
        unsigned n; /* when Wireshark told of none */
    } rows[] = {
        {"GET / HTTP/1.1\r\n\r\n", 1},
        {"GET / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", 2},
        {"GeT / HttP/1.1\r\n\r\n", 1},
        {"GET / HTTP/1.1\r\nHost: a", 1}, /* breaks off in the head */
        {"GET / HTTP/1.1", 0},            /* in the first line */
        {OK "Content-Length: 27\r\n\r\n" TEXT, 1},
        {OK "Content-Length: 28\r\n\r\n" TEXT, 1},
        {OK "\r\n", 1},
        {"", 0},
        {"SSH-2.0\r\n\r\n", 0},
        {OK "Content-Length: 9\r\n\r\n" OK "\r\n", 2}, /* the first one answers HEAD */
        {OK "\r\n\x16\x03\x01 and so on", 1},          /* and this one CONNECT */
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].messages);
        for (unsigned known = 0; known <= rows[i].n; known++)
            g_assert_cmpuint(heads_told(rows[i].messages, known), ==, rows[i].n - known);
    }
}

/* A body that Wireshark did not give with its message is news at once. */
static void
test_settle(void)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    mf_http_body_feed(reader, span(OK "Odd\r\nContent-Length: 27\r\n\r\n" TEXT), false, 1);
    mf_http_body_settle(reader);
    g_assert_cmpuint(told.n, ==, 0);
    mf_http_body_know_head(reader);
    g_assert_cmpuint(told.n, ==, 0);
    mf_http_body_settle(reader);
    g_assert_cmpuint(told.n, ==, 1);
    g_assert_cmpuint(told.heads, ==, 0);
    mf_http_body_free(reader);
    g_byte_array_unref(told.bytes);
}

static void
test_many_waiting(void)
{
    struct told told = {.bytes = g_byte_array_new()};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    for (unsigned i = 0; i < 1000; i++)
        mf_http_body_feed(reader, span("GET / HTTP/1.1\r\n\r\n"), false, i);
    g_assert_cmpuint(told.heads, >, 900);
    g_assert_cmpuint(mf_http_body_size(reader), <, 1 << 16);
    mf_http_body_finish(reader);
    g_assert_cmpuint(told.heads, ==, 1000);
    mf_http_body_free(reader);
    g_byte_array_unref(told.bytes);
}

static void
test_starts(void)
{
    static const struct {
        const char *text;
        enum mf_http_start starts;
    } rows[] = {
        {"", MF_HTTP_START_MAYBE},       {"\r\n", MF_HTTP_START_MAYBE},
        {"HTT", MF_HTTP_START_MAYBE},    {"HTTP/", MF_HTTP_START_YES},
        {"hTTp/x", MF_HTTP_START_YES},   {"GET", MF_HTTP_START_MAYBE},
        {"GET /", MF_HTTP_START_MAYBE},  {"GET / HTTP/1.0\n", MF_HTTP_START_YES},
        {"GET /\r\n", MF_HTTP_START_NO}, {"NICK a\r\n", MF_HTTP_START_NO},
        {"get / ", MF_HTTP_START_MAYBE}, {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", MF_HTTP_START_NO},
        {"\x16\x03", MF_HTTP_START_NO},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].text);
        g_assert_cmpint(mf_http_head_starts(span(rows[i].text)), ==, rows[i].starts);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-body/ordinary", test_ordinary);
    g_test_add_func("/http-body/broken-off", test_broken_off);
    g_test_add_func("/http-body/odd", test_odd);
    g_test_add_func("/http-body/codings", test_codings);
    g_test_add_func("/http-body/bounds", test_bounds);
    g_test_add_func("/http-body/known", test_known);
    g_test_add_func("/http-body/known-at-the-end", test_known_at_the_end);
    g_test_add_func("/http-body/heads", test_heads);
    g_test_add_func("/http-body/settle", test_settle);
    g_test_add_func("/http-body/many-waiting", test_many_waiting);
    g_test_add_func("/http-body/gap", test_gap);
    g_test_add_func("/http-body/starts", test_starts);
    return g_test_run();
}
