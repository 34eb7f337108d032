/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A subject (host, topic, name) is one entry of a hash table and owns the list of what was said of
 * it, newest first. Besides, all clues stand in one of two queues in order of time: that of the
 * correlation window, which is emptied from its old end as packet time goes on, and that of DNS
 * answers, whose time to live differs and which are bounded by number alone. Everything is taken
 * out from the old end, so what is taken out is also the last of its subject's list.
 */
#include "clues.h"

#include <glib.h>
#include <string.h>

struct subject {
    struct mf_clue_key key; /* key.name points behind the struct */
    struct item *newest, *oldest;
};

struct item {
    struct mf_clue clue;
    struct subject *subject;
    struct item *newer; /* of the same subject */
    GList link;
    size_t size;
    bool answer;
};

struct mf_clues {
    struct mf_counters *counters;
    GHashTable *subjects; /* set of struct subject */
    GQueue told, answers; /* of struct item, oldest first */
    GQueue open;          /* of struct item *: few, and gone with the next bytes of their stream */
    size_t size;
};

/* --- subjects --- */

static guint
hash_key(gconstpointer pointer)
{
    const struct mf_clue_key *key = pointer;
    uint32_t hash = mf_addr_hash(&key->host) ^ (uint32_t)key->topic * 0x9e3779b9u;

    for (size_t i = 0; i < key->name.length; i++)
        hash = (hash ^ key->name.data[i]) * 16777619u; /* FNV-1a */
    return mf_hash_mix(hash);
}

static gboolean
equal_keys(gconstpointer pa, gconstpointer pb)
{
    const struct mf_clue_key *a = pa, *b = pb;

    return a->topic == b->topic && mf_span_same(a->name, b->name) &&
           mf_addr_equal(&a->host, &b->host);
}

static struct subject *
subject_new(struct mf_clues *store, const struct mf_clue_key *key)
{
    struct subject *subject = g_malloc0(sizeof *subject + key->name.length + 1);
    uint8_t *name = (uint8_t *)(subject + 1);

    if (key->name.length > 0)
        memcpy(name, key->name.data, key->name.length);
    subject->key = *key;
    subject->key.name.data = name;
    store->size += sizeof *subject + key->name.length + 1;
    g_hash_table_add(store->subjects, subject);
    return subject;
}

static void
subject_drop(struct mf_clues *store, struct subject *subject)
{
    store->size -= sizeof *subject + subject->key.name.length + 1;
    g_hash_table_remove(store->subjects, subject); /* which frees it */
}

/* --- items --- */

static struct item *
item_of(const struct mf_clue *clue)
{
    return (struct item *)(gpointer)clue; /* its first member */
}

static void
item_drop(struct mf_clues *store, struct item *item)
{
    struct subject *subject = item->subject;
    struct item *older = item->clue.older != NULL ? item_of(item->clue.older) : NULL;

    if (older != NULL)
        older->newer = item->newer;
    else
        subject->oldest = item->newer;
    if (item->newer != NULL)
        item->newer->clue.older = item->clue.older;
    else
        subject->newest = older;
    if (subject->newest == NULL)
        subject_drop(store, subject);
    g_queue_unlink(item->answer ? &store->answers : &store->told, &item->link);
    if (item->clue.open)
        g_queue_remove(&store->open, item);
    store->size -= item->size;
    g_free(item);
}

/* Room for the two texts behind the item. */
static struct item *
item_new(const struct mf_clue *details)
{
    size_t path = strlen(details->path) + 1, text = strlen(details->text) + 1;
    struct item *item = g_malloc(sizeof *item + path + text);
    char *at = (char *)(item + 1);

    *item = (struct item){.clue = *details, .size = sizeof *item + path + text};
    item->clue.path = memcpy(at, details->path, path);
    item->clue.text = memcpy(at + path, details->text, text);
    item->clue.older = NULL;
    item->link.data = item;
    return item;
}

static void
item_insert(struct mf_clues *store, struct subject *subject, struct item *item)
{
    item->subject = subject;
    item->clue.name = (const char *)subject->key.name.data;
    item->clue.older = subject->newest != NULL ? &subject->newest->clue : NULL;
    if (subject->newest != NULL)
        subject->newest->newer = item;
    else
        subject->oldest = item;
    subject->newest = item;
    item->answer = subject->key.topic == MF_TOPIC_ANSWER;
    g_queue_push_tail_link(item->answer ? &store->answers : &store->told, &item->link);
    if (item->clue.open)
        g_queue_push_tail(&store->open, item);
    store->size += item->size;
}

/* --- the store --- */

