/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages and what rules read of them. What is expected was taken from Suricata 7.0.10, by rules
 * that print a buffer; where malflow means to differ, the row says so. */
#include "core/rules/http_uri.h"
#include "core/rules/instances.h"
#include "http_fixture.h"

#include <string.h>

/* --- request targets --- */

static const struct {
    const char *target, *uri;
} targets[] = {
    {"/a%20b", "/a b"},
    {"/A%2fB//c///d", "/A/B/c/d"},
    {"/a/./b/../c", "/a/c"},
    {"/a/../../x", "/x"},
    {"/a%2e%2e/b", "/a../b"},
    {"/%2e%2e/%2e/x", "/x"},
    {"/a%2F..%2Fb", "/b"},
    {"../x", "x"},
    {"./x", "x"},
    {"/a\\b", "/a/b"},
    {"/a%5cb", "/a/b"},
    {"/a%u0041b", "/aAb"},
    {"/a%uff21b", "/aAb"},
    {"/a%u2215b", "/a/b"},
    {"/a%zzb", "/a%zzb"},
    {"/a%u00", "/a%u00"},
    {"/a%4", "/a%4"},
    {"/a%", "/a%"},
    {"/%2541", "/%41"},
    {"/caf%c3%a9", "/caf\xe9"},
    {"/caf\xc3\xa9", "/caf\xe9"},
    {"/%e2%82%ac", "/?"},
    {"/%c0%af", "//"},
    {"/%ff%fe", "/\?\?"},
    {"/%ed%a0%80", "/\?\?\?"},
    {"/%e2%82", "/"},
    {"/a+b?c+d", "/a+b?c+d"},
    {"/x?a=%41%2f%2E&b=//../", "/x?a=A/.&b=//../"},
    {"/x?a%u0041", "/x?a%u0041"},
    {"/x?caf%c3%a9", "/x?caf\xc3\xa9"},
    {"/x?a\\b", "/x?a\\b"},
    {"/a?b?c%3f", "/a?b?c?"},
    {"/x?q#%41%u0041", "/x?q#AA"},
    {"http://Host.EXAMPLE:8080/a/b?c=d", "/a/b?c=d"},
    {"HTTP://u:p@h/x", "/x"},
    {"ftp://h/x", "/x"},
    {"//h/x", "/h/x"},
    {"/?http://a//b", "/?http://a//b"},
    {"a:b/c", "b/c"},
    {"host:443", "443"},
    {"*", "*"},
    {"?x", "?x"},
    /* nothing is left: there is no such buffer */
    {"http://h", ""},
    {"/.", ""},
    {"/./", ""},
    {"/..", ""},
    {"/a/..", ""},
    {"/a/.", "/a"},
    {"", ""},
};

static void
test_targets(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(targets); i++) {
        /* At the end of a block of its own: reading over it is seen. */
        size_t length = strlen(targets[i].target);
        guint8 *copy = g_memdup2(targets[i].target, length);
        GByteArray *out = g_byte_array_new();
        struct mf_http_uri uri;

        if (length > 0) {
            mf_http_uri_parse((struct mf_span){copy, length}, &uri);
            mf_http_uri_normalize(&uri, out);
        }
        g_byte_array_append(out, (const guint8 *)"", 1);
        g_assert_cmpstr((const char *)out->data, ==, targets[i].uri);
        g_byte_array_unref(out);
        g_free(copy);
    }
}

static void
test_bestfit(void)
{
    g_assert_cmpuint(mf_bestfit('a'), ==, 'a');
    g_assert_cmpuint(mf_bestfit(0xff), ==, 0xff);
    g_assert_cmpuint(mf_bestfit(0x100), ==, 'A');
    g_assert_cmpuint(mf_bestfit(0x17c), ==, 'z');
    g_assert_cmpuint(mf_bestfit(0x17e), ==, '?');
    g_assert_cmpuint(mf_bestfit(0xff0f), ==, '/');
    g_assert_cmpuint(mf_bestfit(0xff5e), ==, '~');
    g_assert_cmpuint(mf_bestfit(0xff5f), ==, '?');
    g_assert_cmpuint(mf_bestfit(0x10ff0f), ==, '?');
}

