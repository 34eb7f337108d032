/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which nodes there are, and under which session each stands. Everything that stands under a
 * session is gathered in one array and sorted once by it; trees are then read out with a stack of
 * places in that array. No step goes back over what it has seen: marks are carried upwards only as
 * far as they are not there yet, so a million sessions in one chain cost what they cost side by
 * side.
 */
#include "chains_private.h"
#include "chosen.h"

/* Who stands where; while the forest is made. */
struct planting {
    struct mf_chain_forest forest;
    uint32_t *spoken; /* index: group (see group_of()); session whose node stands for it; 0: none */
    bool *has_child;  /* index: session id */
    GArray *roots;    /* struct mf_chain_node */
    uint32_t *first;  /* index: session id; its first entry, index + 1; 0: none */
};

/* --- questions --- */

static uint32_t
scan_causes(const struct mf_chain_forest *forest, const struct mf_session *session)
{
    return session->scan != 0
               ? mf_correlator_scan_causes(forest->correlator,
                                           mf_engine_scan(forest->engine, session->scan))
               : 0;
}

/* A member of a scan that something caused stands under its first member, and that under the
 * cause. */
uint32_t
mf_chain_parent(const struct mf_chain_forest *forest, uint32_t session)
{
    const struct mf_session *own = mf_engine_session(forest->engine, session);
    const uint32_t causes = scan_causes(forest, own);
    uint32_t first;

    if (causes == 0)
        return mf_correlator_parent(forest->correlator, session);
    first = mf_engine_scan(forest->engine, own->scan)->first_session;
    return session != first ? first
                            : mf_correlator_link(forest->correlator, causes - 1)->cause_session;
}

bool
mf_chain_is_lookup(const struct mf_chain_forest *forest, uint32_t session)
{
    return mf_correlator_parent(forest->correlator, session) != 0 &&
           mf_correlator_causes(forest->correlator, session) == 0;
}

void
mf_chain_mark(struct mf_chain_forest *forest, uint32_t session, enum mf_chain_mark mark)
{
    for (; session != 0 && (forest->marks[session] & mark) != mark;
         session = mf_chain_parent(forest, session))
        forest->marks[session] |= (uint8_t)mark;
}

static bool
is_marked(const struct mf_chain_forest *forest, uint32_t session, enum mf_chain_mark mark)
{
    return (forest->marks[session] & mark) != 0;
}

/* Number of the scan group or beacon of SESSION, or of what it was looked up for; 0: none. */
static uint32_t
group_of(const struct mf_chain_forest *forest, uint32_t session)
{
    const struct mf_session *own =
        mf_engine_session(forest->engine, mf_chain_is_lookup(forest, session)
                                              ? mf_correlator_parent(forest->correlator, session)
                                              : session);

    if (own->scan != 0)
        return own->scan;
    return own->beacon != 0 ? mf_engine_scan_count(forest->engine) + own->beacon : 0;
}

/* --- marks --- */

static void
mark_sessions(struct planting *planting, const GHashTable *chosen)
{
    struct mf_chain_forest *forest = &planting->forest;

    for (uint32_t id = 1; id <= forest->sessions; id++) {
        const uint32_t parent = mf_chain_parent(forest, id);

        if (parent != 0) {
            planting->has_child[parent] = true;
            if (group_of(forest, id) != group_of(forest, parent))
                mf_chain_mark(forest, parent, MF_CHAIN_LOUD);
        }
        if (mf_engine_session(forest->engine, id)->first_hit != 0)
            mf_chain_mark(forest, id, MF_CHAIN_NOTED);
        if (mf_is_chosen(chosen, id))
            mf_chain_mark(forest, id, MF_CHAIN_PASSED);
    }
}

/* --- places --- */

/* The link by which a look-up came to stand where it does; 0: it was forgotten for better ones. */
static uint32_t
use_of(const struct mf_chain_forest *forest, uint32_t lookup, uint32_t user)
{
    for (uint32_t at = mf_correlator_causes(forest->correlator, user); at != 0;) {
        const struct mf_link *link = mf_correlator_link(forest->correlator, at - 1);

        if (link->cause_session == lookup)
            return at;
        at = link->next;
    }
    return 0;
}

