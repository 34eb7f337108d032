/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "story_fixture.h"

#include <string.h>

enum { LINK = 14, IP = 20, TCP = 20, UDP = 8 };

static bool
give_time(void *user, uint32_t frame, mf_nanoseconds *time)
{
    const struct story_fixture *f = user;

    if (f->timeless || frame == 0 || frame > f->times->len)
        return false;
    *time = g_array_index(f->times, mf_nanoseconds, frame - 1);
    return true;
}

static bool
give_bytes(void *user, uint32_t frame, GByteArray *out)
{
    const struct story_fixture *f = user;
    const GByteArray *bytes;

    if (f->unreadable || frame == 0 || frame > f->frames->len)
        return false;
    bytes = g_ptr_array_index(f->frames, frame - 1);
    g_byte_array_append(out, bytes->data, bytes->len);
    return true;
}

static void
free_frame(gpointer frame)
{
    g_byte_array_free(frame, TRUE);
}

void
story_set_up(struct story_fixture *f, const char *rules)
{
    *f = (struct story_fixture){.frames = g_ptr_array_new_with_free_func(free_frame),
                                .times = g_array_new(FALSE, FALSE, sizeof(mf_nanoseconds))};
    timeline_set_up(&f->base, rules);
    mf_engine_free(f->base.engine);
    f->base.keep = (struct mf_packet_protocols){0};
    f->base.engine = mf_engine_new(&f->base.settings, f->base.rules, &f->base.keep);
    f->base.options.packets = (struct mf_packet_protocols){.all = true};
}

void
story_tear_down(struct story_fixture *f)
{
    mf_story_free(f->story);
    timeline_tear_down(&f->base);
    g_ptr_array_free(f->frames, TRUE);
    g_array_free(f->times, TRUE);
}

static void
append_zeros(GByteArray *out, size_t n)
{
    static const uint8_t zeros[64];

    g_assert_cmpuint(n, <=, sizeof zeros);
    g_byte_array_append(out, zeros, (guint)n);
}

static void
append16(GByteArray *out, uint16_t number)
{
    const uint8_t bytes[2] = {(uint8_t)(number >> 8), (uint8_t)number};

    g_byte_array_append(out, bytes, sizeof bytes);
}

static void
append_tcp(const struct story_fixture *f, GByteArray *out, const struct mf_packet *packet)
{
    const uint8_t flags[2] = {(uint8_t)((TCP + f->options) / 4 << 4), packet->tcp_flags};

    append16(out, packet->src_port);
    append16(out, packet->dst_port);
    append16(out, (uint16_t)(packet->seq >> 16));
    append16(out, (uint16_t)packet->seq);
    append16(out, (uint16_t)(packet->ack >> 16));
    append16(out, (uint16_t)packet->ack);
    g_byte_array_append(out, flags, sizeof flags);
    append16(out, packet->window);
    append_zeros(out, 4 + f->options);
}

/* Returns where the payload begins. */
static uint16_t
append_headers(const struct story_fixture *f, GByteArray *out, const struct mf_packet *packet)
{
    append_zeros(out, LINK + IP);
    if (packet->l4 == MF_L4_TCP)
        append_tcp(f, out, packet);
    else
        append_zeros(out, UDP);
    return (uint16_t)out->len;
}

void
story_feed(struct story_fixture *f, struct mf_packet packet)
{
    GByteArray *frame = g_byte_array_new();
    const uint16_t offset = append_headers(f, frame, &packet);

    if (packet.payload_captured > 0)
        g_byte_array_append(frame, packet.payload, packet.payload_captured);
    if (f->cut > 0 && frame->len > f->cut)
        g_byte_array_set_size(frame, (guint)f->cut);
    g_ptr_array_add(f->frames, frame);
    g_array_append_val(f->times, packet.time);
    f->time = packet.time;
    packet.frame = ++f->base.frame;
    mf_engine_packet(f->base.engine, &packet, packet.payload_captured > 0 ? offset : 0);
}

