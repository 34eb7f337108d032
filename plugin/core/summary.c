/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tells what sessions say. Most of a million sessions say nothing (a SYN into the void) or one
 * thing (a DNS query), so a session has no summary memory until a message comes that is worth
 * telling, and then one small node per protocol. Who is fed what is looked up by number; only the
 * few protocols that read payload themselves are compared by name.
 */
#include "summary.h"

#include "summaries/table.h"
#include "text.h"

#include <stdalign.h>
#include <string.h>

struct mf_summary_state {
    const struct mf_summary_protocol *protocol;
    struct mf_summary_state *next;
    alignas(8) unsigned char data[];
};

static const struct mf_summary_protocol *const by_layer[MF_BUFFER_COUNT] = {
    [MF_BUF_DHCP] = &mf_summary_row_dhcp,     [MF_BUF_DNS] = &mf_summary_row_dns,
    [MF_BUF_FTP] = &mf_summary_row_ftp,       [MF_BUF_HTTP] = &mf_summary_row_http,
    [MF_BUF_HTTP2] = &mf_summary_row_http2,   [MF_BUF_KERBEROS] = &mf_summary_row_kerberos,
    [MF_BUF_NBNS] = &mf_summary_row_nbns,     [MF_BUF_NTP] = &mf_summary_row_ntp,
    [MF_BUF_POP] = &mf_summary_row_pop3,      [MF_BUF_QUIC] = &mf_summary_row_quic,
    [MF_BUF_SMB] = &mf_summary_row_smb,       [MF_BUF_SMB2] = &mf_summary_row_smb2,
    [MF_BUF_SMTP] = &mf_summary_row_smtp,     [MF_BUF_SOCKS] = &mf_summary_row_socks,
    [MF_BUF_SSDP] = &mf_summary_row_ssdp,     [MF_BUF_SSH] = &mf_summary_row_ssh,
    [MF_BUF_TELNET] = &mf_summary_row_telnet, [MF_BUF_TFTP] = &mf_summary_row_tftp,
    [MF_BUF_TLS] = &mf_summary_row_tls,       [MF_BUF_MDNS] = &mf_summary_row_dns,
    [MF_BUF_LLMNR] = &mf_summary_row_dns,     [MF_BUF_FTP_DATA] = &mf_summary_row_ftp_data,
};

/* Every packet of these. What Wireshark dissects inside an ICMP error is the packet that it quotes,
 * not a message: layers are not looked at. */
static const struct mf_summary_protocol *const by_l4[MF_L4_COUNT] = {
    [MF_L4_ICMP] = &mf_summary_row_icmp,
    [MF_L4_ICMPV6] = &mf_summary_row_icmpv6,
    [MF_L4_ARP] = &mf_summary_row_arp,
};

static const struct mf_summary_protocol *const by_app[] = {
    &mf_summary_row_http, &mf_summary_row_irc,  &mf_summary_row_ftp,
    &mf_summary_row_smtp, &mf_summary_row_pop3, &mf_summary_row_shell,
};

/* --- feeding --- */

static struct mf_summary_state *
add_state(struct mf_session *session, struct mf_summary_state *last,
          const struct mf_summary_protocol *protocol)
{
    struct mf_summary_state *state = g_malloc0(sizeof *state + protocol->size);

    state->protocol = protocol;
    if (last != NULL)
        last->next = state;
    else
        session->summary = state;
    return state;
}

static void
feed(struct mf_session *session, const struct mf_summary_protocol *protocol,
     const struct mf_message *message, const struct mf_summary_context *context)
{
    struct mf_summary_state *state = session->summary, *last = NULL;

    while (state != NULL && state->protocol != protocol) {
        last = state;
        state = state->next;
    }
    if (state == NULL) {
        if (protocol->starts != NULL && !protocol->starts(message))
            return;
        state = add_state(session, last, protocol);
    }
    protocol->update(state->data, context, message);
}

/* Whether PART is one of the ':'-separated parts of APP, with no TLS before it. */
static bool
has_plain_part(const char *app, const char *part)
{
    size_t length = strlen(part), n;

    for (;; app += n + 1) {
        n = strcspn(app, ":");
        if (n == length && memcmp(app, part, n) == 0)
            return true;
        if (app[n] == '\0' || (n >= 3 && memcmp(app + n - 3, "TLS", 3) == 0))
            return false;
    }
}

uint8_t
mf_summary_readers(const char *app)
{
    uint8_t readers = 0;

    G_STATIC_ASSERT(G_N_ELEMENTS(by_app) <= 8);
    for (unsigned i = 0; app != NULL && i < G_N_ELEMENTS(by_app); i++)
        if (has_plain_part(app, by_app[i]->app))
            readers |= (uint8_t)(1u << i);
    return readers;
}

static void
feed_payload(struct mf_session *session, const struct mf_message *message,
             const struct mf_summary_context *context)
{
    for (unsigned i = 0; session->payload_readers >> i != 0; i++)
        if (session->payload_readers >> i & 1)
            feed(session, by_app[i], message, context);
}

static void
feed_layers(struct mf_session *session, struct mf_message message,
            const struct mf_summary_context *context)
{
    const struct mf_summary_protocol *protocol;
    bool in_quic = false;
    unsigned at = 0;

    while (mf_message_next(&message, &at)) {
        if (message.layer == MF_BUFFER_COUNT)
            continue;
        in_quic = in_quic || message.layer == MF_BUF_QUIC;
        protocol =
            in_quic && message.layer == MF_BUF_TLS ? &mf_summary_row_quic : by_layer[message.layer];
        if (protocol != NULL && message.n_buffers > 0)
            feed(session, protocol, &message, context);
    }
}

