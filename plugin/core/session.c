/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names and derived facts of one session. conn_state follows Zeek's conn/main.zeek: it is derived
 * from what each side has sent, so nothing has to be kept up to date packet by packet.
 */
#include "session.h"

#include <glib.h>

static const char *const state_names[] = {
    [MF_STATE_S0] = "S0",       [MF_STATE_S1] = "S1",     [MF_STATE_SF] = "SF",
    [MF_STATE_REJ] = "REJ",     [MF_STATE_S2] = "S2",     [MF_STATE_S3] = "S3",
    [MF_STATE_RSTO] = "RSTO",   [MF_STATE_RSTR] = "RSTR", [MF_STATE_RSTOS0] = "RSTOS0",
    [MF_STATE_RSTRH] = "RSTRH", [MF_STATE_SH] = "SH",     [MF_STATE_SHR] = "SHR",
    [MF_STATE_OTH] = "OTH",
};

static const char *const end_names[] = {
    [MF_END_NONE] = "open",       [MF_END_CLOSED] = "closed", [MF_END_RESET] = "reset",
    [MF_END_TIMEOUT] = "timeout", [MF_END_REUSED] = "reused",
};

const char *
mf_conn_state_name(enum mf_conn_state state)
{
    g_assert((unsigned)state < G_N_ELEMENTS(state_names));
    return state_names[state];
}

const char *
mf_end_reason_name(enum mf_end_reason reason)
{
    g_assert((unsigned)reason < G_N_ELEMENTS(end_names));
    return end_names[reason];
}

/* Whether the responder has not reacted. A bare acknowledgement does not answer a SYN. */
static bool
is_silent(const struct mf_session *session)
{
    return session->packets[MF_RESP] == 0 ||
           ((session->tcp_seen[MF_ORIG] & MF_SEEN_SYN) && session->tcp_seen[MF_RESP] == 0);
}

static enum mf_conn_state
reset_state(const struct mf_session *session)
{
    unsigned orig = session->tcp_seen[MF_ORIG], resp = session->tcp_seen[MF_RESP];

    if (resp & MF_SEEN_RST) {
        if ((orig & MF_SEEN_SYN) && !(resp & (MF_SEEN_SYN | MF_SEEN_SYNACK | MF_SEEN_DATA)))
            return MF_STATE_REJ;
        return (resp & MF_SEEN_SYNACK) && session->packets[MF_ORIG] == 0 ? MF_STATE_RSTRH
                                                                         : MF_STATE_RSTR;
    }
    return (orig & MF_SEEN_SYN) && is_silent(session) ? MF_STATE_RSTOS0 : MF_STATE_RSTO;
}

/* A SYN that the capture missed is made up for by the SYN-ACK and what the originator sent then. */
static bool
is_established(const struct mf_session *session)
{
    return (session->tcp_seen[MF_RESP] & MF_SEEN_SYNACK) != 0
               ? session->packets[MF_ORIG] > 0
               : (session->tcp_seen[MF_ORIG] & session->tcp_seen[MF_RESP] & MF_SEEN_SYN) != 0;
}

static enum mf_conn_state
tcp_state(const struct mf_session *session)
{
    unsigned orig = session->tcp_seen[MF_ORIG], resp = session->tcp_seen[MF_RESP];

    if ((orig | resp) & MF_SEEN_RST)
        return reset_state(session);
    if (orig & resp & MF_SEEN_FIN)
        return MF_STATE_SF;
    if (orig & MF_SEEN_FIN)
        return is_silent(session) ? MF_STATE_SH : MF_STATE_S2;
    if (resp & MF_SEEN_FIN)
        return session->packets[MF_ORIG] == 0 ? MF_STATE_SHR : MF_STATE_S3;
    if ((orig & MF_SEEN_SYN) && is_silent(session))
        return MF_STATE_S0;
    return is_established(session) ? MF_STATE_S1 : MF_STATE_OTH;
}

enum mf_conn_state
mf_session_state(const struct mf_session *session)
{
    if (session->l4 == MF_L4_TCP)
        return tcp_state(session);
    if (session->packets[MF_RESP] == 0)
        return MF_STATE_S0;
    return session->packets[MF_ORIG] == 0 ? MF_STATE_SHR : MF_STATE_SF;
}
