/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command shells on a bare connection: the first commands, and on whose machine they ran. Whoever
 * greets with a banner or a prompt runs the shell, be it the originator (reverse shell) or not. */
#include "../app.h"
#include "table.h"
#include "typed.h"

struct shell {
    struct mf_typed commands;
    uint8_t side; /* enum mf_direction of the shell, + 1; 0: not known yet */
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    const struct mf_packet *packet = message->packet;
    struct shell *shell = state;

    (void)context;
    if (shell->side == 0 &&
        g_strcmp0(mf_app_recognise(packet->l4, packet->payload, packet->payload_captured),
                  "SHELL") == 0)
        shell->side = (uint8_t)(message->direction + 1);
    else if (shell->side != message->direction + 1)
        mf_typed_add(&shell->commands, (struct mf_span){packet->payload, packet->payload_captured});
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct shell *shell = state;

    if (mf_typed_any(&shell->commands))
        mf_typed_append(&shell->commands, out);
    else if (shell->side != 0)
        g_string_append(out, "no command");
    if (shell->side != 0) {
        g_string_append(out, " (shell of ");
        mf_addr_append(out, &session->addr[shell->side - 1]);
        g_string_append_c(out, ')');
    }
}

const struct mf_summary_protocol mf_summary_row_shell = {
    .name = "SHELL",
    .app = "SHELL",
    .with_counts = true,
    .size = sizeof(struct shell),
    .update = update,
    .format = format,
};