void
mf_summary_update(struct mf_session *session, enum mf_direction direction,
                  const struct mf_packet *packet, const struct mf_summary_context *context)
{
    const struct mf_message message = {
        .packet = packet, .session = session, .direction = direction};

    if (by_l4[packet->l4] != NULL) {
        feed(session, by_l4[packet->l4], &message, context);
        return;
    }
    if (session->payload_readers != 0 && packet->payload_captured > 0)
        feed_payload(session, &message, context);
    if (packet->n_buffers > 0)
        feed_layers(session, message, context);
}

/* --- telling --- */

static void
append_name(const struct mf_summary_protocol *protocol, const struct mf_session *session,
            GString *out)
{
    const char *name = protocol->name;

    for (unsigned i = 0; protocol->aliases != NULL && protocol->aliases[i] != NULL; i++)
        if (g_strcmp0(session->app, protocol->aliases[i]) == 0)
            name = protocol->aliases[i];
    g_string_append(out, name);
    g_string_append(out, ": ");
}

/* Appends what STATE says; false, and nothing appended, if that is nothing. */
static bool
append_state(const struct mf_summary_state *state, const struct mf_session *session, GString *out)
{
    size_t start = out->len, text;

    append_name(state->protocol, session, out);
    text = out->len;
    state->protocol->format(state->data, session, out);
    if (out->len > text)
        return true;
    g_string_truncate(out, start);
    return false;
}

void
mf_summary_append(const struct mf_session *session, GString *out)
{
    size_t start = out->len;

    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next) {
        size_t before = out->len;

        if (before > start)
            g_string_append(out, "; ");
        if (!append_state(state, session, out))
            g_string_truncate(out, before);
    }
}

bool
mf_summary_wants_counts(const struct mf_session *session)
{
    GString *text = g_string_new(NULL);
    bool says = false, wants = false;

    for (const struct mf_summary_state *state = session->summary; state != NULL && !wants;
         state = state->next)
        if (append_state(state, session, text)) {
            says = true;
            wants = state->protocol->with_counts;
        }
    g_string_free(text, TRUE);
    return wants || !says;
}

/* --- items and objects --- */

static unsigned
count_of(const struct mf_summary_state *state)
{
    return state->protocol->count != NULL ? state->protocol->count(state->data) : 0;
}

unsigned
mf_summary_count(const struct mf_session *session)
{
    unsigned n = 0;

    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next)
        n += count_of(state);
    return n;
}

/* The state that item *INDEX belongs to; *INDEX becomes its own. */
static const struct mf_summary_state *
find_item(const struct mf_session *session, unsigned *index)
{
    const struct mf_summary_state *state = session->summary;

    while (state != NULL && *index >= count_of(state)) {
        *index -= count_of(state);
        state = state->next;
    }
    g_assert(state != NULL);
    return state;
}

void
mf_summary_item(const struct mf_session *session, unsigned index, struct mf_summary_item *out)
{
    const struct mf_summary_state *state = find_item(session, &index);

    state->protocol->item(state->data, index, out);
}

void
mf_summary_item_append(const struct mf_session *session, unsigned index, GString *out)
{
    const struct mf_summary_state *state = find_item(session, &index);

    append_name(state->protocol, session, out);
    state->protocol->format_item(state->data, index, out);
}

void
mf_summary_names(const struct mf_session *session, struct mf_summary_names *out)
{
    *out = (struct mf_summary_names){0};
    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next)
        if (state->protocol->names != NULL)
            state->protocol->names(state->data, out);
}

void
mf_summary_details(const struct mf_session *session, const struct mf_detail_taker *taker)
{
    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next)
        if (state->protocol->details != NULL)
            state->protocol->details(state->data, taker);
}

bool
mf_summary_object(const struct mf_session *session, enum mf_direction direction,
                  struct mf_object *out)
{
    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next)
        if (state->protocol->object != NULL && state->protocol->object(state->data, direction, out))
            return true;
    return false;
}

/* --- memory --- */

void
mf_summary_free(struct mf_summary_state *list)
{
    while (list != NULL) {
        struct mf_summary_state *next = list->next;

        if (list->protocol->clear != NULL)
            list->protocol->clear(list->data);
        g_free(list);
        list = next;
    }
}

size_t
mf_summary_memory(const struct mf_session *session)
{
    size_t bytes = 0;

    for (const struct mf_summary_state *state = session->summary; state != NULL;
         state = state->next) {
        bytes += sizeof *state + state->protocol->size;
        if (state->protocol->owned != NULL)
            bytes += state->protocol->owned(state->data);
    }
    return bytes;
}

/* --- for summaries/ --- */

void
mf_detail_tell(const struct mf_detail_taker *taker, enum mf_detail_kind kind, const char *text,
               uint32_t frame)
{
    const struct mf_detail detail = {kind, text, frame};

    if (text != NULL && *text != '\0')
        taker->take(taker->user, &detail);
}

const char *
mf_summary_write(char room[MF_SUMMARY_ROOM], const uint8_t *data, size_t length)
{
    const size_t n = MIN(length, MF_SUMMARY_TEXT);

    mf_text_write(room, data, n);
    room[n] = '\0';
    return room;
}

const char *
mf_summary_intern(const struct mf_summary_context *context, const uint8_t *data, size_t length)
{
    char room[MF_SUMMARY_ROOM];

    return mf_interned_add(context->strings, mf_summary_write(room, data, length));
}

const char *
mf_summary_text(const struct mf_summary_context *context, const struct mf_buffer *buffer)
{
    return buffer != NULL ? mf_summary_intern(context, buffer->data, buffer->length) : NULL;
}
