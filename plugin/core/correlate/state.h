/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The correlator's own state, shared by correlator.c, tell.c, act.c and hosts.c. */
#ifndef MALFLOW_CORE_CORRELATE_STATE_H
#define MALFLOW_CORE_CORRELATE_STATE_H

#include "../interned.h"
#include "correlator.h"
#include "hosts.h"
#include "links.h"

struct mf_correlator {
    const struct mf_settings *settings;
    struct mf_counters *counters;
    struct mf_session *(*lookup)(void *user, uint32_t id);
    void *user;
    struct mf_clues *clues;
    struct mf_links *links;
    struct mf_hosts *hosts;
    struct mf_mention_finder *finder;
    struct mf_interned *strings;
    GArray *orders;      /* struct mf_order */
    GHashTable *streams; /* side of a session -> struct mf_mention_stream */
    GArray *scans;       /* uint32_t, first member as known; index: group id */
};

static inline mf_nanoseconds
mf_correlate_window(const struct mf_correlator *correlator)
{
    return correlator->settings->correlation_window * MF_NS_PER_S;
}

/* The connection that ACT opens; before anything is known of what it is for. */
void
mf_correlate_connect(struct mf_correlator *correlator, const struct mf_act *act);

/* The file whose hash may have been told before its session began. */
void
mf_correlate_arrival(struct mf_correlator *correlator, const struct mf_correlator_event *event);

/* The first payload of a connection whose protocol names no host itself. */
void
mf_correlate_speak(struct mf_correlator *correlator, const struct mf_act *act);

/* Adds a link from EVIDENCE-like facts to what ACT does. */
struct mf_cause {
    uint32_t session, frame;
    enum mf_link_kind kind;
    uint8_t strength;
    const char *text;
};
bool
mf_correlate_link(struct mf_correlator *correlator, const struct mf_act *act,
                  const struct mf_cause *cause);

#endif
