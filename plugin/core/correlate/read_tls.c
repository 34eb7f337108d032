/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TLS, QUIC, SOCKS: connections that say for which host they are, and no more. */
#include "correlator.h"

static void
greet(struct mf_correlator *correlator, const struct mf_message *message,
      const struct mf_buffer *name, uint16_t port)
{
    const struct mf_act act = mf_act_of(message);
    char room[MF_NAME_ROOM];
    struct mf_target target = {.port = port};

    if (name == NULL || message->direction != MF_ORIG)
        return;
    target.host = mf_correlate_name((struct mf_span){name->data, name->length}, room);
    mf_correlate_greet(correlator, &act, &target);
}

void
mf_correlate_read_tls(struct mf_correlator *correlator, const struct mf_message *message)
{
    greet(correlator, message, mf_message_find(message, MF_BUF_TLS_SNI),
          message->session->port[MF_RESP]);
}

void
mf_correlate_read_quic(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_buffer *name = mf_message_find(message, MF_BUF_QUIC_SNI);

    greet(correlator, message, name != NULL ? name : mf_message_find(message, MF_BUF_TLS_SNI),
          message->session->port[MF_RESP]);
}

void
mf_correlate_read_socks(struct mf_correlator *correlator, const struct mf_message *message)
{
    greet(correlator, message, mf_message_find(message, MF_BUF_SOCKS_NAME),
          (uint16_t)mf_message_number(message, MF_BUF_SOCKS_PORT, 0));
}
