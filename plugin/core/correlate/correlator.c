/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hands every packet to the readers of its messages (a table by layer), and looks after what is not
 * told by messages: connections that open, first payloads, scan groups. What is found is kept in
 * links.c, what it is found by in clues.c and hosts.c.
 */
#include "state.h"

static const mf_correlate_reader readers[MF_BUFFER_COUNT] = {
    [MF_BUF_DNS] = mf_correlate_read_dns,    [MF_BUF_LLMNR] = mf_correlate_read_dns,
    [MF_BUF_NBNS] = mf_correlate_read_nbns,  [MF_BUF_HTTP] = mf_correlate_read_http,
    [MF_BUF_HTTP2] = mf_correlate_read_http, [MF_BUF_TLS] = mf_correlate_read_tls,
    [MF_BUF_QUIC] = mf_correlate_read_quic,  [MF_BUF_FTP] = mf_correlate_read_ftp,
    [MF_BUF_TFTP] = mf_correlate_read_tftp,  [MF_BUF_SMB] = mf_correlate_read_smb,
    [MF_BUF_SMB2] = mf_correlate_read_smb,   [MF_BUF_SOCKS] = mf_correlate_read_socks,
    [MF_BUF_SMTP] = mf_correlate_read_mail,  [MF_BUF_POP] = mf_correlate_read_mail,
};

static void
free_stream(gpointer stream)
{
    mf_mention_stream_free(stream);
}

struct mf_correlator *
mf_correlator_new(const struct mf_settings *settings, struct mf_counters *counters,
                  struct mf_session *(*lookup)(void *user, uint32_t id), void *user)
{
    struct mf_correlator *correlator = g_new0(struct mf_correlator, 1);

    correlator->settings = settings;
    correlator->counters = counters;
    correlator->lookup = lookup;
    correlator->user = user;
    correlator->clues = mf_clues_new(counters);
    correlator->links = mf_links_new(counters);
    correlator->hosts = mf_hosts_new();
    correlator->finder = mf_mention_finder_new();
    correlator->strings = mf_interned_new();
    correlator->orders = g_array_new(FALSE, FALSE, sizeof(struct mf_order));
    correlator->streams = g_hash_table_new_full(NULL, NULL, NULL, free_stream);
    correlator->scans = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    return correlator;
}

void
mf_correlator_free(struct mf_correlator *correlator)
{
    if (correlator == NULL)
        return;
    g_hash_table_destroy(correlator->streams);
    mf_clues_free(correlator->clues);
    mf_links_free(correlator->links);
    mf_hosts_free(correlator->hosts);
    mf_mention_finder_free(correlator->finder);
    mf_interned_free(correlator->strings);
    g_array_free(correlator->orders, TRUE);
    g_array_free(correlator->scans, TRUE);
    g_free(correlator);
}

