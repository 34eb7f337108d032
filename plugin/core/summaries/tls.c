/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TLS, also inside QUIC: what both sides say before they fall silent: the server's name, version,
 * certificate, and the fingerprints of the two hellos. */
#include "list.h"
#include "table.h"

enum { CLIENT_HELLO = 1, SERVER_HELLO = 2 };

struct tls {
    const char *sni, *subject, *issuer, *sha1, *ja3, *ja3s, *ja4;
    uint16_t offered, chosen; /* versions as on the wire; 0: unknown */
};

/* RFC 8701: values that mean nothing, to keep servers tolerant. */
static bool
is_grease(uint64_t version)
{
    return (version & 0x0f0f) == 0x0a0a;
}

/* TLS 1.3 hides in a list what its version field denies: the highest value counts. DTLS counts
 * downwards, but its sides agree. */
static void
take_version(struct tls *tls, unsigned handshake, uint64_t version)
{
    uint16_t *slot = handshake == SERVER_HELLO ? &tls->chosen : &tls->offered;

    if ((handshake == CLIENT_HELLO || handshake == SERVER_HELLO) && version <= UINT16_MAX &&
        !is_grease(version) && version > *slot)
        *slot = (uint16_t)version;
}

/* Where the text of buffer ID is kept, or NULL. */
static const char **
slot_of(struct tls *tls, enum mf_buffer_id id)
{
    switch (id) {
    case MF_BUF_TLS_SNI:
        return &tls->sni;
    case MF_BUF_TLS_CERT_SUBJECT:
        return &tls->subject;
    case MF_BUF_TLS_CERT_ISSUER:
        return &tls->issuer;
    case MF_BUF_TLS_CERT_FINGERPRINT:
        return &tls->sha1;
    case MF_BUF_JA3_HASH:
        return &tls->ja3;
    case MF_BUF_JA3S_HASH:
        return &tls->ja3s;
    case MF_BUF_JA4_HASH:
        return &tls->ja4;
    default:
        return NULL;
    }
}

/* First come is kept. Of certificates that is the server's own: those behind it are its issuers',
 * and a client's is of no interest. */
static void
take_text(struct tls *tls, const struct mf_summary_context *context,
          const struct mf_message *message, const struct mf_buffer *buffer)
{
    const char **slot = slot_of(tls, buffer->id);

    if (slot == NULL || *slot != NULL || buffer->length == 0)
        return;
    if ((slot == &tls->subject || slot == &tls->issuer || slot == &tls->sha1) &&
        message->direction != MF_RESP)
        return;
    *slot = mf_summary_text(context, buffer);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    unsigned handshake = 0;

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (buffer->id == MF_BUF_TLS_HANDSHAKE_TYPE)
            handshake = (unsigned)(buffer->number & 0xff);
        else if (buffer->id == MF_BUF_TLS_VERSION || buffer->id == MF_BUF_TLS_SUPPORTED_VERSION)
            take_version(state, handshake, buffer->number);
        else
            take_text(state, context, message, buffer);
    }
}

static void
append_version(GString *out, unsigned version)
{
    static const struct {
        uint16_t version;
        const char *name;
    } names[] = {
        {0x0002, "SSL 2.0"},  {0x0300, "SSL 3.0"},  {0x0301, "TLS 1.0"},
        {0x0302, "TLS 1.1"},  {0x0303, "TLS 1.2"},  {0x0304, "TLS 1.3"},
        {0xfeff, "DTLS 1.0"}, {0xfefd, "DTLS 1.2"}, {0xfefc, "DTLS 1.3"},
    };

    if (version == 0)
        return;
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].version == version) {
            g_string_append(out, names[i].name);
            return;
        }
    if (version >> 8 == 0x7f)
        g_string_append_printf(out, "TLS 1.3 draft %u", version & 0xff);
    else
        g_string_append_printf(out, "version 0x%04x", version);
}

static void
append_part(GString *out, size_t start, const char *name, const char *value)
{
    if (value == NULL)
        return;
    mf_append_separator(out, start);
    g_string_append_printf(out, "%s %s", name, value);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct tls *tls = state;
    size_t start = out->len, details;

    (void)session;
    g_string_append(out, tls->sni != NULL ? tls->sni : "no SNI");
    g_string_append(out, " (");
    details = out->len;
    append_version(out, tls->chosen != 0 ? tls->chosen : tls->offered);
    append_part(out, details, "subject", tls->subject);
    append_part(out, details, "issuer", tls->issuer);
    append_part(out, details, "JA3", tls->ja3);
    append_part(out, details, "JA3S", tls->ja3s);
    append_part(out, details, "JA4", tls->ja4);
    if (out->len > details)
        g_string_append_c(out, ')');
    else
        g_string_truncate(out, tls->sni != NULL ? details - 2 : start);
}

static void
names(const void *state, struct mf_summary_names *out)
{
    out->server = ((const struct tls *)state)->sni;
}

static void
details(const void *state, const struct mf_detail_taker *taker)
{
    const struct tls *tls = state;
    const char *const texts[MF_DETAILS] = {
        [MF_DETAIL_SERVER_NAME] = tls->sni,
        [MF_DETAIL_JA3] = tls->ja3,
        [MF_DETAIL_JA3S] = tls->ja3s,
        [MF_DETAIL_JA4] = tls->ja4,
        [MF_DETAIL_CERT_SUBJECT] = tls->subject,
        [MF_DETAIL_CERT_ISSUER] = tls->issuer,
        [MF_DETAIL_CERT_SHA1] = tls->sha1,
    };

    for (unsigned kind = 0; kind < MF_DETAILS; kind++)
        mf_detail_tell(taker, (enum mf_detail_kind)kind, texts[kind], 0);
}

const struct mf_summary_protocol mf_summary_row_tls = {
    .name = "TLS",
    .with_counts = true,
    .size = sizeof(struct tls),
    .update = update,
    .format = format,
    .names = names,
    .details = details,
};

const struct mf_summary_protocol mf_summary_row_quic = {
    .name = "QUIC",
    .with_counts = true,
    .size = sizeof(struct tls),
    .update = update,
    .format = format,
    .names = names,
    .details = details,
};
