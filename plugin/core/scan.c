/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scans are told from browsing by failure: an attempt counts until it is answered (the idea of
 * threshold random walk: Jung, Paxson, Berger, Balakrishnan, IEEE S&P 2004, reduced to two numbers
 * that a user can set). Everything is decided as packets come, so at the time of an attempt nobody
 * knows whether it fails. A group therefore stays on probation for GRACE_S: when answers bring its
 * failures below the threshold again (a browser that opened twelve connections at once, a resolver)
 * it is dissolved. Evidence is a chain of failures with gaps no longer than the window; an answered
 * attempt does not hold the chain together, but comes along when a group opens around it.
 */
#include "scan.h"

#include "scan_group.h"
#include "scan_tracker.h"

#include <string.h>

enum {
    /* Answers that come later do not dissolve a group: longer than a retransmitted SYN's round
       trip. */
    GRACE_S = 3,
    /* Members kept by id while a group is on probation; a larger one is no browser. */
    PROBATION_MEMBERS = 1024,
    /* Attempts held per tracker, in thresholds: room for repeated attempts at one target. */
    EVIDENCE_FACTOR = 4,
};

struct mf_scans {
    const struct mf_settings *settings;
    struct mf_counters *counters;
    struct mf_session *(*lookup)(void *user, uint32_t id);
    void *user;
    struct mf_scan_trackers trackers;
    GPtrArray *groups; /* struct mf_scan_group, index id - 1 */
    unsigned dissolved;
};

const char *
mf_scan_kind_name(enum mf_scan_kind kind)
{
    return kind == MF_SCAN_SPREAD ? "Spread Scan" : "Port Scan";
}

bool
mf_scan_member_keeps_row(const struct mf_session *session)
{
    if (session->first_hit != 0 || session->bytes[MF_RESP] > 0)
        return true;
    return session->l4 == MF_L4_TCP && session->bytes[MF_ORIG] > 0;
}

static void
group_free(gpointer group)
{
    mf_scan_group_reset(group);
    g_free(group);
}

struct mf_scans *
mf_scans_new(const struct mf_settings *settings, struct mf_counters *counters,
             struct mf_session *(*lookup)(void *user, uint32_t id), void *user)
{
    struct mf_scans *scans = g_new0(struct mf_scans, 1);

    scans->settings = settings;
    scans->counters = counters;
    scans->lookup = lookup;
    scans->user = user;
    mf_scan_trackers_init(&scans->trackers);
    scans->groups = g_ptr_array_new_with_free_func(group_free);
    return scans;
}

void
mf_scans_free(struct mf_scans *scans)
{
    if (scans == NULL)
        return;
    mf_scan_trackers_clear(&scans->trackers);
    g_ptr_array_free(scans->groups, TRUE);
    g_free(scans);
}

unsigned
mf_scans_count(const struct mf_scans *scans)
{
    return scans->groups->len;
}

const struct mf_scan_group *
mf_scans_get(const struct mf_scans *scans, uint32_t id)
{
    return id >= 1 && id <= scans->groups->len ? g_ptr_array_index(scans->groups, id - 1) : NULL;
}

size_t
mf_scans_memory(const struct mf_scans *scans)
{
    size_t size = sizeof *scans + mf_scan_trackers_memory(&scans->trackers);

    for (unsigned i = 0; i < scans->groups->len; i++)
        size += sizeof(gpointer) + mf_scan_group_memory(g_ptr_array_index(scans->groups, i));
    return size;
}

/* --- what counts --- */

/* Whether A and B are further apart than the window. A step back counts like a step forward:
 * captures joined end to end do not continue each other's scans. */
static bool
apart(const struct mf_scans *scans, mf_nanoseconds a, mf_nanoseconds b)
{
    uint64_t gap = a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;

    return gap > (uint64_t)scans->settings->scan_window * (uint64_t)MF_NS_PER_S;
}