/* --- messages --- */

/* Instances are told with a '~' behind each; "" is: there is none. */
static const struct {
    const char *message, *buffer, *expected;
} messages[] = {
    {REQUEST, "http.uri", "/a b?x~"},
    {REQUEST, "http.uri.raw", "/a%20b?x~"},
    {REQUEST, "http.method", "GET~"},
    {REQUEST, "http.request_line", "GET /a%20b?x HTTP/1.1~"},
    {REQUEST, "http.response_line", ""},
    {REQUEST, "http.protocol", "HTTP/1.1~"},
    {REQUEST, "http.header",
     "Host: WWW.Example.COM:8080\r\nUser-agent: Foo/1\r\nACCEPT: */*\r\nAccept-Encoding: gzip\r\n"
     "Accept-Language: en\r\nReferer: http://x/\r\nConnection: close\r\nX-Dup: 1, 2\r\n"
     "X-Other: z\r\nX-Fold: a  b\tc\r\nX-Empty: \r\nX-Space: q\r\n: NoColon\r\nX-Colon: a: b\r\n~"},
    {REQUEST, "http.header_names",
     "\r\nHost\r\nUser-agent\r\nCookie\r\nACCEPT\r\nAccept-Encoding\r\nAccept-Language\r\n"
     "Referer\r\nConnection\r\nX-Dup\r\nX-Other\r\nX-Fold\r\nX-Empty\r\nX-Space\r\n\r\nX-Colon\r\n"
     "\r\n~"},
    {REQUEST, "http.cookie", "a=b; c=d, e=f~"},
    {REQUEST, "http.user_agent", "Foo/1~"},
    {REQUEST, "http.host", "www.example.com~"}, /* Suricata: as sent, where a port is given */
    {REQUEST, "http.host.raw", "WWW.Example.COM:8080~"},
    {REQUEST, "http.accept", "*/*~"},
    {REQUEST, "http.accept_enc", "gzip~"},
    {REQUEST, "http.accept_lang", "en~"},
    {REQUEST, "http.referer", "http://x/~"},
    {REQUEST, "http.connection", "close~"},
    {REQUEST, "http.content_type", ""},
    {REQUEST, "http.response_body", ""},
    {REQUEST, "file.name", ""},

    {RESPONSE, "http.uri", ""},
    {RESPONSE, "http.request_line", ""},
    {RESPONSE, "http.response_line", "HTTP/1.1 200 Very OK~"},
    {RESPONSE, "http.protocol", "HTTP/1.1~"},
    {RESPONSE, "http.stat_code", "200~"},
    {RESPONSE, "http.stat_msg", "Very OK~"},
    {RESPONSE, "http.header",
     "Server: nginx\r\nLocation: /x\r\nContent-Type: text/html\r\nConnection: Keep-Alive\r\n"
     "Content-Length: 3\r\n~"},
    {RESPONSE, "http.header.raw",
     "Server: nginx\r\nSet-Cookie: q=1\r\nSet-Cookie: r=2\r\nLocation: /x\r\n"
     "Content-Type: text/html\r\nConnection: Keep-Alive\r\nContent-Length: 3\r\n\r\n~"},
    {RESPONSE, "http.header_names",
     "\r\nServer\r\nSet-Cookie\r\nLocation\r\nContent-Type\r\nConnection\r\nContent-Length\r\n"
     "\r\n~"},
    {RESPONSE, "http.start",
     "HTTP/1.1 200 Very OK\r\nServer: nginx\r\nSet-Cookie: q=1, r=2\r\nLocation: /x\r\n"
     "Content-Type: text/html\r\nConnection: Keep-Alive\r\nContent-Length: 3\r\n\r\n~"},
    {RESPONSE, "http.cookie", "q=1, r=2~"},
    {RESPONSE, "http.server", "nginx~"},
    {RESPONSE, "http.location", "/x~"},
    {RESPONSE, "http.connection", "Keep-Alive~"},
    {RESPONSE, "http.content_type", "text/html~"},
    {RESPONSE, "http.content_len", "3~"},
    {RESPONSE, "http.user_agent", ""},
    {RESPONSE, "http.request_body", ""},
    {RESPONSE, "http.response_body", "abc~"},
    {RESPONSE, "file.data", "abc~"},
    {RESPONSE, "http.request_header", ""},
    {RESPONSE, "http.response_header",
     "Server: nginx~Set-Cookie: q=1, r=2~Location: /x~Content-Type: text/html~"
     "Connection: Keep-Alive~Content-Length: 3~"},

    {PROXIED, "http.uri", "/p?q~"},
    {PROXIED, "http.uri.raw", "http://Ab.C:81/p?q~"},
    {PROXIED, "http.host", "ab.c~"},
    {PROXIED, "http.host.raw", "ab.c~"},
    {PROXIED, "http.header", "Host: other.Host\r\nContent-Length: 7\r\n~"},
    {PROXIED, "http.request_body", "a=b&c=d~"},
    {PROXIED, "http.response_body", ""},
    {PROXIED, "file.name", "/p~"},

    {BARE, "http.header", ""},
    {BARE, "http.header.raw", "\r\n~"},
    {BARE, "http.header_names", ""},
    {BARE, "http.start", "GET /nh HTTP/1.0\r\n~"},

    {NEWLINES, "http.uri", "/lf\tx~"},
    {NEWLINES, "http.request_line", "GET  /lf\tx  HTTP/1.1~"},
    {NEWLINES, "http.protocol", "HTTP/1.1~"},
    {NEWLINES, "http.header", "Host: a.b\r\nUser-Agent: \r\n~"},
    {NEWLINES, "http.header.raw", "Host: a.b\nUser-Agent:\n\n~"},
    {NEWLINES, "http.user_agent", ""},

    {TUNNEL, "http.uri", ""},
    {TUNNEL, "http.uri.raw", "foo.bar:443~"},
    {TUNNEL, "http.host", "foo.bar~"},
    {TUNNEL, "http.host.raw", "foo.bar~"},

    {HOSTS, "http.host", "h., j~"},
    {HOSTS, "http.uri", "/x~"},
    {HOSTS, "http.protocol", "y HTTP/1.1~"},
    {ALIKE, "http.header", "X-A: 1, 3\r\nX-AB: 2\r\nX: 4\r\nX-B: X-A: 5\r\n~"},
    {ALIKE, "http.header_names", "\r\nX-A\r\nX-AB\r\nX\r\nX-B\r\n\r\n~"},
    {ADDRESS, "http.host", "[fe80::a]~"}, /* Suricata: as sent */
    {ADDRESS, "http.host.raw", "[FE80::A]:80~"},

    {REQUEST_2, "http.uri", "/hello~"},
    {REQUEST_2, "http.method", "POST~"},
    {REQUEST_2, "http.request_line", "POST /hello HTTP/2\r\n~"},
    {REQUEST_2, "http.protocol", "HTTP/2~"},
    {REQUEST_2, "http.host", "127.0.0.1~"},
    {REQUEST_2, "http.host.raw", "127.0.0.1:6233~"},
    {REQUEST_2, "http.user_agent", "grpc~"},
    {REQUEST_2, "http.header",
     ":authority: 127.0.0.1:6233\r\n:method: POST\r\n:path: /hello\r\nuser-agent: grpc\r\n~"},
    {REQUEST_2, "http.header_names", "\r\n:authority\r\n:method\r\n:path\r\nuser-agent\r\n\r\n~"},
    {REQUEST_2, "http.request_header",
     ":authority: 127.0.0.1:6233~:method: POST~:path: /hello~user-agent: grpc~"},
    {REQUEST_2, "http.start", ""},
    {RESPONSE_2, "http.response_line", "HTTP/2 200\r\n~"},
    {RESPONSE_2, "http.stat_code", "200~"},
    {RESPONSE_2, "http.content_type", "text/html~"},
    {RESPONSE_2, "http.header.raw", ":status: 200\r\ncontent-type: text/html\r\n~"},

    {DOWNLOAD, "file.name", "x;y.exe~"},
    {"HTTP/1.1 200 OK\r\n\r\nMZ", "file.name", "/d/x.exe~"}, /* of what it answers */
};

