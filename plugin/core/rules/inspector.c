/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the inspections of packets, streams and messages share: candidates (rules whose literal was
 * seen, or that have none), in the order of the set, so that a rule that sets a bit is tried before
 * those that ask for it; their headers and conditions; and what happens when one holds.
 */
#include "inspector.h"

#include <string.h>

/* A rule and a direction of a session. */
struct once {
    uint32_t side; /* session << 1 | direction */
    uint32_t rule;
};

static guint
once_hash(gconstpointer key)
{
    const struct once *once = key;

    return mf_hash_mix(once->side ^ mf_hash_mix(once->rule));
}

static gboolean
once_equal(gconstpointer a, gconstpointer b)
{
    const struct once *x = a, *y = b;

    return x->side == y->side && x->rule == y->rule;
}

struct mf_inspector *
mf_inspector_new(const struct mf_ruleset *set, struct mf_counters *counters, mf_rule_fired fired,
                 void *user)
{
    struct mf_inspector *inspector = g_new0(struct mf_inspector, 1);

    inspector->set = set;
    inspector->counters = counters;
    inspector->fired = fired;
    inspector->user = user;
    inspector->passed = g_hash_table_new(NULL, NULL);
    inspector->once = g_hash_table_new_full(once_hash, once_equal, g_free, NULL);
    if (set == NULL)
        return inspector;
    inspector->tools = mf_match_tools_new();
    inspector->state = mf_rule_state_new(counters);
    inspector->candidates = mf_candidates_new(set->rules->len);
    inspector->of_packet = g_array_new(FALSE, FALSE, sizeof(unsigned));
    inspector->instances = mf_instances_new(set->slots);
    inspector->fits = mf_header_memo_new(set->headers);
    for (unsigned i = 0; i < set->prefilters->len; i++)
        mf_prefilter_grow_scratch(set->prefilters->pdata[i], &inspector->scratch);
    return inspector;
}

void
mf_inspector_free(struct mf_inspector *inspector)
{
    if (inspector == NULL)
        return;
    g_hash_table_destroy(inspector->passed);
    g_hash_table_destroy(inspector->once);
    if (inspector->set != NULL) {
        mf_prefilter_free_scratch(inspector->scratch);
        mf_match_tools_free(inspector->tools);
        mf_rule_state_free(inspector->state);
        mf_instances_free(inspector->instances);
        mf_header_memo_free(inspector->fits);
        mf_candidates_free(inspector->candidates);
        g_array_free(inspector->of_packet, TRUE);
    }
    g_free(inspector);
}

void
mf_inspector_at(struct mf_inspector *inspector, const struct mf_packet *packet)
{
    inspector->repeats = false;
    inspector->searched = false;
    inspector->packet = packet;
    inspector->now = packet->time;
}

void
mf_inspector_leave(struct mf_inspector *inspector)
{
    inspector->packet = NULL;
}

void
mf_inspector_repeats(struct mf_inspector *inspector)
{
    inspector->repeats = true;
}

size_t
mf_inspector_memory(const struct mf_inspector *inspector)
{
    return inspector->set != NULL ? mf_rule_state_memory(inspector->state) : 0;
}

const struct mf_matched *
mf_inspector_matched(const struct mf_inspector *inspector)
{
    return &inspector->matched;
}

void
mf_inspector_note_match(struct mf_inspector *inspector, const struct mf_matcher *matcher,
                        const struct mf_view *view)
{
    const size_t skip = (size_t)CLAMP(matcher->begin - view->base, 0, (int64_t)view->length);

    inspector->matched =
        (struct mf_matched){.data = view->data + skip, .length = view->length - skip};
}

void
mf_inspector_propose_all(struct mf_inspector *inspector, const GArray *rules)
{
    for (unsigned i = 0; rules != NULL && i < rules->len; i++)
        mf_candidates_add(inspector->candidates, g_array_index(rules, unsigned, i));
}

/* What a scan is made for. */
struct search {
    struct mf_inspector *inspector;
    const struct mf_inspected *what;
    unsigned kinds;
};

static void
found_literal(void *user, const struct mf_literal *literal, int64_t at)
{
    const struct search *search = user;
    struct mf_inspector *inspector = search->inspector;

    if ((literal->kinds & search->kinds) != 0 && mf_literal_fits(literal, at) &&
        mf_header_memo_fits(inspector->fits, literal->header, search->what->session,
                            search->what->direction))
        mf_candidates_add(inspector->candidates, literal->rule);
}

