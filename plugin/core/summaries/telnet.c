/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Telnet: the first lines of both sides, which is where the login is:
 * server "login:", client "root / xc3511". */
#include "list.h"
#include "table.h"
#include "typed.h"

struct telnet {
    struct mf_typed side[2];
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct telnet *telnet = state;

    (void)context;
    for (unsigned i = 0; i < message->n_buffers; i++)
        if (message->buffers[i].id == MF_BUF_TELNET_DATA)
            mf_typed_add(&telnet->side[message->direction],
                         (struct mf_span){message->buffers[i].data, message->buffers[i].length});
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_TELNET_DATA) != NULL;
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct telnet *telnet = state;
    size_t start = out->len;

    (void)session;
    if (mf_typed_any(&telnet->side[MF_RESP])) {
        g_string_append(out, "server ");
        mf_typed_append(&telnet->side[MF_RESP], out);
    }
    if (mf_typed_any(&telnet->side[MF_ORIG])) {
        mf_append_separator(out, start);
        g_string_append(out, "client ");
        mf_typed_append(&telnet->side[MF_ORIG], out);
    }
}

const struct mf_summary_protocol mf_summary_row_telnet = {
    .name = "Telnet",
    .with_counts = true,
    .size = sizeof(struct telnet),
    .starts = starts,
    .update = update,
    .format = format,
};
