/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole engine: the input is a script of packets between a few hosts, 10 bytes and a payload
 * each (see struct record). Whatever comes: each packet is counted once, each verdict names a
 * session that exists, hits stand in order of frame, rows in order of time, and all text is
 * printable.
 */
#include "core/timeline.h"

#include <string.h>

enum { RECORD = 10, MAX_SESSIONS = 40 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct script {
    const uint8_t *data;
    size_t size;
    struct mf_engine *engine;
    mf_nanoseconds now;
    uint32_t frames, others, flushes;
};

static const char rules_text[] =
    "alert ip any any -> any any (msg:\"both\"; content:\"EV\"; metadata:file_type PE32; sid:1;)\n"
    "alert ip any any -> any any (msg:\"both\"; file.data; content:\"EV\"; "
    "metadata:file_type PE32; sid:2;)\n"
    "alert tcp any any -> any any (msg:\"waits\"; content:\"A\"; content:!\"B\"; within:9; "
    "sid:3;)\n"
    "alert ip any any -> any any (msg:\"start\"; content:\"GET\"; depth:3; sid:4;)\n";

static const char *const apps[] = {NULL, "HTTP", "IRC", "TLS", "TLS:HTTP2", "TFTP", "NBSS", "DNS"};

static const enum mf_buffer_id buffer_ids[] = {
    MF_BUF_HTTP,      MF_BUF_HTTP_METHOD, MF_BUF_HTTP_URI,  MF_BUF_HTTP_STATUS,
    MF_BUF_FILE_DATA, MF_BUF_DNS,         MF_BUF_DNS_QUERY, MF_BUF_DNS_IS_RESPONSE,
};

static struct mf_ruleset *
load_rules(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *rules = mf_ruleset_new(NULL, NULL);

    mf_ruleset_add_text(rules, "fuzz.rules", rules_text, diags);
    g_assert_true(mf_ruleset_compile(rules, diags));
    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    mf_diags_free(diags);
    return rules;
}

/* Hosts 0 to 7, the last of them by IPv6 and a group. */
static struct mf_addr
host(unsigned number)
{
    uint8_t v4[4] = {192, 0, 2, (uint8_t)number}, v6[16] = {0x20, 1, 0x0d, 0xb8};

    v6[15] = (uint8_t)number;
    if (number == 7)
        v4[3] = 255;
    return number == 6 ? mf_addr_from_ipv6(v6) : mf_addr_from_ipv4(v4);
}

/* Steps of the packets' clock. */
static const mf_nanoseconds steps[] = {
    0,
    1000000,
    MF_NS_PER_S,
    30 * MF_NS_PER_S,
    61 * MF_NS_PER_S,
    400 * MF_NS_PER_S,
    -90 * MF_NS_PER_S,
    INT64_MAX / 2,
};

/*
 * 0: carrier, step of the clock, L7 name  1: source and destination  2: ports  3: flags
 * 4: window, reply, transaction, whether it may wait  5: kind of buffer
 * 6, 7: sequence number  8: acknowledged  9: payload length; bytes with it follow
 */
static void
fill(struct mf_packet *packet, const uint8_t *record)
{
    static const uint16_t ports[] = {1025, 1026, 80, 53, 6667, 0, 65535, 69};

    packet->l4 = (enum mf_l4)(record[0] % MF_L4_COUNT);
    packet->src = host(record[1] & 7);
    packet->dst = host(record[1] >> 3 & 7);
    packet->src_port = ports[record[2] & 7];
    packet->dst_port = ports[record[2] >> 3 & 7];
    packet->tcp_flags = record[3];
    packet->icmp_type = record[3] & 31;
    packet->icmp_id = record[8];
    packet->arp_opcode = record[3] & 3;
    packet->window = record[4] & 1 ? 0 : 8192;
    packet->is_reply = (record[4] & 2) != 0;
    packet->has_transaction = packet->l4 == MF_L4_UDP && (record[4] & 4);
    packet->transaction = record[8] & 3;
    packet->app_is_carrier = (record[4] & 8) != 0;
    packet->app = apps[record[4] >> 4 & 7];
    /* Close together, around the wrap; sometimes far away. */
    packet->seq = (record[6] & 0x80 ? 0x40000000u * (record[6] & 3) : 0xffffffc0u) + record[7];
    packet->ack = 0xffffffc0u + record[8];
    packet->wire_length = 60;
}

static void
feed(struct script *script)
{
    const uint8_t *record = script->data;
    uint32_t length = (uint32_t)MIN(record[9], script->size - RECORD);
    struct mf_packet packet = {0};
    struct mf_buffer buffers[2] = {{.id = MF_BUF_HTTP}};

    fill(&packet, record);
    script->now += script->now > INT64_MAX / 4 ? -script->now : steps[record[5] >> 5];
    packet.time = script->now;
    packet.frame = ++script->frames;
    packet.payload = length > 0 ? g_memdup2(record + RECORD, length) : NULL; /* seen by ASan */
    packet.payload_captured = length;
    packet.payload_length = length + (record[9] & 0x80 ? record[8] : 0);
    buffers[1] = (struct mf_buffer){.id = buffer_ids[record[5] & 7],
                                    .data = packet.payload,
                                    .length = length,
                                    .number = record[8]};
    packet.buffers = buffers;
    packet.n_buffers = record[5] & 8 ? 2 : 0;
    if (record[4] & 0x80)
        mf_engine_packet_later(script->engine, &packet, record[5] & 16 ? 54 : 0,
                               (struct mf_span){packet.payload, record[4] & 1 ? length : 0});
    else
        mf_engine_packet(script->engine, &packet, record[5] & 16 ? 54 : 0);
    g_free((gpointer)packet.payload);
    script->data += RECORD + length;
    script->size -= RECORD + length;
}

static void
step(struct script *script)
{
    if (script->data[0] == 0xff) {
        mf_engine_other_frame(script->engine, ++script->frames, script->now);
        script->others++;
        script->data++;
        script->size--;
    } else if (script->data[0] == 0xfe && script->flushes < 100) {
        mf_engine_flush(script->engine);
        script->flushes++;
        script->data++;
        script->size--;
    } else if (script->size >= RECORD) {
        feed(script);
    } else {
        script->size = 0;
    }
}

/* --- checks --- */

static void
check_sessions(const struct script *script)
{
    const struct mf_engine *engine = script->engine;
    uint64_t packets = 0;

    g_assert_cmpuint(mf_engine_session_count(engine), <=, MAX_SESSIONS);
    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++) {
        const struct mf_session *session = mf_engine_session(engine, id);

        g_assert_cmpuint(session->id, ==, id);
        g_assert_cmpint(session->start, <=, session->last);
        g_assert_cmpuint(mf_engine_verdict(engine, session->first_frame).session, ==, id);
        g_assert_null(session->flow[MF_ORIG]);
        g_assert_null(session->flow[MF_RESP]);
        g_assert_cmpuint(session->packets[0] + session->packets[1], >, 0);
        g_assert_nonnull(mf_conn_state_name(mf_session_state(session)));
        packets += session->packets[0] + session->packets[1];
    }
    g_assert_cmpuint(packets + mf_engine_counters(engine)->sessions_refused + script->others, ==,
                     script->frames);
    g_assert_cmpuint(mf_engine_frame_count(engine), ==, script->frames);
}

