/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages to the user: on stderr in tshark, in a window in Wireshark, by Wireshark's own means. */
#ifndef MALFLOW_WS_MESSAGES_H
#define MALFLOW_WS_MESSAGES_H

#include "core/diag.h"

/* Shows what is in the list, headed by what it is ABOUT; a long list is cut with a count. Empty:
 * nothing. */
void
mf_messages_show(const char *about, const struct mf_diags *diags);

/* Shows one text. */
void
mf_messages_warn(const char *about, const char *text);

#endif
