/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must be known of a whole capture before one session of it can be judged. Private to the fold
 * module. */
#ifndef MALFLOW_CORE_FOLD_FACTS_H
#define MALFLOW_CORE_FOLD_FACTS_H

#include "fold.h"

/* Kinds of facts. */
enum mf_fact {
    MF_FACT_NAME = 'n',   /* client, address, name: a look-up gave the address for the name (any) */
    MF_FACT_TOLD = 't',   /* client, name: a look-up whose answer was used */
    MF_FACT_USED = 'u',   /* client, address: has a session there that keeps its row */
    MF_FACT_FOLDED = 'f', /* client, address: has a session there that does not */
    MF_FACT_CONTROLLER = 'd', /* client, server: serves Kerberos or LDAP to it */
    MF_FACT_CONTENT = 'c',    /* server: serves plain content */
};

struct mf_fold_facts {
    const struct mf_engine *engine;
    GHashTable *known;  /* text of the fact (owned): id of the first session that told of it */
    GHashTable *causes; /* set of GUINT_TO_POINTER(id): sessions that others came of */
};

/* A fact about CLIENT, SERVER (an address as text) and NAME, each of which may be NULL. The caller
 * frees the text, or gives it to one of the functions below. */
char *
mf_fold_fact_text(enum mf_fact fact, const struct mf_addr *client, const char *server,
                  const char *name);

/* The same about the two ends of SESSION. */
char *
mf_fold_pair_text(enum mf_fact fact, const struct mf_session *session, const char *name);

/* The session that told of the fact first; 0: it is none. Takes TEXT over. */
uint32_t
mf_fold_knows(const struct mf_fold_facts *facts, char *text);

/* Whether something came of SESSION that is more than a look-up or plain content. */
bool
mf_fold_is_cause(const struct mf_fold_facts *facts, const struct mf_session *session);

/* --- of fold.c --- */

/* Whether the link says no more than that names are looked up, or what came after what. */
bool
mf_fold_is_ordinary_link(const struct mf_link *link);

/* Whether the session's app is one of APPS, which NULL ends. */
bool
mf_fold_is_app(const struct mf_session *session, const char *const *apps);

bool
mf_fold_is_look_up(const struct mf_session *session);

/* Whether a session of SESSION's client went to one of ANSWERS ("a, b"); USE: MF_FACT_USED or
 * MF_FACT_FOLDED. */
bool
mf_fold_is_used(const struct mf_fold_facts *facts, const struct mf_session *session,
                enum mf_fact use, const char *answers);

/* Whether SESSION made requests for plain content only, and so many. */
bool
mf_fold_all_plain_content(const struct mf_session *session, unsigned at_least);

#endif
