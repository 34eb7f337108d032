/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An engine that is fed packets written by hand, and the timeline of what it saw. */
#ifndef MALFLOW_TESTS_TIMELINE_FIXTURE_H
#define MALFLOW_TESTS_TIMELINE_FIXTURE_H

#include "core/timeline.h"

struct timeline_fixture {
    struct mf_settings settings;
    struct mf_timeline_options options;
    struct mf_packet_protocols keep;
    struct mf_ruleset *rules;
    struct mf_engine *engine;
    uint32_t frame;   /* of the last packet */
    uint32_t said[2]; /* bytes of payload since the last timeline_connect() */
};

/* RULES: text of rules, or NULL. Payload of all protocols is kept, that of none is shown. */
void
timeline_set_up(struct timeline_fixture *f, const char *rules);

void
timeline_tear_down(struct timeline_fixture *f);

/* Endpoints by address (IPv4 or IPv6) and port. */
struct timeline_tuple {
    enum mf_l4 l4;
    const char *from;
    uint16_t from_port;
    const char *to;
    uint16_t to_port;
};

/* A packet MS milliseconds after 2008-01-01, from TUPLE's first to its second endpoint, or back. */
struct mf_packet
timeline_packet(const struct timeline_tuple *tuple, enum mf_direction direction, int64_t ms);

/* Gives PACKET the next frame number, and it to the engine. */
void
timeline_feed(struct timeline_fixture *f, struct mf_packet packet);

/* A TCP packet without payload, or with the next one. */
void
timeline_tcp(struct timeline_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int64_t ms, uint8_t flags);

void
timeline_say(struct timeline_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int64_t ms, const char *payload);

/* SYN, SYN-ACK, ACK at one time. */
void
timeline_connect(struct timeline_fixture *f, const struct timeline_tuple *tuple, int64_t ms);

/* The timeline as text, lines ended by "\n". The caller frees. */
char *
timeline_print(const struct timeline_fixture *f, const struct mf_timeline_selection *selection);

/* The timeline must have these lines and no others; a line of TEXT that ends in "..." may go on in
 * any way (what summaries say is tested elsewhere). */
void
timeline_expect(const struct timeline_fixture *f, const struct mf_timeline_selection *selection,
                const char *text);

#endif
