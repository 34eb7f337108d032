/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hits of signatures, and the files that they tell of. */
#ifndef MALFLOW_CORE_FINDINGS_H
#define MALFLOW_CORE_FINDINGS_H

#include "flow.h"
#include "summary.h"

/* A signature that fired. */
struct mf_hit {
    mf_nanoseconds time; /* of its frame; 0: not known, it fired on what was held back */
    uint32_t session;
    uint32_t frame;
    uint32_t rule; /* index into the ruleset */
    uint32_t next; /* next hit of the session, index + 1; 0: none */
    uint32_t file; /* the file it told about, index + 1; 0: none */
    /* Of the first hit of its signature in its session: how many there are, and the first of
       another signature there (index + 1; 0: no more), which begins with the session's first_hit.
     */
    uint32_t count, next_signature;
    uint32_t below; /* module's own: older hit that waits for its counterpart, index + 1; 0: none */
    uint8_t direction;
    bool whole; /* on a whole decoded buffer */
};

/* A file that was seen in a session. */
struct mf_file {
    mf_nanoseconds time; /* of that frame; 0: not known */
    uint32_t session;
    uint32_t frame; /* where it was recognised */
    const char *type;
    struct mf_object object; /* name, content type, size as the transfer says */
    char sha256[65];         /* hex; "" unless the whole decoded file was seen */
    char md5[33];            /* the same; "" also unless the settings ask for it */
    bool mismatch;           /* its name or content type claims something else */
    uint8_t direction;
    uint8_t n_begin;
    uint8_t begin[16]; /* its first bytes, as far as they were there when it was recognised */
    /* Module's own: a byte of it in the body at hand in frame at_frame; NULL: not known. */
    const uint8_t *at;
    uint32_t at_frame;
};

/* The bytes of a file. */
struct mf_findings_body {
    const struct mf_session *session;
    enum mf_direction direction;
    uint32_t frame; /* the one at hand */
    const struct mf_buffer *bytes;
    const char *name; /* that stands with it; interned, or NULL */
};

struct mf_findings;

/* SETTINGS and RULES (may be NULL) outlive the object. */
struct mf_findings *
mf_findings_new(const struct mf_settings *settings, const struct mf_ruleset *rules);

/* Accepts NULL. */
void
mf_findings_free(struct mf_findings *findings);

/*
 * Takes a hit. A decoded body and the stream that carried it are the same bytes: of two hits with
 * the same message on both, only the first is kept. A signature that tells of a file tells of it
 * once: executables inside an executable are not told again. So are a hit on a packet and one of
 * the same rule on the stream at that frame one hit.
 */
void
mf_findings_add(struct mf_findings *findings, const struct mf_flow_hit *hit);

/*
 * The hits that told of BODY, since the last whole file: those on its bytes; where a hit was on the
 * stream, those that saw the same beginning. From HIT on (0: the first), which is an index + 1 as
 * is what is returned; 0: no more.
 */
uint32_t
mf_findings_next_in(const struct mf_findings *findings, const struct mf_findings_body *body,
                    uint32_t hit);

/* BODY is the whole file that HIT, of mf_findings_next_in(), told of. Returns the file, borrowed
 * until the next hit. */
const struct mf_file *
mf_findings_complete(struct mf_findings *findings, const struct mf_findings_body *body,
                     uint32_t hit);

/* The file that HIT (index + 1) told of has this NAME (interned, or NULL), if none is known. */
void
mf_findings_name(struct mf_findings *findings, uint32_t hit, const char *name);

/* All whole files of the frame at hand, of which there is one at least, have passed. */
void
mf_findings_end_files(struct mf_findings *findings, const struct mf_session *session,
                      enum mf_direction direction);

uint32_t
mf_findings_hit_count(const struct mf_findings *findings);

/* INDEX below the count. Borrowed until the next hit. */
const struct mf_hit *
mf_findings_hit(const struct mf_findings *findings, uint32_t index);

/* The same hits in order of frame; POSITION below the count. */
const struct mf_hit *
mf_findings_hit_by_frame(const struct mf_findings *findings, uint32_t position);

/* How often RULE fired in the session. */
uint32_t
mf_findings_count(const struct mf_findings *findings, const struct mf_session *session,
                  uint32_t rule);

/* Position (in order of frame) of the first hit that is not before FRAME. */
uint32_t
mf_findings_first_of_frame(const struct mf_findings *findings, uint32_t frame);

uint32_t
mf_findings_file_count(const struct mf_findings *findings);

const struct mf_file *
mf_findings_file(const struct mf_findings *findings, uint32_t index);

/* Bytes of memory that it holds now, without interned text. */
size_t
mf_findings_memory(const struct mf_findings *findings);

#endif
