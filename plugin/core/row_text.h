/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of text that the rows of several outputs are made of. Each begins with a blank, but for
 * endpoints and messages. */
#ifndef MALFLOW_CORE_ROW_TEXT_H
#define MALFLOW_CORE_ROW_TEXT_H

#include "engine.h"

/* "192.0.2.1:1025 -> 192.0.2.2:80" */
void
mf_row_append_endpoints(const struct mf_session *session, GString *out);

/* " (TCP:IRC)", " (TCP:TCP)", " (ICMP)" */
void
mf_row_append_protocol(const struct mf_session *session, GString *out);

/* " [706 byte (71 pkt) <-> 359 byte (104 pkt)]" */
void
mf_row_append_counts(const struct mf_session *session, GString *out);

/* " DNS: example.org. (192.0.2.1)", or nothing. */
void
mf_row_append_summary(const struct mf_session *session, GString *out);

/* " === Aggregated Session: 12 (Spread Scan) === 12 targets, 3 answered" */
void
mf_row_append_scan(const struct mf_scan_group *group, GString *out);

/* " === Aggregated Session: 12 (Beacon) === every 60.0 s, jitter 0 %, 60 <-> 90 byte" */
void
mf_row_append_beacon(const struct mf_beacon *beacon, GString *out);

/* Which hits are told. */
struct mf_row_hits {
    const struct mf_engine *engine;
    uint32_t priority; /* hits of rules with a greater number are not told; 0: all are */
};

bool
mf_row_tells(const struct mf_row_hits *hits, const struct mf_hit *hit);

/* The message of a rule, "signature 1" where it has none. */
void
mf_row_append_message(const struct mf_rule_info *rule, GString *out);

/* " *** message *** x2 *** other ***": messages of the session's hits, each once. */
void
mf_row_append_session_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                           GString *out);

/* The same of its hits in the frames FIRST to LAST. */
void
mf_row_append_frame_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                         uint32_t first, uint32_t last, GString *out);

/* Tells each of the same messages, with how often: of the session, or of its hits in FRAMES (first
 * and last; NULL: all). */
void
mf_row_tell_hits(const struct mf_row_hits *hits, const struct mf_session *session,
                 const uint32_t frames[2],
                 void (*take)(void *user, const struct mf_rule_info *rule, unsigned count),
                 void *user);

/* "message x2, other": the same messages without decoration, nor a blank in front. */
void
mf_row_append_session_messages(const struct mf_row_hits *hits, const struct mf_session *session,
                               GString *out);
void
mf_row_append_frame_messages(const struct mf_row_hits *hits, const struct mf_session *session,
                             uint32_t first, uint32_t last, GString *out);

/* Names come from Wireshark and messages from rule files: neither may carry a control byte out.
 * Replaces what is not printable ASCII in OUT from FROM on. */
void
mf_row_make_printable(GString *out, size_t from);

#endif
