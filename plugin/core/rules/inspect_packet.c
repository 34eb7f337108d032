/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules on single packets: those that have nothing but addresses (once per direction of a session),
 * those that look at headers or sizes, and those that look at the payload of datagrams.
 */
#include "inspector.h"

/* An inspection on its way to the rules that it meets by their header. */
struct meeting {
    struct mf_inspector *inspector;
    const struct mf_packet *packet;
};

static bool
holds(const uint8_t *flags_hold, unsigned flags)
{
    return (flags_hold[flags / 8] & 1u << flags % 8) != 0;
}

static void
found_header(void *user, unsigned index)
{
    const struct meeting *meeting = user;
    const struct mf_rule *rule = mf_ruleset_rule(meeting->inspector->set, index);
    unsigned flags = meeting->packet->tcp_flags;

    if (!rule->has_flags || holds(rule->flags_hold, flags))
        mf_candidates_add(meeting->inspector->candidates, index);
}

/* Rules look behind the 8-byte header of ICMP; what is taken for payload elsewhere begins earlier.
 */
static void
set_payload(struct mf_inspected *what, const struct mf_packet *packet)
{
    enum { ICMP_SKIP = 4 };
    unsigned skip = packet->l4 == MF_L4_ICMP || packet->l4 == MF_L4_ICMPV6 ? ICMP_SKIP : 0;

    if (packet->payload == NULL || packet->payload_captured <= skip)
        return;
    what->payload = packet->payload + skip;
    what->payload_length = packet->payload_captured - skip;
}

/* A TCP payload that came in order was searched already, as part of its stream. One that repeats
 * what was there is searched for rules that are not tried on the stream: no other is tried. */
static void
propose_by_segment(struct mf_inspector *inspector, const struct mf_payload_rules *rules,
                   const struct mf_inspected *what)
{
    const struct mf_prefilter *prefilter =
        inspector->set->stream[MF_L4_TCP][what->direction].prefilter;
    struct mf_view view = {.data = what->payload, .length = what->payload_length};

    if (what->payload == NULL)
        return;
    if (what->repeats)
        mf_inspector_propose_found(inspector, what, MF_RULE_PACKET, rules->prefilter, &view);
    else if (inspector->searched)
        mf_inspector_propose_all(inspector, inspector->of_packet);
    else
        mf_inspector_propose_found(inspector, what, MF_RULE_PACKET, prefilter, &view);
}

static void
propose_by_datagram(struct mf_inspector *inspector, const struct mf_payload_rules *rules,
                    const struct mf_inspected *what)
{
    struct mf_view view = {.data = what->payload, .length = what->payload_length};

    if (what->payload != NULL)
        mf_inspector_propose_found(inspector, what, MF_RULE_PACKET, rules->prefilter, &view);
}

/* Most rules without a literal are for one kind of packet, such as a SYN. */
static bool
tries_always(const struct mf_payload_rules *rules, const struct mf_packet *packet)
{
    return rules->always != NULL && holds(rules->always_flags, packet->tcp_flags);
}

static void
propose(struct mf_inspector *inspector, const struct mf_payload_rules *rules,
        const struct mf_inspected *what)
{
    const struct mf_ruleset *set = inspector->set;
    const struct mf_session *session = what->session;
    struct meeting meeting = {inspector, what->packet};

    if (session->packets[what->direction] == 1)
        mf_header_index_find(set->by_header, session, what->direction, found_header, &meeting);
    if (tries_always(rules, what->packet))
        mf_header_index_find(rules->always, session, what->direction, found_header, &meeting);
    if (what->payload != NULL)
        mf_header_index_find(rules->on_payload, session, what->direction, found_header, &meeting);
    if (session->l4 != MF_L4_TCP)
        propose_by_datagram(inspector, rules, what);
    else if (rules->by_literal)
        propose_by_segment(inspector, rules, what);
}

/* Half of all packets carry nothing. */
static bool
can_matter(const struct mf_payload_rules *rules, bool is_first, const struct mf_packet *packet)
{
    return is_first || tries_always(rules, packet) ||
           (packet->payload_captured > 0 && (rules->by_literal || rules->on_payload != NULL));
}

bool
mf_inspector_may_try(const struct mf_inspector *inspector, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet)
{
    const struct mf_ruleset *set = inspector->set;

    return set != NULL && can_matter(&set->packet[session->l4][direction],
                                     session->packets[direction] == 0, packet);
}

void
mf_inspect_packet(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction, const struct mf_packet *packet)
{
    const struct mf_ruleset *set = inspector->set;
    const struct mf_payload_rules *rules =
        set != NULL ? &set->packet[session->l4][direction] : NULL;
    struct mf_inspected what = {
        .session = session, .direction = direction, .on = MF_FIRED_ON_PACKET, .packet = packet};

    if (rules == NULL || !can_matter(rules, session->packets[direction] == 1, packet))
        return;
    what.repeats = inspector->repeats;
    set_payload(&what, packet);
    propose(inspector, rules, &what);
    mf_inspector_try_candidates(inspector, &what);
}
