/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What FTP's replies do not repeat of their commands (RFC 959, 2428). Private to rules/. */
#ifndef MALFLOW_CORE_RULES_FTP_H
#define MALFLOW_CORE_RULES_FTP_H

#include "state.h"

#include "../message.h"

enum mf_ftp_mode { MF_FTP_NO_MODE, MF_FTP_ACTIVE, MF_FTP_PASSIVE };

/* The command that was sent last. */
struct mf_ftp_command {
    uint16_t port;   /* for the data, as far as the command says; 0: it does not */
    uint8_t mode;    /* enum mf_ftp_mode: it asks for a data connection of this kind */
    bool answered;   /* a reply came */
    bool unanswered; /* the command before it had no reply yet */
};

/* MESSAGE is of FTP: its command, or that it answers one, is remembered. */
void
mf_ftp_learn(struct mf_rule_state *state, const struct mf_message *message);

/* The command that MESSAGE is, or answers; false: none. */
bool
mf_ftp_command(const struct mf_rule_state *state, const struct mf_message *message,
               struct mf_ftp_command *command);

#endif
