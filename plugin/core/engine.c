/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order in which a packet passes the modules: its session, its payload (new bytes, rules), its
 * summary, its whole buffers (rules), scans, and what is kept of it. Each module knows only what
 * is below it; this file is the only one that knows them all.
 */
#include "engine_private.h"

#include "app.h"
#include "engine_files.h"
#include "stage.h"
#include "summary.h"
#include "tcp_state.h"

#include <string.h>

static struct mf_session *
session_by_id(void *user, uint32_t id)
{
    struct mf_engine *engine = user;

    return mf_sessions_get(engine->sessions, id);
}

/* --- causes --- */

/* An attack on a host that was contacted may be the cause of what that does next. */
static void
note_intrusion(struct mf_engine *engine, const struct mf_flow_hit *hit)
{
    const struct mf_rule_info *rule = mf_ruleset_info(engine->rules, hit->rule);
    const struct mf_correlator_event event = {.session = hit->session,
                                              .direction = hit->direction,
                                              .frame = hit->frame,
                                              .time = engine->now,
                                              .text = rule->msg};

    if (rule->msg != NULL && hit->direction == MF_ORIG &&
        mf_stage_of_hit(rule, hit->session, MF_ORIG, MF_RESP) == MF_STAGE_EXPLOIT)
        mf_correlator_intrusion(engine->correlator, &event);
}

/* A whole program may be run by the host that it reached. */
static void
note_program(struct mf_engine *engine, struct mf_session *session, const struct mf_file *file)
{
    char *text = g_strdup_printf("%s %s", file->type,
                                 file->object.name != NULL ? file->object.name : "without a name");
    const struct mf_correlator_event event = {.session = session,
                                              .direction = (enum mf_direction)file->direction,
                                              .frame = engine->frame,
                                              .time = engine->now,
                                              .text = text,
                                              .sha256 = file->sha256};

    mf_correlator_executable(engine->correlator, &event);
    g_free(text);
}

static void
note_programs_of_ended(struct mf_engine *engine, struct mf_session *session)
{
    if (session->end != MF_END_CLOSED || !mf_engine_is_bare_transfer(session))
        return;
    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(engine->findings, at - 1);
        const struct mf_file *file =
            hit->file != 0 ? mf_findings_file(engine->findings, hit->file - 1) : NULL;

        if (file != NULL && file->sha256[0] == '\0' && mf_stage_is_program(file->type))
            note_program(engine, session, file);
        at = hit->next;
    }
}

static void
stream_bytes(void *user, struct mf_session *session, enum mf_direction direction,
             const struct mf_stream_bytes *bytes)
{
    struct mf_engine *engine = user;

    mf_engine_files_bytes(engine, session, direction, bytes);
    if (engine->correlator == NULL)
        return;
    if (bytes != NULL)
        mf_correlator_stream(engine->correlator, session, direction, bytes,
                             &(struct mf_moment){engine->now, engine->frame});
    else
        mf_correlator_stream_end(engine->correlator, session, direction);
}

static void
hit_fired(void *user, const struct mf_flow_hit *hit)
{
    struct mf_engine *engine = user;
    struct mf_flow_hit timed = *hit;
    const uint32_t files = mf_findings_file_count(engine->findings);

    timed.time = hit->frame == engine->frame ? engine->now : 0;
    mf_findings_add(engine->findings, &timed);
    if (mf_findings_file_count(engine->findings) > files)
        mf_engine_files_found(engine, hit, files);
    if (engine->correlator != NULL)
        note_intrusion(engine, hit);
}

static void
correlate_from(struct mf_engine *engine)
{
    if (!engine->settings.correlate)
        return;
    engine->correlator =
        mf_correlator_new(&engine->settings, &engine->counters, session_by_id, engine);
}

/* --- life --- */

static void
copy_names(struct mf_packet_protocols *to, const struct mf_packet_protocols *from)
{
    to->all = from != NULL && from->all;
    to->names = from != NULL ? g_strdupv(from->names) : NULL;
}

