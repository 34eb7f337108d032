/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a session says, protocol by protocol: "DNS: example.org. (192.0.2.1)". One row in the table
 * of summary.c and one file in summaries/ per protocol. A summary is fed the messages of its
 * protocol as they come and can tell at any time what it knows.
 */
#ifndef MALFLOW_CORE_SUMMARY_H
#define MALFLOW_CORE_SUMMARY_H

#include "interned.h"
#include "limits.h"
#include "message.h"
#include "session.h"

struct mf_summary_state;

/* What a summary may use of its engine. */
struct mf_summary_context {
    struct mf_interned *strings; /* of mf_summary_text() */
    struct mf_counters *counters;
};

/* A thing that a session did several of (an HTTP request). */
struct mf_summary_item {
    mf_nanoseconds time;
    uint32_t frame;      /* the request */
    uint32_t last_frame; /* the last frame that told about it (the response); 0: none */
    const char *request; /* "GET host/uri"; NULL: not seen */
    const char *type;    /* content type of the response; NULL: none */
    uint16_t status;     /* of the response; 0: none yet */
    bool referred;       /* a page sent the client there, as the client says (Referer) */
    bool markup;         /* the response's body has tags in it */
};

/* What a session says of names and of mail. Text is interned, NULL where unknown. */
struct mf_summary_names {
    const char *server;         /* who the responder is, as the originator says (SNI) */
    const char *asked;          /* the name that is looked up */
    const char *answers;        /* what it was said to be: addresses and names, "a, b" */
    uint16_t type;              /* DNS type of the question */
    const char *type_name;      /* "A"; static, NULL: none, or one without a name */
    const char *response;       /* "NOERROR", "NXDOMAIN"; static, NULL: none, or without a name */
    bool failed;                /* answered with an error */
    const char *host;           /* a host's own name; whose it is: */
    struct mf_addr host_addr;   /* none: the originator's */
    uint32_t mails, recipients; /* sent in it */
};

/* What a session is known by elsewhere, for indicators and reports that programs read. */
enum mf_detail_kind {
    MF_DETAIL_USER_AGENT, /* of a request */
    MF_DETAIL_SERVER_NAME,
    MF_DETAIL_JA3,
    MF_DETAIL_JA3S,
    MF_DETAIL_JA4,
    MF_DETAIL_CERT_SUBJECT,
    MF_DETAIL_CERT_ISSUER,
    MF_DETAIL_CERT_SHA1, /* "ab:cd:..." */
    MF_DETAIL_MAIL_FROM,
    MF_DETAIL_MAIL_SUBJECT,
    MF_DETAILS
};

struct mf_detail {
    enum mf_detail_kind kind;
    const char *text; /* interned, printable ASCII */
    uint32_t frame;   /* the request that it belongs to; 0: it is the session's */
};

/* Takes details one by one. */
struct mf_detail_taker {
    void (*take)(void *user, const struct mf_detail *detail);
    void *user;
};

/* A file that a session transfers. Text is interned, NULL where unknown. */
struct mf_object {
    const char *name;
    const char *content_type;
    uint64_t size; /* bytes; 0: unknown */
    uint32_t
        serial; /* tells the objects of one session and direction apart; 0: cannot be told apart */
};

/* One protocol. State memory is zeroed when made; interned text needs no freeing. Fed by app comes
 * before fed by layer where both are. */