void
story_connect(struct story_fixture *f, const struct timeline_tuple *tuple, int64_t ms)
{
    static const struct {
        enum mf_direction from;
        uint8_t flags;
    } steps[] = {{MF_ORIG, MF_TCP_SYN}, {MF_RESP, MF_TCP_SYN | MF_TCP_ACK}, {MF_ORIG, MF_TCP_ACK}};

    f->next[MF_ORIG] = 1000000;
    f->next[MF_RESP] = UINT32_MAX - 5; /* to wrap soon */
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
        const enum mf_direction from = steps[i].from;
        struct mf_packet packet = timeline_packet(tuple, from, ms);

        packet.tcp_flags = steps[i].flags;
        packet.seq = f->next[from];
        packet.ack = (steps[i].flags & MF_TCP_ACK) ? f->next[from ^ 1] : 0;
        f->next[from] += steps[i].flags & MF_TCP_SYN ? 1 : 0;
        story_feed(f, packet);
    }
}

void
story_say_at(struct story_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int32_t step, const char *payload)
{
    struct mf_packet packet = timeline_packet(tuple, direction, 0);

    packet.time = f->time;
    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[direction] + (uint32_t)step;
    packet.ack = f->next[direction ^ 1];
    packet.app = f->app;
    packet.buffers = f->buffers;
    packet.n_buffers = f->n_buffers;
    packet.payload = (const uint8_t *)payload;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(payload);
    story_feed(f, packet);
}

void
story_say(struct story_fixture *f, const struct timeline_tuple *tuple, enum mf_direction direction,
          int64_t ms, const char *payload)
{
    f->time = timeline_packet(tuple, direction, ms).time;
    story_say_at(f, tuple, direction, 0, payload);
    f->next[direction] += (uint32_t)strlen(payload);
}

static struct mf_buffer
text(enum mf_buffer_id id, const char *value)
{
    return (struct mf_buffer){
        .id = id, .length = (uint32_t)strlen(value), .data = (const uint8_t *)value};
}

static void
say_dissected(struct story_fixture *f, const struct timeline_tuple *tuple,
              enum mf_direction direction, int64_t ms, const char *payload)
{
    f->app = "HTTP";
    story_say(f, tuple, direction, ms, payload);
    f->app = NULL;
    f->buffers = NULL;
    f->n_buffers = 0;
}

void
story_get(struct story_fixture *f, const struct timeline_tuple *tuple, int64_t ms, const char *path,
          const char *body)
{
    const struct mf_buffer request[] = {{.id = MF_BUF_HTTP},
                                        {.id = MF_BUF_HTTP_IS_REQUEST, .number = 1},
                                        text(MF_BUF_HTTP_METHOD, "GET"),
                                        text(MF_BUF_HTTP_URI, path),
                                        text(MF_BUF_HTTP_HOST, "example.org")};
    const struct mf_buffer answer[] = {{.id = MF_BUF_HTTP},
                                       {.id = MF_BUF_HTTP_IS_RESPONSE, .number = 1},
                                       {.id = MF_BUF_HTTP_STATUS, .number = 200},
                                       text(MF_BUF_HTTP_CONTENT_TYPE, "text/plain"),
                                       text(MF_BUF_FILE_DATA, body)};
    char *asked = g_strdup_printf("GET %s HTTP/1.1\r\nHost: example.org\r\n\r\n", path);
    char *answered = g_strdup_printf("HTTP/1.1 200 OK\r\n\r\n%s", body);

    f->buffers = request;
    f->n_buffers = G_N_ELEMENTS(request);
    say_dissected(f, tuple, MF_ORIG, ms, asked);
    f->buffers = answer;
    f->n_buffers = G_N_ELEMENTS(answer);
    say_dissected(f, tuple, MF_RESP, ms + 10, answered);
    g_free(asked);
    g_free(answered);
}

#define ME "192.168.0.101"

static void
tell_scan(struct story_fixture *f)
{
    for (uint16_t i = 1; i <= 12; i++) {
        char to[32];
        const struct timeline_tuple tuple = {MF_L4_TCP, ME, (uint16_t)(2000 + i), to, 139};
        struct mf_packet syn;

        g_snprintf(to, sizeof to, "192.168.231.%u", i);
        syn = timeline_packet(&tuple, MF_ORIG, 5000 + i * 50);
        syn.tcp_flags = MF_TCP_SYN;
        if (i != 5) {
            story_feed(f, syn);
            continue;
        }
        story_connect(f, &tuple, 5000 + i * 50);
        story_say(f, &tuple, MF_ORIG, 5001 + i * 50, "boo");
    }
}