struct mf_engine *
mf_engine_new(const struct mf_settings *settings, const struct mf_ruleset *rules,
              const struct mf_packet_protocols *keep)
{
    struct mf_engine *engine = g_new0(struct mf_engine, 1);

    engine->settings = *settings;
    engine->rules = rules;
    copy_names(&engine->keep, keep);
    engine->sessions = mf_sessions_new(&engine->settings, &engine->counters);
    engine->frames = mf_frametable_new();
    engine->flows = mf_flows_new(&engine->settings, rules, &engine->counters);
    mf_flows_set_fired(engine->flows, hit_fired, engine);
    engine->findings = mf_findings_new(&engine->settings, rules);
    engine->scans = mf_scans_new(&engine->settings, &engine->counters, session_by_id, engine);
    engine->beacons = mf_beacons_new(&engine->counters, session_by_id, engine);
    mf_engine_files_start(engine);
    correlate_from(engine);
    if (engine->correlator != NULL || engine->kept != NULL)
        mf_flows_set_bytes(engine->flows, stream_bytes, engine);
    engine->strings = mf_interned_new();
    engine->payload_bytes = g_string_chunk_new(4096);
    engine->payload_rows = g_array_new(FALSE, FALSE, sizeof(struct mf_payload_row));
    return engine;
}

void
mf_engine_free(struct mf_engine *engine)
{
    if (engine == NULL)
        return;
    for (uint32_t id = 1; id <= mf_sessions_count(engine->sessions); id++)
        mf_summary_free(mf_sessions_get(engine->sessions, id)->summary);
    mf_backlog_free(engine->backlog);
    mf_flows_free(engine->flows);
    mf_kept_files_free(engine->kept);
    mf_correlator_free(engine->correlator);
    mf_scans_free(engine->scans);
    mf_beacons_free(engine->beacons);
    mf_findings_free(engine->findings);
    mf_sessions_free(engine->sessions);
    mf_frametable_free(engine->frames);
    g_array_free(engine->payload_rows, TRUE);
    g_string_chunk_free(engine->payload_bytes);
    mf_interned_free(engine->strings);
    g_strfreev(engine->keep.names);
    g_free(engine);
}

/* "TLS" becomes "TLS:HTTP" when more is known; what the bytes themselves said is not overruled. */
static bool
is_refinement(const char *old, const char *new)
{
    size_t length = strlen(old);

    return strncmp(old, new, length) == 0 && new[length] == ':';
}

static void
name_by_wireshark(struct mf_engine *engine, struct mf_session *session,
                  const struct mf_packet *packet)
{
    const char *app = packet->app;

    if (app == NULL || session->app == app || (session->app != NULL && packet->app_is_carrier))
        return;
    if (session->app != NULL && !session->app_is_carrier && !is_refinement(session->app, app))
        return;
    session->app = mf_interned_add(engine->strings, app);
    session->app_is_carrier = packet->app_is_carrier;
}

/*
 * The first payload of a side may tell the protocol better than its port did; a few bytes in front
 * of it (a length, say) may come alone. Bytes that only look like a file or a datagram format do
 * not overrule a dissector.
 */
static void
name_by_content(struct mf_session *session, enum mf_direction direction,
                const struct mf_packet *packet)
{
    enum { TOO_SHORT_TO_TELL = 16 };
    const char *app;

    if (packet->payload_captured == 0 || session->bytes[direction] >= TOO_SHORT_TO_TELL)
        return;
    if (session->app_by_content || (session->app != NULL && strchr(session->app, ':') != NULL))
        return;
    app = mf_app_recognise((enum mf_l4)session->l4, packet->payload, packet->payload_captured);
    if (app == NULL ||
        (session->app != NULL && (session->l4 != MF_L4_TCP || strcmp(app, "PE") == 0)))
        return;
    session->app = app;
    session->app_by_content = true;
}

/* What depends on the session's name only is looked up when that changes. */
static void
name_session(struct mf_engine *engine, const struct mf_placement *place,
             const struct mf_packet *packet)
{
    struct mf_session *session = place->session;
    const char *old = session->app;

    name_by_wireshark(engine, session, packet);
    name_by_content(session, place->direction, packet);
    if (!place->opened && session->app == old)
        return;
    session->payload_readers = mf_summary_readers(session->app);
    session->keeps_payload =
        mf_packet_protocols_has(&engine->keep, mf_l4_name((enum mf_l4)session->l4), session->app);
}

