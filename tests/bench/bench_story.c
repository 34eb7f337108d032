/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a window over many sessions costs: `bench_story [SESSIONS]`. Half of them are look-ups of
 * names, half are web requests; a hundredth of these carry what a signature fires on.
 */
#include "core/story.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Time of the processor: others may be using it too. */
struct mark {
    clock_t begin;
    size_t bytes;
};

static size_t
heap(void)
{
    const struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

static struct mark
start(void)
{
    const size_t bytes = heap();

    return (struct mark){clock(), bytes};
}

/* Prints how long it took, per N things, and how much memory is held now that was not. */
static void
report(struct mark mark, const char *what, uint32_t n)
{
    const double us = (double)(clock() - mark.begin) * 1e6 / CLOCKS_PER_SEC;
    const double bytes = (double)heap() - (double)mark.bytes; /* takes its time itself */

    printf("%-34s %8.1f ms  %7.3f us each  %7.1f bytes each\n", what, us / 1000, n > 0 ? us / n : 0,
           n > 0 ? bytes / n : 0);
}

/* --- the capture --- */

struct feed {
    struct mf_engine *engine;
    struct mf_packet packet;
};

static struct mf_buffer
text(enum mf_buffer_id id, const char *value)
{
    return (struct mf_buffer){
        .id = id, .length = (uint32_t)strlen(value), .data = (const uint8_t *)value};
}

static void
send_packet(struct feed *feed, bool back, const char *payload)
{
    struct mf_packet packet = feed->packet;

    feed->packet.frame++;
    feed->packet.time += MF_NS_PER_S / 5000;
    packet.payload = (const uint8_t *)payload;
    packet.payload_captured = packet.payload_length = payload ? (uint32_t)strlen(payload) : 0;
    if (back) {
        packet.src = feed->packet.dst;
        packet.dst = feed->packet.src;
        packet.src_port = feed->packet.dst_port;
        packet.dst_port = feed->packet.src_port;
    }
    mf_engine_packet(feed->engine, &packet, payload != NULL ? 54 : 0);
}

static void
send_dissected(struct feed *feed, bool back, const char *payload, const struct mf_buffer *buffers,
               unsigned n)
{
    feed->packet.buffers = buffers;
    feed->packet.n_buffers = n;
    send_packet(feed, back, payload);
    feed->packet.n_buffers = 0;
}

static void
look_up(struct feed *feed, uint32_t i)
{
    char name[64];
    const uint8_t address[4] = {203, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i};
    const struct mf_buffer answer[] = {
        {.id = MF_BUF_DNS},
        {.id = MF_BUF_DNS_ID, .number = i & 0xffff},
        {.id = MF_BUF_DNS_IS_RESPONSE, .number = 1},
        text(MF_BUF_DNS_QUERY, (g_snprintf(name, sizeof name, "host%u.example.org", i), name)),
        {.id = MF_BUF_DNS_QUERY_TYPE, .number = 1},
        {.id = MF_BUF_DNS_A, .length = 4, .data = address},
    };

    feed->packet.l4 = MF_L4_UDP;
    feed->packet.dst_port = 53;
    feed->packet.app = "DNS";
    feed->packet.has_transaction = true;
    feed->packet.transaction = i;
    send_dissected(feed, false, "question", answer, 5);
    send_dissected(feed, true, "the answer", answer, 6);
    feed->packet.has_transaction = false;
}

static void
fetch(struct feed *feed, uint32_t i)
{
    char uri[64];
    const struct mf_buffer request[] = {
        {.id = MF_BUF_HTTP},
        {.id = MF_BUF_HTTP_IS_REQUEST, .number = 1},
        text(MF_BUF_HTTP_METHOD, "GET"),
        text(MF_BUF_HTTP_URI, (g_snprintf(uri, sizeof uri, "/path/to/%u.html", i), uri)),
        text(MF_BUF_HTTP_HOST, "www.example.org"),
    };
    const struct mf_buffer answer[] = {
        {.id = MF_BUF_HTTP},
        {.id = MF_BUF_HTTP_IS_RESPONSE, .number = 1},
        {.id = MF_BUF_HTTP_STATUS, .number = 200},
        text(MF_BUF_HTTP_CONTENT_TYPE, "text/html"),
    };

    feed->packet.l4 = MF_L4_TCP;
    feed->packet.dst_port = 80;
    feed->packet.app = "HTTP";
    feed->packet.tcp_flags = MF_TCP_SYN;
    feed->packet.seq = feed->packet.ack = 1000;
    send_packet(feed, false, NULL);
    feed->packet.tcp_flags = MF_TCP_SYN | MF_TCP_ACK;
    send_packet(feed, true, NULL);
    feed->packet.tcp_flags = MF_TCP_ACK;
    feed->packet.seq = feed->packet.ack = 1001;
    send_dissected(feed, false, i % 100 == 1 ? "GET MZ" : "GET /", request, G_N_ELEMENTS(request));
    send_dissected(feed, true, "HTTP/1.1 200 OK\r\n", answer, G_N_ELEMENTS(answer));
}

static void
feed_sessions(struct mf_engine *engine, uint32_t n)
{
    struct feed feed = {
        .engine = engine,
        .packet = {.frame = 1, .time = 1199145600 * MF_NS_PER_S, .wire_length = 90}};

    for (uint32_t i = 0; i < n; i++) {
        const uint8_t from[4] = {10, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i};
        const uint8_t to[4] = {198, 51, (uint8_t)(i >> 5), (uint8_t)(i * 7)};

        feed.packet.src = mf_addr_from_ipv4(from);
        feed.packet.dst = mf_addr_from_ipv4(to);
        feed.packet.src_port = (uint16_t)(1024 + i % 60000);
        if (i % 2 == 0)
            look_up(&feed, i);
        else
            fetch(&feed, i);
    }
    mf_engine_flush(engine);
}

/* --- the window --- */

static void
measure_choice(struct mf_story *story, struct mf_story_choice choice, const char *what)
{
    const uint32_t total = mf_story_total(story);
    struct mark mark = start();
    char *line;

    mf_story_choose(story, &choice);
    while (!mf_story_choose_some(story, 10000))
        ;
    line = g_strdup_printf("choose %s: %u rows", what, mf_story_count(story));
    report(mark, line, total);
    g_free(line);
}

static void
measure_choices(struct mf_story *story)
{
    static const char *const texts[] = {"irc", "7.html", "10.0.0.1", "0.35", "no such text"};

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
        measure_choice(story, (struct mf_story_choice){.text = texts[i]}, texts[i]);
    measure_choice(story, (struct mf_story_choice){.host = "10.0.0.1"}, "host 10.0.0.1");
    measure_choice(story, (struct mf_story_choice){.host = "host77"}, "host host77");
    measure_choice(story, (struct mf_story_choice){.root = 1}, "chain");
    measure_choice(story, (struct mf_story_choice){0}, "all");
}

/* Every 100th row, as if it were painted. */
static void
measure_painting(const struct mf_story *story)
{
    const uint32_t step = 100, n = mf_story_count(story) / step;
    GString *cell = g_string_new(NULL);
    struct mark mark;
    mf_nanoseconds ticks[64];
    struct mf_story_span span;

    mark = start();
    if (n > 0)
        mf_story_opens(story, mf_story_row(story, 0));
    report(mark, "frames of sessions", mf_story_total(story));
    mark = start();
    for (uint32_t i = 0; i < n; i++) {
        const struct mf_row *row = mf_story_row(story, i * step);

        for (unsigned column = 0; column < MF_STORY_COLUMNS; column++) {
            g_string_truncate(cell, 0);
            mf_story_append_cell(story, row, (enum mf_story_column)column, cell);
        }
        mf_story_opens(story, row);
        mf_story_span(story, row, &span);
        mf_story_ticks(story, row, ticks, G_N_ELEMENTS(ticks));
    }
    report(mark, "paint a row", n);
    g_string_free(cell, TRUE);
}

static void
measure(const struct mf_engine *engine)
{
    const struct mf_timeline_options options = {
        .packets = {.all = true}, .aggregate = true, .beacons = true, .payload_bytes = 512};
    const struct mf_story_source source = {0};
    struct mark mark = start();
    struct mf_timeline *timeline = mf_timeline_new(engine, &options, NULL);
    struct mf_story *story;
    GPtrArray *protocols;

    report(mark, "(its timeline alone)", mf_timeline_count(timeline));
    mf_timeline_free(timeline);
    mark = start();
    story = mf_story_new(engine, &options, &source);

    report(mark, "story", mf_story_total(story));
    measure_painting(story);
    measure_choices(story);
    mark = start();
    protocols = mf_story_protocols(story);
    report(mark, "protocols", mf_story_total(story));
    g_ptr_array_unref(protocols);
    mf_story_free(story);
}

int
main(int argc, char **argv)
{
    const uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *rules = mf_ruleset_new(NULL, NULL);
    struct mf_settings settings;
    struct mf_engine *engine;
    struct mark mark;

    mf_ruleset_add_text(rules, "bench.rules",
                        "alert tcp any any -> any any (msg:\"run\"; content:\"MZ\"; sid:1;)\n",
                        diags);
    mf_ruleset_compile(rules, diags);
    mf_diags_free(diags);
    mf_settings_init(&settings);
    engine = mf_engine_new(&settings, rules, NULL);
    mark = start();
    feed_sessions(engine, n);
    report(mark, "engine", mf_engine_session_count(engine));
    measure(engine);
    mf_engine_free(engine);
    mf_ruleset_free(rules);
    return 0;
}
