/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a host does after an executable arrived there: it posts, more than once and without having
 * come from a page, or calls at intervals, to somebody it had no contact with before, by name or
 * address. New programs that mean well do so as well: suspected only.
 */
#include "moments.h"
#include "verdict_private.h"

#include <string.h>

/* Whom a host talks to, once by each name and address. */
struct contact {
    bool is_new;             /* since an executable arrived */
    uint32_t posts;          /* after that */
    uint32_t session, frame; /* the first of them */
};

struct search {
    struct mf_verdicts *verdicts;
    GHashTable *contacts; /* "HOST NAME" (owned) -> struct contact (owned) */
};

static char *
contact_key(uint32_t host, const char *name)
{
    return g_strdup_printf("%u %s", host, name);
}

static char *
address_key(uint32_t host, const struct mf_addr *addr)
{
    GString *key = g_string_new(NULL);

    g_string_append_printf(key, "%u ", host);
    mf_addr_append(key, addr);
    return g_string_free(key, FALSE);
}

/* Takes KEY over. IS_NEW: this is after the executable. */
static struct contact *
take_contact(const struct search *search, char *key, bool is_new)
{
    struct contact *contact = g_hash_table_lookup(search->contacts, key);

    if (contact != NULL) {
        g_free(key);
        return contact;
    }
    contact = g_new0(struct contact, 1);
    contact->is_new = is_new;
    g_hash_table_insert(search->contacts, key, contact);
    return contact;
}

/* "POST host/uri" -> "host"; the caller frees. NULL: it is not known. */
static char *
asked_host(const struct mf_summary_item *item)
{
    const char *host = item->request != NULL ? strchr(item->request, ' ') : NULL;

    return host != NULL ? g_strndup(host + 1, strcspn(host + 1, "/?")) : NULL;
}

/* IS_NEW: so is the address. */
static void
take_request(const struct search *search, uint32_t host, const struct mf_session *session,
             const struct mf_summary_item *item, bool is_new)
{
    char *name = asked_host(item);
    struct contact *contact;

    if (name == NULL)
        return;
    contact = take_contact(search, contact_key(host, name), is_new);
    if (!item->referred && g_str_has_prefix(item->request, "POST ") && contact->posts++ == 0) {
        contact->session = session->id;
        contact->frame = item->frame;
    }
    g_free(name);
}

static void
take_session(const struct search *search, uint32_t host, const struct mf_session *session)
{
    const uint32_t since = mf_verdict_host_at(search->verdicts, host)->program_frame;
    const bool is_new = take_contact(search, address_key(host, &session->addr[MF_RESP]),
                                     session->first_frame > since)
                            ->is_new;
    struct mf_summary_names names;

    mf_summary_names(session, &names);
    if (names.server != NULL)
        take_contact(search, contact_key(host, names.server), is_new);
    for (unsigned i = 0; i < mf_summary_count(session); i++) {
        struct mf_summary_item item;

        mf_summary_item(session, i, &item);
        take_request(search, host, session, &item, is_new);
    }
}

static void
add_posts(const struct search *search, const char *key, const struct contact *contact)
{
    const char *name = strchr(key, ' ') + 1;
    const uint32_t host = (uint32_t)g_ascii_strtoull(key, NULL, 10);
    char *text = g_strdup_printf("%u POSTs to %s, new since an executable arrived, from no page",
                                 contact->posts, name);

    mf_verdict_add(search->verdicts, &mf_verdict_host_at(search->verdicts, host)->addr,
                   &(struct mf_evidence){.session = contact->session,
                                         .frame = contact->frame,
                                         .stage = MF_STAGE_C2,
                                         .suspected = true,
                                         .text = text});
    g_free(text);
}

static void
add_beacon(const struct search *search, const struct mf_beacon *beacon)
{
    const uint32_t host = mf_verdict_find_host(search->verdicts, &beacon->source);
    const struct contact *contact;
    char *key, *text;

    if (host == 0 || beacon->contacts == 0)
        return;
    key = address_key(host - 1, &beacon->target);
    contact = g_hash_table_lookup(search->contacts, key);
    g_free(key);
    if (contact == NULL || !contact->is_new)
        return;
    text = g_strdup_printf("beacon, %u times every %.1f s, new since an executable arrived",
                           beacon->contacts, (double)beacon->period / MF_NS_PER_S);
    mf_verdict_add(
        search->verdicts, &beacon->source,
        &(struct mf_evidence){
            .session = beacon->first_session,
            .frame =
                mf_engine_session(search->verdicts->engine, beacon->first_session)->first_frame,
            .stage = MF_STAGE_C2,
            .suspected = true,
            .text = text});
    g_free(text);
}

static void
add_found(const struct search *search)
{
    enum { REPEATED = 2 };
    const struct mf_engine *engine = search->verdicts->engine;
    GHashTableIter iter;
    gpointer key, contact;

    g_hash_table_iter_init(&iter, search->contacts);
    while (g_hash_table_iter_next(&iter, &key, &contact))
        if (((struct contact *)contact)->is_new && ((struct contact *)contact)->posts >= REPEATED)
            add_posts(search, key, contact);
    for (uint32_t id = 1; id <= mf_engine_beacon_count(engine); id++)
        add_beacon(search, mf_engine_beacon(engine, id));
}

/* Whether SESSION is one that tells whom its originator talks to. The probes of a scan are not:
 * they may be most of all sessions, and nothing was said in them. */
static bool
is_contact(const struct mf_session *session)
{
    if (session->scan != 0 && session->bytes[MF_ORIG] + session->bytes[MF_RESP] == 0)
        return false;
    return mf_session_has_ports(session) && !mf_addr_is_group(&session->addr[MF_RESP]);
}

void
mf_verdict_find_reports(struct mf_verdicts *verdicts)
{
    const struct search search = {verdicts,
                                  g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};

    for (uint32_t id = 1;
         verdicts->arrivals->len > 0 && id <= mf_engine_session_count(verdicts->engine); id++) {
        const struct mf_session *session = mf_engine_session(verdicts->engine, id);
        uint32_t host;

        if (!is_contact(session))
            continue;
        host = mf_verdict_find_host(verdicts, &session->addr[MF_ORIG]);
        if (host != 0 && mf_verdict_host_at(verdicts, host - 1)->program_frame != 0)
            take_session(&search, host - 1, session);
    }
    add_found(&search);
    g_hash_table_destroy(search.contacts);
}
