/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "timeline_fixture.h"

#include <arpa/inet.h>
#include <string.h>

#define NEW_YEAR (INT64_C(1199145600) * MF_NS_PER_S)

static struct mf_addr
address(const char *text)
{
    uint8_t bytes[16];

    if (strchr(text, ':') == NULL) {
        g_assert_cmpint(inet_pton(AF_INET, text, bytes), ==, 1);
        return mf_addr_from_ipv4(bytes);
    }
    g_assert_cmpint(inet_pton(AF_INET6, text, bytes), ==, 1);
    return mf_addr_from_ipv6(bytes);
}

static struct mf_ruleset *
load(const char *text)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *rules = mf_ruleset_new(NULL, NULL);

    mf_ruleset_add_text(rules, "test.rules", text, diags);
    g_assert_true(mf_ruleset_compile(rules, diags));
    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    mf_diags_free(diags);
    return rules;
}

void
timeline_set_up(struct timeline_fixture *f, const char *rules)
{
    *f = (struct timeline_fixture){
        .keep = {.all = true},
        .options = {.aggregate = true, .beacons = true, .requests = true, .payload_bytes = 512},
    };
    mf_settings_init(&f->settings);
    if (rules != NULL)
        f->rules = load(rules);
    f->engine = mf_engine_new(&f->settings, f->rules, &f->keep);
}

void
timeline_tear_down(struct timeline_fixture *f)
{
    mf_engine_free(f->engine);
    mf_ruleset_free(f->rules);
    mf_timeline_options_clear(&f->options);
}

struct mf_packet
timeline_packet(const struct timeline_tuple *tuple, enum mf_direction direction, int64_t ms)
{
    bool back = direction == MF_RESP;

    return (struct mf_packet){
        .time = NEW_YEAR + ms * 1000000,
        .wire_length = 60,
        .l4 = tuple->l4,
        .src = address(back ? tuple->to : tuple->from),
        .dst = address(back ? tuple->from : tuple->to),
        .src_port = back ? tuple->to_port : tuple->from_port,
        .dst_port = back ? tuple->from_port : tuple->to_port,
        .window = 65535,
    };
}

void
timeline_feed(struct timeline_fixture *f, struct mf_packet packet)
{
    packet.frame = ++f->frame;
    mf_engine_packet(f->engine, &packet, 0);
}

static uint32_t
base(enum mf_direction direction)
{
    return direction == MF_ORIG ? 1000000 : 2000000;
}

void
timeline_tcp(struct timeline_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int64_t ms, uint8_t flags)
{
    struct mf_packet packet = timeline_packet(tuple, direction, ms);

    packet.tcp_flags = flags;
    packet.seq = base(direction) + ((flags & MF_TCP_SYN) ? 0 : 1);
    packet.ack = (flags & MF_TCP_ACK) ? base(direction ^ 1) + 1 : 0;
    timeline_feed(f, packet);
}

void
timeline_say(struct timeline_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int64_t ms, const char *payload)
{
    struct mf_packet packet = timeline_packet(tuple, direction, ms);

    packet.tcp_flags = MF_TCP_ACK | MF_TCP_PSH;
    packet.seq = base(direction) + 1 + f->said[direction];
    packet.ack = base(direction ^ 1) + 1;
    packet.payload = (const uint8_t *)payload;
    packet.payload_captured = packet.payload_length = (uint32_t)strlen(payload);
    f->said[direction] += packet.payload_length;
    timeline_feed(f, packet);
}

void
timeline_connect(struct timeline_fixture *f, const struct timeline_tuple *tuple, int64_t ms)
{
    f->said[MF_ORIG] = f->said[MF_RESP] = 0;
    timeline_tcp(f, tuple, MF_ORIG, ms, MF_TCP_SYN);
    timeline_tcp(f, tuple, MF_RESP, ms, MF_TCP_SYN | MF_TCP_ACK);
    timeline_tcp(f, tuple, MF_ORIG, ms, MF_TCP_ACK);
}

char *
timeline_print(const struct timeline_fixture *f, const struct mf_timeline_selection *selection)
{
    struct mf_timeline *timeline = mf_timeline_new(f->engine, &f->options, selection);
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_timeline_count(timeline); i++) {
        mf_timeline_append_text(timeline, i, out);
        g_string_append_c(out, '\n');
    }
    mf_timeline_free(timeline);
    return g_string_free(out, FALSE);
}

static void
expect_line(const char *printed, const char *text)
{
    size_t length = strlen(text);

    if (length < 3 || strcmp(text + length - 3, "...") != 0)
        g_assert_cmpstr(printed, ==, text);
    else
        g_assert_cmpmem(printed, MIN(strlen(printed), length - 3), text, length - 3);
}

void
timeline_expect(const struct timeline_fixture *f, const struct mf_timeline_selection *selection,
                const char *text)
{
    char *all = timeline_print(f, selection);
    char **printed = g_strsplit(all, "\n", -1), **lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; i < MIN(g_strv_length(lines), g_strv_length(printed)); i++)
        expect_line(printed[i], lines[i]);
    g_assert_cmpuint(g_strv_length(printed), ==, g_strv_length(lines));
    g_strfreev(lines);
    g_strfreev(printed);
    g_free(all);
}