struct mf_clues *
mf_clues_new(struct mf_counters *counters)
{
    struct mf_clues *store = g_new0(struct mf_clues, 1);

    store->counters = counters;
    store->subjects = g_hash_table_new_full(hash_key, equal_keys, g_free, NULL);
    g_queue_init(&store->told);
    g_queue_init(&store->answers);
    g_queue_init(&store->open);
    return store;
}

static void
drop_all(struct mf_clues *store, GQueue *queue)
{
    while (queue->head != NULL)
        item_drop(store, queue->head->data);
}

void
mf_clues_free(struct mf_clues *store)
{
    if (store == NULL)
        return;
    drop_all(store, &store->told);
    drop_all(store, &store->answers);
    g_hash_table_destroy(store->subjects);
    g_free(store);
}

/* Whether CLUE says what DETAILS say. A packet says a thing once; an answer holds until its time is
 * over, and its repetitions add nothing. */
static bool
says_the_same(const struct mf_clue *clue, const struct mf_clue *details, bool answer)
{
    const bool one_source =
        answer ? clue->session == details->session ||
                     (clue->query != 0 && clue->query == details->query)
               : clue->session == details->session && clue->frame == details->frame;

    return one_source && clue->kind == details->kind && clue->port == details->port &&
           details->time <= clue->until && strcmp(clue->path, details->path) == 0;
}

static bool
is_known(const struct subject *subject, const struct mf_clue *details)
{
    enum { LOOKED_AT = 8 }; /* a list may be long, repetitions stand close together */
    const bool answer = subject->key.topic == MF_TOPIC_ANSWER;
    const struct mf_clue *known = &subject->newest->clue;

    for (unsigned i = 0; i < LOOKED_AT && known != NULL; i++, known = known->older)
        if (says_the_same(known, details, answer))
            return true;
    return false;
}

struct mf_clue *
mf_clue_add(struct mf_clues *store, const struct mf_clue_key *key, const struct mf_clue *details)
{
    struct subject *subject = g_hash_table_lookup(store->subjects, key);
    GQueue *queue = key->topic == MF_TOPIC_ANSWER ? &store->answers : &store->told;
    struct item *item;

    if (subject != NULL && is_known(subject, details))
        return NULL;
    item = item_new(details);
    item_insert(store, subject != NULL ? subject : subject_new(store, key), item);
    if (queue->length > MF_CLUES_KEPT) {
        item_drop(store, queue->head->data);
        store->counters->clues_lost++;
    }
    return &item->clue;
}

const struct mf_clue *
mf_clue_find(const struct mf_clues *store, const struct mf_clue_key *key)
{
    const struct subject *subject = g_hash_table_lookup(store->subjects, key);

    return subject != NULL ? &subject->newest->clue : NULL;
}

static bool
is_beside(const GList *at, const struct mf_clue *clue)
{
    const struct item *item = at != NULL ? at->data : NULL;

    return item != NULL && item->clue.session == clue->session && item->clue.frame == clue->frame;
}

/* What is told in one frame stands together in the queue, and goes to its end together. */
void
mf_clue_renew(struct mf_clues *store, const struct mf_clue *clue, mf_nanoseconds until)
{
    enum { LONGEST_LIST = 256 };
    GList *at = &item_of(clue)->link;
    unsigned n = 0;

    if (item_of(clue)->answer)
        return;
    for (unsigned i = 0; i < LONGEST_LIST && is_beside(at->prev, clue); i++)
        at = at->prev;
    for (const GList *end = at; n < LONGEST_LIST && is_beside(end, clue); end = end->next)
        n++;
    for (GList *next; n > 0; n--, at = next) {
        struct item *item = at->data;

        next = at->next;
        item->clue.until = MAX(item->clue.until, until);
        g_queue_unlink(&store->told, at);
        g_queue_push_tail_link(&store->told, at);
    }
}

void
mf_clue_withdraw_open(struct mf_clues *store, uint32_t session)
{
    for (GList *at = store->open.head, *next; at != NULL; at = next) {
        struct item *item = at->data;

        next = at->next;
        if (item->clue.session == session)
            item_drop(store, item);
    }
}

void
mf_clue_expire(struct mf_clues *store, mf_nanoseconds now)
{
    GQueue *const queues[] = {&store->told, &store->answers};

    for (unsigned i = 0; i < G_N_ELEMENTS(queues); i++)
        while (queues[i]->head != NULL) {
            struct item *oldest = queues[i]->head->data;

            if (now <= oldest->clue.until)
                break;
            item_drop(store, oldest);
        }
}

size_t
mf_clues_memory(const struct mf_clues *store)
{
    enum { TABLE_ENTRY = 16 };

    return sizeof *store + store->size + g_hash_table_size(store->subjects) * TABLE_ENTRY;
}
