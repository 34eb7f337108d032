/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline as a window shows it: rows that open to what stands below them, cells for columns,
 * and a choice of rows. A view renders what it gets from here and computes nothing.
 *
 * A story is a snapshot of which rows there are. After further packets were fed to its engine (live
 * capture) its rows may still be rendered: they may then say something newer, and never are out of
 * bounds. It must not outlive its engine.
 */
#ifndef MALFLOW_CORE_STORY_H
#define MALFLOW_CORE_STORY_H

#include "timeline.h"

/* Where frames are: the engine keeps neither their bytes nor their times. Either function may be
 * NULL. */
struct mf_story_source {
    void *user;
    /* Time of FRAME; false: it is not known. */
    bool (*time)(void *user, uint32_t frame, mf_nanoseconds *time);
    /* Appends the bytes of FRAME as captured; false: they cannot be read (any more). */
    bool (*bytes)(void *user, uint32_t frame, GByteArray *out);
};

/* Columns, in the order in which they are shown. */
enum mf_story_column {
    MF_STORY_TIME,
    MF_STORY_SESSION,
    MF_STORY_DURATION,
    MF_STORY_SOURCE,
    MF_STORY_DESTINATION,
    MF_STORY_PROTOCOL,
    MF_STORY_SUMMARY,
    MF_STORY_BYTES_ORIG,
    MF_STORY_BYTES_RESP,
    MF_STORY_HITS,
    MF_STORY_CAUSE,
    MF_STORY_COLUMNS
};

/* Which rows are shown; all zero: all. A group is when one of its members is. */
struct mf_story_choice {
    const char *text; /* in any cell, also of its further requests, in upper or lower case; NULL or
                         "": any */
    const char *host; /* part of an address or of a name that the session gives; NULL or "": any */
    uint32_t root;    /* only what the session of this id led to (mf_engine_root()); 0: any */
};

struct mf_story;

/* Top rows are those of OPTIONS, without requests and payload rows: these stand below their
 * session. OPTIONS and SOURCE are copied (the list of packet protocols too). */
struct mf_story *
mf_story_new(const struct mf_engine *engine, const struct mf_timeline_options *options,
             const struct mf_story_source *source);

/* Accepts NULL. */
void
mf_story_free(struct mf_story *story);

/* Begins to choose rows; CHOICE is copied. mf_story_choose_some() looks at MAX further rows (those
 * of a group's members count) and returns whether it has come to the end; until then
 * mf_story_count() grows. */
void
mf_story_choose(struct mf_story *story, const struct mf_story_choice *choice);
bool
mf_story_choose_some(struct mf_story *story, uint32_t max);

/* Top rows that are chosen. */
uint32_t
mf_story_count(const struct mf_story *story);

/* Top rows with and without the choice. */
uint32_t
mf_story_total(const struct mf_story *story);

/* INDEX below the count. */
const struct mf_row *
mf_story_row(const struct mf_story *story, uint32_t index);

/* Whether something stands below ROW. Cheap: asked for each row that is drawn. */
bool
mf_story_opens(const struct mf_story *story, const struct mf_row *row);

/* What stands below ROW, in order of (time, frame): of a group its members (MF_ROW_SESSION, that
 * open in turn), of a session its further requests (MF_ROW_REQUEST), its payload packets
 * (MF_ROW_PACKET) if the options' packet protocols have it, and its hits (MF_ROW_HIT). Of struct
 * mf_row; the caller frees it. */
GArray *
mf_story_children(const struct mf_story *story, const struct mf_row *row);

/* Appends one cell, printable ASCII; may append nothing. Of rows below a session the duration's
 * cell says what they are ("REQUEST", "PACKET", "HIT"). */
void
mf_story_append_cell(const struct mf_story *story, const struct mf_row *row,
                     enum mf_story_column column, GString *out);

/* Index of the chosen top row on which SESSION stands, be it its group's; -1: it is on none. */
int64_t
mf_story_find_session(const struct mf_story *story, uint32_t session);

/* --- the drawn column --- */

