/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every bound of the engine. Each that is hit is counted in struct mf_counters and shown once. */
#ifndef MALFLOW_CORE_LIMITS_H
#define MALFLOW_CORE_LIMITS_H

#include <stdint.h>

enum {
    /* Sessions kept by default; later packets of further tuples are counted, not told (preference
       max_sessions). */
    MF_DEFAULT_MAX_SESSIONS = 4000000,
    /* The largest value that it takes: ids of 27 bits (frametable.c), at more than 200 bytes a
       session. */
    MF_MAX_SESSIONS = (1 << 27) - 1,
    /* Bytes of one direction of a stream that are inspected, by default (preference stream_bytes).
     */
    MF_DEFAULT_STREAM_BYTES = 16 * 1024 * 1024,
    /* Bytes kept behind the newest byte of a stream, so that a rule sees what its match began in.
     */
    MF_STREAM_WINDOW = 8 * 1024,
    /* Out-of-order bytes held for one direction before a hole is declared a gap. */
    MF_STREAM_HELD_BYTES = 256 * 1024,
    MF_STREAM_HELD_SEGMENTS = 256,
    /* Bytes of all windows and held segments together; the least recently used stream gives up its
       own. */
    MF_STREAM_TOTAL_BYTES = 64 * 1024 * 1024,

    /* A flow's window and reassembly are given up when it was idle this long, in packet time. */
    MF_FLOW_IDLE_SECONDS = 60,

    /* Pieces of text kept for a summary: longest piece, and most pieces of one kind. */
    MF_SUMMARY_TEXT = 256,
    MF_SUMMARY_ITEMS = 32,
    /* HTTP requests remembered for one session. */
    MF_HTTP_REQUESTS = 65536,
    /* Bytes of an HTTP/1 message that are kept where Wireshark gives no body: head, body as sent,
       body decoded. */
    MF_HTTP_HEAD_BYTES = 16 * 1024,
    MF_HTTP_BODY_BYTES = 128 * 1024,
    MF_HTTP_DECODED_BYTES = 1024 * 1024,

    /* Bytes that one transform makes of a buffer at most. */
    MF_TRANSFORM_MAX = 4 * 1024 * 1024,
    /* Bits, numbers and counts that rules remember, of each kind. */
    MF_RULE_STATE_ENTRIES = 1 << 20,

    /* Scan evidence kept at one time: (source, port) and (source, address) trackers. */
    MF_SCAN_TRACKERS = 65536,
    MF_SCAN_THRESHOLD_MAX = 256,

    /* Contacts that make a beacon, by their intervals or by their sizes. */
    MF_BEACON_CONTACTS = 6,
    MF_BEACON_SIZED_CONTACTS = 8,
    /* Pairs of source and destination watched for beacons at one time, and the newest contacts kept
       of each. */
    MF_BEACON_TRACKERS = 65536,
    MF_BEACON_HELD = 128,

    /* What hosts were told, and what DNS answers told them, of each. */
    MF_CLUES_KEPT = 65536,
    /* Orders of interactive sessions that are remembered to the end. */
    MF_ORDERS_KEPT = 16384,
    /* Orders, intrusions and executables that are remembered of one host, of each. */
    MF_HOST_EVENTS = 64,
    /* Causes kept of one effect. */
    MF_LINK_CAUSES = 8,
    /* Bytes of one body, and of one side of a stream, that are read for mentions of hosts. */
    MF_MENTION_BYTES = 256 * 1024,
    /* Bytes of a line that is not whole yet, kept to be searched for mentions with what follows. */
    MF_MENTION_LINE = 4096,

    /* Bytes of files that are kept to be exported: of one, and of all. */
    MF_KEPT_FILE_BYTES = 64 * 1024 * 1024,
    MF_KEPT_BYTES = 256 * 1024 * 1024,

    MF_PAYLOAD_ROW_BYTES_MAX = 65535,
};

/* What was left out because of a bound. */
struct mf_counters {
    uint64_t sessions_refused;   /* packets whose new session was over max_sessions */
    uint64_t streams_cut;        /* directions longer than stream_bytes */
    uint64_t streams_evicted;    /* windows given up under MF_STREAM_TOTAL_BYTES */
    uint64_t stream_gaps;        /* holes that were never filled */
    uint64_t scan_trackers_lost; /* trackers evicted under MF_SCAN_TRACKERS */
    uint64_t
        beacon_trackers_lost; /* trackers of repeated contacts evicted under MF_BEACON_TRACKERS */
    uint64_t summary_items_lost; /* answers, requests, ... over their bound */
    uint64_t pcre_limits;        /* regular expressions stopped by their match limit */
    uint64_t rule_state_lost;    /* bits and counts of rules over MF_RULE_STATE_ENTRIES */
    uint64_t rule_limits;        /* rule evaluations stopped by their bound on work */
    uint64_t clues_lost;         /* what hosts were told, over MF_CLUES_KEPT */
    uint64_t orders_lost;        /* orders over MF_ORDERS_KEPT */
    uint64_t links_lost;         /* causes over MF_LINK_CAUSES */
    uint64_t mention_bytes_lost; /* bytes over MF_MENTION_BYTES */
    uint64_t files_not_kept;     /* files over MF_KEPT_FILE_BYTES or MF_KEPT_BYTES */
};

#endif
