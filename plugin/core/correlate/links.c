/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One node of 16 bytes per session, found by its id, and the links in a list per effect, best
 * first. The best cause of a session's start is its parent; parents make a forest, since a cause
 * that would close a circle becomes none. Roots are remembered in the nodes; what is remembered is
 * void as soon as a session that others hang on gets another parent, which is rare: a count of such
 * changes tells.
 */
#include "links.h"

#include <string.h>

struct node {
    uint32_t first;  /* link, index + 1; 0: none */
    uint32_t parent; /* session; 0: none */
    uint32_t root;   /* as known at the change it was found at */
    uint32_t at : 30;
    bool has_children : 1;
    bool is_lookup : 1;
};

struct mf_links {
    struct mf_counters *counters;
    GArray *links;        /* struct mf_link */
    GArray *nodes;        /* struct node; index: session id */
    GArray *scans;        /* uint32_t, first link (index + 1); index: group id */
    GHashTable *requests; /* frame -> the same, of later requests */
    uint32_t changes;
};

const char *
mf_link_kind_name(enum mf_link_kind kind)
{
    static const char *const names[MF_LINK_KINDS] = {
        [MF_LINK_DNS] = "dns",         [MF_LINK_URL] = "url",   [MF_LINK_REDIRECT] = "redirect",
        [MF_LINK_COMMAND] = "command", [MF_LINK_DROP] = "drop", [MF_LINK_EXEC] = "exec",
    };

    return names[kind];
}

struct mf_links *
mf_links_new(struct mf_counters *counters)
{
    struct mf_links *links = g_new0(struct mf_links, 1);

    links->counters = counters;
    links->links = g_array_new(FALSE, FALSE, sizeof(struct mf_link));
    links->nodes = g_array_new(FALSE, TRUE, sizeof(struct node));
    links->scans = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    links->requests = g_hash_table_new(NULL, NULL);
    links->changes = 1;
    return links;
}

void
mf_links_free(struct mf_links *links)
{
    if (links == NULL)
        return;
    g_array_free(links->links, TRUE);
    g_array_free(links->nodes, TRUE);
    g_array_free(links->scans, TRUE);
    g_hash_table_destroy(links->requests);
    g_free(links);
}

/* Makes the node if needed; valid until the next is made. */
static struct node *
node_at(struct mf_links *links, uint32_t session)
{
    if (session >= links->nodes->len)
        g_array_set_size(links->nodes, session + 1);
    return &g_array_index(links->nodes, struct node, session);
}

static const struct node *
node_or_null(const struct mf_links *links, uint32_t session)
{
    return session < links->nodes->len ? &g_array_index(links->nodes, struct node, session) : NULL;
}

static struct mf_link *
link_at(const struct mf_links *links, uint32_t number)
{
    return &g_array_index(links->links, struct mf_link, number - 1);
}

/* --- roots --- */

uint32_t
mf_links_root(struct mf_links *links, uint32_t session)
{
    uint32_t root = session;

    for (const struct node *node = node_or_null(links, root); node != NULL && node->parent != 0;
         node = node_or_null(links, root))
        root = node->at == links->changes && node->root != 0 ? node->root : node->parent;
    for (uint32_t at = session; at != root;) { /* what was walked need not be walked again */
        struct node *node = node_at(links, at);

        at = node->at == links->changes && node->root != 0 ? node->root : node->parent;
        node->root = root;
        node->at = links->changes;
    }
    return root;
}

uint32_t
mf_links_parent(const struct mf_links *links, uint32_t session)
{
    const struct node *node = node_or_null(links, session);

    return node != NULL ? node->parent : 0;
}

static void
set_parent(struct mf_links *links, uint32_t session, uint32_t parent)
{
    struct node *node = node_at(links, session);

    if (node->parent == parent)
        return;
    node->parent = 0;
    if (node->has_children)
        links->changes++;
    node->root = 0;
    if (parent == 0 || mf_links_root(links, parent) == session)
        return;
    node_at(links, parent)->has_children = true;
    node_at(links, session)->parent = parent;
}

/* A look-up that nothing caused hangs on the session that used it first. */
static void
hang_on_lookup(struct mf_links *links, uint32_t session, uint32_t lookup)
{
    const struct node node = *node_at(links, lookup);

    if (node.is_lookup && node.parent == 0 && node.first == 0 &&
        node_at(links, session)->parent == 0)
        set_parent(links, lookup, session);
    else if (node.parent != session)
        set_parent(links, session, lookup);
}

static void
choose_parent(struct mf_links *links, uint32_t session)
{
    const struct mf_link *best = link_at(links, node_at(links, session)->first);

    if (best->kind == MF_LINK_EXEC)
        return;
    if (best->kind == MF_LINK_DNS)
        hang_on_lookup(links, session, best->cause_session);
    else
        set_parent(links, session, best->cause_session);
}

void
mf_links_set_lookup(struct mf_links *links, uint32_t session)
{
    node_at(links, session)->is_lookup = true;
}

/* --- links --- */

/* Whether A is the better cause of the same effect: the stronger, of equals the newer. */
static bool
is_better(const struct mf_link *a, const struct mf_link *b)
{
    if (a->strength != b->strength)
        return a->strength > b->strength;
    return a->cause_frame > b->cause_frame;
}