struct mf_story_span {
    mf_nanoseconds first, last; /* absolute; of a group: of all its members */
    bool hit;                   /* a signature fired */
    unsigned stages;            /* bits 1 << enum mf_stage */
    const char *protocol; /* what the colour is chosen by: "TCP:IRC", "UDP:DNS", ...; as long-lived
                             as the story */
};

void
mf_story_span(const struct mf_story *story, const struct mf_row *row, struct mf_story_span *out);

/* First and last time of all sessions. */
void
mf_story_axis(const struct mf_story *story, mf_nanoseconds *first, mf_nanoseconds *last);

/* Times of the packets of ROW that have payload (of a group: of its sessions' starts), at most MAX,
 * evenly chosen if there are more. Returns how many were put at TIMES. */
uint32_t
mf_story_ticks(const struct mf_story *story, const struct mf_row *row, mf_nanoseconds *times,
               uint32_t max);

/* --- payload --- */

/* A run of payload that one side sent, as it came: BYTES[at, at + length). */
struct mf_story_run {
    uint32_t frame; /* of its first byte */
    size_t at, length;
    uint8_t direction; /* enum mf_direction */
};

/* The payload of ROW (a session: all of it, in order of frames, retransmitted bytes once; a packet
 * row: its own; a request: its frames; a hit: that of its frame; a group: that of its members, one
 * after the other), at most MAX bytes. Appends to BYTES and RUNS (struct mf_story_run). Returns
 * false if there was more than MAX. What a frame does not hold itself (it completed an IP datagram)
 * or cannot be read any more is there as far as the engine kept it for rows. */
bool
mf_story_payload(const struct mf_story *story, const struct mf_row *row, size_t max,
                 GByteArray *bytes, GArray *runs);

/* --- what a row leads to --- */

/* The best cause of ROW; false: it has none. */
bool
mf_story_cause(const struct mf_story *story, const struct mf_row *row, uint32_t *session,
               uint32_t *frame);

/* mf_engine_root() of the row's session. */
uint32_t
mf_story_root(const struct mf_story *story, const struct mf_row *row);

/* Display filters for Wireshark. */
enum mf_story_filter {
    MF_STORY_FILTER_SESSION,     /* "malflow.session.id == 4" */
    MF_STORY_FILTER_GROUP,       /* its scan group or beacon */
    MF_STORY_FILTER_SIGNATURE,   /* of a hit row, or of the first hit of another */
    MF_STORY_FILTER_CHAIN,       /* "malflow.root.session == 4" */
    MF_STORY_FILTER_SOURCE,      /* host */
    MF_STORY_FILTER_DESTINATION, /* host */
    MF_STORY_FILTER_PORT,        /* responder's */
    MF_STORY_FILTERS
};

/* Appends the filter; false and nothing where ROW has no such thing. */
bool
mf_story_append_filter(const struct mf_story *story, const struct mf_row *row,
                       enum mf_story_filter kind, GString *out);

/* "this session", "its scan group or beacon", ...; static, for menus. */
const char *
mf_story_filter_name(enum mf_story_filter kind);

/* L7 names of all sessions, each once, sorted: the list of protocols to be checked. Strings as
 * long-lived as the engine; the caller frees the array. */
GPtrArray *
mf_story_protocols(const struct mf_story *story);

/* --- saving --- */

/* What a report is to be headed with (the capture's name); copied, NULL: nothing. */
void
mf_story_name(const struct mf_story *story, const char *title);

enum mf_story_format {
    MF_STORY_TEXT,
    MF_STORY_CSV,
    MF_STORY_JSON,
    MF_STORY_HTML,
    MF_STORY_FORMATS
};

/* Appends what stands before all rows, one row (DEPTH: how many rows it stands below), and behind
 * all. Text is as -z malflow,timeline prints it; HTML is as -z malflow,html, which appends nothing
 * before the end. A story saves one text at a time; a row outside of begin and end stands for
 * itself (JSON: an object on a line; HTML: nothing). */
void
mf_story_append_begin(const struct mf_story *story, enum mf_story_format format, GString *out);
void
mf_story_append_row(const struct mf_story *story, const struct mf_row *row, unsigned depth,
                    enum mf_story_format format, GString *out);
void
mf_story_append_end(const struct mf_story *story, enum mf_story_format format, GString *out);

#endif