static void
tell_time(struct story_fixture *f)
{
    f->app = "NTP";
    for (uint16_t i = 0; i < 3; i++) {
        const struct timeline_tuple ntp = {MF_L4_UDP, ME, (uint16_t)(123 + i), "10.0.0.2", 123};

        story_say(f, &ntp, MF_ORIG, 70000 + i * 1000, "what time is it?");
    }
    f->app = NULL;
}

void
story_tell(struct story_fixture *f)
{
    static const struct timeline_tuple irc = {MF_L4_TCP, ME, 1031, "115.126.2.121", 65520};
    static const struct timeline_tuple web = {MF_L4_TCP, ME, 1033, "115.126.2.120", 80};
    uint32_t next[2];

    story_connect(f, &irc, 0);
    story_say(f, &irc, MF_ORIG, 200, "NICK abc\r\nUSER x . . :-\r\n");
    story_say(f, &irc, MF_RESP, 1000, ":* PRIVMSG abc :!get http://example.org/wr.exe\r\n");
    memcpy(next, f->next, sizeof next);
    story_connect(f, &web, 2000);
    story_get(f, &web, 2100, "/wr.exe", "MZ");
    story_get(f, &web, 2200, "/other", "<b>&\"x\"</b>");
    tell_scan(f);
    memcpy(f->next, next, sizeof next);
    story_say(f, &irc, MF_ORIG, 60000, "=cmd|'/C calc'!A1\r\n");
    tell_time(f);
    mf_engine_flush(f->base.engine);
}

void
story_open(struct story_fixture *f)
{
    const struct mf_story_source source = {f, give_time, give_bytes};

    mf_story_free(f->story);
    f->story = mf_story_new(f->base.engine, &f->base.options, &source);
}

const struct mf_row *
story_row(const struct story_fixture *f, uint32_t index)
{
    g_assert_cmpuint(index, <, mf_story_count(f->story));
    return mf_story_row(f->story, index);
}

char *
story_cell(const struct story_fixture *f, const struct mf_row *row, enum mf_story_column column)
{
    GString *out = g_string_new(NULL);

    mf_story_append_cell(f->story, row, column, out);
    return g_string_free(out, FALSE);
}

void
story_expect(const struct story_fixture *f, const struct mf_row *row, const char *text)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++) {
        g_string_append(out, i > 0 ? "|" : "");
        mf_story_append_cell(f->story, row, (enum mf_story_column)i, out);
    }
    g_assert_cmpstr(out->str, ==, text);
    g_string_free(out, TRUE);
}

void
story_expect_children(const struct story_fixture *f, const struct mf_row *row, const char *text)
{
    static const char *const kinds[] = {[MF_ROW_SESSION] = "SESSION",
                                        [MF_ROW_REQUEST] = "REQUEST",
                                        [MF_ROW_PACKET] = "PACKET",
                                        [MF_ROW_HIT] = "HIT"};
    GArray *children = mf_story_children(f->story, row);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < children->len; i++) {
        const struct mf_row *child = &g_array_index(children, struct mf_row, i);

        g_string_append_printf(out, "%s %u: ", kinds[child->kind], child->frame);
        mf_story_append_cell(f->story, child, MF_STORY_SUMMARY, out);
        g_string_append_c(out, '\n');
    }
    g_assert_cmpstr(out->str, ==, text);
    g_assert_cmpint(mf_story_opens(f->story, row), ==, children->len > 0);
    g_string_free(out, TRUE);
    g_array_free(children, TRUE);
}

char *
story_payload(const struct story_fixture *f, const struct mf_row *row, size_t max, bool *all)
{
    GByteArray *bytes = g_byte_array_new();
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct mf_story_run));
    GString *out = g_string_new(NULL);
    size_t at = 0;

    *all = mf_story_payload(f->story, row, max, bytes, runs);
    g_assert_cmpuint(bytes->len, <=, max);
    for (guint i = 0; i < runs->len; i++) {
        const struct mf_story_run *run = &g_array_index(runs, struct mf_story_run, i);

        g_assert_cmpuint(run->at, ==, at);
        g_assert_cmpuint(run->length, >, 0);
        at += run->length;
        g_string_append_c(out, run->direction == MF_ORIG ? '>' : '<');
        g_string_append_len(out, (const char *)bytes->data + run->at, (gssize)run->length);
    }
    g_assert_cmpuint(at, ==, bytes->len);
    g_byte_array_free(bytes, TRUE);
    g_array_free(runs, TRUE);
    return g_string_free(out, FALSE);
}
