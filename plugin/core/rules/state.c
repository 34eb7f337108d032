/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rules remember stands in one table per kind, keyed by whom it is remembered of, so that
 * sessions and hosts without any cost nothing. A count whose time has passed means the same as
 * none: that is what lets the tables forget (state_table.c).
 *
 * A window of a threshold begins at the packet that opens it and ends SECONDS later, that moment
 * included; windows do not slide. Type threshold begins to count anew within its window when it has
 * told. All as Suricata 7 does it, tried with its command line at the borders.
 * https://docs.suricata.io/en/latest/rules/thresholding.html
 */
#include "state.h"

#include "state_table.h"

struct mf_rule_state {
    struct mf_state_table *flowbits, *flowints, *hostbits, *thresholds;
    struct mf_state_table *ifaces;
    struct mf_state_table *ports; /* seen by detection_filter with unique_on */
};

struct session_key {
    uint32_t session, name;
};

struct flowint {
    uint32_t value;
    uint32_t unused;
};

/* Addresses in order, so that a pair is one from both sides. The second is zero for one host. */
struct host_key {
    struct mf_addr addr[2];
    uint32_t bit;
    uint32_t unused;
};

struct threshold_key {
    struct mf_addr addr[2];
    uint32_t rule;
    uint32_t session; /* 0: by addresses, or the rule itself */
};

struct threshold_state {
    uint64_t next; /* backoff: the count to tell at */
    uint32_t count;
    uint32_t unused;
};

struct port_key {
    struct threshold_key of;
    mf_nanoseconds window; /* when it ends */
    uint32_t port;
    uint32_t unused;
};

struct mf_rule_state *
mf_rule_state_new(struct mf_counters *counters)
{
    struct mf_rule_state *state = g_new0(struct mf_rule_state, 1);
    uint64_t *lost = &counters->rule_state_lost;

    state->flowbits =
        mf_state_table_new(sizeof(struct session_key), 0, MF_RULE_STATE_ENTRIES, lost);
    state->flowints = mf_state_table_new(sizeof(struct session_key), sizeof(struct flowint),
                                         MF_RULE_STATE_ENTRIES, lost);
    state->ifaces = mf_state_table_new(sizeof(struct session_key), sizeof(struct mf_iface),
                                       MF_RULE_STATE_ENTRIES, lost);
    state->hostbits = mf_state_table_new(sizeof(struct host_key), 0, MF_RULE_STATE_ENTRIES, lost);
    state->thresholds = mf_state_table_new(
        sizeof(struct threshold_key), sizeof(struct threshold_state), MF_RULE_STATE_ENTRIES, lost);
    state->ports = mf_state_table_new(sizeof(struct port_key), 0, MF_RULE_STATE_ENTRIES, lost);
    return state;
}

void
mf_rule_state_free(struct mf_rule_state *state)
{
    if (state == NULL)
        return;
    mf_state_table_free(state->flowbits);
    mf_state_table_free(state->flowints);
    mf_state_table_free(state->ifaces);
    mf_state_table_free(state->hostbits);
    mf_state_table_free(state->thresholds);
    mf_state_table_free(state->ports);
    g_free(state);
}

size_t
mf_rule_state_memory(const struct mf_rule_state *state)
{
    return sizeof *state + mf_state_table_memory(state->flowbits) +
           mf_state_table_memory(state->flowints) + mf_state_table_memory(state->ifaces) +
           mf_state_table_memory(state->hostbits) + mf_state_table_memory(state->thresholds) +
           mf_state_table_memory(state->ports);
}

/* --- of a session: they are given up in the order in which they came, as sessions are --- */

void
mf_flowbit_set(struct mf_rule_state *state, uint32_t session, uint32_t bit, bool value)
{
    struct session_key key = {session, bit};

    if (!value)
        mf_state_table_remove(state->flowbits, &key);
    else if (mf_state_table_find(state->flowbits, &key) == NULL)
        mf_state_table_add(state->flowbits, &key, INT64_MIN);
}