static bool
addr_is_unset(const struct mf_addr *addr)
{
    static const uint8_t zero[16];

    return memcmp(addr->bytes + (mf_addr_is_ipv4(addr) ? 12 : 0), zero,
                  mf_addr_is_ipv4(addr) ? 4 : 16) == 0;
}

/* Whether a failure would tell of a scan. Broadcasts, ARP probes (no sender) and announcements (of
 * oneself) look for nobody; TCP cannot be broadcast, so there x.y.z.255 is a host like others. */
static bool
is_evidence(const struct mf_session *session)
{
    if (session->l4 != MF_L4_TCP && mf_addr_is_group(&session->addr[MF_RESP]))
        return false;
    return !addr_is_unset(&session->addr[MF_ORIG]) &&
           !mf_addr_equal(&session->addr[MF_ORIG], &session->addr[MF_RESP]);
}

/* Kinds that apply: a protocol without ports can only spread. */
static unsigned
kind_count(const struct mf_session *session)
{
    return mf_session_has_ports(session) ? 2 : 1;
}

static uint32_t
threshold(const struct mf_scans *scans, const struct mf_scan_tracker *tracker)
{
    return tracker->key.kind == MF_SCAN_PORT ? scans->settings->port_scan_ports
                                             : scans->settings->spread_scan_hosts;
}

static struct mf_scan_tracker *
find_tracker(const struct mf_scans *scans, const struct mf_session *session, unsigned kind)
{
    struct mf_scan_key key;

    mf_scan_key_init(&key, kind, session);
    return mf_scan_trackers_find(&scans->trackers, &key);
}

/* --- evidence --- */

/* Start of the attempt at INDEX of the evidence. */
static mf_nanoseconds
start_of(const struct mf_scans *scans, const struct mf_scan_tracker *tracker, uint32_t index)
{
    return scans->lookup(scans->user, tracker->evidence.list[index].session)->start;
}

/* Forgets what stands before the failure at INDEX or behind, when the one before it is too far. */
static void
cut_chain(const struct mf_scans *scans, struct mf_scan_tracker *tracker, uint32_t index)
{
    uint32_t before, from;

    if (mf_evidence_failed_before(&tracker->evidence, index, &before) &&
        mf_evidence_failed_from(&tracker->evidence, index, &from) &&
        apart(scans, start_of(scans, tracker, before), start_of(scans, tracker, from)))
        mf_evidence_drop_first(&tracker->evidence, from);
}

/* A scan begins with a failure. */
static void
trim(struct mf_scan_tracker *tracker)
{
    uint32_t first;

    if (!mf_evidence_failed_from(&tracker->evidence, 0, &first))
        first = tracker->evidence.count;
    mf_evidence_drop_first(&tracker->evidence, first);
}

static void
hold(const struct mf_scans *scans, struct mf_scan_tracker *tracker,
     const struct mf_session *session)
{
    uint64_t target = mf_scan_target(tracker->key.kind, session);
    struct mf_attempt attempt = {.session = session->id,
                                 .target = (uint32_t)(target ^ target >> 32)};
    uint32_t max =
        tracker->members != NULL ? PROBATION_MEMBERS : EVIDENCE_FACTOR * threshold(scans, tracker);
    uint32_t at = mf_evidence_add(&tracker->evidence, attempt, max);

    cut_chain(scans, tracker, at + 1); /* one that failed long after it began stands alone */
    if (mf_evidence_find(&tracker->evidence, session->id, &at))
        cut_chain(scans, tracker, at);
}

static void
release(const struct mf_scans *scans, struct mf_scan_tracker *tracker,
        const struct mf_session *session)
{
    uint32_t at;

    if (!mf_evidence_find(&tracker->evidence, session->id, &at))
        return;
    mf_evidence_answer(&tracker->evidence, at);
    cut_chain(scans, tracker, at);
    trim(tracker);
}

/* Drops attempts that another group took meanwhile. */
static void
purge(const struct mf_scans *scans, struct mf_scan_tracker *tracker)
{
    for (uint32_t i = tracker->evidence.count; i-- > 0;) {
        const struct mf_session *session =
            scans->lookup(scans->user, tracker->evidence.list[i].session);

        if (session->scan != 0)
            mf_evidence_remove(&tracker->evidence, i);
        else if (!session->counted_attempt)
            mf_evidence_answer(&tracker->evidence, i);
    }
    trim(tracker);
}

