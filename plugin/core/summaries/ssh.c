/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SSH: the software of both sides. */
#include "table.h"

struct ssh {
    const char *software[2];
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    const char **slot = &((struct ssh *)state)->software[message->direction];

    if (*slot == NULL)
        *slot = mf_summary_text(context, mf_message_find(message, MF_BUF_SSH_IDENTIFICATION));
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct ssh *ssh = state;

    (void)session;
    if (ssh->software[MF_ORIG] != NULL)
        g_string_append_printf(out, "client %s", ssh->software[MF_ORIG]);
    if (ssh->software[MF_RESP] != NULL)
        g_string_append_printf(out, "%sserver %s", ssh->software[MF_ORIG] != NULL ? " / " : "",
                               ssh->software[MF_RESP]);
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_SSH_IDENTIFICATION) != NULL;
}

const struct mf_summary_protocol mf_summary_row_ssh = {
    .name = "SSH",
    .with_counts = true,
    .size = sizeof(struct ssh),
    .starts = starts,
    .update = update,
    .format = format,
};
