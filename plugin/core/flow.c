/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flow joins the reassembly of a direction with its inspection. Most of the memory is the window
 * behind the newest byte, so flows stand in a list by last use: idle ones are decided on and given
 * up (packet time is the clock), and over the total bound the least recently used ones are given
 * up too. A flow that is made again goes on where the session's counts stand. That an idle side is
 * given up depends on nothing but its own packets, so unrelated traffic changes no verdict.
 */
#include "flow.h"

#include "flow_body.h"
#include "stream.h"

#include <string.h>

struct mf_flow {
    struct mf_flows *flows;
    struct mf_session *session;
    struct mf_stream *stream; /* NULL: datagrams */
    struct mf_inspection *inspection;
    struct mf_flow_body *body; /* NULL: nothing is to be found, or wanted */
    mf_nanoseconds last;
    size_t size;    /* as counted in flows->size */
    uint32_t frame; /* of the newest byte inspected */
    GList link;
    uint8_t direction;
};

struct mf_flows {
    const struct mf_ruleset *rules;
    struct mf_counters *counters;
    struct mf_stream_pool *pool;
    struct mf_inspector *inspector;
    struct mf_flow_hit at; /* what is being inspected now */
    mf_flow_fired fired;
    void *user;
    mf_flow_bytes bytes;
    void *bytes_user;
    mf_flow_found found;
    void *found_user;
    GQueue used; /* most recently used first */
    size_t size;
    bool wants_http;
};

static void
rule_fired(void *user, unsigned rule, enum mf_fired_on on)
{
    struct mf_flows *flows = user;

    flows->at.matched = *mf_inspector_matched(flows->inspector);
    flows->at.rule = rule;
    flows->at.on = on;
    flows->at.whole = on == MF_FIRED_ON_MESSAGE && mf_ruleset_reads_files(flows->rules, rule);
    if (flows->fired != NULL)
        flows->fired(flows->user, &flows->at);
}

static void
point_at(struct mf_flow *flow, uint32_t frame)
{
    flow->frame = frame;
    flow->flows->at = (struct mf_flow_hit){
        .session = flow->session, .direction = flow->direction, .frame = frame};
}

static void
feed(struct mf_flow *flow, const uint8_t *data, size_t length, bool gap, uint32_t frame)
{
    if (flow->inspection == NULL)
        return;
    point_at(flow, frame);
    mf_inspection_feed(flow->inspection, data, length, gap);
}

static void
deliver(void *user, const struct mf_stream_bytes *bytes)
{
    struct mf_flow *flow = user;
    const struct mf_span span = {bytes->data, bytes->length};

    feed(flow, bytes->data, bytes->length, bytes->gap > 0, bytes->frame);
    if (flow->flows->bytes != NULL)
        flow->flows->bytes(flow->flows->bytes_user, flow->session,
                           (enum mf_direction)flow->direction, bytes);
    if (flow->body == NULL)
        return;
    point_at(flow, bytes->frame);
    if (!mf_flow_body_feed(flow->body, span, bytes->gap > 0, bytes->frame))
        g_clear_pointer(&flow->body, mf_flow_body_free);
}

static bool
wants_http(const struct mf_ruleset *rules)
{
    static const enum mf_buffer_id ids[] = {
        MF_BUF_FILE_DATA,      MF_BUF_HTTP_START_LINE,  MF_BUF_HTTP_METHOD,     MF_BUF_HTTP_URI,
        MF_BUF_HTTP_STAT_CODE, MF_BUF_HTTP_HEADER_LINE, MF_BUF_HTTP_USER_AGENT, MF_BUF_HTTP_HOST};

    for (unsigned i = 0; rules != NULL && i < G_N_ELEMENTS(ids); i++)
        if (mf_ruleset_wants(rules, ids[i]))
            return true;
    return false;
}

struct mf_flows *
mf_flows_new(const struct mf_settings *settings, const struct mf_ruleset *rules,
             struct mf_counters *counters)
{
    struct mf_flows *flows = g_new0(struct mf_flows, 1);

    flows->rules = rules;
    flows->counters = counters;
    flows->pool = mf_stream_pool_new(settings->stream_bytes, counters, deliver);
    flows->inspector = mf_inspector_new(rules, counters, rule_fired, flows);
    flows->wants_http = wants_http(rules);
    g_queue_init(&flows->used);
    return flows;
}

void
mf_flows_set_fired(struct mf_flows *flows, mf_flow_fired fired, void *user)
{
    flows->fired = fired;
    flows->user = user;
}

void
mf_flows_set_bytes(struct mf_flows *flows, mf_flow_bytes bytes, void *user)
{
    flows->bytes = bytes;
    flows->bytes_user = user;
}

void
mf_flows_set_found(struct mf_flows *flows, mf_flow_found found, void *user)
{
    flows->found = found;
    flows->found_user = user;
}