/* --- groups --- */

/* A new group, or one that was dissolved. */
static struct mf_scan_group *
unused_group(struct mf_scans *scans)
{
    struct mf_scan_group *group;

    for (unsigned i = 0; scans->dissolved > 0 && i < scans->groups->len; i++) {
        group = g_ptr_array_index(scans->groups, i);
        if (group->sessions == 0) {
            scans->dissolved--;
            return group;
        }
    }
    group = g_new0(struct mf_scan_group, 1);
    g_ptr_array_add(scans->groups, group);
    group->id = scans->groups->len;
    return group;
}

/* Opens the group and takes in the attempts that led to it. */
static void
open_group(struct mf_scans *scans, struct mf_scan_tracker *tracker)
{
    struct mf_scan_group *group = unused_group(scans);

    tracker->group = group;
    tracker->opened = tracker->last;
    tracker->members = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < tracker->evidence.count; i++) {
        uint32_t id = tracker->evidence.list[i].session;
        struct mf_session *session = scans->lookup(scans->user, id);

        if (i == 0)
            mf_scan_group_open(group, group->id, tracker->key.kind, session);
        mf_scan_group_add(group, session);
        g_array_append_val(tracker->members, id);
    }
}

/* Takes the group back: too many of its members were answered in the end. */
static void
dissolve(struct mf_scans *scans, struct mf_scan_tracker *tracker)
{
    GPtrArray *groups = scans->groups;

    for (unsigned i = 0; i < tracker->members->len; i++)
        scans->lookup(scans->user, g_array_index(tracker->members, uint32_t, i))->scan = 0;
    g_array_free(tracker->members, TRUE);
    tracker->members = NULL;
    mf_scan_group_reset(tracker->group);
    tracker->group = NULL;
    scans->dissolved++;
    while (groups->len > 0 &&
           ((struct mf_scan_group *)g_ptr_array_index(groups, groups->len - 1))->sessions == 0) {
        g_ptr_array_remove_index(groups, groups->len - 1);
        scans->dissolved--;
    }
}

static void
join(struct mf_scans *scans, struct mf_scan_tracker *tracker, struct mf_session *session)
{
    session->counted_attempt = true;
    tracker->last = MAX(tracker->last, session->start);
    mf_scan_trackers_touch(&scans->trackers, tracker);
    mf_scan_group_add(tracker->group, session);
    if (tracker->members == NULL)
        return;
    if (tracker->last - tracker->opened > GRACE_S * MF_NS_PER_S ||
        tracker->members->len >= PROBATION_MEMBERS) {
        mf_scan_tracker_settle(tracker);
        return;
    }
    g_array_append_val(tracker->members, session->id);
    hold(scans, tracker, session);
}

/* The tracker of the member's group while that is on probation, else NULL. */
static struct mf_scan_tracker *
probation_of(const struct mf_scans *scans, const struct mf_session *member)
{
    const struct mf_scan_group *group = mf_scans_get(scans, member->scan);
    struct mf_scan_tracker *tracker;

    if (group->target_set == NULL)
        return NULL;
    tracker = find_tracker(scans, member, group->kind);
    return tracker != NULL && tracker->group == group && tracker->members != NULL ? tracker : NULL;
}

/* --- attempts --- */

static void
drop_idle(struct mf_scans *scans, mf_nanoseconds now)
{
    struct mf_scan_tracker *oldest;

    while ((oldest = mf_scan_trackers_oldest(&scans->trackers)) != NULL &&
           apart(scans, oldest->last, now))
        mf_scan_trackers_remove(&scans->trackers, oldest);
}