void
mf_inspector_propose_found(struct mf_inspector *inspector, const struct mf_inspected *what,
                           unsigned kinds, const struct mf_prefilter *prefilter,
                           const struct mf_view *view)
{
    struct search search = {inspector, what, kinds};

    if (prefilter != NULL)
        mf_prefilter_scan(prefilter, inspector->scratch, view, found_literal, &search);
}

static bool
is_of_file(const struct mf_ruleset *set, const struct mf_part *part)
{
    const struct mf_sticky *sticky = mf_slots_get(set->slots, part->slot)->sticky;

    return sticky->kind == MF_STICKY_BUFFER && sticky->id == MF_BUF_FILE_DATA &&
           part->absent == MF_PRESENT;
}

bool
mf_ruleset_reads_files(const struct mf_ruleset *set, unsigned index)
{
    const struct mf_rule *rule = mf_ruleset_rule(set, index);

    for (unsigned i = 0; i < rule->n_parts; i++)
        if (is_of_file(set, &rule->parts[i]))
            return true;
    return false;
}

static bool
is_left_out(const struct mf_ruleset *set, unsigned index, const struct mf_inspected *what)
{
    if (what->repeats && (mf_ruleset_rule(set, index)->kinds & MF_RULE_STREAM))
        return true;
    return what->only_files && !mf_ruleset_reads_files(set, index);
}

/* Whole sessions of these are one transaction, as Suricata has them: a rule fires once in each
 * direction, however often a client says hello. */
static bool
is_one_transaction(const struct mf_message *message)
{
    return message != NULL && (message->layer == MF_BUF_TLS || message->layer == MF_BUF_SSH);
}

/* Whether the rule fired on the transaction at hand before; if not, it does now. */
static bool
fired_before(struct mf_inspector *inspector, const struct mf_context *context)
{
    const struct once key = {.side = context->session->id << 1 | context->direction,
                             .rule = context->rule};

    return is_one_transaction(context->message) &&
           !g_hash_table_add(inspector->once, g_memdup2(&key, sizeof key));
}

/* The rule holds. One that tells of files tells of each that the message has. */
static void
fire_on_files(struct mf_inspector *inspector, const struct mf_context *context,
              const struct mf_inspected *what)
{
    const bool tells = mf_ruleset_rule(inspector->set, context->rule)->info.file_type != NULL;

    mf_inspector_fire(inspector, context, what->on);
    while (tells && inspector->next_file != 0) {
        inspector->goes_on = true;
        if (mf_inspector_parts_hold(inspector, context, what))
            mf_inspector_fire(inspector, context, what->on);
        else
            inspector->next_file = 0;
    }
    inspector->goes_on = false;
}

void
mf_inspector_try_candidates(struct mf_inspector *inspector, const struct mf_inspected *what)
{
    unsigned index;

    while (mf_candidates_take(inspector->candidates, &index)) {
        const struct mf_context context = mf_inspector_context(inspector, what, index);

        if (is_left_out(inspector->set, index, what))
            continue;
        if (mf_inspector_holds(inspector, &context) == MF_MATCH_YES &&
            mf_inspector_parts_hold(inspector, &context, what) &&
            !fired_before(inspector, &context))
            fire_on_files(inspector, &context, what);
    }
}

struct mf_context
mf_inspector_context(const struct mf_inspector *inspector, const struct mf_inspected *what,
                     unsigned rule)
{
    return (struct mf_context){.session = what->session,
                               .direction = what->direction,
                               .packet = what->packet,
                               .message = what->message,
                               .app = what->app != NULL ? what->app : what->session->app,
                               .state = inspector->state,
                               .now = inspector->now,
                               .rule = rule};
}

enum mf_match
mf_inspector_holds(const struct mf_inspector *inspector, const struct mf_context *context)
{
    const struct mf_rule *rule = mf_ruleset_rule(inspector->set, context->rule);
    enum mf_match header;

    if (!mf_header_memo_fits(inspector->fits, rule->header.number, context->session,
                             context->direction) ||
        (rule->needs_packet && context->packet == NULL))
        return MF_MATCH_NO;
    header = mf_rule_header_holds(&rule->header, context->session, context->app);
    if (header == MF_MATCH_YES)
        for (unsigned i = 0; i < rule->n_conditions; i++)
            if (!rule->conditions[i].run(&rule->conditions[i], context))
                return MF_MATCH_NO;
    return header;
}

