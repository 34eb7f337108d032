/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Slots: everything that a part of a rule can look into. A slot is the payload, a piece that
 * Wireshark dissected (core/buffers.h), something derived from such pieces (all HTTP headers as one
 * text), a packet's header, or one transform of another slot. Rules name slots by sticky buffers
 * (http.uri) and older content modifiers (http_uri). Private to rules/.
 */
#ifndef MALFLOW_CORE_RULES_SLOTS_H
#define MALFLOW_CORE_RULES_SLOTS_H

#include "rule.h"
#include "transform.h"

#include "../message.h"

struct mf_sticky;

/* Appends one instance of STICKY to OUT, which is empty. *AT is 0 for the first, and what it was
 * left at for the next. False: there are no more. */
typedef bool (*mf_derive)(const struct mf_sticky *sticky, const struct mf_message *message,
                          unsigned *at, GByteArray *out);

/* The bytes of a header; false: not there. */
typedef bool (*mf_header_bytes)(const struct mf_packet *packet, const uint8_t **data,
                                size_t *length);

enum mf_sticky_kind {
    MF_STICKY_PAYLOAD, /* pkt_data */
    MF_STICKY_BUFFER,  /* buffer ID */
    MF_STICKY_DERIVED, /* of messages that LAYERS open */
    MF_STICKY_HEADER,
    MF_STICKY_DECODED, /* base64_data */
};

/* One row: a name that rules know. Lists end with MF_BUFFER_COUNT. */
struct mf_sticky {
    const char *name;     /* "http.uri" */
    const char *modifier; /* "http_uri" after a content; NULL: none */
    const char *same_as;  /* the row is only another name of this one; NULL: it is not */
    enum mf_sticky_kind kind;
    unsigned id;            /* BUFFER: enum mf_buffer_id or more */
    const uint16_t *layers; /* in messages that these open; NULL: BUFFER in any, DERIVED in none */
    uint8_t directions;     /* bits of mf_message_side(); 0: both */
    bool multi; /* naming it again begins another part; DERIVED: has several instances */
    mf_derive derive;
    mf_header_bytes header;
    const char *detail;    /* for derive */
    const uint16_t *needs; /* DERIVED: what it is made of; or NULL */
};

struct mf_slot {
    const struct mf_sticky *sticky;
    struct mf_transform *transform; /* owned; NULL: the sticky buffer itself */
    uint16_t base;                  /* with transform: the slot that it transforms */
    GArray *children;               /* uint16_t: slots that transform this one; NULL: none */
    struct mf_prefilter *prefilter; /* of rules whose fast pattern is here, the set's; or NULL */
    struct mf_prefilter *at_front;  /* of files: for fast patterns within MF_FRONT_BYTES; or NULL */
    GArray *always;                 /* unsigned: rules to try when there is an instance; or NULL */
    bool used;                      /* by a rule, or below a slot that is */
    bool searched;                  /* has one of these lists, or is below a slot that has */
};

/* Of a file, this much is searched for what has to stand at its front, and only that: the fewer
 * literals the rest of it is searched for, the faster. */
enum { MF_FRONT_BYTES = 64 };

/* Always there: the payload, and what base64_decode made. */
enum { MF_SLOT_PAYLOAD, MF_SLOT_DECODED };

struct mf_slots;

struct mf_slots *
mf_slots_new(void);

/* Accepts NULL. */
void
mf_slots_free(struct mf_slots *slots);

unsigned
mf_slots_count(const struct mf_slots *slots);

struct mf_slot *
mf_slots_get(const struct mf_slots *slots, unsigned index);

/* The row of sticky buffer NAME, or of content modifier NAME; NULL: none. */
const struct mf_sticky *
mf_sticky_find(const struct mf_slots *slots, const char *name);
const struct mf_sticky *
mf_sticky_find_modifier(const struct mf_slots *slots, const char *name);

/* The slot of STICKY; of STICKY's slot BASE behind a transform. -1 with *WHY (the caller frees)
 * when there is none. */
int
mf_slots_of(struct mf_slots *slots, const struct mf_sticky *sticky);
int
mf_slots_transformed(struct mf_slots *slots, unsigned base, const char *name, const char *value,
                     char **why);

/* The slot of Wireshark's field number FIELD (mf_ruleset_fields()). */
int
mf_slots_of_field(struct mf_slots *slots, unsigned field);

/* Slots that buffer ID fills (their rows' layers and directions are to be looked at), that can be
 * derived from a message that LAYER opens. */
const uint16_t *
mf_slots_of_buffer(const struct mf_slots *slots, unsigned id, unsigned *n);
const uint16_t *
mf_slots_of_layer(const struct mf_slots *slots, unsigned layer, unsigned *n);

/* After the last rule: marks SLOT and what it is made of as used, and fills the lists above. */
void
mf_slots_use(struct mf_slots *slots, unsigned slot);
void
mf_slots_index(struct mf_slots *slots);

/* Rows of one family, see sticky_*.c. */
struct mf_sticky_family {
    const struct mf_sticky *rows;
    unsigned n;
};

extern const struct mf_sticky_family mf_sticky_files, mf_sticky_headers, mf_sticky_http,
    mf_sticky_names;

#endif