/* Makes NODE of a session that is in a group the group's. False: the group has a node already. */
static bool
speak_for_group(struct planting *planting, struct mf_chain_node *node)
{
    struct mf_chain_forest *forest = &planting->forest;
    const struct mf_session *session = mf_engine_session(forest->engine, node->session);
    uint32_t *spoken = &planting->spoken[group_of(forest, session->id)];
    const bool is_caused = scan_causes(forest, session) != 0;

    if (is_caused ? session->id != mf_engine_scan(forest->engine, session->scan)->first_session
                  : *spoken != 0) {
        if (is_marked(forest, session->id, MF_CHAIN_PASSED) && *spoken != 0)
            mf_chain_mark(forest, *spoken, MF_CHAIN_PASSED);
        return false;
    }
    node->kind = session->scan != 0 ? MF_CHAIN_SCAN : MF_CHAIN_BEACON;
    node->ref = session->scan != 0 ? session->scan : session->beacon;
    *spoken = session->id;
    return true;
}

static bool
stands_for_itself(const struct mf_chain_forest *forest, const struct mf_session *session)
{
    const struct mf_scan_group *group;

    if (session->scan == 0 && session->beacon == 0)
        return true;
    group =
        scan_causes(forest, session) != 0 ? mf_engine_scan(forest->engine, session->scan) : NULL;
    return is_marked(forest, session->id, MF_CHAIN_LOUD) &&
           (group == NULL || group->first_session != session->id);
}

static void
place_session(struct planting *planting, uint32_t id)
{
    struct mf_chain_forest *forest = &planting->forest;
    const struct mf_session *session = mf_engine_session(forest->engine, id);
    struct mf_chain_node node = {.session = id,
                                 .under = mf_chain_parent(forest, id),
                                 .frame = session->first_frame,
                                 .times = 1,
                                 .kind = MF_CHAIN_SESSION};

    if (node.under == 0 && !planting->has_child[id] && !is_marked(forest, id, MF_CHAIN_LOUD))
        return;
    if (mf_chain_is_lookup(forest, id)) {
        node.kind = MF_CHAIN_LOOKUP;
        node.ref = use_of(forest, id, node.under);
    } else if (!stands_for_itself(forest, session) && !speak_for_group(planting, &node)) {
        return;
    }
    g_array_append_val(node.under != 0 ? forest->entries : planting->roots, node);
}

/* A total order, so that no sort can shuffle equals. */
static gint
compare_entries(gconstpointer pa, gconstpointer pb)
{
    const struct mf_chain_node *a = pa, *b = pb;

    if (a->under != b->under)
        return a->under < b->under ? -1 : 1;
    if (a->frame != b->frame)
        return a->frame < b->frame ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->session != b->session)
        return a->session < b->session ? -1 : 1;
    return (a->ref > b->ref) - (a->ref < b->ref);
}

static const struct mf_chain_node *
entry_at(const struct planting *planting, guint index)
{
    return &g_array_index(planting->forest.entries, struct mf_chain_node, index);
}

static void
sort_entries(struct planting *planting)
{
    GArray *entries = planting->forest.entries;

    g_array_sort(entries, compare_entries);
    for (guint i = entries->len; i > 0; i--)
        planting->first[entry_at(planting, i - 1)->under] = i;
}

/* --- trees --- */

/* Entries under a session that are yet to be read. */
struct place {
    uint32_t under;
    guint at;
};

static struct place
place_under(const struct planting *planting, uint32_t session)
{
    const guint first = planting->first[session];

    return (struct place){session, first != 0 ? first - 1 : planting->forest.entries->len};
}

/* The next entry of PLACE; NULL: there is none. */
static const struct mf_chain_node *
next_entry(const struct planting *planting, struct place *place)
{
    const struct mf_chain_node *entry;

    if (place->at >= planting->forest.entries->len)
        return NULL;
    entry = entry_at(planting, place->at);
    if (entry->under != place->under)
        return NULL;
    place->at++;
    return entry;
}

