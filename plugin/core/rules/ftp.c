/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kept as a number of the session under a name that no rule can have. */
#include "ftp.h"

#define NAME UINT32_MAX

enum {
    MODE_SHIFT = 16,
    MODE_MASK = 3,
    ANSWERED = 1 << 18,
    UNANSWERED = 1 << 19,
    THERE = 1 << 20,
    FINAL = 1 << 21, /* a reply other than 1yz came */
    LATE = 1 << 22,  /* and then a further one, which belongs to no command */
};

static uint8_t
mode_of(const struct mf_buffer *command)
{
    static const struct {
        const char *name;
        uint8_t mode;
    } modes[] = {{"PORT", MF_FTP_ACTIVE},
                 {"EPRT", MF_FTP_ACTIVE},
                 {"PASV", MF_FTP_PASSIVE},
                 {"EPSV", MF_FTP_PASSIVE}};

    for (unsigned i = 0; i < G_N_ELEMENTS(modes); i++)
        if (command->length == 4 &&
            g_ascii_strncasecmp((const char *)command->data, modes[i].name, 4) == 0)
            return modes[i].mode;
    return MF_FTP_NO_MODE;
}

void
mf_ftp_learn(struct mf_rule_state *state, const struct mf_message *message)
{
    const struct mf_buffer *command = mf_message_find(message, MF_BUF_FTP_COMMAND);
    const struct mf_buffer *reply = mf_message_find(message, MF_BUF_FTP_REPLY_CODE);
    uint32_t session = message->session->id, before = 0, now;

    mf_flowint_get(state, session, NAME, &before);
    if (command != NULL) {
        now = THERE | (uint32_t)mode_of(command) << MODE_SHIFT |
              (uint16_t)mf_message_number(message, MF_BUF_FTP_DYNAMIC_PORT, 0);
        if ((before & (THERE | ANSWERED)) == THERE)
            now |= UNANSWERED;
    } else if (reply != NULL) {
        now = before | ANSWERED | (before & FINAL ? LATE : reply->number >= 200 ? FINAL : 0);
    } else {
        return;
    }
    if (now != before)
        mf_flowint_set(state, session, NAME, now);
}

bool
mf_ftp_command(const struct mf_rule_state *state, const struct mf_message *message,
               struct mf_ftp_command *command)
{
    uint32_t kept = 0;

    mf_flowint_get(state, message->session->id, NAME, &kept);
    command->port =
        (uint16_t)mf_message_number(message, MF_BUF_FTP_DYNAMIC_PORT, kept & UINT16_MAX);
    command->mode = kept >> MODE_SHIFT & MODE_MASK;
    command->answered = (kept & ANSWERED) != 0;
    command->unanswered = (kept & UNANSWERED) != 0;
    return (kept & (THERE | LATE)) == THERE &&
           (mf_message_find(message, MF_BUF_FTP_COMMAND) != NULL ||
            mf_message_find(message, MF_BUF_FTP_REPLY_CODE) != NULL);
}
