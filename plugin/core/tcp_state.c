/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source of the letters: Zeek, conn.log history. As there, a packet has one letter for its flags,
 * and payload counts as such only without SYN, FIN and RST. Unlike there, each letter is kept once
 * per side, so that the string stays short.
 */
#include "tcp_state.h"

#include <glib.h>

void
mf_history_add(struct mf_session *session, enum mf_direction direction, char letter)
{
    char shown = direction == MF_ORIG ? letter : g_ascii_tolower(letter);
    size_t at = 0;

    while (session->history[at] != '\0' && session->history[at] != shown)
        at++;
    if (session->history[at] == '\0' && at + 1 < sizeof session->history) {
        session->history[at] = shown;
        session->history[at + 1] = '\0';
    }
}

/* Whether the side's number repeats its own SYN's, or comes right before its first data's. */
static bool
syn_repeats(const struct mf_session *session, enum mf_direction direction, uint32_t seq)
{
    if (session->packets[direction] == 0)
        return false;
    return session->tcp_seen[direction] & (MF_SEEN_SYN | MF_SEEN_SYNACK)
               ? seq == session->seq_initial[direction]
               : seq + 1 == session->seq_initial[direction];
}

static bool
answers_syn(const struct mf_session *session, enum mf_direction direction, uint32_t ack)
{
    return (session->tcp_seen[direction ^ 1] & MF_SEEN_SYN) != 0 &&
           ack == session->seq_initial[direction ^ 1] + 1;
}

bool
mf_tcp_belongs(const struct mf_session *session, enum mf_direction direction,
               const struct mf_packet *packet)
{
    bool live = session->end == MF_END_NONE;

    if (!(packet->tcp_flags & MF_TCP_SYN) || syn_repeats(session, direction, packet->seq))
        return true;
    if (packet->tcp_flags & MF_TCP_ACK) /* never opens a session where there is one */
        return live || answers_syn(session, direction, packet->ack);
    return live && session->packets[direction] == 0; /* simultaneous open, or the SYN comes late */
}

enum mf_side_start
mf_tcp_start_side(struct mf_session *session, enum mf_direction direction,
                  const struct mf_packet *packet)
{
    bool syn = (packet->tcp_flags & MF_TCP_SYN) != 0;
    bool has_syn = (session->tcp_seen[direction] & (MF_SEEN_SYN | MF_SEEN_SYNACK)) != 0;

    if (session->packets[direction] > 0) {
        if (!syn || (has_syn && session->bytes[direction] > 0))
            return MF_SIDE_GOES_ON;
        if (syn_repeats(session, direction, packet->seq)) {
            session->seq_initial[direction] = packet->seq;
            return MF_SIDE_GOES_ON;
        }
    }
    session->seq_initial[direction] = packet->seq;
    session->seq_next[direction] = packet->seq + (syn ? 1 : 0);
    return MF_SIDE_STARTS;
}

static char
letter_of(const struct mf_packet *packet)
{
    switch (packet->tcp_flags & (MF_TCP_SYN | MF_TCP_FIN | MF_TCP_RST)) {
    case 0:
        if (packet->payload_length > 0)
            return 'D';
        return packet->tcp_flags & MF_TCP_ACK ? 'A' : '\0';
    case MF_TCP_SYN:
        return packet->tcp_flags & MF_TCP_ACK ? 'H' : 'S';
    case MF_TCP_FIN:
        return 'F';
    case MF_TCP_RST:
        return 'R';
    case MF_TCP_SYN | MF_TCP_FIN:
    case MF_TCP_SYN | MF_TCP_RST:
        return 'Q';
    default:
        return 'I';
    }
}

static void
note_letters(struct mf_session *session, enum mf_direction direction,
             const struct mf_packet *packet, uint32_t new_bytes)
{
    char letter = letter_of(packet);

    if (letter != '\0')
        mf_history_add(session, direction, letter);
    if (packet->payload_length > 0 && new_bytes == 0)
        mf_history_add(session, direction, 'T');
    /* After the other side's FIN there is nothing left to hold back. */
    if (packet->window == 0 && !(packet->tcp_flags & MF_TCP_RST) &&
        !(session->tcp_seen[direction ^ 1] & (MF_SEEN_FIN | MF_SEEN_RST)))
        mf_history_add(session, direction, 'W');
}

static uint8_t
seen_in(const struct mf_packet *packet)
{
    uint8_t flags = packet->tcp_flags, seen = 0;

    if (packet->payload_length > 0 && !(flags & MF_TCP_RST)) /* what a RST says is no data */
        seen |= MF_SEEN_DATA;
    if (flags & MF_TCP_SYN)
        seen |= flags & MF_TCP_ACK ? MF_SEEN_SYNACK : MF_SEEN_SYN;
    if (flags & MF_TCP_FIN)
        seen |= MF_SEEN_FIN;
    if (flags & MF_TCP_RST)
        seen |= MF_SEEN_RST;
    return seen;
}

void
mf_tcp_update(struct mf_session *session, enum mf_direction direction,
              const struct mf_packet *packet, uint32_t new_bytes)
{
    uint8_t seen = seen_in(packet);

    note_letters(session, direction, packet, new_bytes);
    session->tcp_seen[direction] |= seen;
    if (direction == MF_RESP && (seen & (MF_SEEN_SYN | MF_SEEN_SYNACK | MF_SEEN_DATA)))
        session->answered = true;
    if (session->end != MF_END_NONE)
        return;
    if (seen & MF_SEEN_RST)
        session->end = MF_END_RESET;
    else if (session->tcp_seen[MF_ORIG] & session->tcp_seen[MF_RESP] & MF_SEEN_FIN)
        session->end = MF_END_CLOSED;
}
