/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of protocols (read_*.c) have of the correlator: they say what a host was told,
 * and what a host did, in terms of names and addresses; what belongs together is found here.
 */
#ifndef MALFLOW_CORE_CORRELATE_CORRELATOR_H
#define MALFLOW_CORE_CORRELATE_CORRELATOR_H

#include "../correlation.h"
#include "clues.h"
#include "mention_stream.h"

/* Strengths of links: what was named exactly, what only by its host, what by time alone. */
enum {
    MF_STRENGTH_LOCATION = 97,  /* the answer that sent the client there */
    MF_STRENGTH_SOURCE = 93,    /* the source of a frame, script, ... */
    MF_STRENGTH_EXACT = 90,     /* this URL, file, hash, or address and port */
    MF_STRENGTH_NAME = 80,      /* a look-up of the name itself */
    MF_STRENGTH_BEGINNING = 75, /* this URL, which a program has made longer */
    MF_STRENGTH_REFERER = 70,
    MF_STRENGTH_ORDER = 65, /* the port of an order */
    MF_STRENGTH_HOST = 60,  /* another thing of the host, or the host by an address of its name */
    MF_STRENGTH_VERB = 55,  /* an order without a port */
    MF_STRENGTH_DROP = 50,
    MF_STRENGTH_DNS = 40,
    MF_STRENGTH_EXEC = 10,
};

/* Bytes that one side of a session sends, to the other. */
struct mf_telling {
    const struct mf_session *session;
    enum mf_direction direction;
    uint32_t frame;
    mf_nanoseconds time;
};

/* What a host (the side DIRECTION of SESSION) does. */
struct mf_act {
    const struct mf_session *session;
    enum mf_direction direction;
    uint32_t frame; /* in which it does it */
    mf_nanoseconds time;
    bool of_request; /* by a later request; else: by the session's start, or its first request */
};

/* The host of a URL, as it is asked for. */
struct mf_target {
    struct mf_span host; /* lower case, no dot at its end; empty: by its address */
    struct mf_addr addr;
    struct mf_span path; /* from its '/'; empty: none */
    uint16_t port;       /* 0: unknown */
};

struct mf_telling
mf_telling_of(const struct mf_message *message);

struct mf_act
mf_act_of(const struct mf_message *message);

/* --- what hosts are told --- */

/* TOPIC, NAME and what DETAILS say of it (path, text, port, kind) was told. NULL texts are empty.
 */
void
mf_correlate_tell(struct mf_correlator *correlator, const struct mf_telling *telling,
                  enum mf_topic topic, struct mf_span name, const struct mf_clue *details);

/* Everything that TEXT mentions was told. */
void
mf_correlate_tell_text(struct mf_correlator *correlator, const struct mf_telling *telling,
                       struct mf_span text, const struct mf_mention_reading *reading);

/* An answer to a look-up: NAME has ADDR, for SECONDS. */
void
mf_correlate_tell_address(struct mf_correlator *correlator, const struct mf_telling *telling,
                          struct mf_span name, const struct mf_addr *addr, uint32_t seconds);

/* --- what hosts do --- */

/* Asks for the address of NAME. */
void
mf_correlate_lookup(struct mf_correlator *correlator, const struct mf_act *act,
                    struct mf_span name);

/* Opens a connection for TARGET, of which only the host is known (a TLS server name). */
void
mf_correlate_greet(struct mf_correlator *correlator, const struct mf_act *act,
                   const struct mf_target *target);

/* Asks for TARGET. */
void
mf_correlate_request(struct mf_correlator *correlator, const struct mf_act *act,
                     const struct mf_target *target);

/* Asks for TARGET, because the page REFERER says so. */
void
mf_correlate_refer(struct mf_correlator *correlator, const struct mf_act *act,
                   const struct mf_target *referer);

/* Asks for something that may be the consequence of an intrusion. */
void
mf_correlate_download(struct mf_correlator *correlator, const struct mf_act *act);

/* Asks for a file, by its NAME without folders, lower case. */
void
mf_correlate_fetch(struct mf_correlator *correlator, const struct mf_act *act, struct mf_span name);

/* Takes the first request of SESSION: true once. */
bool
mf_correlate_is_first(struct mf_correlator *correlator, const struct mf_session *session);

/* --- readers --- */

/* Reads one message of the protocol that its layer names. */
typedef void (*mf_correlate_reader)(struct mf_correlator *correlator,
                                    const struct mf_message *message);

void
mf_correlate_read_dns(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_nbns(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_http(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_tls(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_quic(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_ftp(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_tftp(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_smb(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_socks(struct mf_correlator *correlator, const struct mf_message *message);
void
mf_correlate_read_mail(struct mf_correlator *correlator, const struct mf_message *message);

/* --- pieces --- */

/* Longest host name, with its NUL (RFC 1035, 2.3.4, in text). */
#define MF_NAME_ROOM 256

/* NAME in lower case, without a dot at its end, in OUT; cut to its room. */
struct mf_span
mf_correlate_name(struct mf_span name, char out[MF_NAME_ROOM]);

/* Takes AUTHORITY ("host", "host:port", "[2001:db8::1]:port", with or without "user@") apart into
 * the host and port of TARGET; the port stays as it is when none is told. False: it is none. */
bool
mf_correlate_authority(struct mf_span authority, char room[MF_NAME_ROOM], struct mf_target *target);

/* The same for a whole URL, its path too. */
bool
mf_correlate_url(struct mf_span url, char room[MF_NAME_ROOM], struct mf_target *target);

#endif
