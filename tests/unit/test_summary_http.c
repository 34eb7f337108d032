/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "summary_fixture.h"

static void
add_request(struct fixture *f, const char *method, const char *uri, const char *host)
{
    add_layer(f, MF_BUF_HTTP);
    add_text(f, MF_BUF_HTTP_METHOD, method);
    add_text(f, MF_BUF_HTTP_URI, uri);
    if (host != NULL)
        add_text(f, MF_BUF_HTTP_HOST, host);
    add_number(f, MF_BUF_HTTP_IS_REQUEST, 1);
}

static void
request(struct fixture *f, const char *method, const char *uri, const char *host)
{
    add_request(f, method, uri, host);
    send_text(f, MF_ORIG, "GET ...");
}

/* LENGTH: Content-Length, BODY: bytes of it that Wireshark put together; -1: none. */
static void
response(struct fixture *f, unsigned status, const char *type, int length, int body)
{
    static const char zeros[128];

    add_layer(f, MF_BUF_HTTP);
    add_number(f, MF_BUF_HTTP_IS_RESPONSE, 1);
    add_number(f, MF_BUF_HTTP_STATUS, status);
    if (type != NULL)
        add_text(f, MF_BUF_HTTP_CONTENT_TYPE, type);
    if (length >= 0)
        add_number(f, MF_BUF_HTTP_CONTENT_LENGTH, (uint64_t)length);
    if (body >= 0)
        add_bytes(f, MF_BUF_FILE_DATA, zeros, (uint32_t)body);
    send_buffers(f, MF_RESP);
}

static void
test_one(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    request(f, "GET", "/a/wr.jpg?x=/y", "a.example");
    assert_says(f, "HTTP: GET a.example/a/wr.jpg?x=/y (no response)");
    assert_object(f, MF_RESP, "wr.jpg", 0);
    response(f, 200, "image/jpeg; charset=x", 99, 120);
    assert_says(f, "HTTP: GET a.example/a/wr.jpg?x=/y (200 image/jpeg, 120 byte)");
    assert_object(f, MF_RESP, "wr.jpg", 120);
    assert_object(f, MF_ORIG, NULL, 0);
    g_assert_false(mf_summary_wants_counts(&f->session));
    g_assert_cmpuint(mf_summary_memory(&f->session), <, 200);
    fixture_free(f);
}

struct target {
    const char *method, *uri, *host, *expected;
};

