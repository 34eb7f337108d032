/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Protocols that carry files: what is asked for by its name may have been ordered by that name; and
 * FTP tells the other side to which port its file goes (RFC 959, 4.1.2; RFC 2428).
 */
#include "correlator.h"

#include <string.h>

/* NAME without folders, lower case. */
static void
fetch(struct mf_correlator *correlator, const struct mf_message *message,
      const struct mf_buffer *name)
{
    const struct mf_act act = mf_act_of(message);
    struct mf_span last;
    char room[MF_NAME_ROOM];

    if (name == NULL || act.direction != MF_ORIG)
        return;
    last = (struct mf_span){name->data, name->length};
    for (size_t i = last.length; i > 0; i--)
        if (last.data[i - 1] == '/' || last.data[i - 1] == '\\') {
            last = mf_span_skip(last, i);
            break;
        }
    mf_correlate_fetch(correlator, &act, mf_correlate_name(last, room));
}

/* The side that sends MESSAGE waits at PORT for the other one. */
static void
tell_port(struct mf_correlator *correlator, const struct mf_message *message, uint16_t port)
{
    const struct mf_telling telling = mf_telling_of(message);
    const struct mf_addr *addr = &message->session->addr[telling.direction];
    GString *text = g_string_new("data connection to ");

    mf_endpoint_append(text, addr, port);
    mf_correlate_tell(
        correlator, &telling, MF_TOPIC_ADDRESS, (struct mf_span){addr->bytes, sizeof addr->bytes},
        &(struct mf_clue){
            .kind = MF_LINK_URL, .strength = MF_STRENGTH_EXACT, .port = port, .text = text->str});
    g_string_free(text, TRUE);
}

void
mf_correlate_read_ftp(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_buffer *command = mf_message_find(message, MF_BUF_FTP_COMMAND);
    const uint64_t port = mf_message_number(message, MF_BUF_FTP_DYNAMIC_PORT, 0);

    if (port > 0 && port <= UINT16_MAX)
        tell_port(correlator, message, (uint16_t)port);
    if (command != NULL && mf_span_equals((struct mf_span){command->data, command->length}, "RETR"))
        fetch(correlator, message, mf_message_find(message, MF_BUF_FTP_ARGUMENT));
}

void
mf_correlate_read_tftp(struct mf_correlator *correlator, const struct mf_message *message)
{
    enum { READ_REQUEST = 1 }; /* RFC 1350, 5 */

    if (mf_message_number(message, MF_BUF_TFTP_OPCODE, 0) == READ_REQUEST)
        fetch(correlator, message, mf_message_find(message, MF_BUF_TFTP_FILE));
}

void
mf_correlate_read_smb(struct mf_correlator *correlator, const struct mf_message *message)
{
    fetch(correlator, message, mf_message_find(message, MF_BUF_SMB_FILE));
}

/* Mails reach whom they are sent to: their bodies, decoded. */
void
mf_correlate_read_mail(struct mf_correlator *correlator, const struct mf_message *message)
{
    const struct mf_telling telling = mf_telling_of(message);

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];
        const struct mf_span body = {buffer->data, buffer->length};

        if (buffer->id == MF_BUF_FILE_DATA)
            mf_correlate_tell_text(
                correlator, &telling, body,
                &(struct mf_mention_reading){.html = mf_span_index(body, '<') < body.length});
    }
}