static void
keep_payload(struct mf_engine *engine, const struct mf_session *session,
             enum mf_direction direction, const struct mf_packet *packet)
{
    uint32_t length = MIN(packet->payload_captured, engine->settings.payload_bytes);
    struct mf_payload_row row = {.time = packet->time,
                                 .session = session->id,
                                 .frame = packet->frame,
                                 .length = length,
                                 .direction = (uint8_t)direction};

    if (length == 0)
        return;
    row.data = (const uint8_t *)g_string_chunk_insert_len(
        engine->payload_bytes, (const char *)packet->payload, (gssize)length);
    engine->text_bytes += length + 1;
    g_array_append_val(engine->payload_rows, row);
}

/* Takes the payload; returns how many of its bytes were new to the session. */
static uint32_t
take_payload(struct mf_engine *engine, struct mf_session *session, enum mf_direction direction,
             const struct mf_packet *packet)
{
    uint32_t fresh, end = packet->seq + packet->payload_length;

    if (packet->payload_length == 0)
        return 0;
    if (session->l4 != MF_L4_TCP && session->l4 != MF_L4_UDP)
        return packet->payload_length;
    if (packet->l4 == MF_L4_TCP && (packet->tcp_flags & MF_TCP_RST)) /* no part of the stream */
        return packet->payload_length;
    fresh = mf_flows_take(engine->flows, session, direction, packet);
    if (packet->tcp_flags & MF_TCP_SYN)
        end++;
    if (session->l4 == MF_L4_TCP && (int32_t)(end - session->seq_next[direction]) > 0)
        session->seq_next[direction] = end;
    return fresh;
}

static bool
is_attempt(const struct mf_session *session, const struct mf_packet *packet)
{
    if (session->flipped)
        return false;
    switch (packet->l4) {
    case MF_L4_TCP:
        return (packet->tcp_flags & (MF_TCP_SYN | MF_TCP_ACK)) == MF_TCP_SYN;
    case MF_L4_UDP:
        return true;
    case MF_L4_ICMP:
        return packet->icmp_type == 8;
    case MF_L4_ICMPV6:
        return packet->icmp_type == 128;
    case MF_L4_ARP:
        return packet->arp_opcode == 1 && !mf_addr_equal(&packet->src, &packet->dst);
    default:
        return false;
    }
}

static void
correlate_opening(struct mf_engine *engine, const struct mf_session *session,
                  const struct mf_packet *packet)
{
    if (engine->correlator == NULL)
        return;
    if (session->scan != 0)
        mf_correlator_scan(engine->correlator, mf_scans_get(engine->scans, session->scan), session);
    else
        mf_correlator_opened(engine->correlator, session, packet);
}

static void
update_groups(struct mf_engine *engine, const struct mf_placement *place, bool was_answered,
              bool had_ended, const struct mf_packet *packet)
{
    struct mf_session *session = place->session;

    if (place->opened && is_attempt(session, packet)) {
        mf_scans_attempt(engine->scans, session);
        correlate_opening(engine, session, packet);
    }
    if (!was_answered && session->answered)
        mf_scans_answer(engine->scans, session);
    if (!had_ended && session->end != MF_END_NONE && session->answered &&
        session->bytes[MF_ORIG] + session->bytes[MF_RESP] == 0)
        mf_scans_closed_empty(engine->scans, session);
    if (place->opened && is_attempt(session, packet))
        mf_beacons_contact(engine->beacons, session);
}

static void
count(struct mf_session *session, enum mf_direction direction, const struct mf_packet *packet)
{
    session->packets[direction]++;
    session->wire_bytes[direction] += packet->wire_length;
    session->last = MAX(session->last, packet->time);
    session->start = MIN(session->start, packet->time);
}

static void
inspect(struct mf_engine *engine, struct mf_session *session, enum mf_direction direction,
        const struct mf_packet *packet)
{
    struct mf_findings_body body = {
        .session = session, .direction = direction, .frame = packet->frame};
    const struct mf_buffer *name = NULL;

    mf_flows_inspect(engine->flows, session, direction, packet);
    for (unsigned i = 0; i < packet->n_buffers && session->first_hit != 0; i++) {
        const struct mf_file *program;

        if (packet->buffers[i].id == MF_BUF_FILE_NAME)
            name = &packet->buffers[i];
        if (packet->buffers[i].id != MF_BUF_FILE_DATA)
            continue;
        body.bytes = &packet->buffers[i];
        program = mf_engine_files_whole(engine, &body, name);
        name = NULL;
        if (program != NULL && engine->correlator != NULL)
            note_program(engine, session, program);
    }
    if (body.bytes != NULL)
        mf_findings_end_files(engine->findings, session, direction);
}