static void
check_frames(const struct script *script)
{
    const struct mf_engine *engine = script->engine;
    uint32_t none = 0;

    for (uint32_t frame = 1; frame <= script->frames; frame++) {
        const struct mf_verdict verdict = mf_engine_verdict(engine, frame);

        if (verdict.session != 0)
            g_assert_nonnull(mf_engine_session(engine, verdict.session));
        else
            none++;
    }
    g_assert_cmpuint(none, ==, script->others + mf_engine_counters(engine)->sessions_refused);
}

static void
check_hits(const struct script *script)
{
    const struct mf_findings *findings = mf_engine_findings(script->engine);
    uint32_t last = 0, chained = 0;

    for (uint32_t i = 0; i < mf_findings_hit_count(findings); i++) {
        const struct mf_hit *hit = mf_findings_hit_by_frame(findings, i);

        g_assert_cmpuint(hit->frame, >=, last);
        g_assert_cmpuint(hit->frame, <=, script->frames);
        g_assert_cmpuint(hit->file, <=, mf_findings_file_count(findings));
        last = hit->frame;
    }
    for (uint32_t id = 1; id <= mf_engine_session_count(script->engine); id++)
        for (uint32_t at = mf_engine_session(script->engine, id)->first_hit; at != 0; chained++) {
            g_assert_cmpuint(mf_findings_hit(findings, at - 1)->session, ==, id);
            at = mf_findings_hit(findings, at - 1)->next;
        }
    g_assert_cmpuint(chained, ==, mf_findings_hit_count(findings));
}

static void
check_timeline(const struct script *script, bool aggregate)
{
    const struct mf_timeline_options options = {.packets = {.all = true},
                                                .aggregate = aggregate,
                                                .beacons = true,
                                                .fold = aggregate,
                                                .requests = true,
                                                .payload_bytes = 64};
    struct mf_timeline *timeline = mf_timeline_new(script->engine, &options, NULL);
    GString *text = g_string_new(NULL);
    mf_nanoseconds last = INT64_MIN;

    for (uint32_t i = 0; i < mf_timeline_count(timeline); i++) {
        g_assert_cmpint(mf_timeline_row(timeline, i)->time, >=, last);
        last = mf_timeline_row(timeline, i)->time;
        g_string_truncate(text, 0);
        mf_timeline_append_text(timeline, i, text);
        g_assert_cmpuint(text->len, >, 0);
        for (size_t at = 0; at < text->len; at++)
            g_assert_true(text->str[at] >= 0x20 && text->str[at] <= 0x7e);
    }
    g_string_free(text, TRUE);
    mf_timeline_free(timeline);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct mf_packet_protocols keep = {.all = true};
    static struct mf_ruleset *rules; /* compiled once; never changes */
    struct script script = {.data = data, .size = size};
    struct mf_settings settings;
    size_t sessions, frames;

    if (rules == NULL)
        rules = load_rules();
    mf_settings_init(&settings);
    settings.max_sessions = MAX_SESSIONS;
    settings.spread_scan_hosts = settings.port_scan_ports = 3;
    script.engine = mf_engine_new(&settings, rules, &keep);
    while (script.size > 0)
        step(&script);
    mf_engine_memory(script.engine, &sessions, &frames);
    if (size > 0 && data[size - 1] == 0) { /* freed with streams under way */
        mf_engine_free(script.engine);
        return 0;
    }
    mf_engine_flush(script.engine);
    check_sessions(&script);
    check_frames(&script);
    check_hits(&script);
    check_timeline(&script, true);
    check_timeline(&script, false);
    mf_engine_free(script.engine);
    return 0;
}
