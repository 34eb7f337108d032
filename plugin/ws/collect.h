/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the walk through a frame's tree (buffers.c) and those who turn items into buffers. */
#ifndef MALFLOW_WS_COLLECT_H
#define MALFLOW_WS_COLLECT_H

#include "compat.h"
#include "core/packet.h"
#include "fieldmap.h"

/* One frame. */
struct mf_collect {
    packet_info *pinfo;
    GArray *list;           /* of struct mf_buffer */
    guint message;          /* index of the LAYER of the message at hand; or 0 */
    unsigned outer;         /* id of the LAYER at the top of the tree */
    unsigned n_certs;       /* certificates seen in the message */
    const char *http2_name; /* of the header whose value comes next */
};

/* Append to the list, if anybody reads the buffer. DATA, and the text, must live as long as the
 * packet's pool; NULL is nothing. */
void
mf_collect_number(struct mf_collect *collect, enum mf_buffer_id id, uint64_t number);
void
mf_collect_bytes(struct mf_collect *collect, unsigned id, const void *data, size_t length);
void
mf_collect_text(struct mf_collect *collect, unsigned id, const char *text);

void
mf_collect_buffer(struct mf_collect *collect, const struct mf_buffer *buffer);

/* The first (not LAYER) buffer ID of the message at hand, or NULL. Borrowed until the next append.
 */
const struct mf_buffer *
mf_collect_find(const struct mf_collect *collect, unsigned id);

/* The number of the first ID of the message at hand, or 0. */
uint64_t
mf_collect_found(const struct mf_collect *collect, unsigned id);

/* The captured bytes of an item; NULL when there are none. */
const uint8_t *
mf_item_bytes(const field_info *item, size_t *length);

/* --- the forms: what they append --- */

typedef void (*mf_form_add)(struct mf_collect *collect, const field_info *item,
                            const struct mf_feed *feed);

/* Never NULL. */
mf_form_add
mf_form(enum mf_form form);

void
mf_form_certificate(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed);

/* The message at hand is over: what is only known then. */
void
mf_certificates_finish(struct mf_collect *collect);

void
mf_form_dns_message(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed);

void
mf_form_http_head(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed);

void
mf_form_mail(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed);

#endif
