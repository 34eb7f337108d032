/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTTP messages as text, and as the buffers that the plugin's other half makes of them. */
#ifndef MALFLOW_TESTS_HTTP_FIXTURE_H
#define MALFLOW_TESTS_HTTP_FIXTURE_H

#include "core/packet.h"

#define REQUEST                                                                                    \
    "GET /a%20b?x HTTP/1.1\r\n"                                                                    \
    "Host:  WWW.Example.COM:8080 \r\n"                                                             \
    "User-agent: Foo/1 \r\n"                                                                       \
    "Cookie: a=b; c=d\r\n"                                                                         \
    "ACCEPT: */*\r\n"                                                                              \
    "Accept-Encoding: gzip\r\n"                                                                    \
    "Accept-Language: en\r\n"                                                                      \
    "Referer: http://x/\r\n"                                                                       \
    "Connection: close\r\n"                                                                        \
    "X-Dup: 1\r\n"                                                                                 \
    "X-Other: z\r\n"                                                                               \
    "x-dup: 2\r\n"                                                                                 \
    "Cookie: e=f\r\n"                                                                              \
    "X-Fold: a\r\n"                                                                                \
    "  b\r\n"                                                                                      \
    "\tc\r\n"                                                                                      \
    "X-Empty:\r\n"                                                                                 \
    "X-Space : q\r\n"                                                                              \
    "NoColon\r\n"                                                                                  \
    "X-Colon:a: b\r\n"                                                                             \
    "\r\n"
#define RESPONSE                                                                                   \
    "HTTP/1.1 200 Very OK\r\n"                                                                     \
    "Server: nginx\r\n"                                                                            \
    "Set-Cookie: q=1\r\n"                                                                          \
    "Set-Cookie: r=2\r\n"                                                                          \
    "Location: /x\r\n"                                                                             \
    "Content-Type: text/html\r\n"                                                                  \
    "Connection: Keep-Alive\r\n"                                                                   \
    "Content-Length: 3\r\n"                                                                        \
    "\r\n"                                                                                         \
    "abc"
#define PROXIED                                                                                    \
    "POST http://Ab.C:81/p?q HTTP/1.0\r\n"                                                         \
    "Host: other.Host\r\n"                                                                         \
    "Content-Length: 7\r\n"                                                                        \
    "\r\n"                                                                                         \
    "a=b&c=d"
#define BARE     "GET /nh HTTP/1.0\r\n\r\n"
#define NEWLINES "GET  /lf\tx  HTTP/1.1\nHost: a.b\nUser-Agent:\n\n"
#define TUNNEL   "CONNECT foo.bar:443 HTTP/1.1\r\nHost: other:443\r\n\r\n"
#define HOSTS    "GET /x y HTTP/1.1\r\nHost: h.\r\nHost: j\r\n\r\n"
#define ALIKE    "GET / HTTP/1.1\r\nX-A : 1\r\nX-AB: 2\r\nx-a: 3\r\nX: 4\r\nX-B: X-A: 5\r\n\r\n"
#define ADDRESS  "GET / HTTP/1.1\r\nHost: [FE80::A]:80\r\n\r\n"
#define REQUEST_2                                                                                  \
    ":authority: 127.0.0.1:6233\r\n"                                                               \
    ":method: POST\r\n"                                                                            \
    ":path: /hello\r\n"                                                                            \
    "user-agent: grpc\r\n"
#define RESPONSE_2 ":status: 200\r\ncontent-type: text/html\r\n"
#define DOWNLOAD                                                                                   \
    "HTTP/1.1 200 OK\r\n"                                                                          \
    "Content-Disposition: attachment; a=\"filename=no;\"; filename=\"x;y.exe\"; b\r\n"             \
    "\r\n"                                                                                         \
    "MZ"

struct mf_given {
    struct mf_buffer buffers[64];
    unsigned n;
};

/* Appends the buffers of TEXT, whose first line begins with ':' for HTTP/2; they lie in it. */
void
mf_give_message(struct mf_given *given, const char *text);

#endif
