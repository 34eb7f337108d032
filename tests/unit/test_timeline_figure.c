/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The beginning of Figure 1 of Mizutani, Takeda, Murai (2008), written by hand. */
#include "timeline_fixture.h"

#include <string.h>

#define RULE                                                                                       \
    "alert tcp any any -> any any (msg:\"Detect Windows Executable File\"; content:\"MZ\"; "       \
    "sid:1;)\n"
#define ME "192.168.0.101"

static const struct timeline_tuple irc = {MF_L4_TCP, ME, 1031, "115.126.2.121", 65520};
static const struct timeline_tuple dns = {MF_L4_UDP, ME, 1030, "10.0.0.2", 53};
static const struct timeline_tuple web = {MF_L4_TCP, ME, 1033, "115.126.2.120", 80};

static struct mf_buffer
layer(enum mf_buffer_id id)
{
    return (struct mf_buffer){.id = id};
}

static struct mf_buffer
text(enum mf_buffer_id id, const char *value)
{
    return (struct mf_buffer){
        .id = id, .length = (uint32_t)strlen(value), .data = (const uint8_t *)value};
}

static struct mf_buffer
number(enum mf_buffer_id id, uint64_t value)
{
    return (struct mf_buffer){.id = id, .number = value};
}

static void
feed_dissected(struct timeline_fixture *f, struct mf_packet packet, const char *app,
               const struct mf_buffer *buffers, unsigned n_buffers)
{
    packet.app = app;
    packet.buffers = buffers;
    packet.n_buffers = n_buffers;
    timeline_feed(f, packet);
}

static void
look_up(struct timeline_fixture *f, bool answer, int64_t ms)
{
    static const uint8_t address[4] = {115, 126, 2, 120};
    const struct mf_buffer buffers[] = {
        layer(MF_BUF_DNS),
        number(MF_BUF_DNS_ID, 7),
        number(MF_BUF_DNS_IS_RESPONSE, answer),
        text(MF_BUF_DNS_QUERY, "ntkrnlpa.cn"),
        number(MF_BUF_DNS_QUERY_TYPE, 1),
        {.id = MF_BUF_DNS_A, .length = 4, .data = address},
    };
    struct mf_packet packet = timeline_packet(&dns, answer ? MF_RESP : MF_ORIG, ms);

    packet.has_transaction = true;
    packet.transaction = 7;
    packet.is_reply = answer;
    feed_dissected(f, packet, "DNS", buffers, answer ? 6 : 5);
}

