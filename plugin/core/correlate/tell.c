/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hosts are told. Whatever was said goes to the host at the other side of the session, for as
 * long as the correlation window; what was said in a dialogue is an order besides, and remembered
 * to the end, since an order that nothing came of is worth knowing too.
 */
#include "state.h"

#include "../text.h"

#include <string.h>

struct mf_telling
mf_telling_of(const struct mf_message *message)
{
    return (struct mf_telling){
        .session = message->session,
        .direction = mf_message_side(message),
        .frame = message->packet->frame,
        .time = message->packet->time,
    };
}

static const struct mf_addr *
receiver(const struct mf_telling *telling)
{
    return &telling->session->addr[telling->direction ^ 1];
}

static struct mf_clue *
tell(struct mf_correlator *correlator, const struct mf_telling *telling,
     const struct mf_clue_key *key, const struct mf_clue *details)
{
    struct mf_clue clue = *details;

    if (key->name.length == 0 || mf_addr_is_group(&key->host))
        return NULL;
    clue.session = telling->session->id;
    clue.frame = telling->frame;
    clue.time = telling->time;
    if (clue.until == 0)
        clue.until = telling->time + mf_correlate_window(correlator);
    if (clue.path == NULL)
        clue.path = "";
    if (clue.text == NULL)
        clue.text = "";
    return mf_clue_add(correlator->clues, key, &clue);
}

void
mf_correlate_tell(struct mf_correlator *correlator, const struct mf_telling *telling,
                  enum mf_topic topic, struct mf_span name, const struct mf_clue *details)
{
    const struct mf_clue_key key = {*receiver(telling), topic, name};

    tell(correlator, telling, &key, details);
}

/* Clients ask several servers at once, with one id from one port. */
static uint32_t
query_of(const struct mf_session *session)
{
    return session->has_transaction
               ? mf_hash_mix(session->transaction ^ mf_hash_mix(session->port[MF_ORIG])) | 1
               : 0;
}

void
mf_correlate_tell_address(struct mf_correlator *correlator, const struct mf_telling *telling,
                          struct mf_span name, const struct mf_addr *addr, uint32_t seconds)
{
    const struct mf_span bytes = {addr->bytes, sizeof addr->bytes};
    GString *text = g_string_new(NULL);
    char room[MF_NAME_ROOM];
    const struct mf_span lower = mf_correlate_name(name, room);
    const uint32_t window = correlator->settings->correlation_window;

    mf_text_append(text, lower.data, lower.length, MF_NAME_ROOM);
    g_string_append(text, " is ");
    mf_addr_append(text, addr);
    mf_correlate_tell(correlator, telling, MF_TOPIC_ANSWER, bytes,
                      &(struct mf_clue){.kind = MF_LINK_DNS,
                                        .query = query_of(telling->session),
                                        .until = telling->time + MAX(seconds, window) * MF_NS_PER_S,
                                        .path = room,
                                        .text = text->str});
    g_string_free(text, TRUE);
}

/* --- mentions --- */

struct reading {
    struct mf_correlator *correlator;
    const struct mf_telling *telling;
    bool orders; /* what is said is an order */
    const char *text;
};

/* Whether ORDER is read again, from a line that was not whole before. */
static bool
is_last_order(struct mf_correlator *correlator, const struct mf_order *order)
{
    const GArray *orders = correlator->orders;
    struct mf_order *last =
        orders->len > 0 ? &g_array_index(orders, struct mf_order, orders->len - 1) : NULL;

    if (last == NULL || !last->open || last->session != order->session ||
        last->text != order->text || last->kind != order->kind)
        return false;
    last->open = order->open;
    return true;
}

/* Number of the order that TEXT is; 0: none, or there are too many. An order that names several
 * things is one order for each. */