static void
summarise(struct mf_engine *engine, const struct mf_placement *place,
          const struct mf_packet *packet)
{
    const struct mf_summary_context context = {engine->strings, &engine->counters};

    mf_summary_update(place->session, place->direction, packet, &context);
}

/* Takes in what PACKET says of its session's state, FRESH of its payload bytes being new. */
static void
update_state(struct mf_session *session, enum mf_direction direction,
             const struct mf_packet *packet, uint32_t fresh)
{
    if (packet->l4 == MF_L4_TCP) {
        mf_tcp_update(session, direction, packet, fresh);
        return;
    }
    if (packet->l4 == MF_L4_UDP)
        mf_history_add(session, direction, 'D');
    if (direction == MF_RESP)
        session->answered = true;
}

/* Whether PACKET only acknowledges: a fifth of all do, and there is nothing in it to be told. */
static bool
is_mere_ack(const struct mf_engine *engine, const struct mf_placement *place,
            const struct mf_packet *packet)
{
    const struct mf_session *session = place->session;

    return packet->l4 == MF_L4_TCP && packet->payload_length == 0 &&
           !(packet->tcp_flags & (MF_TCP_SYN | MF_TCP_FIN | MF_TCP_RST)) &&
           packet->n_buffers == 0 && session->end == MF_END_NONE &&
           session->packets[place->direction] > 0 &&
           !mf_flows_may_inspect(engine->flows, session, place->direction, packet);
}

static void
process(struct mf_engine *engine, const struct mf_placement *place, const struct mf_packet *packet)
{
    struct mf_session *session = place->session;
    enum mf_direction direction = place->direction;
    bool was_answered = session->answered, had_ended = session->end != MF_END_NONE;
    uint32_t fresh;

    if (is_mere_ack(engine, place, packet)) {
        count(session, direction, packet);
        mf_tcp_update(session, direction, packet, 0);
        return;
    }
    if (packet->l4 == MF_L4_TCP && mf_tcp_start_side(session, direction, packet) == MF_SIDE_STARTS)
        mf_flows_end_side(engine->flows, session, direction);
    name_session(engine, place, packet);
    summarise(engine, place, packet);
    if (engine->correlator != NULL)
        mf_correlator_packet(engine->correlator, session, direction, packet);
    mf_flows_at(engine->flows, packet);
    fresh = take_payload(engine, session, direction, packet);
    session->bytes[direction] += fresh;
    count(session, direction, packet);
    update_state(session, direction, packet, fresh);
    inspect(engine, session, direction, packet);
    if (session->end == MF_END_CLOSED || (session->end == MF_END_RESET && !had_ended))
        mf_flows_end_if_complete(engine->flows, session);
    if (engine->correlator != NULL && session->end != MF_END_NONE && !had_ended)
        note_programs_of_ended(engine, session);
    if (fresh > 0 && session->keeps_payload)
        keep_payload(engine, session, direction, packet);
    update_groups(engine, place, was_answered, had_ended, packet);
}

void
mf_engine_feed(struct mf_engine *engine, const struct mf_packet *packet, uint16_t payload_offset)
{
    struct mf_verdict verdict = {0};
    struct mf_placement place;

    engine->now = packet->time;
    engine->frame = packet->frame;
    place = mf_sessions_take(engine->sessions, packet);
    if (place.ended != NULL)
        mf_flows_end(engine->flows, place.ended);
    if (place.session != NULL) {
        process(engine, &place, packet);
        verdict.session = place.session->id;
        verdict.direction = place.direction;
        verdict.payload_offset = payload_offset;
        verdict.payload_length =
            (uint16_t)(payload_offset != 0 ? MIN(packet->payload_captured, UINT16_MAX) : 0);
    }
    mf_frametable_set(engine->frames, packet->frame, verdict);
}

void
mf_engine_flush(struct mf_engine *engine)
{
    mf_engine_catch_up(engine);
    mf_flows_end_all(engine->flows);
    mf_beacons_flush(engine->beacons);
}
