/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts are texts in one table: a few short look-ups per session, and only when folding is asked
 * for, for code that can be read. They are gathered in three passes, since what is folded decides
 * which look-ups of names were for nothing.
 */
#include "fold_facts.h"

/* Requests for plain content on one connection that make its server a server of content. */
#define CONTENT_REQUESTS 3

char *
mf_fold_fact_text(enum mf_fact fact, const struct mf_addr *client, const char *server,
                  const char *name)
{
    GString *text = g_string_new(NULL);

    g_string_append_c(text, (char)fact);
    if (client != NULL)
        mf_addr_append(text, client);
    g_string_append_printf(text, " %s ", server != NULL ? server : "");
    for (; name != NULL && *name != '\0'; name++)
        if (*name != '.' || name[1] != '\0')
            g_string_append_c(text, g_ascii_tolower(*name));
    return g_string_free(text, FALSE);
}

char *
mf_fold_pair_text(enum mf_fact fact, const struct mf_session *session, const char *name)
{
    const struct mf_addr *client = fact != MF_FACT_CONTENT ? &session->addr[MF_ORIG] : NULL;
    GString *server = g_string_new(NULL);
    char *text;

    mf_addr_append(server, &session->addr[MF_RESP]);
    text = mf_fold_fact_text(fact, client, server->str, name);
    g_string_free(server, TRUE);
    return text;
}

uint32_t
mf_fold_knows(const struct mf_fold_facts *facts, char *text)
{
    uint32_t id = GPOINTER_TO_UINT(g_hash_table_lookup(facts->known, text));

    g_free(text);
    return id;
}

/* The first fact is kept. Takes TEXT over. */
static void
note(struct mf_fold_facts *facts, char *text, const struct mf_session *session)
{
    if (g_hash_table_contains(facts->known, text))
        g_free(text);
    else
        g_hash_table_insert(facts->known, text, GUINT_TO_POINTER(session->id));
}

static void
note_answers(struct mf_fold_facts *facts, const struct mf_session *session)
{
    struct mf_summary_names names;
    char **list;

    mf_summary_names(session, &names);
    if (names.asked == NULL || names.answers == NULL)
        return;
    list = g_strsplit(names.answers, ", ", -1);
    for (char **one = list; *one != NULL; one++) {
        const struct mf_addr *client = &session->addr[MF_ORIG];

        note(facts, mf_fold_fact_text(MF_FACT_NAME, client, *one, names.asked), session);
        note(facts, mf_fold_fact_text(MF_FACT_NAME, client, *one, NULL), session);
    }
    g_strfreev(list);
}

/* Sessions that others came of, but for the parts of a page. */
static void
learn_causes(struct mf_fold_facts *facts)
{
    const struct mf_correlator *correlator = mf_engine_correlator(facts->engine);
    uint32_t count = correlator != NULL ? mf_correlator_link_count(correlator) : 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct mf_link *link = mf_correlator_link(correlator, i);
        const struct mf_session *effect = mf_engine_session(facts->engine, link->session);

        if (mf_fold_is_ordinary_link(link) || effect == NULL || mf_fold_is_look_up(effect) ||
            mf_fold_all_plain_content(effect, 1))
            continue;
        g_hash_table_add(facts->causes, GUINT_TO_POINTER(link->cause_session));
    }
}

bool
mf_fold_is_cause(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    return g_hash_table_contains(facts->causes, GUINT_TO_POINTER(session->id));
}

static void
learn_roles(struct mf_fold_facts *facts, const struct mf_session *session)
{
    static const char *const controller[] = {"KERBEROS", "KRB5", "LDAP", "CLDAP", NULL};

    if (mf_fold_is_look_up(session))
        note_answers(facts, session);
    else if (session->answered && mf_fold_is_app(session, controller))
        note(facts, mf_fold_pair_text(MF_FACT_CONTROLLER, session, NULL), session);
    else if (mf_fold_all_plain_content(session, CONTENT_REQUESTS))
        note(facts, mf_fold_pair_text(MF_FACT_CONTENT, session, NULL), session);
}

static void
learn_use(struct mf_fold_facts *facts, const struct mf_session *session)
{
    enum mf_fact use;

    if (mf_fold_is_look_up(session))
        return;
    use = mf_fold_may(facts, session) == 0 ? MF_FACT_USED : MF_FACT_FOLDED;
    note(facts, mf_fold_pair_text(use, session, NULL), session);
}

static void
learn_names(struct mf_fold_facts *facts, const struct mf_session *session)
{
    struct mf_summary_names names;

    if (!mf_fold_is_look_up(session))
        return;
    mf_summary_names(session, &names);
    if (names.asked != NULL && mf_fold_is_used(facts, session, MF_FACT_USED, names.answers))
        note(facts, mf_fold_fact_text(MF_FACT_TOLD, &session->addr[MF_ORIG], NULL, names.asked),
             session);
}

struct mf_fold_facts *
mf_fold_facts_new(const struct mf_engine *engine)
{
    static void (*const passes[])(struct mf_fold_facts *, const struct mf_session *) = {
        learn_roles, learn_use, learn_names};
    struct mf_fold_facts *facts = g_new0(struct mf_fold_facts, 1);
    uint32_t count = mf_engine_session_count(engine);

    facts->engine = engine;
    facts->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    facts->causes = g_hash_table_new(NULL, NULL);
    learn_causes(facts);
    for (unsigned pass = 0; pass < G_N_ELEMENTS(passes); pass++)
        for (uint32_t id = 1; id <= count; id++) {
            const struct mf_session *session = mf_engine_session(engine, id);

            if (session->scan == 0) /* as many as there are, and none is folded */
                passes[pass](facts, session);
        }
    return facts;
}

void
mf_fold_facts_free(struct mf_fold_facts *facts)
{
    if (facts == NULL)
        return;
    g_hash_table_destroy(facts->known);
    g_hash_table_destroy(facts->causes);
    g_free(facts);
}
