/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark tells of messages in the order in which they were sent, though at times late (a body
 * that only the end of the stream ends), so heads are matched by counting. Bodies are matched by
 * their bytes, since Wireshark may see them elsewhere than we do.
 */
/* memmem() */
#define _GNU_SOURCE

#include "http_waiting.h"

#include <string.h>

/* Messages that may be under way at one time: pipelined requests, mostly. */
enum { WAITING_MAX = 64 };

struct item {
    GByteArray *head, *body;  /* body: NULL when there is none to tell */
    struct mf_http_rest rest; /* of the body */
    struct mf_http_found what;
};

struct mf_http_waiting {
    mf_http_body_told told;
    void *user;
    GQueue items; /* struct item, oldest first */
    size_t size;
};

struct mf_http_waiting *
mf_http_waiting_new(mf_http_body_told told, void *user)
{
    struct mf_http_waiting *waiting = g_new0(struct mf_http_waiting, 1);

    waiting->told = told;
    waiting->user = user;
    g_queue_init(&waiting->items);
    return waiting;
}

static size_t
item_size(const struct item *item)
{
    return sizeof *item + item->head->len + (item->body != NULL ? item->body->len : 0);
}

static void
drop(struct mf_http_waiting *waiting, GList *link)
{
    struct item *item = link->data;

    waiting->size -= item_size(item);
    g_queue_delete_link(&waiting->items, link);
    g_byte_array_unref(item->head);
    mf_http_rest_clear(&item->rest);
    if (item->body != NULL)
        g_byte_array_unref(item->body);
    g_free(item);
}

void
mf_http_waiting_free(struct mf_http_waiting *waiting)
{
    if (waiting == NULL)
        return;
    while (waiting->items.head != NULL)
        drop(waiting, waiting->items.head);
    g_free(waiting);
}

static void
tell(struct mf_http_waiting *waiting, GList *link)
{
    struct item *item = link->data;
    struct mf_http_found found = item->what;

    found.head = (struct mf_span){item->head->data, item->head->len};
    found.body = (struct mf_span){NULL, 0};
    if (item->body != NULL)
        found.body = (struct mf_span){item->body->data, item->body->len};
    if (item->rest.bytes != NULL)
        found.rest = (struct mf_span){item->rest.bytes->data, item->rest.bytes->len};
    if (!found.head_known || found.body.length > 0)
        waiting->told(waiting->user, &found);
    drop(waiting, link);
}

void
mf_http_waiting_add(struct mf_http_waiting *waiting, const struct mf_http_found *what,
                    GByteArray *head, GByteArray *body, const struct mf_http_rest *rest)
{
    struct item *item = g_new(struct item, 1);

    *item = (struct item){.head = head, .body = body, .rest = *rest, .what = *what};
    g_queue_push_tail(&waiting->items, item);
    waiting->size += item_size(item);
    if (waiting->items.length > WAITING_MAX)
        tell(waiting, waiting->items.head);
}

bool
mf_http_waiting_know_head(struct mf_http_waiting *waiting)
{
    for (GList *link = waiting->items.head; link != NULL; link = link->next) {
        struct item *item = link->data;

        if (item->what.head_known)
            continue;
        item->what.head_known = true;
        if (item->body == NULL)
            drop(waiting, link);
        return true;
    }
    return false;
}

bool
mf_http_contains(struct mf_span gave, const GByteArray *body)
{
    return body->len > 0 && body->len <= gave.length &&
           memmem(gave.data, gave.length, body->data, body->len) != NULL;
}

void
mf_http_waiting_know_body(struct mf_http_waiting *waiting, struct mf_span gave)
{
    for (GList *link = waiting->items.head, *next; link != NULL; link = next) {
        struct item *item = link->data;

        next = link->next;
        if (item->body == NULL || !mf_http_contains(gave, item->body))
            continue;
        waiting->size -= item->body->len;
        g_clear_pointer(&item->body, g_byte_array_unref);
        mf_http_rest_clear(&item->rest);
        if (item->what.head_known)
            drop(waiting, link);
    }
}

void
mf_http_waiting_settle(struct mf_http_waiting *waiting)
{
    for (GList *link = waiting->items.head, *next; link != NULL; link = next) {
        const struct item *item = link->data;

        next = link->next;
        if (item->what.head_known)
            tell(waiting, link);
    }
}

bool
mf_http_waiting_is_empty(const struct mf_http_waiting *waiting)
{
    return waiting->items.head == NULL;
}

void
mf_http_waiting_tell(struct mf_http_waiting *waiting)
{
    while (waiting->items.head != NULL)
        tell(waiting, waiting->items.head);
}

size_t
mf_http_waiting_size(const struct mf_http_waiting *waiting)
{
    return sizeof *waiting + waiting->size;
}
