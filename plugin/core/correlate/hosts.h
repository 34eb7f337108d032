/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What happened to single hosts: orders to scan that reached them, intrusions, executables that
 * arrived; and whom they have been in contact with since.
 */
#ifndef MALFLOW_CORE_CORRELATE_HOSTS_H
#define MALFLOW_CORE_CORRELATE_HOSTS_H

#include "../correlation.h"
#include "mentions.h"

/* An order to scan. */
struct mf_scan_order {
    mf_nanoseconds time;
    uint32_t session, frame;
    uint32_t order;                   /* of the correlator's orders, index + 1; 0: none */
    uint16_t ports[MF_MENTION_PORTS]; /* 0: no more; none: any */
    const char *text;                 /* interned */
    bool open;                        /* its line is not whole yet: told again, it is replaced */
};

/* An event on a host: an intrusion from a peer, an executable that arrived. */
struct mf_host_event {
    mf_nanoseconds time;
    uint32_t session, frame;
    struct mf_addr peer;
    const char *text; /* interned */
};

struct mf_host;
struct mf_hosts;

struct mf_hosts *
mf_hosts_new(void);

/* Accepts NULL. */
void
mf_hosts_free(struct mf_hosts *hosts);

/* NULL when nothing happened to it. */
struct mf_host *
mf_hosts_find(const struct mf_hosts *hosts, const struct mf_addr *addr);

/* Of each kind the newest MF_HOST_EVENTS are kept. */
void
mf_hosts_order(struct mf_hosts *hosts, const struct mf_addr *addr,
               const struct mf_scan_order *order);
void
mf_hosts_intrusion(struct mf_hosts *hosts, const struct mf_addr *addr,
                   const struct mf_host_event *event);
void
mf_hosts_executable(struct mf_hosts *hosts, const struct mf_addr *addr,
                    const struct mf_host_event *event);

/* AGE 0: the newest; NULL: there is none. */
const struct mf_scan_order *
mf_host_order(const struct mf_host *host, unsigned age);
const struct mf_host_event *
mf_host_intrusion(const struct mf_host *host, unsigned age);
const struct mf_host_event *
mf_host_executable(const struct mf_host *host, unsigned age);

/* Whether SESSION is the first contact of its originator, which is HOST, with its responder, as far
 * as sessions with smaller ids tell; LOOKUP gives those. Asks each session once per host. */
bool
mf_host_is_first_contact(struct mf_host *host, const struct mf_session *session,
                         struct mf_session *(*lookup)(void *user, uint32_t id), void *user);

size_t
mf_hosts_memory(const struct mf_hosts *hosts);

#endif
