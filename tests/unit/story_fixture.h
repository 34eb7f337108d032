/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An engine whose packets have frames: Ethernet, IPv4, TCP or UDP in front of their payload; and
 * the story of it. */
#ifndef MALFLOW_TESTS_STORY_FIXTURE_H
#define MALFLOW_TESTS_STORY_FIXTURE_H

#include "core/story.h"
#include "timeline_fixture.h"

struct story_fixture {
    struct timeline_fixture base;
    GPtrArray *frames;   /* GByteArray *, from frame 1 */
    GArray *times;       /* mf_nanoseconds, from frame 1 */
    mf_nanoseconds time; /* of the last packet */
    uint32_t next[2];    /* sequence numbers of story_say() */
    size_t options;      /* bytes of TCP options that frames have, a multiple of 4 */
    size_t cut;          /* bytes kept of each frame; 0: all */
    bool unreadable;     /* frames cannot be read any more */
    bool timeless;       /* the source does not know times */
    /* What Wireshark says of the packets of story_say(). */
    const char *app;
    const struct mf_buffer *buffers;
    unsigned n_buffers;
    struct mf_story *story; /* see story_open() */
};

/* RULES: text of rules, or NULL. Payload is kept of no protocol; packets of all are shown. */
void
story_set_up(struct story_fixture *f, const char *rules);

void
story_tear_down(struct story_fixture *f);

/* Gives the engine PACKET, whose bytes stand in a frame of their own. */
void
story_feed(struct story_fixture *f, struct mf_packet packet);

/* A handshake at MS; then a packet with PAYLOAD at the side's next sequence number. */
void
story_connect(struct story_fixture *f, const struct timeline_tuple *tuple, int64_t ms);
void
story_say(struct story_fixture *f, const struct timeline_tuple *tuple, enum mf_direction direction,
          int64_t ms, const char *payload);

/* A packet at the time of the last one, STEP behind or before the side's next sequence number,
 * which stays. */
void
story_say_at(struct story_fixture *f, const struct timeline_tuple *tuple,
             enum mf_direction direction, int32_t step, const char *payload);

/* GET http://example.org PATH at MS and its answer, BODY, over TUPLE, as HTTP. */
void
story_get(struct story_fixture *f, const struct timeline_tuple *tuple, int64_t ms, const char *path,
          const char *body);

/* Rule for what story_tell() has in it. */
#define STORY_RULE                                                                                 \
    "alert tcp any any -> any any (msg:\"Executable\"; content:\"MZ\"; "                           \
    "classtype:trojan-activity; sid:7;)\n"

/*
 * A small infection: 1 is an IRC session on which a download is ordered, 2 the web session that
 * does it (of a file with a hit, and of another); 3 to 14 scan port 139 of 192.168.231.1 to .12, of
 * which the fifth (7) answers, and is talked to; 15 to 17 ask for the time.
 */
void
story_tell(struct story_fixture *f);

/* Makes the story, anew if there is one. */
void
story_open(struct story_fixture *f);

/* The chosen top row INDEX. */
const struct mf_row *
story_row(const struct story_fixture *f, uint32_t index);

/* One cell. The caller frees. */
char *
story_cell(const struct story_fixture *f, const struct mf_row *row, enum mf_story_column column);

/* All cells of ROW must be TEXT, "|" between them. */
void
story_expect(const struct story_fixture *f, const struct mf_row *row, const char *text);

/* What stands below ROW must be one line each: "REQUEST 5: SUMMARY\n", with its frame. */
void
story_expect_children(const struct story_fixture *f, const struct mf_row *row, const char *text);

/* The payload of ROW, at most MAX bytes, runs in the form ">text" and "<text". Whether it was all
 * goes to ALL. The caller frees. */
char *
story_payload(const struct story_fixture *f, const struct mf_row *row, size_t max, bool *all);

#endif
