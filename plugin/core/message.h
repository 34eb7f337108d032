/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages: what a packet's list of buffers falls apart into (buffers.h). */
#ifndef MALFLOW_CORE_MESSAGE_H
#define MALFLOW_CORE_MESSAGE_H

#include "packet.h"
#include "session.h"

/* One message of one protocol. buffers[] are those behind its LAYER buffer, up to the next; NULL
 * when there are none. packet is never NULL. */
struct mf_message {
    const struct mf_packet *packet;
    const struct mf_session *session;
    enum mf_direction direction;
    enum mf_buffer_id layer; /* MF_BUFFER_COUNT: no LAYER opened it */
    const struct mf_buffer *buffers;
    unsigned n_buffers;
};

/* The message that begins at buffer *AT of MESSAGE->packet: fills the last three members and moves
 * *AT to the next one. False: there is none. */
bool
mf_message_next(struct mf_message *message, unsigned *at);

/* First buffer with this id in the message, or NULL. */
const struct mf_buffer *
mf_message_find(const struct mf_message *message, enum mf_buffer_id id);

/* Its number, or OTHERWISE if there is none. */
uint64_t
mf_message_number(const struct mf_message *message, enum mf_buffer_id id, uint64_t otherwise);

/* Who sends such a message, by what it says itself (a request, a response); where it says nothing:
 * by its direction in the session. */
enum mf_direction
mf_message_side(const struct mf_message *message);

#endif