static uint32_t
first_of(const struct mf_links *links, const struct mf_link *effect)
{
    const struct node *node = node_or_null(links, effect->session);

    if (effect->scan != 0)
        return mf_links_of_scan(links, effect->scan);
    if (effect->of_request)
        return mf_links_of_request(links, effect->frame);
    return node != NULL ? node->first : 0;
}

static void
set_first(struct mf_links *links, const struct mf_link *effect, uint32_t first)
{
    if (effect->scan != 0) {
        if (effect->scan >= links->scans->len)
            g_array_set_size(links->scans, effect->scan + 1);
        g_array_index(links->scans, uint32_t, effect->scan) = first;
    } else if (effect->of_request) {
        g_hash_table_insert(links->requests, GUINT_TO_POINTER(effect->frame),
                            GUINT_TO_POINTER(first));
    } else {
        node_at(links, effect->session)->first = first;
    }
}

/* A packet that names a thing in two ways names it once. */
static bool
same_cause(const struct mf_link *a, const struct mf_link *b)
{
    return a->cause_frame == b->cause_frame && a->cause_session == b->cause_session;
}

/* The causes of one effect, best first. */
struct causes {
    uint32_t numbers[MF_LINK_CAUSES + 1];
    unsigned n;
};

static void
read_causes(const struct mf_links *links, uint32_t first, struct causes *causes)
{
    causes->n = 0;
    for (uint32_t at = first; at != 0; at = link_at(links, at)->next)
        causes->numbers[causes->n++] = at;
}

static void
chain(struct mf_links *links, const struct causes *causes)
{
    for (unsigned i = 0; i < causes->n; i++)
        link_at(links, causes->numbers[i])->next = i + 1 < causes->n ? causes->numbers[i + 1] : 0;
    set_first(links, link_at(links, causes->numbers[0]), causes->numbers[0]);
}

/* Takes the cause that LINK repeats out of CAUSES, if it does. Returns its number; 0: it is new. */
static uint32_t
take_out_same(const struct mf_links *links, const struct mf_link *link, struct causes *causes)
{
    for (unsigned i = 0; i < causes->n; i++) {
        const uint32_t number = causes->numbers[i];

        if (!same_cause(link_at(links, number), link))
            continue;
        causes->n--;
        memmove(&causes->numbers[i], &causes->numbers[i + 1],
                (causes->n - i) * sizeof causes->numbers[0]);
        return number;
    }
    return 0;
}

/* The number of a place for LINK among CAUSES of enough others; 0: all those are better. */
static uint32_t
make_room(struct mf_links *links, const struct mf_link *link, struct causes *causes)
{
    if (causes->n < MF_LINK_CAUSES) {
        g_array_append_vals(links->links, link, 1);
        return links->links->len;
    }
    links->counters->links_lost++;
    if (!is_better(link, link_at(links, causes->numbers[causes->n - 1])))
        return 0;
    return causes->numbers[--causes->n];
}

bool
mf_links_add(struct mf_links *links, const struct mf_link *link)
{
    struct causes causes;
    uint32_t number;
    unsigned at;

    read_causes(links, first_of(links, link), &causes);
    number = take_out_same(links, link, &causes);
    if (number != 0 && link_at(links, number)->strength >= link->strength)
        return false;
    if (number == 0)
        number = make_room(links, link, &causes);
    if (number == 0)
        return false;
    *link_at(links, number) = *link;
    for (at = causes.n++; at > 0 && is_better(link, link_at(links, causes.numbers[at - 1])); at--)
        causes.numbers[at] = causes.numbers[at - 1];
    causes.numbers[at] = number;
    chain(links, &causes);
    if (at == 0 && link->scan == 0 && !link->of_request)
        choose_parent(links, link->session);
    return true;
}

void
mf_links_forget_scan(struct mf_links *links, uint32_t id)
{
    if (id >= links->scans->len)
        return;
    for (uint32_t at = g_array_index(links->scans, uint32_t, id); at != 0;
         at = link_at(links, at)->next)
        link_at(links, at)->session = 0;
    g_array_index(links->scans, uint32_t, id) = 0;
}

uint32_t
mf_links_count(const struct mf_links *links)
{
    return links->links->len;
}

const struct mf_link *
mf_links_get(const struct mf_links *links, uint32_t index)
{
    return &g_array_index(links->links, struct mf_link, index);
}

uint32_t
mf_links_of_session(const struct mf_links *links, uint32_t session)
{
    const struct node *node = node_or_null(links, session);

    return node != NULL ? node->first : 0;
}

uint32_t
mf_links_of_request(const struct mf_links *links, uint32_t frame)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(links->requests, GUINT_TO_POINTER(frame)));
}

uint32_t
mf_links_of_scan(const struct mf_links *links, uint32_t scan)
{
    return scan < links->scans->len ? g_array_index(links->scans, uint32_t, scan) : 0;
}

size_t
mf_links_memory(const struct mf_links *links)
{
    enum { TABLE_ENTRY = 24 };

    return sizeof *links + links->links->len * sizeof(struct mf_link) +
           links->nodes->len * sizeof(struct node) + links->scans->len * sizeof(uint32_t) +
           g_hash_table_size(links->requests) * TABLE_ENTRY;
}
