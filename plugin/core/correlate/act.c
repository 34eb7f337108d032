/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hosts do, and what they had been told before that explains it. A connection alone says
 * little: an address that was named is linked at once, a name only when the connection says what it
 * is for (a request, a server name), so that a page which names a host a hundred times does not
 * claim every connection to it. What an order named is linked at once too: its connection may never
 * be answered.
 */
#include "state.h"

#include <string.h>

struct mf_act
mf_act_of(const struct mf_message *message)
{
    return (struct mf_act){
        .session = message->session,
        .direction = mf_message_side(message),
        .frame = message->packet->frame,
        .time = message->packet->time,
    };
}

bool
mf_correlate_link(struct mf_correlator *correlator, const struct mf_act *act,
                  const struct mf_cause *cause)
{
    if (cause->session == act->session->id && !act->of_request)
        return false;
    return mf_links_add(correlator->links,
                        &(struct mf_link){
                            .cause_session = cause->session,
                            .cause_frame = cause->frame,
                            .session = act->session->id,
                            .frame = act->of_request ? act->frame : act->session->first_frame,
                            .evidence = mf_interned_add(correlator->strings, cause->text),
                            .kind = (uint8_t)cause->kind,
                            .strength = cause->strength,
                            .of_request = act->of_request,
                        });
}

static void
link_clue(struct mf_correlator *correlator, const struct mf_act *act, const struct mf_clue *clue,
          uint8_t strength)
{
    const struct mf_cause cause = {.session = clue->session,
                                   .frame = clue->frame,
                                   .kind = (enum mf_link_kind)clue->kind,
                                   .strength = strength,
                                   .text = clue->text};

    if (mf_correlate_link(correlator, act, &cause) && clue->order != 0)
        g_array_index(correlator->orders, struct mf_order, clue->order - 1).effects++;
}

static const struct mf_clue *
find(const struct mf_correlator *correlator, const struct mf_act *act, enum mf_topic topic,
     struct mf_span name)
{
    const struct mf_clue_key key = {act->session->addr[act->direction], topic, name};

    return mf_clue_find(correlator->clues, &key);
}

static const struct mf_clue *
find_address(const struct mf_correlator *correlator, const struct mf_act *act, enum mf_topic topic,
             const struct mf_addr *addr)
{
    return find(correlator, act, topic, (struct mf_span){addr->bytes, sizeof addr->bytes});
}

/* The next of the list from EVIDENCE on that can have caused what ACT does. */
static const struct mf_clue *
next_holding(const struct mf_clue *clue, const struct mf_act *act)
{
    while (clue != NULL && !mf_clue_holds(clue, act->time, act->frame))
        clue = clue->older;
    return clue;
}

/* Servers answer for one name on either. */
static bool
is_web(uint16_t port)
{
    return port == 80 || port == 443;
}

static bool
ports_agree(uint16_t told, uint16_t used)
{
    return told == 0 || used == 0 || told == used || (is_web(told) && is_web(used));
}

/* --- look-ups and connections --- */

void
mf_correlate_lookup(struct mf_correlator *correlator, const struct mf_act *act, struct mf_span name)
{
    char room[MF_NAME_ROOM];

    mf_links_set_lookup(correlator->links, act->session->id);
    for (const struct mf_clue *at =
             next_holding(find(correlator, act, MF_TOPIC_NAME, mf_correlate_name(name, room)), act);
         at != NULL; at = next_holding(at->older, act))
        link_clue(correlator, act, at, MF_STRENGTH_NAME);
}

/* Whether clue of a host explains a connection of which no more is known. */
static bool
explains_connection(const struct mf_clue *clue)
{
    return clue->order != 0 || clue->path[0] == '\0' || strcmp(clue->path, "/") == 0;
}

static void
link_host(struct mf_correlator *correlator, const struct mf_act *act, struct mf_span name,
          uint16_t port, bool any)
{
    for (const struct mf_clue *at = next_holding(find(correlator, act, MF_TOPIC_NAME, name), act);
         at != NULL; at = next_holding(at->older, act))
        if (ports_agree(at->port, port) && (any || explains_connection(at)))
            link_clue(correlator, act, at, MF_STRENGTH_HOST);
}

