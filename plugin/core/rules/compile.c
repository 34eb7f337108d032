/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The end of a set: its rules are put in the order in which they are tried, and into the indexes
 * by which a packet finds the few that matter to it. */
#include "set.h"

#include <string.h>

/* Rules that pass come first, then those that set what others ask for, then the more severe. */
static gint
compare_rules(gconstpointer a, gconstpointer b)
{
    const struct mf_rule *x = *(const struct mf_rule *const *)a;
    const struct mf_rule *y = *(const struct mf_rule *const *)b;

    if ((x->action == MF_ACTION_PASS) != (y->action == MF_ACTION_PASS))
        return x->action == MF_ACTION_PASS ? -1 : 1;
    if (x->order != y->order)
        return x->order > y->order ? -1 : 1;
    if (x->info.priority != y->info.priority)
        return x->info.priority < y->info.priority ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void
order_rules(struct mf_ruleset *set)
{
    g_ptr_array_sort(set->rules, compare_rules);
    g_hash_table_remove_all(set->by_sid);
}

static void
add_to(GArray **list, unsigned index)
{
    if (*list == NULL)
        *list = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_val(*list, index);
}

/* Adds the fast pattern of RULE to *PREFILTER, which is made when it is needed first. */
static void
add_literal(struct mf_ruleset *set, struct mf_prefilter **prefilter, const struct mf_rule *rule,
            unsigned index)
{
    if (*prefilter == NULL) {
        *prefilter = mf_prefilter_new();
        g_ptr_array_add(set->prefilters, *prefilter);
    }
    mf_prefilter_add(*prefilter, index, rule);
}

static void
add_by_header(struct mf_header_index **rules, const struct mf_rule *rule, unsigned index)
{
    if (*rules == NULL)
        *rules = mf_header_index_new();
    mf_header_index_add(*rules, &rule->header, index);
}

/* Whether RULE cannot hold on a packet that carries nothing. */
static bool
needs_payload(const struct mf_ruleset *set, const struct mf_rule *rule)
{
    for (unsigned i = 0; i < rule->n_parts; i++) {
        const struct mf_part *part = &rule->parts[i];

        if (!part->nested && part->absent == MF_PRESENT &&
            mf_slots_get(set->slots, part->slot)->sticky->kind == MF_STICKY_PAYLOAD)
            return true;
    }
    return false;
}

static void
add_always(struct mf_payload_rules *list, const struct mf_rule *rule, unsigned index)
{
    add_by_header(&list->always, rule, index);
    for (size_t i = 0; i < sizeof list->always_flags; i++)
        list->always_flags[i] |= rule->has_flags ? rule->flags_hold[i] : UINT8_MAX;
}

/* Whether the fast pattern of RULE can only stand in the first MF_FRONT_BYTES. */
static bool
is_at_front(const struct mf_rule *rule)
{
    return rule->fast_last <= MF_FRONT_BYTES - (int64_t)rule->steps[rule->fast].as.content.length;
}

/* A literal is looked for unless it is of little use and there is another way: to try the rule once
 * for each packet, or at the one place, early in the stream, where the literal can stand. The
 * latter comes after the search: too late for a rule that sets what others ask for. */
static bool
is_by_literal(const struct mf_rule *rule, enum mf_rule_kind kind)
{
    if (rule->fast < 0)
        return false;
    if (mf_prefilter_is_of_use(rule))
        return true;
    return kind == MF_RULE_STREAM &&
           (rule->fast_first != rule->fast_last || !is_at_front(rule) || rule->n_actions > 0);
}

/* The literals of rules on single TCP packets stand with those of rules on the stream, since it is
 * the same bytes that are searched: once. Those of packets that only repeat what the stream had are
 * searched for less. */
static void
add_payload_rule(struct mf_ruleset *set, const struct mf_rule *rule, unsigned index,
                 enum mf_rule_kind kind)
{
    const bool is_alone = (rule->kinds & MF_RULE_STREAM) == 0;
    const bool by_literal = is_by_literal(rule, kind);
    const bool on_payload = kind == MF_RULE_PACKET && needs_payload(set, rule);

    for (unsigned at = 0; at < MF_L4_COUNT * 2; at++) {
        unsigned l4 = at / 2, side = at % 2;
        struct mf_payload_rules *list =
            kind == MF_RULE_STREAM ? &set->stream[l4][side] : &set->packet[l4][side];

        if ((rule->header.l4 & 1u << l4) == 0 || (rule->header.directions & 1u << side) == 0)
            continue;
        add_to(&list->all, index);
        list->by_literal |= by_literal;
        if (!by_literal) {
            if (on_payload)
                add_by_header(&list->on_payload, rule, index);
            else
                add_always(list, rule, index);
            continue;
        }
        if (kind == MF_RULE_STREAM || l4 != MF_L4_TCP || is_alone)
            add_literal(set, &list->prefilter, rule, index);
        if (kind == MF_RULE_PACKET && l4 == MF_L4_TCP && is_alone)
            add_literal(set, &set->stream[l4][side].prefilter, rule, index);
    }
}

/* Files are long, and many rules on them ask how they begin. Other buffers are too short to be
 * searched twice. */
static void
add_message_literal(struct mf_ruleset *set, const struct mf_rule *rule, unsigned index)
{
    struct mf_slot *slot = mf_slots_get(set->slots, rule->parts[rule->steps[rule->fast].part].slot);
    const bool is_file = slot->transform == NULL && slot->sticky->kind == MF_STICKY_BUFFER &&
                         slot->sticky->id == MF_BUF_FILE_DATA;

    add_literal(set, is_file && is_at_front(rule) ? &slot->at_front : &slot->prefilter, rule,
                index);
}

/* A message rule without a literal is tried where the first buffer that it needs is there. */
static void
add_message_rule(struct mf_ruleset *set, const struct mf_rule *rule, unsigned index)
{
    if (rule->fast >= 0) {
        add_message_literal(set, rule, index);
        return;
    }
    for (unsigned i = 0; i < rule->n_parts; i++) {
        struct mf_slot *slot = mf_slots_get(set->slots, rule->parts[i].slot);

        if (rule->parts[i].absent == MF_PRESENT &&
            (slot->sticky->kind == MF_STICKY_BUFFER || slot->sticky->kind == MF_STICKY_DERIVED)) {
            add_to(&slot->always, index);
            return;
        }
    }
    add_to(&set->message_always, index);
}

static void
add_rule(struct mf_ruleset *set, const struct mf_rule *rule, unsigned index)
{
    for (unsigned i = 0; i < rule->n_parts; i++)
        mf_slots_use(set->slots, rule->parts[i].slot);
    if (rule->kinds & MF_RULE_ADDRESS)
        mf_header_index_add(set->by_header, &rule->header, index);
    if (rule->kinds & MF_RULE_PACKET)
        add_payload_rule(set, rule, index, MF_RULE_PACKET);
    if (rule->kinds & MF_RULE_STREAM)
        add_payload_rule(set, rule, index, MF_RULE_STREAM);
    if (rule->kinds & MF_RULE_MESSAGE)
        add_message_rule(set, rule, index);
}

static void
note_wishes(struct mf_ruleset *set)
{
    if (set->has_transactions)
        set->wanted[MF_BUF_HTTP_STATUS] = set->wanted[MF_BUF_HTTP2_STREAM] = 1;
    for (unsigned i = 0; i < mf_slots_count(set->slots); i++) {
        const struct mf_slot *slot = mf_slots_get(set->slots, i);

        if (slot->used && slot->sticky->kind == MF_STICKY_BUFFER &&
            slot->sticky->id < MF_BUFFER_COUNT)
            set->wanted[slot->sticky->id] = 1;
        for (unsigned n = 0;
             slot->used && slot->sticky->needs != NULL && slot->sticky->needs[n] != MF_BUFFER_COUNT;
             n++)
            set->wanted[slot->sticky->needs[n]] = 1;
    }
}

static void
finish_header_indexes(struct mf_ruleset *set)
{
    mf_header_index_finish(set->by_header);
    for (unsigned l4 = 0; l4 < MF_L4_COUNT; l4++) {
        for (unsigned side = 0; side < 2; side++) {
            mf_header_index_finish(set->stream[l4][side].always);
            mf_header_index_finish(set->packet[l4][side].always);
            mf_header_index_finish(set->packet[l4][side].on_payload);
        }
    }
}

void
mf_ruleset_index(struct mf_ruleset *set)
{
    order_rules(set);
    set->headers = mf_headers_number(set->rules);
    set->by_header = mf_header_index_new();
    set->message_always = g_array_new(FALSE, FALSE, sizeof(unsigned));
    for (unsigned i = 0; i < set->rules->len; i++)
        add_rule(set, mf_ruleset_rule(set, i), i);
    finish_header_indexes(set);
    mf_slots_index(set->slots);
    note_wishes(set);
}
