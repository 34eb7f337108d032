/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Chatter of ordinary operation: which sessions an analyst can do without, and what they were for.
 * Judged on the final state of an engine.
 */
#ifndef MALFLOW_CORE_FOLD_H
#define MALFLOW_CORE_FOLD_H

#include "engine.h"

struct mf_fold_facts;

/* What is known of the capture as a whole: names that were looked up, domain controllers, ... To be
 * used only until further packets are fed to ENGINE. */
struct mf_fold_facts *
mf_fold_facts_new(const struct mf_engine *engine);

/* Accepts NULL. */
void
mf_fold_facts_free(struct mf_fold_facts *facts);

/*
 * The purpose of SESSION if it is ordinary operation, from 1; 0: it is not, or it cannot be told.
 * Never of a session in which something was found, or with a cause that is more than a look-up; of
 * what a page consists of, that page is an ordinary cause.
 */
unsigned
mf_fold_may(const struct mf_fold_facts *facts, const struct mf_session *session);

/* "name look-ups", ...; static. */
const char *
mf_fold_purpose_name(unsigned purpose);

/* Whether a request is for plain content of a page (images, style sheets, scripts), and got it. */
bool
mf_fold_is_plain_content(const struct mf_summary_item *item);

/* Whether the item of SESSION is that, and has no remarkable cause. Hits are not looked at. */
bool
mf_fold_may_request(const struct mf_engine *engine, const struct mf_session *session,
                    const struct mf_summary_item *item);

/* Calls TAKE with each name that SESSION gives: the one that it looks up, its server's. TEXT lives
 * during the call. */
void
mf_fold_names(const struct mf_session *session, void (*take)(void *user, const char *text),
              void *user);

/* Whether something was found in SESSION, or its cause in what was said elsewhere, so that it keeps
 * its own row whatever it belongs to. */
bool
mf_fold_is_of_note(const struct mf_engine *engine, const struct mf_session *session);

#endif
