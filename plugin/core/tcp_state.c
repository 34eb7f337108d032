/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source of the letters: Zeek, conn.log history. Each is kept once per side, so that the string
 * stays short. */
#include "tcp_state.h"

#include <glib.h>
#include <string.h>

void
mf_history_add(struct mf_session *session, enum mf_direction direction, char letter)
{
    char shown = direction == MF_ORIG ? letter : g_ascii_tolower(letter);
    size_t length = strlen(session->history);

    if (length + 1 < sizeof session->history && strchr(session->history, shown) == NULL) {
        session->history[length] = shown;
        session->history[length + 1] = '\0';
    }
}

/* A SYN fits a live session when it repeats the side's own, opens simultaneously, or comes late. */
static bool
syn_belongs(const struct mf_session *session, enum mf_direction direction,
            const struct mf_packet *packet)
{
    if (session->packets[direction] == 0)
        return session->end == MF_END_NONE;
    if (session->tcp_seen[direction] & (MF_SEEN_SYN | MF_SEEN_SYNACK))
        return packet->seq == session->seq_initial[direction];
    return packet->seq + 1 == session->seq_initial[direction];
}

bool
mf_tcp_belongs(const struct mf_session *session, enum mf_direction direction,
               const struct mf_packet *packet)
{
    if (!(packet->tcp_flags & MF_TCP_SYN))
        return true;
    if (packet->tcp_flags &
        MF_TCP_ACK) /* an old duplicate is no new session, an answer never opens one */
        return session->end == MF_END_NONE || syn_belongs(session, direction, packet);
    return syn_belongs(session, direction, packet);
}

static void
note_syn(struct mf_session *session, enum mf_direction direction, const struct mf_packet *packet)
{
    bool ack = (packet->tcp_flags & MF_TCP_ACK) != 0;

    session->tcp_seen[direction] |= ack ? MF_SEEN_SYNACK : MF_SEEN_SYN;
    mf_history_add(session, direction, ack ? 'H' : 'S');
    if (direction == MF_RESP)
        session->answered = true;
}

static void
note_end(struct mf_session *session)
{
    unsigned both = session->tcp_seen[MF_ORIG] & session->tcp_seen[MF_RESP];
    unsigned any = session->tcp_seen[MF_ORIG] | session->tcp_seen[MF_RESP];

    if (any & MF_SEEN_RST)
        session->end = MF_END_RESET;
    else if (both & MF_SEEN_FIN)
        session->end = MF_END_CLOSED;
}

void
mf_tcp_update(struct mf_session *session, enum mf_direction direction,
              const struct mf_packet *packet, uint32_t new_bytes)
{
    uint8_t flags = packet->tcp_flags;

    if (flags & MF_TCP_SYN)
        note_syn(session, direction, packet);
    if (packet->payload_length > 0) {
        session->tcp_seen[direction] |= MF_SEEN_DATA;
        mf_history_add(session, direction, new_bytes > 0 ? 'D' : 'T');
        if (direction == MF_RESP)
            session->answered = true;
    } else if ((flags & (MF_TCP_SYN | MF_TCP_FIN | MF_TCP_RST | MF_TCP_ACK)) == MF_TCP_ACK) {
        mf_history_add(session, direction, 'A');
    }
    if (packet->window == 0 && !(flags & MF_TCP_RST))
        mf_history_add(session, direction, 'W');
    if (flags & MF_TCP_FIN) {
        session->tcp_seen[direction] |= MF_SEEN_FIN;
        mf_history_add(session, direction, 'F');
    }
    if (flags & MF_TCP_RST) {
        session->tcp_seen[direction] |= MF_SEEN_RST;
        mf_history_add(session, direction, 'R');
    }
    if (flags & (MF_TCP_FIN | MF_TCP_RST))
        note_end(session);
}
