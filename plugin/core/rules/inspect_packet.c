/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules on single packets: those that have nothing but addresses (once per direction of a session),
 * those that look at headers or sizes, and those that look at the payload of datagrams.
 */
#include "inspector.h"

static void
found_address(void *user, unsigned rule)
{
    mf_inspector_propose(user, rule);
}

static void
found_literal(void *user, unsigned rule, int64_t at)
{
    (void)at;
    mf_inspector_propose(user, rule);
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

static void
propose_by_payload(struct mf_inspector *inspector, const struct mf_payload_rules *rules,
                   const struct mf_inspected *what)
{
    struct mf_view view = {.data = what->payload, .length = what->payload_length};

    if (rules->prefilter != NULL && what->payload != NULL)
        mf_prefilter_scan(rules->prefilter, inspector->scratch, &view, found_literal, inspector);
    mf_inspector_propose_all(inspector, rules->always);
}

void
mf_inspect_packet(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction, const struct mf_packet *packet)
{
    const struct mf_ruleset *set = inspector->set;
    struct mf_inspected what = {
        .session = session, .direction = direction, .on = MF_FIRED_ON_PACKET, .packet = packet};
    bool first = session->packets[direction] == 1;

    if (set == NULL || (!first && !set->wants_packets[session->l4]))
        return;
    what.repeats = inspector->repeats;
    mf_inspector_begin(inspector);
    set_payload(&what, packet);
    if (first && set->addresses != NULL)
        mf_address_index_find(set->addresses, &session->addr[0], found_address, inspector);
    if (first && set->addresses != NULL)
        mf_address_index_find(set->addresses, &session->addr[1], found_address, inspector);
    propose_by_payload(inspector, &set->packet[session->l4][direction], &what);
    if (session->l4 == MF_L4_TCP)
        mf_inspector_propose_all(inspector, set->by_flags[packet->tcp_flags]);
    mf_inspector_try_candidates(inspector, &what);
}
