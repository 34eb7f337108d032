/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine_fixture.h"

#include <string.h>

void
engine_set_up(struct engine_fixture *f, const char *rules)
{
    *f = (struct engine_fixture){
        .tuple = {MF_L4_TCP, "192.0.2.1", 1025, "198.51.100.2", 8192},
        .next = {ORIG_ISN, RESP_ISN},
    };
    timeline_set_up(&f->base, rules);
}

void
engine_tear_down(struct engine_fixture *f)
{
    timeline_tear_down(&f->base);
}

uint32_t
engine_count(const struct engine_fixture *f)
{
    return mf_engine_session_count(f->base.engine);
}

const struct mf_session *
engine_session(const struct engine_fixture *f, uint32_t id)
{
    const struct mf_session *session = mf_engine_session(f->base.engine, id);

    g_assert_nonnull(session);
    g_assert_cmpuint(session->id, ==, id);
    return session;
}

const struct mf_session *
engine_only(const struct engine_fixture *f)
{
    g_assert_cmpuint(engine_count(f), ==, 1);
    return engine_session(f, 1);
}

uint32_t
engine_feed(struct engine_fixture *f, struct mf_packet packet)
{
    timeline_feed(&f->base, packet);
    f->ms++;
    return mf_engine_verdict(f->base.engine, f->base.frame).session;
}

static void
set_payload(struct mf_packet *packet, const char *text)
{
    if (text == NULL)
        return;
    packet->payload = (const uint8_t *)text;
    packet->payload_captured = packet->payload_length = (uint32_t)strlen(text);
}

uint32_t
engine_segment(struct engine_fixture *f, struct segment segment)
{
    struct mf_packet packet = timeline_packet(&f->tuple, segment.from, f->ms);

    packet.tcp_flags = segment.flags;
    packet.seq = segment.seq;
    packet.ack = segment.ack;
    if (segment.zero_window)
        packet.window = 0;
    set_payload(&packet, segment.payload);
    return engine_feed(f, packet);
}

uint32_t
engine_say(struct engine_fixture *f, enum mf_direction from, const char *text)
{
    struct mf_packet packet = timeline_packet(&f->tuple, from, f->ms);

    set_payload(&packet, text);
    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = f->next[from];
    packet.ack = f->next[from ^ 1];
    f->next[from] += packet.payload_length;
    return engine_feed(f, packet);
}

/* What a letter of engine_play() sends. */
struct move {
    char letter;
    uint8_t flags;
    const char *payload;
    uint8_t back; /* sequence number, before the next one */
    uint8_t step;
    bool zero_window;
};

static const struct move *
move_of(char letter)
{
    static const struct move moves[] = {
        {'S', MF_TCP_SYN, NULL, 0, 1, false},
        {'H', MF_TCP_SYN | MF_TCP_ACK, NULL, 0, 1, false},
        {'A', MF_TCP_ACK, NULL, 0, 0, false},
        {'D', MF_TCP_ACK | MF_TCP_PSH, "abc", 0, 3, false},
        {'F', MF_TCP_FIN | MF_TCP_ACK, NULL, 0, 1, false},
        {'R', MF_TCP_RST, NULL, 0, 0, false},
        {'T', MF_TCP_ACK, "abc", 3, 0, false},
        {'W', MF_TCP_ACK, NULL, 0, 0, true},
        {'I', MF_TCP_FIN | MF_TCP_RST, NULL, 0, 0, false},
        {'Q', MF_TCP_SYN | MF_TCP_FIN, NULL, 0, 0, false},
        {'K', MF_TCP_ACK, "c", 1, 0, false},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(moves); i++)
        if (moves[i].letter == g_ascii_toupper(letter))
            return &moves[i];
    g_error("no move %c", letter);
}

void
engine_play(struct engine_fixture *f, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        const struct move *move = move_of(*letters);
        enum mf_direction from = g_ascii_isupper(*letters) ? MF_ORIG : MF_RESP;
        uint32_t isn = from == MF_ORIG ? ORIG_ISN : RESP_ISN;
        bool repeats = (move->flags & MF_TCP_SYN) && f->next[from] != isn;

        engine_segment(f, (struct segment){.from = from,
                                           .flags = move->flags,
                                           .seq = repeats ? isn : f->next[from] - move->back,
                                           .ack = f->next[from ^ 1],
                                           .payload = move->payload,
                                           .zero_window = move->zero_window});
        f->next[from] += repeats ? 0 : move->step;
    }
}