void
mf_flows_keep_rest(const struct mf_session *session, enum mf_direction direction,
                   struct mf_kept_files *kept)
{
    const struct mf_flow *flow = session->flow[direction];

    if (flow != NULL)
        mf_flow_body_keep_rest(flow->body, kept);
}

bool
mf_flows_keeps_rest(const struct mf_session *session, enum mf_direction direction)
{
    const struct mf_flow *flow = session->flow[direction];

    return flow != NULL && mf_flow_body_keeps_rest(flow->body);
}

struct mf_stream_place
mf_flows_place(const struct mf_session *session, enum mf_direction direction)
{
    const struct mf_flow *flow = session->flow[direction];

    if (flow == NULL || flow->inspection == NULL)
        return (struct mf_stream_place){0};
    return mf_inspection_place(flow->inspection);
}

static void
follow_body(struct mf_flow *flow)
{
    struct mf_flows *flows = flow->flows;

    flow->body = mf_flow_body_new(flows->inspector, flow->session,
                                  (enum mf_direction)flow->direction, &flows->at.frame);
    mf_flow_body_set_found(flow->body, flows->found, flows->found_user);
}

static struct mf_flow *
flow_new(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction)
{
    struct mf_flow *flow = g_new0(struct mf_flow, 1);

    flow->flows = flows;
    flow->session = session;
    flow->direction = (uint8_t)direction;
    flow->link.data = flow;
    if (session->l4 == MF_L4_TCP)
        flow->stream = mf_stream_new(flows->pool, session->seq_next[direction], flow);
    flow->inspection = mf_inspection_new(flows->inspector, session, direction);
    if (flow->stream != NULL && flows->wants_http)
        follow_body(flow);
    g_queue_push_head_link(&flows->used, &flow->link);
    session->flow[direction] = flow;
    return flow;
}

/* Frees without inspecting what is still held. */
static void
flow_free(struct mf_flow *flow)
{
    struct mf_flows *flows = flow->flows;

    if (flows->bytes != NULL)
        flows->bytes(flows->bytes_user, flow->session, (enum mf_direction)flow->direction, NULL);
    mf_inspection_free(flow->inspection);
    flow->inspection = NULL;
    mf_flow_body_free(flow->body);
    flow->body = NULL;
    mf_stream_free(flow->stream);
    g_queue_unlink(&flows->used, &flow->link);
    flows->size -= flow->size;
    flow->session->flow[flow->direction] = NULL;
    g_free(flow);
}

/* No byte follows: rules that wait for more decide. */
static void
flow_end(struct mf_flow *flow)
{
    mf_stream_flush(flow->stream);
    point_at(flow, flow->frame);
    mf_inspection_finish(flow->inspection);
    mf_flow_body_finish(flow->body);
    flow_free(flow);
}

/* Bytes may follow, but those that came are forgotten. */
static void
flow_give_up(struct mf_flow *flow)
{
    mf_stream_flush(flow->stream);
    feed(flow, NULL, 0, true, flow->frame);
    point_at(flow, flow->frame);
    mf_flow_body_finish(flow->body);
    flow->flows->counters->streams_evicted++;
    flow_free(flow);
}

void
mf_flows_free(struct mf_flows *flows)
{
    if (flows == NULL)
        return;
    while (flows->used.tail != NULL)
        flow_free(flows->used.tail->data);
    mf_inspector_free(flows->inspector);
    mf_stream_pool_free(flows->pool);
    g_free(flows);
}

/* Brings the total up to date and keeps it in its bound. */
static void
account(struct mf_flows *flows, struct mf_flow *flow)
{
    size_t size = sizeof *flow + mf_flow_body_size(flow->body);

    if (flow->inspection != NULL)
        size += mf_inspection_size(flow->inspection);
    flows->size += size - flow->size;
    flow->size = size;
    while (flows->size > MF_STREAM_TOTAL_BYTES && flows->used.tail->data != flow)
        flow_give_up(flows->used.tail->data);
}

static void
drop_idle(struct mf_flows *flows, mf_nanoseconds now)
{
    while (flows->used.tail != NULL) {
        struct mf_flow *oldest = flows->used.tail->data;

        if (now - oldest->last <= MF_FLOW_IDLE_SECONDS * MF_NS_PER_S)
            return;
        flow_end(oldest);
    }
}

static uint32_t
first_byte(const struct mf_packet *packet)
{
    return packet->seq + ((packet->tcp_flags & MF_TCP_SYN) ? 1 : 0);
}

static uint32_t
take_segment(struct mf_flow *flow, const struct mf_packet *packet)
{
    struct mf_segment segment = {
        .seq = first_byte(packet),
        .length = packet->payload_length,
        .captured = packet->payload_captured,
        .data = packet->payload,
        .frame = packet->frame,
    };

    return mf_stream_push(flow->stream, &segment);
}

