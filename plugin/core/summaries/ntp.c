/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NTP: who asks whom, and how good the answering clock is: "client -> server stratum 2". */
#include "table.h"

struct ntp {
    uint8_t mode[2]; /* 0: nothing from that side */
    uint8_t stratum;
};

/* RFC 5905, 7.3. */
static const char *const modes[] = {
    [1] = "symmetric active", [2] = "symmetric passive", [3] = "client",  [4] = "server",
    [5] = "broadcast",        [6] = "control",           [7] = "private",
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct ntp *ntp = state;
    const uint8_t mode = mf_message_number(message, MF_BUF_NTP_MODE, 0) & 7;

    (void)context;
    if (mode != 0)
        ntp->mode[message->direction] = mode;
    if (mode == 2 || mode == 4 || mode == 5)
        ntp->stratum = (uint8_t)mf_message_number(message, MF_BUF_NTP_STRATUM, 0);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct ntp *ntp = state;
    size_t start = out->len;

    if (ntp->mode[MF_ORIG] != 0)
        g_string_append(out, modes[ntp->mode[MF_ORIG]]);
    if (ntp->mode[MF_RESP] != 0)
        g_string_append_printf(out, "%s%s", out->len > start ? " -> " : "",
                               modes[ntp->mode[MF_RESP]]);
    if (ntp->stratum != 0)
        g_string_append_printf(out, " stratum %u", ntp->stratum);
    if (ntp->mode[MF_ORIG] == 3 && ntp->mode[MF_RESP] == 0 &&
        !mf_addr_is_group(&session->addr[MF_RESP]))
        g_string_append(out, " (no response)");
}

const struct mf_summary_protocol mf_summary_row_ntp = {
    .name = "NTP",
    .size = sizeof(struct ntp),
    .update = update,
    .format = format,
};
