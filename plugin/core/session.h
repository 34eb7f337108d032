/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One session: a bidirectional exchange on one 5-tuple. Everything that has two sides is an array
 * indexed by enum mf_direction. Sessions live as long as their store and never move; ids count from
 * 1 in order of first packet.
 */
#ifndef MALFLOW_CORE_SESSION_H
#define MALFLOW_CORE_SESSION_H

#include "address.h"
#include "types.h"

#include <stdbool.h>

/* Zeek's conn_state (https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html).
 */
enum mf_conn_state {
    MF_STATE_S0,     /* attempt seen, no reply */
    MF_STATE_S1,     /* established, not ended */
    MF_STATE_SF,     /* normal establishment and end; UDP: both sides sent */
    MF_STATE_REJ,    /* attempt refused */
    MF_STATE_S2,     /* established, only the originator closed */
    MF_STATE_S3,     /* established, only the responder closed */
    MF_STATE_RSTO,   /* established, originator aborted */
    MF_STATE_RSTR,   /* responder aborted */
    MF_STATE_RSTOS0, /* SYN then RST by the originator, no SYN-ACK */
    MF_STATE_RSTRH,  /* SYN-ACK then RST by the responder, no SYN seen */
    MF_STATE_SH,     /* SYN then FIN by the originator, no SYN-ACK */
    MF_STATE_SHR, /* SYN-ACK then FIN by the responder, no SYN seen; UDP: only the responder sent */
    MF_STATE_OTH, /* mid-stream traffic */
};

/* Why no packet can be added to the session any more. */
enum mf_end_reason {
    MF_END_NONE,    /* open at the end of the capture */
    MF_END_CLOSED,  /* FIN from both sides */
    MF_END_RESET,   /* RST */
    MF_END_TIMEOUT, /* idle longer than its time-out before its tuple was used again */
    MF_END_REUSED,  /* a SYN that cannot belong to it took its tuple */
};

/* Bits of mf_session.tcp_seen[direction]: what that side has sent. */
enum mf_tcp_seen {
    MF_SEEN_SYN = 0x01,
    MF_SEEN_SYNACK = 0x02,
    MF_SEEN_FIN = 0x04,
    MF_SEEN_RST = 0x08,
    MF_SEEN_DATA = 0x10,
};

/* Room for every letter once per side, '^', and the NUL. */
#define MF_HISTORY_MAX 23

struct mf_flow;
struct mf_summary_state;

struct mf_session {
    mf_nanoseconds start, last;
    struct mf_addr addr[2];
    uint64_t bytes[2];                /* payload, every byte of the stream once */
    uint64_t wire_bytes[2];           /* whole frames */
    const char *app;                  /* L7 name ("IRC", "TLS:HTTP2"); NULL: none */
    struct mf_flow *flow[2];          /* the payload's inspection, see flow.h; NULL: none now */
    struct mf_summary_state *summary; /* list, see summary.h */
    uint32_t id;
    uint32_t first_frame;
    uint32_t packets[2];
    uint32_t seq_initial[2];      /* TCP: of the SYN, or of the first packet */
    uint32_t seq_next[2];         /* TCP: highest sequence number after what was counted */
    uint32_t transaction;         /* with has_transaction, see packet.h */
    uint32_t scan;                /* scan group id; 0: none */
    uint32_t beacon;              /* beacon id; 0: none */
    uint32_t first_hit, last_hit; /* index + 1 into the engine's hits; 0: none */
    uint16_t port[2];             /* ICMP: [ORIG] id, [RESP] type << 8 | code */
    uint8_t l4 : 4;               /* enum mf_l4 */
    uint8_t end : 4;              /* enum mf_end_reason */
    uint8_t tcp_seen[2];          /* enum mf_tcp_seen */
    uint8_t payload_readers;      /* mf_summary_readers() of app */
    bool has_transaction : 1;
    bool counted_attempt : 1; /* scan module: stands as a failed attempt */
    bool answered : 1;        /* the responder accepted: SYN-ACK, UDP datagram, echo reply, is-at */
    bool flipped : 1;         /* the first packet came from the responder */
    bool keeps_payload : 1;   /* by app: payload rows are told */
    bool app_by_content : 1;  /* app was recognised from payload by the engine */
    bool app_is_carrier : 1;  /* app only carries others: a later name replaces it */
    bool requested : 1;       /* correlation: its first request was seen */
    char history[MF_HISTORY_MAX]; /* Zeek's history letters, each once per side, NUL-terminated */
};

enum mf_conn_state
mf_session_state(const struct mf_session *session);

/* "S0", "SF", ... Static. */
const char *
mf_conn_state_name(enum mf_conn_state state);

/* "closed", "reset", ... Static. */
const char *
mf_end_reason_name(enum mf_end_reason reason);

static inline bool
mf_session_has_ports(const struct mf_session *session)
{
    return session->l4 == MF_L4_TCP || session->l4 == MF_L4_UDP;
}

/* Port of one side for printing, or -1 where the session has none. */
static inline int
mf_session_port(const struct mf_session *session, enum mf_direction side)
{
    return mf_session_has_ports(session) ? session->port[side] : -1;
}

#endif