struct mf_summary_protocol {
    const char *name;           /* "DNS": stands before the text */
    const char *const *aliases; /* apps whose name stands there instead ("MDNS"), or NULL */
    /* Fed every payload packet of sessions whose app has this part outside of TLS, or NULL. What
     * feeds it by layer and by l4 stands in the tables of summary.c. */
    const char *app;
    bool with_counts; /* the timeline prints byte counts before it (long dialogues), not instead */
    size_t size;      /* bytes of state */
    /* Whether the message is worth making a state for; NULL: any is. */
    bool (*starts)(const struct mf_message *message);
    void (*update)(void *state, const struct mf_summary_context *context,
                   const struct mf_message *message);
    /* Appends the text without the name; appends nothing when there is nothing to tell. */
    void (*format)(const void *state, const struct mf_session *session, GString *out);
    void (*clear)(void *state);         /* frees what state owns, or NULL */
    size_t (*owned)(const void *state); /* bytes that it owns, or NULL */
    /* The items, for protocols that have them; else NULL. */
    unsigned (*count)(const void *state);
    void (*item)(const void *state, unsigned index, struct mf_summary_item *out);
    void (*format_item)(const void *state, unsigned index, GString *out);
    /* Fills in what it knows of names and mail, or NULL. */
    void (*names)(const void *state, struct mf_summary_names *out);
    /* Tells its details, in order, or NULL. */
    void (*details)(const void *state, const struct mf_detail_taker *taker);
    /* What DIRECTION is transferring now or has just transferred; false: no object is known. */
    bool (*object)(const void *state, enum mf_direction direction, struct mf_object *out);
};

/* Which summaries read the payload of sessions named APP (may be NULL): a set of bits. */
uint8_t
mf_summary_readers(const char *app);

/* Feeds all messages of PACKET to the session's summaries, making them as needed. Its
 * payload_readers are set. */
void
mf_summary_update(struct mf_session *session, enum mf_direction direction,
                  const struct mf_packet *packet, const struct mf_summary_context *context);

/* Appends "NAME: text" of each protocol of the session, joined by "; ". Appends nothing when there
 * is nothing. */
void
mf_summary_append(const struct mf_session *session, GString *out);

/* Whether byte counts are to be printed beside the summary (also true when there is no summary). */
bool
mf_summary_wants_counts(const struct mf_session *session);

/* Items over all protocols of the session, in order. */
unsigned
mf_summary_count(const struct mf_session *session);

void
mf_summary_item(const struct mf_session *session, unsigned index, struct mf_summary_item *out);

/* Appends "NAME: text" of one item. */
void
mf_summary_item_append(const struct mf_session *session, unsigned index, GString *out);

/* Sets OUT to what all protocols of the session know of names and mail. */
void
mf_summary_names(const struct mf_session *session, struct mf_summary_names *out);

/* Tells all details of the session. */
void
mf_summary_details(const struct mf_session *session, const struct mf_detail_taker *taker);

/* What DIRECTION is transferring now or has just transferred. False if no protocol of the session
 * knows of an object; OUT is then unset. */
bool
mf_summary_object(const struct mf_session *session, enum mf_direction direction,
                  struct mf_object *out);

void
mf_summary_free(struct mf_summary_state *list);

/* Bytes of memory that the session's summaries hold, without interned text. */
size_t
mf_summary_memory(const struct mf_session *session);

/* --- for summaries/ --- */

/* Tells TEXT, if there is one, as a detail. */
void
mf_detail_tell(const struct mf_detail_taker *taker, enum mf_detail_kind kind, const char *text,
               uint32_t frame);

/* Room for the longest text, and its end. */
enum { MF_SUMMARY_ROOM = MF_SUMMARY_TEXT + 1 };

/* Writes at most MF_SUMMARY_TEXT of the LENGTH bytes of DATA, escaped, to ROOM, which it returns.
 */
const char *
mf_summary_write(char room[MF_SUMMARY_ROOM], const uint8_t *data, size_t length);

/* Interned, escaped copy of at most MF_SUMMARY_TEXT bytes of a TEXT buffer; NULL for NULL. Lives as
 * long as the engine. Equal texts are the same pointer. */
const char *
mf_summary_text(const struct mf_summary_context *context, const struct mf_buffer *buffer);

/* The same for any bytes. */
const char *
mf_summary_intern(const struct mf_summary_context *context, const uint8_t *data, size_t length);

#endif
