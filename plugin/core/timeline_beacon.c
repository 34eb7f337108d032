/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the timeline says of beacons. A beacon's row takes the place of contacts that repeat each
 * other; one that says something new (another request, a reply several times as large) keeps its
 * own. What contacts said is compared as text without what varies from one to the next: queries,
 * replies, fingerprints.
 */
#include "fold.h"
#include "summary.h"
#include "timeline_private.h"

#include <string.h>

enum {
    /* Requests of one contact that are compared; one with more keeps its row. */
    REQUESTS_COMPARED = 16,
    /* Bytes by which a contact may be larger than twice the median. */
    LARGER_BY = 1024,
};

struct mf_timeline_contacts {
    const struct mf_timeline *timeline;
    GHashTable *said; /* set of texts: beacon's id, what was said; owned */
};

struct mf_timeline_contacts *
mf_timeline_contacts_new(const struct mf_timeline *timeline)
{
    struct mf_timeline_contacts *contacts = g_new0(struct mf_timeline_contacts, 1);

    contacts->timeline = timeline;
    contacts->said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return contacts;
}

void
mf_timeline_contacts_free(struct mf_timeline_contacts *contacts)
{
    g_hash_table_destroy(contacts->said);
    g_free(contacts);
}

/* Cuts what follows FROM at a query or a reply. */
static void
cut_variable_part(GString *text, size_t from)
{
    const char *query = strchr(text->str + from, '?'), *reply = strstr(text->str + from, " (");

    if (query != NULL && (reply == NULL || query < reply))
        reply = query;
    if (reply != NULL)
        g_string_truncate(text, (gsize)(reply - text->str));
}

/* What SESSION says that could differ from other contacts of its beacon. */
static char *
what_is_said(const struct mf_session *session, unsigned requests)
{
    GString *text = g_string_new(NULL);
    size_t from;

    g_string_append_printf(text, "%u ", session->beacon);
    from = text->len;
    mf_summary_append(session, text);
    cut_variable_part(text, from);
    for (unsigned i = 0; i < requests; i++) {
        g_string_append_c(text, '\n');
        from = text->len;
        mf_summary_item_append(session, i, text);
        cut_variable_part(text, from);
    }
    return g_string_free(text, FALSE);
}

static bool
is_much_larger(const struct mf_session *session, const struct mf_beacon *beacon)
{
    for (unsigned side = 0; side < 2; side++)
        if (session->bytes[side] > 2 * beacon->bytes[side] + LARGER_BY)
            return true;
    return false;
}

bool
mf_timeline_contacts_say_no_more(struct mf_timeline_contacts *contacts,
                                 const struct mf_session *session, bool chosen)
{
    const struct mf_timeline *timeline = contacts->timeline;
    const struct mf_beacon *beacon = mf_engine_beacon(timeline->engine, session->beacon);
    bool is_first = session->id == beacon->first_session, is_new;
    unsigned requests = mf_summary_count(session);

    if (requests > REQUESTS_COMPARED || (!chosen && !is_first))
        return false;
    is_new = g_hash_table_add(contacts->said, what_is_said(session, requests));
    if (mf_fold_is_of_note(timeline->engine, session) || is_much_larger(session, beacon))
        return false;
    if (mf_packet_protocols_has(&timeline->options->packets, mf_l4_name((enum mf_l4)session->l4),
                                session->app))
        return false;
    /* The first one's summary stands on the beacon's row, which has no rows for more requests. */
    return !is_new || (is_first && requests <= 1);
}