bool
mf_flowbit_get(const struct mf_rule_state *state, uint32_t session, uint32_t bit)
{
    struct session_key key = {session, bit};

    return mf_state_table_find(state->flowbits, &key) != NULL;
}

void
mf_flowint_set(struct mf_rule_state *state, uint32_t session, uint32_t name, uint32_t value)
{
    struct session_key key = {session, name};
    struct flowint *kept = mf_state_table_find(state->flowints, &key);

    if (kept == NULL)
        kept = mf_state_table_add(state->flowints, &key, INT64_MIN);
    kept->value = value;
}

bool
mf_flowint_get(const struct mf_rule_state *state, uint32_t session, uint32_t name, uint32_t *value)
{
    struct session_key key = {session, name};
    const struct flowint *kept = mf_state_table_find(state->flowints, &key);

    if (kept != NULL)
        *value = kept->value;
    return kept != NULL;
}

void
mf_iface_set(struct mf_rule_state *state, uint32_t session, uint32_t place,
             const struct mf_iface *iface)
{
    struct session_key key = {session, place};
    struct mf_iface *kept = mf_state_table_find(state->ifaces, &key);

    if (kept == NULL)
        kept = mf_state_table_add(state->ifaces, &key, INT64_MIN);
    *kept = *iface;
}

bool
mf_iface_get(const struct mf_rule_state *state, uint32_t session, uint32_t place,
             struct mf_iface *iface)
{
    struct session_key key = {session, place};
    const struct mf_iface *kept = mf_state_table_find(state->ifaces, &key);

    if (kept != NULL)
        *iface = *kept;
    return kept != NULL;
}

void
mf_iface_drop(struct mf_rule_state *state, uint32_t session, uint32_t place)
{
    struct session_key key = {session, place};

    mf_state_table_remove(state->ifaces, &key);
}

/* --- of hosts --- */

static void
put_pair(struct mf_addr pair[2], const struct mf_addr *one, const struct mf_addr *other)
{
    bool swap = mf_addr_compare(one, other) > 0;

    pair[swap] = *one;
    pair[!swap] = *other;
}

static struct host_key
host_key_of(const struct mf_host_key *key)
{
    struct host_key kept = {.bit = key->bit};

    if (key->other == NULL)
        kept.addr[0] = *key->host;
    else
        put_pair(kept.addr, key->host, key->other);
    return kept;
}

/* Suricata looks at whole seconds. */
static mf_nanoseconds
end_of_second(mf_nanoseconds time)
{
    return time / MF_NS_PER_S * MF_NS_PER_S + MF_NS_PER_S - 1;
}

void
mf_hostbit_set(struct mf_rule_state *state, const struct mf_host_key *key, mf_nanoseconds now,
               mf_nanoseconds expires)
{
    struct host_key kept = host_key_of(key);
    void *value = mf_state_table_find(state->hostbits, &kept);

    if (value == NULL)
        value = mf_state_table_add(state->hostbits, &kept, now);
    else if (now <= mf_state_table_expiry(state->hostbits, value))
        return;
    mf_state_table_set_expiry(state->hostbits, value, end_of_second(expires));
}

void
mf_hostbit_unset(struct mf_rule_state *state, const struct mf_host_key *key)
{
    struct host_key kept = host_key_of(key);

    mf_state_table_remove(state->hostbits, &kept);
}

bool
mf_hostbit_get(const struct mf_rule_state *state, const struct mf_host_key *key, mf_nanoseconds now)
{
    struct host_key kept = host_key_of(key);
    const void *value = mf_state_table_find(state->hostbits, &kept);

    return value != NULL && now <= mf_state_table_expiry(state->hostbits, value);
}

/* --- thresholds --- */

static struct threshold_key
threshold_key_of(const struct mf_threshold *threshold, const struct mf_threshold_event *event)
{
    const struct mf_addr *addr = event->session->addr;
    struct threshold_key key = {.rule = event->rule};

    switch ((enum mf_threshold_track)threshold->track) {
    case MF_TRACK_RULE:
        break;
    case MF_TRACK_SRC:
        key.addr[0] = addr[event->direction];
        break;
    case MF_TRACK_DST:
        key.addr[0] = addr[event->direction ^ 1];
        break;
    case MF_TRACK_BOTH:
        put_pair(key.addr, &addr[MF_ORIG], &addr[MF_RESP]);
        break;
    case MF_TRACK_FLOW:
        key.session = event->session->id;
        break;
    }
    return key;
}

