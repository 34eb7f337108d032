/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Protocols of one command per line (FTP, SMTP, POP3): from Wireshark's fields, or from the payload
 * where only the content told which protocol it is. */
#ifndef MALFLOW_CORE_SUMMARIES_COMMANDS_H
#define MALFLOW_CORE_SUMMARIES_COMMANDS_H

#include "../span.h"
#include "table.h"

struct mf_command_reader {
    enum mf_buffer_id command, argument;
    void (*take)(void *state, const struct mf_summary_context *context, struct mf_span command,
                 struct mf_span argument);
};

/* Calls the reader's take for each command of the message. */
void
mf_commands_read(const struct mf_command_reader *reader, void *state,
                 const struct mf_summary_context *context, const struct mf_message *message);

#endif
