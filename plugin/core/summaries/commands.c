/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "commands.h"

static struct mf_span
span_of(const struct mf_buffer *buffer)
{
    return (struct mf_span){buffer->data, buffer->length};
}

static void
read_payload(const struct mf_command_reader *reader, void *state,
             const struct mf_summary_context *context, const struct mf_packet *packet)
{
    struct mf_span rest = {packet->payload, packet->payload_captured}, line, word;

    while (mf_span_take_line(&rest, &line))
        if (mf_span_take_word(&line, &word))
            reader->take(state, context, word, mf_span_skip(line, 1));
}

static void
read_buffers(const struct mf_command_reader *reader, void *state,
             const struct mf_summary_context *context, const struct mf_message *message)
{
    for (unsigned i = 0; i < message->n_buffers; i++) {
        struct mf_span argument = {NULL, 0};

        if (message->buffers[i].id != reader->command)
            continue;
        if (i + 1 < message->n_buffers && message->buffers[i + 1].id == reader->argument)
            argument = span_of(&message->buffers[i + 1]);
        reader->take(state, context, span_of(&message->buffers[i]), argument);
    }
}

/* Wireshark may read the commands of a session that was recognised by its content: once is enough.
 */
static bool
is_dissected(const struct mf_command_reader *reader, const struct mf_packet *packet)
{
    for (unsigned i = 0; i < packet->n_buffers; i++)
        if (packet->buffers[i].id == reader->command)
            return true;
    return false;
}

void
mf_commands_read(const struct mf_command_reader *reader, void *state,
                 const struct mf_summary_context *context, const struct mf_message *message)
{
    if (message->buffers != NULL)
        read_buffers(reader, state, context, message);
    else if (message->session->app_by_content && message->direction == MF_ORIG &&
             !is_dissected(reader, message->packet))
        read_payload(reader, state, context, message->packet);
}
