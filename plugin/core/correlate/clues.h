/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hosts were told, by whom and in which frame: kept for as long as something may come of it,
 * and found again by host and name. Bounded (limits.h): the oldest goes first, and is counted.
 */
#ifndef MALFLOW_CORE_CORRELATE_CLUES_H
#define MALFLOW_CORE_CORRELATE_CLUES_H

#include "../address.h"
#include "../limits.h"
#include "../span.h"
#include "../types.h"

#include <stdbool.h>

/* What NAME is, and so what may ask for it. */
enum mf_topic {
    MF_TOPIC_NAME,    /* a host by its name, in lower case */
    MF_TOPIC_ADDRESS, /* a host by its address: 16 bytes, as struct mf_addr has them */
    MF_TOPIC_ANSWER,  /* an address that a DNS answer gave; path is the name that was asked for */
    MF_TOPIC_PAGE,    /* a host whose page (path) was fetched: what a Referer names */
    MF_TOPIC_FILE,    /* a file's name */
    MF_TOPIC_SHA256,
};

/* One thing that a host was told. Text is printable ASCII, "" where there is none. */
struct mf_clue {
    struct mf_clue *older; /* of the same host, topic and name; NULL: no more */
    mf_nanoseconds time, until;
    uint32_t session, frame;
    uint32_t query;   /* what it answers, which may be asked and answered twice; 0: unknown */
    uint32_t order;   /* of the correlator's orders, index + 1; 0: none */
    uint16_t port;    /* 0: none told */
    uint8_t kind;     /* enum mf_link_kind of what comes of it */
    uint8_t strength; /* of the exact thing; 0: as usual for its kind */
    bool open;        /* read from a line that is not whole yet */
    const char *name, *path, *text;
};

/* Who was told, and of what. */
struct mf_clue_key {
    struct mf_addr host;
    enum mf_topic topic;
    struct mf_span name;
};

struct mf_clues;

/* COUNTERS outlives the store. */
struct mf_clues *
mf_clues_new(struct mf_counters *counters);

/* Accepts NULL. */
void
mf_clues_free(struct mf_clues *store);

/*
 * Adds what DETAILS say (name, older: not read; path and text are copied). The same thing told
 * again by the same session is not kept twice. Returns it, borrowed until the next is added; NULL
 * when it was there already.
 */
struct mf_clue *
mf_clue_add(struct mf_clues *store, const struct mf_clue_key *key, const struct mf_clue *details);

/* The newest of what the host was told, NULL if there is nothing. What is older than its until is
 * still in the list, see mf_clue_holds(). */
const struct mf_clue *
mf_clue_find(const struct mf_clues *store, const struct mf_clue_key *key);

/* Whether it can have caused what happens at TIME in FRAME. */
static inline bool
mf_clue_holds(const struct mf_clue *clue, mf_nanoseconds time, uint32_t frame)
{
    return clue->frame < frame && time <= clue->until;
}

/* Something came of CLUE: whoever works through a list has not done with the rest of it. What the
 * same session told in the same frame holds until UNTIL too. */
void
mf_clue_renew(struct mf_clues *store, const struct mf_clue *clue, mf_nanoseconds until);

/* Forgets what SESSION was told in a line that is not whole yet (open): it is read again. */
void
mf_clue_withdraw_open(struct mf_clues *store, uint32_t session);

/* Forgets what can cause nothing any more. */
void
mf_clue_expire(struct mf_clues *store, mf_nanoseconds now);

size_t
mf_clues_memory(const struct mf_clues *store);

#endif