static bool
tell_limit(const struct mf_threshold *threshold, struct threshold_state *kept)
{
    return kept->count <= threshold->count;
}

static bool
tell_threshold(const struct mf_threshold *threshold, struct threshold_state *kept)
{
    if (kept->count < threshold->count)
        return false;
    kept->count = 0;
    return true;
}

static bool
tell_both(const struct mf_threshold *threshold, struct threshold_state *kept)
{
    return kept->count == threshold->count;
}

static bool
tell_backoff(const struct mf_threshold *threshold, struct threshold_state *kept)
{
    if (kept->next == 0)
        kept->next = threshold->count;
    if (kept->count != kept->next)
        return false;
    kept->next *= MAX(threshold->multiplier, 1); /* at most 2^64: COUNT gets to 2^32 only */
    return true;
}

static bool
tell_detection(const struct mf_threshold *threshold, struct threshold_state *kept)
{
    return kept->count > threshold->count;
}

/* By enum mf_threshold_type. COUNT has this event in it. */
static bool (*const tell[])(const struct mf_threshold *, struct threshold_state *) = {
    [MF_THRESHOLD_LIMIT] = tell_limit,         [MF_THRESHOLD_THRESHOLD] = tell_threshold,
    [MF_THRESHOLD_BOTH] = tell_both,           [MF_THRESHOLD_BACKOFF] = tell_backoff,
    [MF_THRESHOLD_DETECTION] = tell_detection,
};

/* Whether EVENT's port is a new one in the window, as far as it matters: when the rule is told
 * already, no port does. */
static bool
is_new_port(struct mf_rule_state *state, const struct mf_threshold *threshold,
            const struct mf_threshold_event *event, mf_nanoseconds window)
{
    enum { SRC_PORT = 1 };
    enum mf_direction side = event->direction ^ (threshold->unique_on == SRC_PORT ? 0 : 1);
    struct port_key key = {.of = threshold_key_of(threshold, event),
                           .window = window,
                           .port = event->session->port[side]};

    if (mf_state_table_find(state->ports, &key) != NULL)
        return false;
    mf_state_table_set_expiry(state->ports, mf_state_table_add(state->ports, &key, event->now),
                              window);
    return true;
}

/* The counts of the window that EVENT is in; a new one begins with it if need be. */
static struct threshold_state *
window_of(struct mf_rule_state *state, const struct mf_threshold *threshold,
          const struct mf_threshold_event *event)
{
    struct threshold_key key = threshold_key_of(threshold, event);
    struct threshold_state *kept = mf_state_table_find(state->thresholds, &key);

    if (kept == NULL)
        kept = mf_state_table_add(state->thresholds, &key, event->now);
    else if (event->now <= mf_state_table_expiry(state->thresholds, kept))
        return kept;
    *kept = (struct threshold_state){0};
    mf_state_table_set_expiry(state->thresholds, kept,
                              threshold->type == MF_THRESHOLD_BACKOFF
                                  ? INT64_MAX
                                  : event->now + threshold->seconds * MF_NS_PER_S);
    return kept;
}

bool
mf_threshold_tell(struct mf_rule_state *state, const struct mf_threshold *threshold,
                  const struct mf_threshold_event *event)
{
    struct threshold_state *kept;

    /* No need to remember, and Suricata does not. */
    if (threshold->type == MF_THRESHOLD_THRESHOLD && threshold->count <= 1)
        return true;
    kept = window_of(state, threshold, event);
    if (kept->count < UINT32_MAX &&
        (threshold->unique_on == 0 || kept->count > threshold->count ||
         is_new_port(state, threshold, event, mf_state_table_expiry(state->thresholds, kept))))
        kept->count++;
    return tell[threshold->type](threshold, kept);
}