/* All instances of BUFFER, "~" behind each. */
static char *
read_buffer(const struct mf_message *message, const char *buffer)
{
    struct mf_slots *slots = mf_slots_new();
    const struct mf_sticky *sticky = mf_sticky_find(slots, buffer);
    struct mf_instances *instances;
    GString *out = g_string_new(NULL);
    int slot;

    if (sticky == NULL)
        g_error("%s: no such buffer", buffer);
    slot = mf_slots_of(slots, sticky);
    mf_slots_use(slots, (unsigned)slot);
    mf_slots_index(slots);
    instances = mf_instances_new(slots);
    mf_instances_take(instances, message);
    for (uint32_t at = mf_instances_first(instances, (unsigned)slot); at != 0;) {
        const struct mf_instance *instance = mf_instances_get(instances, at - 1);

        g_string_append_len(out, (const char *)instance->view.data, (gssize)instance->view.length);
        g_string_append_c(out, '~');
        at = instance->next;
    }
    mf_instances_free(instances);
    mf_slots_free(slots);
    return g_string_free(out, FALSE);
}

static void
test_messages(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(messages); i++) {
        struct mf_given given = {.n = 0};
        const struct mf_packet packet = {.frame = 1};
        struct mf_message message = {.packet = &packet, .layer = MF_BUF_HTTP};
        char *have;

        if (messages[i].message[0] == ':')
            message.layer = MF_BUF_HTTP2;
        mf_give_message(&given, messages[i].message);
        message.buffers = given.buffers;
        message.n_buffers = given.n;
        have = read_buffer(&message, messages[i].buffer);
        if (strcmp(have, messages[i].expected) != 0)
            g_error("%s of:\n%s\nexpected:\n%s\nis:\n%s", messages[i].buffer, messages[i].message,
                    messages[i].expected, have);
        g_free(have);
    }
}

