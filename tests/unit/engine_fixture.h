/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One tuple whose TCP segments and datagrams a test writes by hand, down to the sequence number, on
 * top of the timeline's fixture. */
#ifndef MALFLOW_TESTS_ENGINE_FIXTURE_H
#define MALFLOW_TESTS_ENGINE_FIXTURE_H

#include "timeline_fixture.h"

enum { ORIG_ISN = 1000000, RESP_ISN = 2000000 };

struct engine_fixture {
    struct timeline_fixture base;
    struct timeline_tuple tuple; /* 192.0.2.1:1025 -> 198.51.100.2:8192 over TCP */
    int64_t ms;                  /* time of the next packet; steps by 1 */
    uint32_t next[2];            /* sequence numbers of engine_play() and engine_say() */
};

/* RULES: text of rules, or NULL. */
void
engine_set_up(struct engine_fixture *f, const char *rules);

void
engine_tear_down(struct engine_fixture *f);

struct segment {
    enum mf_direction from;
    uint8_t flags;
    uint32_t seq, ack;
    const char *payload; /* or NULL */
    bool zero_window;
};

/* Feeds it. Returns the id of its session. */
uint32_t
engine_segment(struct engine_fixture *f, struct segment segment);

/* Feeds a packet that carries TEXT (or NULL) as its payload; for TCP at the side's next number.
 * Returns the id of its session. */
uint32_t
engine_say(struct engine_fixture *f, enum mf_direction from, const char *text);

/*
 * Feeds one TCP packet per letter, named as in Zeek's history (upper case: the originator): S, H,
 * A, D (3 bytes), F, R, T (the last 3 bytes again), W, I (FIN and RST), Q (SYN and FIN); and K, a
 * keep-alive probe of 1 byte. Numbers run on from the side's initial one.
 */
void
engine_play(struct engine_fixture *f, const char *letters);

/* Feeds PACKET at the next frame and the time of the fixture. Returns the id of its session. */
uint32_t
engine_feed(struct engine_fixture *f, struct mf_packet packet);

const struct mf_session *
engine_session(const struct engine_fixture *f, uint32_t id);

/* The only session that there is. */
const struct mf_session *
engine_only(const struct engine_fixture *f);

uint32_t
engine_count(const struct engine_fixture *f);

#endif