static uint32_t
note_order(const struct reading *reading, enum mf_link_kind kind, bool open)
{
    struct mf_correlator *correlator = reading->correlator;
    struct mf_order order = {.session = reading->telling->session->id,
                             .frame = reading->telling->frame,
                             .time = reading->telling->time,
                             .kind = (uint8_t)kind,
                             .open = open};

    if (!reading->orders)
        return 0;
    order.text = mf_interned_add(correlator->strings, reading->text);
    if (is_last_order(correlator, &order))
        return correlator->orders->len;
    if (correlator->orders->len == MF_ORDERS_KEPT) {
        correlator->counters->orders_lost++;
        return 0;
    }
    g_array_append_val(correlator->orders, order);
    return correlator->orders->len;
}

/* Whether a server names nothing but itself, as pages of errors do: its client knows it already. */
static bool
names_itself(const struct reading *reading, const struct mf_mention *mention)
{
    const struct mf_telling *telling = reading->telling;
    const struct mf_session *session = telling->session;

    return !reading->orders && telling->direction == MF_RESP && mention->kind == MF_MENTION_HOST &&
           mention->path.length == 0 && mf_addr_equal(&mention->addr, &session->addr[MF_RESP]) &&
           (mention->port == 0 || mention->port == session->port[MF_RESP]);
}

static void
tell_host(const struct reading *reading, const struct mf_mention *mention)
{
    struct mf_correlator *correlator = reading->correlator;
    const bool by_address = !mf_addr_is_none(&mention->addr);
    GString *path;
    struct mf_clue *clue;

    if (names_itself(reading, mention))
        return;
    path = g_string_new(NULL);
    mf_text_append(path, mention->path.data, mention->path.length, MF_MENTION_LINE);
    clue = tell(correlator, reading->telling,
                &(struct mf_clue_key){
                    *receiver(reading->telling), by_address ? MF_TOPIC_ADDRESS : MF_TOPIC_NAME,
                    by_address ? (struct mf_span){mention->addr.bytes, sizeof mention->addr.bytes}
                               : mention->host},
                &(struct mf_clue){.kind = mention->kind == MF_MENTION_REDIRECT ? MF_LINK_REDIRECT
                                                                               : MF_LINK_URL,
                                  .port = mention->port,
                                  .open = mention->open,
                                  .path = path->str,
                                  .text = reading->text});
    g_string_free(path, TRUE);
    if (clue != NULL)
        clue->order = note_order(reading, MF_LINK_URL, mention->open);
}

static void
tell_file(const struct reading *reading, const struct mf_mention *mention)
{
    const enum mf_topic topic = mention->kind == MF_MENTION_FILE ? MF_TOPIC_FILE : MF_TOPIC_SHA256;

    mf_correlate_tell(
        reading->correlator, reading->telling, topic, mention->name,
        &(struct mf_clue){.kind = MF_LINK_URL, .open = mention->open, .text = reading->text});
}

static void
tell_scan(const struct reading *reading, const struct mf_mention *mention)
{
    const struct mf_telling *telling = reading->telling;
    struct mf_scan_order order = {
        .session = telling->session->id, .frame = telling->frame, .time = telling->time};

    if (!reading->orders)
        return;
    order.order = note_order(reading, MF_LINK_COMMAND, mention->open);
    order.open = mention->open;
    order.text = mf_interned_add(reading->correlator->strings, reading->text);
    for (unsigned i = 0; i < MF_MENTION_PORTS; i++)
        order.ports[i] = mention->scan_ports[i];
    mf_hosts_order(reading->correlator->hosts, receiver(telling), &order);
}

static void
mention_found(void *user, const struct mf_mention *mention)
{
    static void (*const tellers[])(const struct reading *, const struct mf_mention *) = {
        [MF_MENTION_HOST] = tell_host, [MF_MENTION_REDIRECT] = tell_host,
        [MF_MENTION_FILE] = tell_file, [MF_MENTION_SHA256] = tell_file,
        [MF_MENTION_SCAN] = tell_scan,
    };
    struct reading *reading = user;
    GString *text = g_string_new(NULL);

    mf_text_append(text, mention->text.data, mention->text.length, MF_SUMMARY_TEXT);
    reading->text = text->str;
    tellers[mention->kind](reading, mention);
    g_string_free(text, TRUE);
}

