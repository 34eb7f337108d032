/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bodies that break off, of which somebody wants all: beyond what rules look at, and no byte of
 * that less or more. */
#include "core/http_body.h"

#include <glib.h>
#include <string.h>

enum { BODY = MF_HTTP_BODY_BYTES + 5000 };

#define HEAD    "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

struct told {
    GByteArray *body, *rest;
    unsigned n;
    bool whole;
};

static void
take(void *user, const struct mf_http_found *found)
{
    struct told *told = user;

    told->n++;
    told->whole = found->whole;
    g_byte_array_append(told->body, found->body.data, (guint)found->body.length);
    g_byte_array_append(told->rest, found->rest.data, (guint)found->rest.length);
}

static void
clear(struct told *told)
{
    g_byte_array_unref(told->body);
    g_byte_array_unref(told->rest);
}

static GByteArray *
body_bytes(void)
{
    GByteArray *bytes = g_byte_array_new();

    for (guint i = 0; i < BODY; i++) {
        const guint8 byte = (guint8)(i * 2654435761u >> 24);

        g_byte_array_append(bytes, &byte, 1);
    }
    return bytes;
}

/* HEAD and the body, in chunks or not; to be freed. */
static GByteArray *
message(const char *head, guint chunk)
{
    GByteArray *bytes = g_byte_array_new(), *body = body_bytes();

    g_byte_array_append(bytes, (const guint8 *)head, (guint)strlen(head));
    for (guint at = 0, n; at < body->len; at += n) {
        char line[32];

        n = MIN(chunk, body->len - at);
        g_snprintf(line, sizeof line, "%s%x\r\n", at > 0 ? "\r\n" : "", n);
        if (chunk < body->len)
            g_byte_array_append(bytes, (const guint8 *)line, (guint)strlen(line));
        g_byte_array_append(bytes, body->data + at, n);
    }
    g_byte_array_unref(body);
    return bytes;
}

/* Feeds DATA in pieces of STEP; the rest is wanted with piece WHEN. */
static struct told
read_on(const GByteArray *data, guint step, guint when, struct mf_kept_files *kept)
{
    struct told told = {g_byte_array_new(), g_byte_array_new(), 0, false};
    struct mf_http_body *reader = mf_http_body_new(take, &told);

    for (guint at = 0; at < data->len; at += step) {
        if (at / step == when)
            mf_http_body_keep_rest(reader, kept);
        mf_http_body_feed(reader, (struct mf_span){data->data + at, MIN(step, data->len - at)},
                          false, at);
        g_assert_true(at / step < when || mf_http_body_keeps_rest(reader));
    }
    mf_http_body_finish(reader);
    g_assert_false(mf_http_body_keeps_rest(reader));
    mf_http_body_free(reader);
    return told;
}

static void
expect_all(const struct told *told)
{
    GByteArray *body = body_bytes();

    g_assert_cmpuint(told->n, ==, 1);
    g_assert_false(told->whole);
    g_assert_cmpmem(told->body->data, told->body->len, body->data, MF_HTTP_BODY_BYTES);
    g_assert_cmpmem(told->rest->data, told->rest->len, body->data + MF_HTTP_BODY_BYTES,
                    BODY - MF_HTTP_BODY_BYTES);
    g_byte_array_unref(body);
}

static void
test_broken(void)
{
    static const guint steps[] = {997, 1460, 65536};
    struct mf_counters counters = {0};
    struct mf_kept_files *kept = mf_kept_files_new(&counters);
    const size_t empty = mf_kept_files_memory(kept);

    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
        GByteArray *plain = message(HEAD, BODY), *chunked = message(CHUNKED, 700);
        struct told told = read_on(plain, steps[i], 0, kept);

        expect_all(&told);
        clear(&told);
        told = read_on(chunked, steps[i], 1, kept);
        expect_all(&told);
        clear(&told);
        g_byte_array_unref(plain);
        g_byte_array_unref(chunked);
    }
    g_assert_cmpuint(mf_kept_files_memory(kept), ==, empty); /* all room was given back */
    mf_kept_files_free(kept);
}

/* Nobody wants it, or nobody did in time: then there is none, and nothing else is told otherwise.
 */
static void
test_not_wanted(void)
{
    struct mf_counters counters = {0};
    struct mf_kept_files *kept = mf_kept_files_new(&counters);
    GByteArray *data = message(HEAD, BODY);
    struct told told = read_on(data, 1460, UINT_MAX, kept);

    g_assert_cmpuint(told.body->len, ==, MF_HTTP_BODY_BYTES);
    g_assert_cmpuint(told.rest->len, ==, 0);
    clear(&told);
    mf_kept_files_free(kept);
    g_byte_array_unref(data);
}

/* The one that is wanted is not the one before. */
static void
test_next(void)
{
    static const char first[] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";
    struct mf_counters counters = {0};
    struct mf_kept_files *kept = mf_kept_files_new(&counters);
    GByteArray *data = message(HEAD, BODY);
    struct told told;

    g_byte_array_prepend(data, (const guint8 *)first, sizeof first - 1);
    told = read_on(data, 1460, 0, kept);
    g_assert_cmpuint(told.n, ==, 2); /* of the first only the head, which nobody told of */
    told.n = 1;
    expect_all(&told);
    clear(&told);
    mf_kept_files_free(kept);
    g_byte_array_unref(data);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-rest/broken", test_broken);
    g_test_add_func("/http-rest/not-wanted", test_not_wanted);
    g_test_add_func("/http-rest/next", test_next);
    return g_test_run();
}