static struct mf_span
text_span(const char *text)
{
    return (struct mf_span){(const uint8_t *)text, strlen(text)};
}

/* The names that the host knows its peer by: each newest answer is one cause, duplicates none. */
static void
link_answers(struct mf_correlator *correlator, const struct mf_act *act)
{
    enum { NAMES = 4 };
    const struct mf_clue *seen[NAMES];
    unsigned n = 0;

    for (const struct mf_clue *at = next_holding(
             find_address(correlator, act, MF_TOPIC_ANSWER, &act->session->addr[MF_RESP]), act);
         at != NULL && n < NAMES; at = next_holding(at->older, act)) {
        bool known = false;

        for (unsigned i = 0; i < n; i++)
            known = known || strcmp(seen[i]->path, at->path) == 0;
        if (known)
            continue;
        if (n == 0) /* what it asked for last is what it wants */
            link_host(correlator, act, text_span(at->path), act->session->port[MF_RESP], false);
        seen[n++] = at;
        link_clue(correlator, act, at, MF_STRENGTH_DNS);
    }
}

/* The newest intrusion, from PEER if that is not NULL, that ACT may be a consequence of. */
static void
link_intrusion(struct mf_correlator *correlator, const struct mf_act *act,
               const struct mf_host *host, const struct mf_addr *peer)
{
    const struct mf_host_event *event;

    for (unsigned age = 0; (event = mf_host_intrusion(host, age)) != NULL; age++)
        if (act->time - event->time <= mf_correlate_window(correlator) &&
            event->frame < act->frame && (peer == NULL || mf_addr_equal(&event->peer, peer))) {
            mf_correlate_link(correlator, act,
                              &(struct mf_cause){.session = event->session,
                                                 .frame = event->frame,
                                                 .kind = MF_LINK_DROP,
                                                 .strength = MF_STRENGTH_DROP,
                                                 .text = event->text});
            return;
        }
}

void
mf_correlate_download(struct mf_correlator *correlator, const struct mf_act *act)
{
    const struct mf_host *host =
        mf_hosts_find(correlator->hosts, &act->session->addr[act->direction]);

    if (host != NULL)
        link_intrusion(correlator, act, host, NULL);
}

static void
link_executable(struct mf_correlator *correlator, const struct mf_act *act, struct mf_host *host)
{
    const struct mf_host_event *event = mf_host_executable(host, 0);

    if (event == NULL || act->time - event->time > mf_correlate_window(correlator) ||
        event->frame >= act->frame ||
        !mf_host_is_first_contact(host, act->session, correlator->lookup, correlator->user))
        return;
    mf_correlate_link(correlator, act,
                      &(struct mf_cause){.session = event->session,
                                         .frame = event->frame,
                                         .kind = MF_LINK_EXEC,
                                         .strength = MF_STRENGTH_EXEC,
                                         .text = event->text});
}

void
mf_correlate_connect(struct mf_correlator *correlator, const struct mf_act *act)
{
    const struct mf_session *session = act->session;
    struct mf_host *host = mf_hosts_find(correlator->hosts, &session->addr[act->direction]);

    for (const struct mf_clue *at = next_holding(
             find_address(correlator, act, MF_TOPIC_ADDRESS, &session->addr[MF_RESP]), act);
         at != NULL; at = next_holding(at->older, act))
        if (ports_agree(at->port, session->port[MF_RESP]))
            link_clue(correlator, act, at, MF_STRENGTH_HOST);
    link_answers(correlator, act);
    if (host == NULL)
        return;
    link_intrusion(correlator, act, host, &session->addr[MF_RESP]);
    link_executable(correlator, act, host);
}