/* SSDP looks like HTTP, and is none. */
static void
test_other_layer(void)
{
    struct mf_given given = {.n = 0};
    const struct mf_packet packet = {.frame = 1};
    struct mf_message message = {.packet = &packet, .layer = MF_BUF_SSDP};
    char *uri, *method;

    mf_give_message(&given, REQUEST);
    message.buffers = given.buffers;
    message.n_buffers = given.n;
    uri = read_buffer(&message, "http.uri");
    method = read_buffer(&message, "http.method");
    g_assert_cmpstr(uri, ==, "");
    g_assert_cmpstr(method, ==, "");
    g_free(uri);
    g_free(method);
}

/* Thousands of headers of one name cost no more than the bound on them allows. */
static void
test_many_headers(void)
{
    enum { MANY = 4096, LOOKED_AT = 1024 };
    struct mf_buffer *buffers = g_new0(struct mf_buffer, MANY);
    const struct mf_packet packet = {.frame = 1};
    const struct mf_message message = {
        .packet = &packet, .layer = MF_BUF_HTTP, .buffers = buffers, .n_buffers = MANY};
    char *each, *header;

    for (unsigned i = 0; i < MANY; i++)
        buffers[i] = (struct mf_buffer){
            .id = MF_BUF_HTTP_HEADER_LINE, .data = (const uint8_t *)"A: b\r\n", .length = 6};
    each = read_buffer(&message, "http.request_header");
    header = read_buffer(&message, "http.header");
    g_assert_cmpuint(strlen(each), ==, strlen("A: ~") + 3 * LOOKED_AT - 2);
    g_assert_cmpuint(strlen(header), ==, strlen("A: \r\n~") + 3 * LOOKED_AT - 2);
    g_free(each);
    g_free(header);
    g_free(buffers);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http_buffers/targets", test_targets);
    g_test_add_func("/http_buffers/bestfit", test_bestfit);
    g_test_add_func("/http_buffers/messages", test_messages);
    g_test_add_func("/http_buffers/other_layer", test_other_layer);
    g_test_add_func("/http_buffers/many_headers", test_many_headers);
    return g_test_run();
}