static struct mf_scan_tracker *
make_tracker(struct mf_scans *scans, const struct mf_session *session, unsigned kind)
{
    struct mf_scan_key key;

    if (mf_scan_trackers_count(&scans->trackers) >= MF_SCAN_TRACKERS) {
        mf_scan_trackers_remove(&scans->trackers, mf_scan_trackers_oldest(&scans->trackers));
        scans->counters->scan_trackers_lost++;
    }
    mf_scan_key_init(&key, kind, session);
    return mf_scan_trackers_add(&scans->trackers, &key);
}

/* Joins the open group of this kind, if there is one in time. */
static bool
join_open(struct mf_scans *scans, struct mf_session *session, unsigned kind)
{
    struct mf_scan_tracker *tracker = find_tracker(scans, session, kind);

    if (tracker == NULL || tracker->group == NULL || apart(scans, tracker->last, session->start))
        return false;
    join(scans, tracker, session);
    return true;
}

/* Counts the attempt against its source; opens a group when it is the one too many. */
static void
feed(struct mf_scans *scans, struct mf_session *session, unsigned kind, bool is_new)
{
    struct mf_scan_tracker *tracker = find_tracker(scans, session, kind);

    if (tracker != NULL && is_new && apart(scans, tracker->last, session->start)) {
        mf_scan_trackers_remove(&scans->trackers, tracker);
        tracker = NULL;
    }
    if (tracker == NULL) {
        tracker = make_tracker(scans, session, kind);
        tracker->last = session->start;
    }
    if (tracker->group != NULL)
        return; /* an old attempt that failed only now, apart from the open group */
    tracker->last = MAX(tracker->last, session->start);
    mf_scan_trackers_touch(&scans->trackers, tracker);
    hold(scans, tracker, session);
    if (tracker->evidence.distinct < threshold(scans, tracker))
        return;
    purge(scans, tracker);
    if (tracker->evidence.distinct >= threshold(scans, tracker))
        open_group(scans, tracker);
}

/* Everything joins an open group; only what could fail opens one. */
static void
count_attempt(struct mf_scans *scans, struct mf_session *session, bool is_new)
{
    for (unsigned kind = 0; kind < kind_count(session); kind++)
        if (join_open(scans, session, kind))
            return;
    if (!is_evidence(session))
        return;
    session->counted_attempt = true;
    for (unsigned kind = 0; kind < kind_count(session) && session->scan == 0; kind++)
        feed(scans, session, kind, is_new);
}

void
mf_scans_attempt(struct mf_scans *scans, struct mf_session *session)
{
    if (session->l4 == MF_L4_OTHER)
        return;
    drop_idle(scans, session->start);
    count_attempt(scans, session, true);
}

/* A member of a group answered. */
static void
answer_member(struct mf_scans *scans, struct mf_session *session)
{
    struct mf_scan_tracker *tracker = probation_of(scans, session);

    mf_scan_group_answer(g_ptr_array_index(scans->groups, session->scan - 1), session);
    if (tracker == NULL)
        return;
    release(scans, tracker, session);
    if (tracker->evidence.distinct < threshold(scans, tracker))
        dissolve(scans, tracker);
}

void
mf_scans_answer(struct mf_scans *scans, struct mf_session *session)
{
    if (!session->counted_attempt)
        return;
    session->counted_attempt = false;
    if (session->scan != 0) {
        answer_member(scans, session);
        return;
    }
    for (unsigned kind = 0; kind < kind_count(session); kind++) {
        struct mf_scan_tracker *tracker = find_tracker(scans, session, kind);

        if (tracker == NULL || tracker->group != NULL)
            continue;
        release(scans, tracker, session);
        if (tracker->evidence.count == 0)
            mf_scan_trackers_remove(&scans->trackers, tracker);
    }
}

void
mf_scans_closed_empty(struct mf_scans *scans, struct mf_session *session)
{
    struct mf_scan_tracker *tracker;

    if (session->counted_attempt || session->l4 == MF_L4_OTHER)
        return;
    if (session->scan == 0) {
        count_attempt(scans, session, false);
        return;
    }
    session->counted_attempt = true;
    tracker = probation_of(scans, session);
    if (tracker != NULL)
        hold(scans, tracker, session);
}