void
mf_correlate_speak(struct mf_correlator *correlator, const struct mf_act *act)
{
    const struct mf_clue *answer = next_holding(
        find_address(correlator, act, MF_TOPIC_ANSWER, &act->session->addr[MF_RESP]), act);

    if (answer != NULL)
        link_host(correlator, act, text_span(answer->path), act->session->port[MF_RESP], true);
}

void
mf_correlate_greet(struct mf_correlator *correlator, const struct mf_act *act,
                   const struct mf_target *target)
{
    if (target->host.length > 0)
        link_host(correlator, act, target->host, target->port, true);
}

/* --- requests --- */

/* A query that was told may get further values from the program that asks. */
static bool
is_lengthened(struct mf_span told, struct mf_span asked)
{
    return told.length < asked.length && mf_span_index(told, '?') < told.length &&
           mf_span_same(told, (struct mf_span){asked.data, told.length});
}

static uint8_t
request_strength(const struct mf_act *act, const struct mf_clue *clue,
                 const struct mf_target *target)
{
    const struct mf_span path = text_span(clue->path);
    const bool same = mf_span_same(path, target->path);

    if (same || (path.length == 0 && target->path.length == 1))
        return clue->strength != 0              ? clue->strength
               : clue->kind == MF_LINK_REDIRECT ? MF_STRENGTH_SOURCE
                                                : MF_STRENGTH_EXACT;
    if (is_lengthened(path, target->path))
        return MF_STRENGTH_BEGINNING;
    return path.length == 0 && !act->of_request ? MF_STRENGTH_HOST : 0;
}

static const struct mf_clue *
find_target(const struct mf_correlator *correlator, const struct mf_act *act,
            const struct mf_target *target, enum mf_topic by_name)
{
    if (target->host.length > 0)
        return find(correlator, act, by_name, target->host);
    return find_address(correlator, act, by_name == MF_TOPIC_NAME ? MF_TOPIC_ADDRESS : by_name,
                        &target->addr);
}

void
mf_correlate_request(struct mf_correlator *correlator, const struct mf_act *act,
                     const struct mf_target *target)
{
    for (const struct mf_clue *at =
             next_holding(find_target(correlator, act, target, MF_TOPIC_NAME), act);
         at != NULL; at = next_holding(at->older, act)) {
        const uint8_t strength = request_strength(act, at, target);

        if (strength == 0 || !ports_agree(at->port, target->port))
            continue;
        link_clue(correlator, act, at, strength);
        if (strength >= MF_STRENGTH_EXACT && at->kind == MF_LINK_URL)
            mf_clue_renew(correlator->clues, at, act->time + mf_correlate_window(correlator));
    }
}

void
mf_correlate_refer(struct mf_correlator *correlator, const struct mf_act *act,
                   const struct mf_target *referer)
{
    for (const struct mf_clue *at =
             next_holding(find_target(correlator, act, referer, MF_TOPIC_PAGE), act);
         at != NULL; at = next_holding(at->older, act))
        if (mf_span_same(text_span(at->path), referer->path)) {
            link_clue(correlator, act, at, MF_STRENGTH_REFERER);
            return;
        }
}

void
mf_correlate_fetch(struct mf_correlator *correlator, const struct mf_act *act, struct mf_span name)
{
    for (const struct mf_clue *at = next_holding(find(correlator, act, MF_TOPIC_FILE, name), act);
         at != NULL; at = next_holding(at->older, act))
        link_clue(correlator, act, at, MF_STRENGTH_EXACT);
    mf_correlate_download(correlator, act);
}

void
mf_correlate_arrival(struct mf_correlator *correlator, const struct mf_correlator_event *event)
{
    const struct mf_act act = {.session = event->session,
                               .direction = event->direction ^ 1,
                               .frame = event->session->first_frame,
                               .time = event->session->start};

    if (event->sha256 == NULL)
        return;
    for (const struct mf_clue *at =
             next_holding(find(correlator, &act, MF_TOPIC_SHA256, text_span(event->sha256)), &act);
         at != NULL; at = next_holding(at->older, &act))
        link_clue(correlator, &act, at, MF_STRENGTH_EXACT);
}