/* TFTP numbers its blocks in front of each; only the file's bytes are of interest (RFC 1350). */
static void
take_datagram(struct mf_flow *flow, const struct mf_packet *packet)
{
    enum { TFTP_DATA = 3, TFTP_HEADER = 4 };
    const uint8_t *data = packet->payload;
    uint32_t length = packet->payload_captured;

    if (length > TFTP_HEADER && data[0] == 0 && data[1] == TFTP_DATA)
        feed(flow, data + TFTP_HEADER, length - TFTP_HEADER, false, packet->frame);
}

static void
move_to_front(struct mf_flows *flows, struct mf_flow *flow)
{
    if (flows->used.head == &flow->link)
        return;
    g_queue_unlink(&flows->used, &flow->link);
    g_queue_push_head_link(&flows->used, &flow->link);
}

/* The flow that takes the payload of PACKET; NULL: it brings nothing new, and needs none. */
static struct mf_flow *
flow_for(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
         const struct mf_packet *packet)
{
    struct mf_flow *flow = session->flow[direction];
    uint32_t end = first_byte(packet) + packet->payload_length;

    if (flow != NULL) {
        move_to_front(flows, flow);
        return flow;
    }
    if (session->l4 == MF_L4_TCP ? (int32_t)(end - session->seq_next[direction]) <= 0
                                 : g_strcmp0(session->app, "TFTP") != 0)
        return NULL;
    return flow_new(flows, session, direction);
}

void
mf_flows_at(struct mf_flows *flows, const struct mf_packet *packet)
{
    drop_idle(flows, packet->time);
    mf_inspector_at(flows->inspector, packet);
}

uint32_t
mf_flows_take(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
              const struct mf_packet *packet)
{
    uint32_t fresh = packet->payload_length;
    struct mf_flow *flow;

    flow = flow_for(flows, session, direction, packet);
    if (flow == NULL) {
        fresh = session->l4 == MF_L4_TCP ? 0 : fresh;
    } else {
        flow->last = packet->time;
        if (flow->stream != NULL)
            fresh = take_segment(flow, packet);
        else
            take_datagram(flow, packet);
        account(flows, flow);
    }
    if (fresh < packet->payload_length)
        mf_inspector_repeats(flows->inspector);
    return fresh;
}

/* What rules on messages may look at of the payload itself. */
static struct mf_payload_view
payload_of(const struct mf_session *session, enum mf_direction direction,
           const struct mf_packet *packet)
{
    const struct mf_flow *flow = session->flow[direction];

    if (session->l4 == MF_L4_TCP && flow != NULL && flow->inspection != NULL)
        return mf_inspection_window(flow->inspection);
    return (struct mf_payload_view){packet->payload, packet->payload_captured};
}

static void
inspect_messages(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
                 const struct mf_packet *packet)
{
    const struct mf_payload_view payload = payload_of(session, direction, packet);

    mf_inspect_messages(flows->inspector, session, direction, &payload);
    if (session->flow[direction] != NULL)
        mf_flow_body_know(session->flow[direction]->body, packet);
}

bool
mf_flows_may_inspect(const struct mf_flows *flows, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet)
{
    return mf_inspector_may_try(flows->inspector, session, direction, packet);
}

void
mf_flows_inspect(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction,
                 const struct mf_packet *packet)
{
    flows->at =
        (struct mf_flow_hit){.session = session, .direction = direction, .frame = packet->frame};
    mf_inspect_packet(flows->inspector, session, direction, packet);
    if (packet->n_buffers > 0)
        inspect_messages(flows, session, direction, packet);
    mf_inspector_leave(flows->inspector);
}

void
mf_flows_end_side(struct mf_flows *flows, struct mf_session *session, enum mf_direction direction)
{
    (void)flows;
    if (session->flow[direction] != NULL)
        flow_end(session->flow[direction]);
}

void
mf_flows_end(struct mf_flows *flows, struct mf_session *session)
{
    mf_flows_end_side(flows, session, MF_ORIG);
    mf_flows_end_side(flows, session, MF_RESP);
}

void
mf_flows_end_all(struct mf_flows *flows)
{
    while (flows->used.tail != NULL)
        flow_end(flows->used.tail->data);
}

size_t
mf_flows_memory(const struct mf_flows *flows)
{
    return sizeof *flows + flows->size + mf_stream_pool_memory(flows->pool) +
           mf_inspector_memory(flows->inspector);
}

static bool
all_seen(const struct mf_session *session, enum mf_direction side)
{
    bool syn = (session->tcp_seen[side] & (MF_SEEN_SYN | MF_SEEN_SYNACK)) != 0;

    return (uint32_t)session->bytes[side] ==
           session->seq_next[side] - session->seq_initial[side] - (syn ? 1 : 0);
}

void
mf_flows_end_if_complete(struct mf_flows *flows, struct mf_session *session)
{
    if (session->end == MF_END_RESET ||
        (session->end == MF_END_CLOSED && all_seen(session, MF_ORIG) && all_seen(session, MF_RESP)))
        mf_flows_end(flows, session);
}