bool
mf_correlator_wants(enum mf_buffer_id id)
{
    static const enum mf_buffer_id wanted[] = {MF_BUF_DNS_TTL, MF_BUF_HTTP_RESPONSE_FOR,
                                               MF_BUF_FTP_DYNAMIC_PORT, MF_BUF_QUIC_SNI};

    for (unsigned i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (wanted[i] == id)
            return true;
    return false;
}

/* --- packets --- */

static bool
is_connection(const struct mf_session *session)
{
    return !session->has_transaction && session->l4 != MF_L4_ARP &&
           !mf_addr_is_group(&session->addr[MF_RESP]);
}

/* The first payload of all, unless a protocol that names its host itself is known to carry it. */
static bool
speaks(const struct mf_session *session, const struct mf_packet *packet)
{
    return packet->payload_length > 0 && session->bytes[MF_ORIG] + session->bytes[MF_RESP] == 0 &&
           (session->app == NULL ||
            (!g_str_has_prefix(session->app, "HTTP") && !g_str_has_prefix(session->app, "TLS") &&
             !g_str_has_prefix(session->app, "QUIC")));
}

/* Text that comes in datagrams of a protocol that nobody knows. */
static void
read_datagram(struct mf_correlator *correlator, const struct mf_session *session,
              enum mf_direction direction, const struct mf_packet *packet)
{
    const struct mf_telling telling = {session, direction, packet->frame, packet->time};

    if (session->l4 == MF_L4_UDP && session->app == NULL && packet->payload_captured > 0)
        mf_correlate_tell_text(correlator, &telling,
                               (struct mf_span){packet->payload, packet->payload_captured},
                               &(struct mf_mention_reading){.dialogue = true});
}

static void
read_messages(struct mf_correlator *correlator, const struct mf_session *session,
              enum mf_direction direction, const struct mf_packet *packet)
{
    struct mf_message message = {.packet = packet, .session = session, .direction = direction};
    unsigned at = 0;

    if (session->l4 == MF_L4_ICMP ||
        session->l4 == MF_L4_ICMPV6) /* what is in it is quoted, and was read where it was said */
        return;
    while (mf_message_next(&message, &at))
        if (message.layer < MF_BUFFER_COUNT && readers[message.layer] != NULL)
            readers[message.layer](correlator, &message);
}

static struct mf_act
act_of_originator(const struct mf_session *session, const struct mf_packet *packet)
{
    return (struct mf_act){
        .session = session, .direction = MF_ORIG, .frame = packet->frame, .time = packet->time};
}

void
mf_correlator_packet(struct mf_correlator *correlator, struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet)
{
    mf_clue_expire(correlator->clues, packet->time);
    if (packet->payload_length == 0)
        return;
    if (speaks(session, packet)) {
        const struct mf_act act = act_of_originator(session, packet);

        mf_correlate_speak(correlator, &act);
    }
    if (packet->n_buffers > 0)
        read_messages(correlator, session, direction, packet);
    read_datagram(correlator, session, direction, packet);
}

void
mf_correlator_opened(struct mf_correlator *correlator, const struct mf_session *session,
                     const struct mf_packet *packet)
{
    const struct mf_act act = act_of_originator(session, packet);

    if (is_connection(session))
        mf_correlate_connect(correlator, &act);
}

bool
mf_correlate_is_first(struct mf_correlator *correlator, const struct mf_session *session)
{
    struct mf_session *own = correlator->lookup(correlator->user, session->id);
    const bool first = !own->requested;

    own->requested = true;
    return first;
}

/* --- events --- */

static struct mf_host_event
host_event(struct mf_correlator *correlator, const struct mf_correlator_event *event)
{
    return (struct mf_host_event){.time = event->time,
                                  .session = event->session->id,
                                  .frame = event->frame,
                                  .peer = event->session->addr[event->direction],
                                  .text = mf_interned_add(correlator->strings, event->text)};
}

void
mf_correlator_intrusion(struct mf_correlator *correlator, const struct mf_correlator_event *event)
{
    const struct mf_host_event known = host_event(correlator, event);

    mf_hosts_intrusion(correlator->hosts, &event->session->addr[event->direction ^ 1], &known);
}

/* The session on which an executable was ordered to where it came: its own, or the one that told it
 * where to go (FTP). */
static const struct mf_session *
ordered_on(const struct mf_correlator *correlator, const struct mf_session *session)
{
    const uint32_t cause = mf_links_of_session(correlator->links, session->id);

    return cause == 0
               ? session
               : correlator->lookup(correlator->user,
                                    mf_links_get(correlator->links, cause - 1)->cause_session);
}

/* One that was brought to a host, and not fetched by it, is an intrusion too. */
void
mf_correlator_executable(struct mf_correlator *correlator, const struct mf_correlator_event *event)
{
    const struct mf_addr *host = &event->session->addr[event->direction ^ 1];
    struct mf_host_event known = host_event(correlator, event);
    const struct mf_session *order = ordered_on(correlator, event->session);

    mf_hosts_executable(correlator->hosts, host, &known);
    mf_correlate_arrival(correlator, event);
    if (!mf_addr_equal(&order->addr[MF_RESP], host))
        return;
    known.peer = order->addr[MF_ORIG];
    mf_hosts_intrusion(correlator->hosts, host, &known);
}

/* --- scans --- */

/* Whether an order is one to make the scan of GROUP; and how exactly it says so. */
static uint8_t
order_strength(const struct mf_scan_order *order, const struct mf_scan_group *group)
{
    if (order->ports[0] == 0)
        return MF_STRENGTH_VERB;
    if (group->kind == MF_SCAN_PORT ||
        group->port == 0) /* many ports, or none: a sweep before it */
        return MF_STRENGTH_VERB;
    for (unsigned i = 0; i < MF_MENTION_PORTS && order->ports[i] != 0; i++)
        if (order->ports[i] == group->port)
            return MF_STRENGTH_ORDER;
    return 0;
}

static void
link_orders(struct mf_correlator *correlator, const struct mf_scan_group *group,
            const struct mf_host *host)
{
    const struct mf_session *first = correlator->lookup(correlator->user, group->first_session);
    const struct mf_scan_order *order;

    for (unsigned age = 0; (order = mf_host_order(host, age)) != NULL; age++) {
        const uint8_t strength = order_strength(order, group);
        const struct mf_link link = {.cause_session = order->session,
                                     .cause_frame = order->frame,
                                     .session = group->first_session,
                                     .frame = first->first_frame,
                                     .scan = group->id,
                                     .evidence = order->text,
                                     .kind = MF_LINK_COMMAND,
                                     .strength = strength};

        if (strength == 0 || order->frame >= first->first_frame ||
            first->start - order->time > mf_correlate_window(correlator))
            continue;
        if (mf_links_add(correlator->links, &link) && order->order != 0)
            g_array_index(correlator->orders, struct mf_order, order->order - 1).effects++;
    }
}

void
mf_correlator_scan(struct mf_correlator *correlator, const struct mf_scan_group *group,
                   const struct mf_session *session)
{
    const struct mf_host *host;
    uint32_t *known;

    if (group->id >= correlator->scans->len)
        g_array_set_size(correlator->scans, group->id + 1);
    known = &g_array_index(correlator->scans, uint32_t, group->id);
    if (*known == group->first_session)
        return;
    *known = group->first_session;
    mf_links_forget_scan(correlator->links, group->id);
    host = mf_hosts_find(correlator->hosts, &session->addr[MF_ORIG]);
    if (host != NULL)
        link_orders(correlator, group, host);
}

/* --- answers --- */

uint32_t
mf_correlator_link_count(const struct mf_correlator *correlator)
{
    return mf_links_count(correlator->links);
}

const struct mf_link *
mf_correlator_link(const struct mf_correlator *correlator, uint32_t index)
{
    return mf_links_get(correlator->links, index);
}

uint32_t
mf_correlator_causes(const struct mf_correlator *correlator, uint32_t session)
{
    return mf_links_of_session(correlator->links, session);
}

uint32_t
mf_correlator_request_causes(const struct mf_correlator *correlator, uint32_t frame)
{
    return mf_links_of_request(correlator->links, frame);
}

uint32_t
mf_correlator_scan_causes(const struct mf_correlator *correlator, const struct mf_scan_group *group)
{
    return mf_links_of_scan(correlator->links, group->id);
}

uint32_t
mf_correlator_root(const struct mf_correlator *correlator, uint32_t session)
{
    return mf_links_root(correlator->links, session);
}

uint32_t
mf_correlator_parent(const struct mf_correlator *correlator, uint32_t session)
{
    return mf_links_parent(correlator->links, session);
}

uint32_t
mf_correlator_order_count(const struct mf_correlator *correlator)
{
    return correlator->orders->len;
}

const struct mf_order *
mf_correlator_order(const struct mf_correlator *correlator, uint32_t index)
{
    return &g_array_index(correlator->orders, struct mf_order, index);
}

size_t
mf_correlator_memory(const struct mf_correlator *correlator)
{
    size_t size = sizeof *correlator;
    GHashTableIter iter;
    gpointer stream;

    g_hash_table_iter_init(&iter, correlator->streams);
    while (g_hash_table_iter_next(&iter, NULL, &stream))
        size += mf_mention_stream_size(stream);
    return size + mf_clues_memory(correlator->clues) + mf_links_memory(correlator->links) +
           mf_hosts_memory(correlator->hosts) + mf_interned_memory(correlator->strings) +
           correlator->orders->len * sizeof(struct mf_order) +
           correlator->scans->len * sizeof(uint32_t);
}
