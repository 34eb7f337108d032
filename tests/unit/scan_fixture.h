/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scan module with a store of sessions of its own, and a source that attempts. */
#ifndef MALFLOW_TESTS_SCAN_FIXTURE_H
#define MALFLOW_TESTS_SCAN_FIXTURE_H

#include "core/scan.h"

#define SECOND MF_NS_PER_S

struct scan_fixture {
    struct mf_settings settings;
    struct mf_counters counters;
    struct mf_scans *scans;
    GPtrArray *sessions;
    mf_nanoseconds now; /* start of the next attempt */
    enum mf_l4 l4;
    uint8_t source; /* 192.168.0.SOURCE attempts */
};

/* Thresholds 10 and 10, window 60 s, TCP. */
void
scan_set_up(struct scan_fixture *f);

void
scan_tear_down(struct scan_fixture *f);

/* USER is the fixture. */
struct mf_session *
scan_session(void *user, uint32_t id);

/* Address of host NUMBER (below 8,000,000). */
struct mf_addr
scan_host(uint32_t number);

/* Opens a session to host number TARGET. */
struct mf_session *
scan_attempt(struct scan_fixture *f, uint32_t target, uint16_t port);

struct mf_session *
scan_attempt_at(struct scan_fixture *f, struct mf_addr target, uint16_t port);

/* Attempts at port 139 of COUNT hosts. */
void
scan_spread(struct scan_fixture *f, uint32_t first, uint32_t count);

/* The session's target accepts. */
void
scan_answer(struct scan_fixture *f, struct mf_session *s);

/* The session ends without payload. */
void
scan_close_empty(struct scan_fixture *f, struct mf_session *s);

/* Groups that were not dissolved. */
unsigned
scan_live_groups(const struct scan_fixture *f);

#endif
