/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the HTTP summary share: the exchanges of one connection. */
#ifndef MALFLOW_CORE_SUMMARIES_HTTP_H
#define MALFLOW_CORE_SUMMARIES_HTTP_H

#include "table.h"

/* Bits of mf_http_exchange.flags. */
enum mf_http_flag {
    MF_HTTP_PROVISIONAL = 0x01, /* the response is known from its first packet only */
    MF_HTTP_SIZED = 0x02,       /* size is known */
    MF_HTTP_ANNOUNCED = 0x04, /* size is what Content-Length claims; the body was not seen whole */
    MF_HTTP_HEAD = 0x08,      /* a good answer to this method has no body: HEAD, CONNECT */
    MF_HTTP_REFERRED = 0x10,  /* the request has a Referer */
    MF_HTTP_MARKUP = 0x20,    /* the response's body has tags in it */
};

/* One request and its response. Text is interned. */
struct mf_http_exchange {
    mf_nanoseconds time;
    const char *request; /* "GET host/uri"; NULL: not seen */
    const char *name;    /* last component of the path; NULL: none */
    const char *type;    /* of the response; NULL: none */
    const char *agent;   /* of the request; NULL: none */
    uint64_t size;       /* of the response's body */
    uint64_t received;   /* bytes of a provisional response's body seen so far */
    uint32_t frame, last_frame;
    uint32_t stream; /* HTTP/2 */
    uint16_t status; /* 0: no response yet */
    uint8_t flags;   /* enum mf_http_flag */
};

struct mf_http {
    struct mf_http_exchange *items;
    uint32_t n, room;
    uint32_t next;    /* index of the oldest request whose response is not final */
    uint32_t current; /* index + 1 of the exchange that the newest response belongs to; 0: none */
    uint32_t lost;    /* exchanges over MF_HTTP_REQUESTS */
    uint32_t lost_waiting; /* those of them whose response is still to come */
    uint32_t header_seq;   /* sequence number of the newest response head ... */
    uint32_t body_seq;     /* ... and of its body, once head_seen */
    uint64_t sent_size;    /* body of the newest request; 0: none or unknown */
    const char *sent_type;
    bool sent; /* the newest request has a body */
    bool head_seen;
};

/* Adds an exchange; NULL, and counted, when there is no room. Valid until the next one. */
struct mf_http_exchange *
mf_http_add(struct mf_http *http, const struct mf_summary_context *context,
            const struct mf_packet *packet);

/* Content type without its parameters, interned; NULL for NULL or an empty one. */
const char *
mf_http_content_type(const struct mf_summary_context *context, const uint8_t *data, size_t length);

/* Whether a response with this status is the answer to a request, not a notice before it. */
bool
mf_http_is_final(unsigned status);

/* Whether no body can follow the response's head. */
bool
mf_http_is_bodiless(const struct mf_http_exchange *exchange);

/*
 * Reads a responder's payload packet. Wireshark says nothing of a response until its body is whole,
 * so the head of one that may never be is read here, from the packet that it begins in.
 */
void
mf_http_take_payload(struct mf_http *http, const struct mf_summary_context *context,
                     const struct mf_packet *packet);

void
mf_http_format(const void *state, const struct mf_session *session, GString *out);

void
mf_http_format_item(const void *state, unsigned index, GString *out);

#endif