void
mf_correlate_tell_text(struct mf_correlator *correlator, const struct mf_telling *telling,
                       struct mf_span text, const struct mf_mention_reading *how)
{
    struct reading reading = {.correlator = correlator, .telling = telling};

    if (text.length > MF_MENTION_BYTES) {
        correlator->counters->mention_bytes_lost += text.length - MF_MENTION_BYTES;
        text.length = MF_MENTION_BYTES;
    }
    mf_mentions_find(correlator->finder, text, how, mention_found, &reading);
}

/* --- streams --- */

/* Sessions whose bytes are lines, and are not read message by message (read_*.c): FTP is, where
 * Wireshark knows it. */
static bool
is_lines(const struct mf_session *session)
{
    const char *app = session->app;
    static const char *const others[] = {
        "HTTP", "TLS",  "SSL",      "SSH", "SMB",   "SMB2", "NBSS", "DCERPC", "DNS",      "RDP",
        "QUIC", "LDAP", "KERBEROS", "PE",  "SOCKS", "MQTT", "RTSP", "SIP",    "FTP-DATA", NULL};
    const size_t n = app != NULL ? strcspn(app, ":") : 0;

    for (unsigned i = 0; n > 0 && others[i] != NULL; i++)
        if (g_ascii_toupper(app[0]) == others[i][0] && strlen(others[i]) == n &&
            g_ascii_strncasecmp(others[i], app, n) == 0)
            return false;
    return true;
}

/* Whether what the other side says is an order to whom it says it, and not a mail, say. */
static bool
is_commanding(const char *app)
{
    static const char *const others[] = {"SMTP", "POP3", "POP", "IMAP", "FTP", NULL};

    for (unsigned i = 0; app != NULL && others[i] != NULL; i++)
        if (g_ascii_strcasecmp(others[i], app) == 0)
            return false;
    return true;
}

/* Takes back the orders of a line that is read again, as far as nothing came of them. */
static void
withdraw_open(struct mf_correlator *correlator, uint32_t session)
{
    GArray *orders = correlator->orders;

    mf_clue_withdraw_open(correlator->clues, session);
    while (orders->len > 0) {
        const struct mf_order *last = &g_array_index(orders, struct mf_order, orders->len - 1);

        if (!last->open || last->session != session || last->effects > 0)
            break;
        g_array_set_size(orders, orders->len - 1);
    }
}

static gpointer
stream_key(const struct mf_session *session, enum mf_direction direction)
{
    return GSIZE_TO_POINTER((gsize)session->id << 1 | direction);
}

void
mf_correlator_stream(struct mf_correlator *correlator, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_stream_bytes *bytes,
                     const struct mf_moment *now)
{
    const gpointer key = stream_key(session, direction);
    const struct mf_telling telling = {session, direction,
                                       bytes->gap > 0 ? bytes->frame : now->frame, now->time};
    struct reading reading = {.correlator = correlator, .telling = &telling};
    struct mf_mention_stream *stream;

    if (bytes->offset >= MF_MENTION_BYTES || !is_lines(session))
        return;
    stream = g_hash_table_lookup(correlator->streams, key);
    if (stream == NULL && bytes->offset > 0)
        return; /* it was no text, or was given up */
    if (stream == NULL) {
        stream = mf_mention_stream_new(correlator->finder);
        g_hash_table_insert(correlator->streams, key, stream);
    }
    withdraw_open(correlator, session->id);
    reading.orders = is_commanding(session->app);
    if (!mf_mention_stream_feed(stream, (struct mf_span){bytes->data, bytes->length},
                                bytes->gap > 0, mention_found, &reading))
        g_hash_table_remove(correlator->streams, key);
}

void
mf_correlator_stream_end(struct mf_correlator *correlator, const struct mf_session *session,
                         enum mf_direction direction)
{
    g_hash_table_remove(correlator->streams, stream_key(session, direction));
}