static bool
is_told(struct mf_inspector *inspector, const struct mf_rule *rule,
        const struct mf_context *context)
{
    const struct mf_threshold_event event = {.session = context->session,
                                             .direction = context->direction,
                                             .now = context->now,
                                             .rule = context->rule};

    return rule->threshold == NULL || mf_threshold_tell(inspector->state, rule->threshold, &event);
}

void
mf_inspector_fire(struct mf_inspector *inspector, const struct mf_context *context,
                  enum mf_fired_on on)
{
    const struct mf_rule *rule = mf_ruleset_rule(inspector->set, context->rule);
    gpointer session = GUINT_TO_POINTER(context->session->id);

    for (unsigned i = 0; i < rule->n_actions; i++) {
        const struct mf_condition *action = &rule->conditions[rule->n_conditions + i];

        action->run(action, context);
    }
    if (rule->action == MF_ACTION_PASS)
        g_hash_table_add(inspector->passed, session);
    if (rule->noalert || rule->action != MF_ACTION_ALERT || !is_told(inspector, rule, context) ||
        g_hash_table_contains(inspector->passed, session))
        return;
    inspector->fired(inspector->user, context->rule, on);
}

/* --- parts --- */

static void
note_file(struct mf_inspector *inspector, const struct mf_matcher *matcher, uint32_t next)
{
    mf_inspector_note_match(inspector, matcher, &matcher->view);
    inspector->next_file = next;
}

/* Whether some view of the part's slot matches; *ANY: whether there is a view at all. */
static bool
part_matches(struct mf_inspector *inspector, struct mf_matcher *matcher, const struct mf_part *part,
             bool *any)
{
    const bool of_file = is_of_file(inspector->set, part);
    uint32_t at = mf_instances_first(inspector->instances, part->slot);

    *any = at != 0;
    if (of_file && inspector->goes_on)
        at = inspector->next_file;
    while (at != 0) {
        const struct mf_instance *instance = mf_instances_get(inspector->instances, at - 1);

        matcher->view = instance->view;
        if (mf_match_part(matcher, part) == MF_MATCH_YES) {
            if (of_file)
                note_file(inspector, matcher, instance->next);
            return true;
        }
        at = instance->next;
    }
    return false;
}

/* The same for the payload and for headers, of which there is one. */
static bool
single_matches(struct mf_inspector *inspector, struct mf_matcher *matcher,
               const struct mf_part *part, const struct mf_inspected *what, bool *any)
{
    const struct mf_slot *slot = mf_slots_get(matcher->set->slots, part->slot);

    matcher->view = (struct mf_view){.complete = true, .ended = true};
    if (slot->sticky->kind == MF_STICKY_PAYLOAD) {
        matcher->view.data = what->payload;
        matcher->view.length = what->payload_length;
        *any = what->payload != NULL;
    } else {
        *any = what->packet != NULL &&
               slot->sticky->header(what->packet, &matcher->view.data, &matcher->view.length);
    }
    if (!*any || mf_match_part(matcher, part) != MF_MATCH_YES)
        return false;
    mf_inspector_note_match(inspector, matcher, &matcher->view);
    return true;
}

static bool
part_holds(struct mf_inspector *inspector, struct mf_matcher *matcher, const struct mf_part *part,
           const struct mf_inspected *what)
{
    enum mf_sticky_kind kind = mf_slots_get(inspector->set->slots, part->slot)->sticky->kind;
    bool single = kind == MF_STICKY_PAYLOAD || kind == MF_STICKY_HEADER, any, found;

    found = single ? single_matches(inspector, matcher, part, what, &any)
                   : part_matches(inspector, matcher, part, &any);
    if (!any)
        return part->absent != MF_PRESENT;
    return found && part->absent != MF_ABSENT;
}

bool
mf_inspector_parts_hold(struct mf_inspector *inspector, const struct mf_context *context,
                        const struct mf_inspected *what)
{
    const struct mf_rule *rule = mf_ruleset_rule(inspector->set, context->rule);
    struct mf_matcher matcher = {.rule = rule,
                                 .set = inspector->set,
                                 .context = context,
                                 .tools = inspector->tools,
                                 .counters = inspector->counters,
                                 .pin = -1};

    inspector->matched = (struct mf_matched){0};
    if (!inspector->goes_on)
        inspector->next_file = 0;
    for (unsigned i = 0; i < rule->n_parts; i++)
        if (!rule->parts[i].nested && !part_holds(inspector, &matcher, &rule->parts[i], what))
            return false;
    return true;
}