/* Whether what stands under ROOT makes a tree of it: a file that arrived by itself does not. */
static bool
is_tree(const struct planting *planting, uint32_t root)
{
    struct place place = place_under(planting, root);
    const struct mf_chain_node *entry;

    while ((entry = next_entry(planting, &place)) != NULL)
        if (entry->kind != MF_CHAIN_FILE)
            return true;
    return false;
}

static bool
is_told(const struct mf_chains *chains, const struct planting *planting, uint32_t root)
{
    return is_marked(&planting->forest, root, MF_CHAIN_PASSED) &&
           (chains->options->trees == MF_CHAIN_TREES_ALL ||
            is_marked(&planting->forest, root, MF_CHAIN_NOTED)) &&
           is_tree(planting, root);
}

/* Appends all that stands under ROOT. PLACES (struct place, by depth) is empty before and after. */
static void
append_below(struct mf_chains *chains, const struct planting *planting, uint32_t root,
             GArray *places)
{
    struct place place = place_under(planting, root);

    g_array_append_val(places, place);
    while (places->len > 0) {
        const struct mf_chain_node *entry =
            next_entry(planting, &g_array_index(places, struct place, places->len - 1));
        struct mf_chain_node node;

        if (entry == NULL) {
            g_array_set_size(places, places->len - 1);
            continue;
        }
        node = *entry;
        node.depth = places->len;
        g_array_append_val(chains->nodes, node);
        if (node.kind <= MF_CHAIN_BEACON) {
            place = place_under(planting, node.session);
            g_array_append_val(places, place);
        }
    }
}

static void
append_trees(struct mf_chains *chains, const struct planting *planting)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));

    for (guint i = 0; i < planting->roots->len; i++) {
        const struct mf_chain_node *root = &g_array_index(planting->roots, struct mf_chain_node, i);

        if (!is_told(chains, planting, root->session))
            continue;
        g_array_append_vals(chains->nodes, root, 1);
        append_below(chains, planting, root->session, places);
    }
    g_array_free(places, TRUE);
}

static void
plant(struct mf_chains *chains, const GHashTable *sessions)
{
    const struct mf_engine *engine = chains->engine;
    const size_t count = (size_t)mf_engine_session_count(engine) + 1;
    const size_t groups = (size_t)mf_engine_scan_count(engine) + mf_engine_beacon_count(engine) + 1;
    struct planting planting = {
        .forest = {.engine = engine,
                   .correlator = mf_engine_correlator(engine),
                   .sessions = mf_engine_session_count(engine),
                   .marks = g_new0(uint8_t, count),
                   .entries = g_array_new(FALSE, FALSE, sizeof(struct mf_chain_node))},
        .spoken = g_new0(uint32_t, groups),
        .has_child = g_new0(bool, count),
        .roots = g_array_new(FALSE, FALSE, sizeof(struct mf_chain_node)),
        .first = g_new0(uint32_t, count),
    };

    mark_sessions(&planting, sessions);
    mf_chain_gather(&planting.forest);
    for (uint32_t id = 1; id <= planting.forest.sessions; id++)
        place_session(&planting, id);
    sort_entries(&planting);
    append_trees(chains, &planting);
    g_free(planting.forest.marks);
    g_array_free(planting.forest.entries, TRUE);
    g_free(planting.spoken);
    g_free(planting.has_child);
    g_array_free(planting.roots, TRUE);
    g_free(planting.first);
}

struct mf_chains *
mf_chains_new(const struct mf_engine *engine, const struct mf_chain_options *options,
              const GHashTable *sessions)
{
    struct mf_chains *chains = g_new0(struct mf_chains, 1);

    chains->engine = engine;
    chains->options = options;
    chains->nodes = g_array_new(FALSE, FALSE, sizeof(struct mf_chain_node));
    if (mf_engine_correlator(engine) != NULL)
        plant(chains, sessions);
    return chains;
}

void
mf_chains_free(struct mf_chains *chains)
{
    if (chains == NULL)
        return;
    g_array_free(chains->nodes, TRUE);
    g_free(chains);
}

uint32_t
mf_chains_count(const struct mf_chains *chains)
{
    return chains->nodes->len;
}

const struct mf_chain_node *
mf_chains_node(const struct mf_chains *chains, uint32_t index)
{
    return &g_array_index(chains->nodes, struct mf_chain_node, index);
}