static void
test_targets(void)
{
    static const struct target targets[] = {
        {"GET", "http://b.example/x", "b.example", "HTTP: GET b.example/x (no response)"},
        {"GET", "HTTPS://b.example/x", NULL, "HTTP: GET b.example/x (no response)"},
        {"GET", "http://", "h", "HTTP: GET h http:// (no response)"},
        {"CONNECT", "b.example:443", "b.example:443", "HTTP: CONNECT b.example:443 (no response)"},
        {"OPTIONS", "*", "h", "HTTP: OPTIONS h * (no response)"},
        {"GET", "/x", NULL, "HTTP: GET 198.51.100.2:8080/x (no response)"},
        {"GET", "", "h", "HTTP: GET h (no response)"},
        {"GET", "/\x1b[31m\n\xff", "h", "HTTP: GET h/.[31m.. (no response)"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(targets); i++) {
        struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

        f->session.port[MF_RESP] = 8080;
        request(f, targets[i].method, targets[i].uri, targets[i].host);
        assert_says(f, targets[i].expected);
        fixture_free(f);
    }
}

static void
test_no_host_port_80(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    request(f, "GET", "/x", NULL);
    response(f, 404, NULL, -1, -1);
    assert_says(f, "HTTP: GET 198.51.100.2/x (404)");
    fixture_free(f);
}

/* Two requests wait at once; their answers come in order. */
static void
test_pipelining(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");
    struct mf_summary_item item;

    add_request(f, "GET", "/1", "h");
    add_request(f, "GET", "/2", "h");
    send_text(f, MF_ORIG, "GET ...");
    response(f, 100, NULL, -1, -1);
    response(f, 200, "text/plain", 3, 3);
    assert_object(f, MF_RESP, "1", 3);
    response(f, 404, NULL, 0, -1);
    g_assert_cmpuint(mf_summary_count(&f->session), ==, 2);
    assert_says(f, "HTTP: GET h/1 (200 text/plain, 3 byte), 1 more request");
    assert_item(f, 0, "HTTP: GET h/1 (200 text/plain, 3 byte)");
    assert_item(f, 1, "HTTP: GET h/2 (404, 0 byte)");
    mf_summary_item(&f->session, 1, &item);
    g_assert_cmpuint(item.frame, ==, 1);
    g_assert_cmpuint(item.last_frame, ==, 4);
    g_assert_cmpint(item.time, ==, MF_NS_PER_S);
    fixture_free(f);
}

static void
test_bodiless(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    request(f, "HEAD", "/1", "h");
    response(f, 200, "image/png", 105472, -1);
    request(f, "GET", "/2", "h");
    response(f, 304, NULL, 105472, -1);
    request(f, "GET", "/3", "h");
    response(f, 204, NULL, -1, -1);
    request(f, "CONNECT", "h:443", "h:443");
    response(f, 200, NULL, -1, -1);
    assert_item(f, 0, "HTTP: HEAD h/1 (200 image/png)");
    assert_item(f, 1, "HTTP: GET h/2 (304)");
    assert_item(f, 2, "HTTP: GET h/3 (204)");
    assert_item(f, 3, "HTTP: CONNECT h:443 (200)");
    fixture_free(f);
}

static void
test_announced(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS:HTTP");

    request(f, "GET", "/x.png", "h");
    response(f, 200, "image/png", 105472, -1);
    assert_says(f, "HTTP: GET h/x.png (200 image/png, 105472 byte announced, incomplete)");
    assert_object(f, MF_RESP, "x.png", 105472);
    fixture_free(f);
}

static void
test_response_alone(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");
    struct mf_object object;

    response(f, 200, "text/html", -1, 123);
    assert_says(f, "HTTP: response 200 text/html, 123 byte");
    request(f, "GET", "/", "h");
    response(f, 200, NULL, 5, 5);
    assert_item(f, 1, "HTTP: GET h/ (200, 5 byte)");
    g_assert_true(mf_summary_object(&f->session, MF_RESP, &object));
    g_assert_null(object.name);
    g_assert_cmpuint(object.size, ==, 5);
    fixture_free(f);
}

struct object {
    const char *uri, *name;
};

static void
test_object_names(void)
{
    static const struct object objects[] = {
        {"/a/b.exe", "b.exe"},
        {"/load.php?e=/1/2", "load.php"},
        {"/.sys/?getexe=go.exe", "go.exe"},
        {"/?a=1&file=dir/x.dll#top", "x.dll"},
        {"http://h.example/a/b.exe", "b.exe"},
        {"/#x", NULL},
        {"/a/", NULL},
        {"http://h.example", NULL},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(objects); i++) {
        struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");
        struct mf_object object;

        request(f, "GET", objects[i].uri, "h");
        g_assert_true(mf_summary_object(&f->session, MF_RESP, &object));
        g_assert_cmpstr(object.name, ==, objects[i].name);
        fixture_free(f);
    }
}

static void
test_post(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    add_request(f, "POST", "/gate.php", "h");
    add_bytes(f, MF_BUF_FILE_DATA, "abc", 3);
    send_text(f, MF_ORIG, "POST ...");
    assert_object(f, MF_ORIG, "gate.php", 3);
    fixture_free(f);
}

/* A response that breaks off: Wireshark never dissects it. */
static void
test_provisional(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");
    const char *head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\ncontent-length: 105472\r\n"
                       "\r\nMZ12345678";

    request(f, "GET", "/x.png", "h");
    send_text(f, MF_RESP, head);
    assert_says(f, "HTTP: GET h/x.png (200 image/png, 105472 byte announced, 10 received, "
                   "incomplete)");
    assert_object(f, MF_RESP, "x.png", 105472);
    send_text(f, MF_RESP, "0123456789");
    f->seq[MF_RESP] -= 10; /* a retransmission counts once */
    send_text(f, MF_RESP, "0123456789");
    assert_says(f, "HTTP: GET h/x.png (200 image/png, 105472 byte announced, 20 received, "
                   "incomplete)");
    response(f, 200, "image/png", 20, 20);
    assert_says(f, "HTTP: GET h/x.png (200 image/png, 20 byte)");
    fixture_free(f);
}

/* A compressed body of nothing: dissected, all bytes seen, and no body. */
static void
test_whole_but_empty(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    request(f, "GET", "/", "h");
    add_layer(f, MF_BUF_HTTP);
    add_number(f, MF_BUF_HTTP_STATUS, 302);
    add_number(f, MF_BUF_HTTP_CONTENT_LENGTH, 4);
    send_text(f, MF_RESP, "HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\nzzzz");
    assert_says(f, "HTTP: GET h/ (302, 4 byte)");
    fixture_free(f);
}

static void
test_provisional_unsized(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    request(f, "GET", "/x", "h");
    send_text(f, MF_RESP, "HTTP/1.0 200 OK\nContent-Length: 12x\nContent-Type: a/b;c\n\n12");
    assert_says(f, "HTTP: GET h/x (200 a/b, 2 byte received, incomplete)");
    fixture_free(f);
}

/* The first of two pipelined answers is lost; the head of the second moves on. */
static void
test_provisional_then_next(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");
    uint32_t seq;

    request(f, "GET", "/1", "h");
    request(f, "GET", "/2", "h");
    seq = f->seq[MF_RESP];
    send_text(f, MF_RESP, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab");
    f->seq[MF_RESP] = seq;
    send_text(f, MF_RESP, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab");
    assert_item(f, 1, "HTTP: GET h/2 (no response)");
    send_text(f, MF_RESP, "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\na");
    send_text(f, MF_RESP, "HTTP/1.1 500 just text in a body");
    assert_item(f, 0, "HTTP: GET h/1 (200, 100 byte announced, 2 received, incomplete)");
    response(f, 404, NULL, 7, 7);
    assert_item(f, 1, "HTTP: GET h/2 (404, 7 byte)");
    g_assert_cmpuint(mf_summary_count(&f->session), ==, 2);
    fixture_free(f);
}

/* What is encrypted, or answers nobody, or is only a notice, is not read. */
static void
test_no_provisional(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS:HTTP");

    send_text(f, MF_RESP, "HTTP/1.1 200 OK\r\n\r\n");
    assert_says(f, "");
    request(f, "GET", "/", "h");
    send_text(f, MF_RESP, "HTTP/1.1 200 OK\r\n\r\n");
    assert_says(f, "HTTP: GET h/ (no response)");
    f->session.app = "HTTP";
    send_text(f, MF_RESP, "HTTP/1.1 100 Continue\r\n\r\n");
    send_text(f, MF_RESP, "HTTP/1.1 20");
    send_text(f, MF_ORIG, "HTTP/1.1 200 OK\r\n\r\n");
    assert_says(f, "HTTP: GET h/ (no response)");
    fixture_free(f);
}

static void
add_http2(struct fixture *f, uint32_t stream)
{
    add_layer(f, MF_BUF_HTTP2);
    add_number(f, MF_BUF_HTTP2_STREAM, stream);
}

static void
test_http2(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS:HTTP2");

    for (uint32_t stream = 1; stream <= 5; stream += 2) {
        add_http2(f, stream);
        add_text(f, MF_BUF_HTTP_METHOD, "GET");
        add_text(f, MF_BUF_HTTP_HOST, "h");
        add_text(f, MF_BUF_HTTP_URI, stream == 1 ? "/1" : stream == 3 ? "/3" : "/5");
    }
    send_buffers(f, MF_ORIG);
    add_http2(f, 5);
    add_number(f, MF_BUF_HTTP_STATUS, 200);
    add_text(f, MF_BUF_HTTP_CONTENT_TYPE, "text/html");
    add_http2(f, 0);
    send_buffers(f, MF_RESP);
    add_http2(f, 5);
    add_bytes(f, MF_BUF_FILE_DATA, "abcd", 4);
    send_buffers(f, MF_RESP);
    add_http2(f, 1);
    add_number(f, MF_BUF_HTTP_STATUS, 304);
    send_buffers(f, MF_RESP);
    add_http2(f, 7);
    add_number(f, MF_BUF_HTTP_STATUS, 200);
    send_buffers(f, MF_RESP);
    assert_says(f, "HTTP: GET h/1 (304), 2 more requests");
    assert_item(f, 1, "HTTP: GET h/3 (no response)");
    assert_item(f, 2, "HTTP: GET h/5 (200 text/html, 4 byte)");
    fixture_free(f);
}

static void
test_bound(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "HTTP");

    for (unsigned i = 0; i < MF_HTTP_REQUESTS + 2; i++)
        request(f, "GET", "/", "h");
    for (unsigned i = 0; i < MF_HTTP_REQUESTS + 3; i++)
        response(f, 200, NULL, 0, -1);
    g_assert_cmpuint(mf_summary_count(&f->session), ==, MF_HTTP_REQUESTS);
    g_assert_cmpuint(f->counters.summary_items_lost, ==, 3);
    assert_says(f, "HTTP: GET h/ (200, 0 byte), 65538 more requests");
    fixture_free(f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/http/one", test_one);
    g_test_add_func("/summary/http/targets", test_targets);
    g_test_add_func("/summary/http/no-host-port-80", test_no_host_port_80);
    g_test_add_func("/summary/http/pipelining", test_pipelining);
    g_test_add_func("/summary/http/bodiless", test_bodiless);
    g_test_add_func("/summary/http/announced", test_announced);
    g_test_add_func("/summary/http/response-alone", test_response_alone);
    g_test_add_func("/summary/http/object-names", test_object_names);
    g_test_add_func("/summary/http/post", test_post);
    g_test_add_func("/summary/http/provisional", test_provisional);
    g_test_add_func("/summary/http/whole-but-empty", test_whole_but_empty);
    g_test_add_func("/summary/http/provisional-unsized", test_provisional_unsized);
    g_test_add_func("/summary/http/provisional-then-next", test_provisional_then_next);
    g_test_add_func("/summary/http/no-provisional", test_no_provisional);
    g_test_add_func("/summary/http/http2", test_http2);
    g_test_add_func("/summary/http/bound", test_bound);
    return g_test_run();
}