static struct mf_packet
web_packet(enum mf_direction direction, int64_t ms, uint32_t seq, const char *payload)
{
    struct mf_packet packet = timeline_packet(&web, direction, ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = (direction == MF_ORIG ? 1000000 : 2000000) + seq;
    packet.payload = (const uint8_t *)payload;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(payload);
    return packet;
}

static void
ask(struct timeline_fixture *f, const char *uri, int64_t ms, uint32_t seq)
{
    const struct mf_buffer buffers[] = {
        layer(MF_BUF_HTTP),
        number(MF_BUF_HTTP_IS_REQUEST, 1),
        text(MF_BUF_HTTP_METHOD, "GET"),
        text(MF_BUF_HTTP_URI, uri),
        text(MF_BUF_HTTP_HOST, "ntkrnlpa.cn"),
    };

    feed_dissected(f, web_packet(MF_ORIG, ms, seq, "GET / HTTP/1.1\r\n\r\n"), "HTTP", buffers,
                   G_N_ELEMENTS(buffers));
}

static void
serve(struct timeline_fixture *f, uint32_t size, int64_t ms, uint32_t seq)
{
    static const uint8_t body[37974];
    const struct mf_buffer buffers[] = {
        layer(MF_BUF_HTTP),
        number(MF_BUF_HTTP_IS_RESPONSE, 1),
        number(MF_BUF_HTTP_STATUS, 200),
        text(MF_BUF_HTTP_CONTENT_TYPE, "image/jpeg"),
        {.id = MF_BUF_FILE_DATA, .length = size, .data = body},
    };

    feed_dissected(f, web_packet(MF_RESP, ms, seq, "HTTP/1.1 200 OK\r\n\r\nMZ"), "HTTP", buffers,
                   G_N_ELEMENTS(buffers));
}

/* Sessions that stand before the story. */
static void
idle_chat(struct timeline_fixture *f)
{
    for (uint16_t i = 0; i < 3; i++) {
        const struct timeline_tuple tuple = {MF_L4_UDP, ME, (uint16_t)(137 + i), "192.168.0.255",
                                             137};

        timeline_feed(f, timeline_packet(&tuple, MF_ORIG, i * 100));
    }
}

static void
scan(struct timeline_fixture *f)
{
    for (uint16_t i = 0; i < 12; i++) {
        char to[32];
        const struct timeline_tuple tuple = {MF_L4_TCP, ME, (uint16_t)(1034 + i), to, 139};

        g_snprintf(to, sizeof to, "192.168.231.%u", 125 + i);
        timeline_tcp(f, &tuple, MF_ORIG, 4709 + i * 50, MF_TCP_SYN);
    }
}

static void
test_figure(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, RULE);
    idle_chat(&f);
    timeline_connect(&f, &irc, 357);
    timeline_say(&f, &irc, MF_ORIG, 557, "NICK aihrwjcjh\nUSER r020501 . . :-");
    timeline_say(&f, &irc, MF_ORIG, 858, "\nJOIN &virtu\n");
    timeline_say(&f, &irc, MF_RESP, 1607,
                 ":* PRIVMSG aihrwjcjh :!get http://ntkrnlpa.cn/wr.jpg\r\n");
    look_up(&f, false, 2375);
    look_up(&f, true, 2855);
    timeline_connect(&f, &web, 2858);
    ask(&f, "/wr.jpg", 2900, 1);
    serve(&f, 37974, 3100, 1);
    ask(&f, "/2.jpg", 4400, 19);
    serve(&f, 5, 4608, 22);
    scan(&f);
    timeline_tcp(&f, &irc, MF_ORIG, 3638687, MF_TCP_ACK);
    mf_engine_flush(f.engine);
    mf_packet_protocols_parse(&f.options.packets, "irc", NULL);
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  0:00.00 ] 192.168.0.101:137 -> 192.168.0.255:137 (UDP:UDP) [0 byte (1 "
        "pkt) <-> 0 byte (0 pkt)]\n"
        "[  2 |    0.100 |  0:00.00 ] 192...\n"
        "[  3 |    0.200 |  0:00.00 ] 192...\n"
        "[  4 |    0.357 | 60:38.33 ] 192.168.0.101:1031 -> 115.126.2.121:65520 (TCP:IRC) [47 byte "
        "(5 pkt) <-> 54 byte (2 pkt)]...\n"
        "[  4 |    0.557 |  PACKET  ] (IRC) To >> NICK aihrwjcjh.USER r020501 . . :-\n"
        "[  4 |    0.858 |  PACKET  ] (IRC) To >> .JOIN &virtu.\n"
        "[  4 |    1.607 |  PACKET  ] (IRC) From << :* PRIVMSG aihrwjcjh :!get "
        "http://ntkrnlpa.cn/wr.jpg..\n"
        "[  5 |    2.375 |  0:00.48 ] 192.168.0.101:1030 -> 10.0.0.2:53 (UDP:DNS) DNS: "
        "ntkrnlpa.cn. (115.126.2.120)\n"
        "[  6 |    2.858 |  0:01.75 ] 192.168.0.101:1033 -> 115.126.2.120:80 (TCP:HTTP) HTTP: GET "
        "ntkrnlpa.cn/wr.jpg (200 image/jpeg, 37974 byte), 1 more request *** Detect Windows "
        "Executable "
        "File *** x2 <= [4] frame 9 url\n"
        "[  6 |    4.400 | REQUEST  ] HTTP: GET ntkrnlpa.cn/2.jpg (200 image/jpeg, 5 byte) *** "
        "Detect Windows Executable File ***\n"
        "[  7 |    4.709 |  0:00.55 ] 192.168.0.101:1034 -> 192.168.231.125:139 (TCP:TCP) === "
        "Aggregated Session: 12 (Spread Scan) === 12 targets, 0 answered\n");
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/timeline/figure", test_figure);
    return g_test_run();
}
