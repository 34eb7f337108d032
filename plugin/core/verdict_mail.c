/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Spam, by how it is sent: straight to the servers of many, or to many at once. A host that takes
 * mail itself is a mail server, which does just that: suspected only.
 */
#include "verdict_private.h"

#include <string.h>

enum { SERVERS = 5, RECIPIENTS = 50 };

struct sender {
    struct mf_addr addr;
    GHashTable *servers; /* set of texts */
    uint64_t mails, recipients;
    uint32_t session, frame;
};

static void
free_sender(gpointer data)
{
    struct sender *sender = data;

    g_hash_table_destroy(sender->servers);
    g_free(sender);
}

static char *
addr_text(const struct mf_addr *addr)
{
    GString *text = g_string_new(NULL);

    mf_addr_append(text, addr);
    return g_string_free(text, FALSE);
}

static void
take_mail(GHashTable *senders, const struct mf_session *session,
          const struct mf_summary_names *names)
{
    char *key = addr_text(&session->addr[MF_ORIG]);
    struct sender *sender = g_hash_table_lookup(senders, key);

    if (sender == NULL) {
        sender = g_new0(struct sender, 1);
        sender->addr = session->addr[MF_ORIG];
        sender->servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        sender->session = session->id;
        sender->frame = session->first_frame;
        g_hash_table_insert(senders, g_strdup(key), sender);
    }
    g_free(key);
    sender->mails += names->mails;
    sender->recipients += names->recipients;
    g_hash_table_add(sender->servers, addr_text(&session->addr[MF_RESP]));
}

static void
add_sender(struct mf_verdicts *verdicts, const struct sender *sender, bool is_server)
{
    const unsigned servers = g_hash_table_size(sender->servers);
    char *text;

    if (servers < SERVERS && sender->recipients < RECIPIENTS)
        return;
    text = g_strdup_printf("mails: %" G_GUINT64_FORMAT ", recipients: %" G_GUINT64_FORMAT
                           ", servers: %u",
                           sender->mails, sender->recipients, servers);
    mf_verdict_add(verdicts, &sender->addr,
                   &(struct mf_evidence){.session = sender->session,
                                         .frame = sender->frame,
                                         .stage = MF_STAGE_SPAM,
                                         .suspected = is_server,
                                         .text = text});
    g_free(text);
}

void
mf_verdict_find_mail(struct mf_verdicts *verdicts)
{
    GHashTable *senders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_sender);
    GHashTable *servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer key, sender;

    for (uint32_t id = 1; id <= mf_engine_session_count(verdicts->engine); id++) {
        const struct mf_session *session = mf_engine_session(verdicts->engine, id);
        struct mf_summary_names names;

        if (session->app == NULL || strstr(session->app, "SMTP") == NULL)
            continue;
        mf_summary_names(session, &names);
        if (names.mails == 0)
            continue;
        g_hash_table_add(servers, addr_text(&session->addr[MF_RESP]));
        if (mf_stage_is_own(session, MF_ORIG))
            take_mail(senders, session, &names);
    }
    g_hash_table_iter_init(&iter, senders);
    while (g_hash_table_iter_next(&iter, &key, &sender))
        add_sender(verdicts, sender, g_hash_table_contains(servers, key));
    g_hash_table_destroy(senders);
    g_hash_table_destroy(servers);
}
