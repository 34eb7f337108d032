/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a rule: its steps come together by the buffer that they read, it is told when the rule
 * is tried (as Suricata decides it: see "kinds"), and the literal is chosen that is looked for in
 * everything.
 */
#include "fast.h"
#include "keyword.h"
#include "set.h"

#include <string.h>

static const struct mf_sticky *
sticky_of(const struct mf_parser *parser, const struct mf_part *part)
{
    return mf_slots_get(parser->context->set->slots, part->slot)->sticky;
}

/* --- parts --- */

/* A part that lost its only content to a modifier has nothing to say. */
static bool
is_empty(const struct mf_part *part)
{
    return part->n == 0 && part->absent == MF_PRESENT;
}

static void
count_steps(struct mf_parser *parser)
{
    for (unsigned i = 0; i < parser->steps->len; i++)
        g_array_index(parser->parts, struct mf_part,
                      g_array_index(parser->steps, struct mf_step, i).part)
            .n++;
}

/* Moves the steps to the rule, those of one part together, in the order of the rule. */
static void
take_parts(struct mf_parser *parser)
{
    struct mf_rule *rule = parser->rule;
    unsigned at = 0;

    count_steps(parser);
    rule->parts = g_new0(struct mf_part, parser->parts->len);
    rule->steps = g_new0(struct mf_step, parser->steps->len);
    for (unsigned p = 0; p < parser->parts->len; p++) {
        struct mf_part part = g_array_index(parser->parts, struct mf_part, p);

        if (is_empty(&part))
            continue;
        part.first = (uint16_t)at;
        for (unsigned i = 0; i < parser->steps->len; i++) {
            struct mf_step *step = &g_array_index(parser->steps, struct mf_step, i);

            if (step->part != p)
                continue;
            rule->steps[at] = *step;
            rule->steps[at++].part = rule->n_parts;
        }
        rule->parts[rule->n_parts++] = part;
    }
    rule->n_steps = (uint16_t)at;
    g_array_set_size(parser->steps, 0);
}

static void
take_conditions(struct mf_parser *parser)
{
    struct mf_rule *rule = parser->rule;
    unsigned n = parser->conditions->len + parser->actions->len;

    if (n == 0)
        return;
    rule->n_conditions = (uint16_t)parser->conditions->len;
    rule->n_actions = (uint16_t)parser->actions->len;
    rule->conditions = g_new(struct mf_condition, n);
    for (unsigned i = 0; i < n; i++)
        rule->conditions[i] =
            i < rule->n_conditions
                ? g_array_index(parser->conditions, struct mf_condition, i)
                : g_array_index(parser->actions, struct mf_condition, i - rule->n_conditions);
    g_array_set_size(parser->conditions, 0);
    g_array_set_size(parser->actions, 0);
}

static bool
is_pattern(const struct mf_step *step)
{
    return step->run == mf_content_run || step->run == mf_pcre_run;
}

/*
 * The step that Suricata takes STEP, which is relative, to be relative to: the pattern before it;
 * in payload, of a number or a place, whatever stands before it. NULL: none. Only that one is tried
 * again when STEP fails.
 */
static struct mf_step *
step_before(const struct mf_rule *rule, const struct mf_part *part, const struct mf_step *step)
{
    bool any = part->slot == MF_SLOT_PAYLOAD && !is_pattern(step);
    const struct mf_step *first = rule->steps + part->first;

    while (step > first) {
        step--;
        if (any || is_pattern(step))
            return &rule->steps[step - rule->steps];
    }
    return NULL;
}

/* Another match of a step helps only if a later step of its part reads the cursor that it leaves,
 * or what was read from there. */
static void
mark_retries(struct mf_rule *rule)
{
    for (unsigned p = 0; p < rule->n_parts; p++) {
        const struct mf_part *part = &rule->parts[p];
        bool wanted = false;

        for (unsigned i = part->n; i-- > 0;) {
            struct mf_step *step = &rule->steps[part->first + i];
            struct mf_step *before = step->relative ? step_before(rule, part, step) : NULL;

            step->retry &= wanted && step->sets_cursor;
            wanted = step->relative || step->varies || (wanted && !step->sets_cursor);
            if (before != NULL)
                before->retry = true;
        }
    }
}

/* Contents are found in order, so that a cursor further behind leads further behind; of a number or
 * an expression nobody knows. Where numbers are read for later, the way to a place counts too. */
static void
mark_steady(struct mf_rule *rule, const struct mf_part *part)
{
    bool steady = true;

    for (unsigned i = 0; i < part->n; i++)
        steady &= !rule->steps[part->first + i].varies;
    for (unsigned i = 0; i < part->n; i++) {
        struct mf_step *step = &rule->steps[part->first + i];

        step->steady = steady;
        steady &= step->run == mf_content_run || !step->sets_cursor;
    }
}

/* --- kinds --- */

/* Which kinds of buffers the rule reads: a bit per enum mf_sticky_kind. */
static unsigned
reads(const struct mf_parser *parser)
{
    unsigned kinds = 0;

    for (unsigned i = 0; i < parser->rule->n_parts; i++)
        kinds |= 1u << sticky_of(parser, &parser->rule->parts[i])->kind;
    return kinds;
}

/* Suricata tries a content that is bound to the beginning on each packet as well. */
static bool
is_bound_to_beginning(const struct mf_rule *rule)
{
    for (unsigned i = 0; i < rule->n_steps; i++)
        if (rule->steps[i].run == mf_content_run && rule->steps[i].as.content.is_absolute)
            return true;
    return false;
}

static unsigned
kinds_of_payload(const struct mf_parser *parser)
{
    const struct mf_rule *rule = parser->rule;
    unsigned in_order = 1u << MF_L4_TCP | 1u << MF_L4_UDP, kinds = 0;

    if (parser->by_packet || rule->needs_packet)
        return MF_RULE_PACKET;
    if ((rule->header.l4 & in_order) != 0)
        kinds |= MF_RULE_STREAM;
    if ((rule->header.l4 & ~(1u << MF_L4_TCP)) != 0 ||
        (is_bound_to_beginning(rule) && !parser->by_stream))
        kinds |= MF_RULE_PACKET;
    return kinds;
}

static unsigned
kinds_of(const struct mf_parser *parser)
{
    const struct mf_rule *rule = parser->rule;
    unsigned read = reads(parser);

    if (read & (1u << MF_STICKY_BUFFER | 1u << MF_STICKY_DERIVED))
        return MF_RULE_MESSAGE;
    if (read & 1u << MF_STICKY_HEADER)
        return MF_RULE_PACKET;
    if (read & 1u << MF_STICKY_PAYLOAD)
        return kinds_of_payload(parser);
    if (rule->needs_packet || parser->by_packet || parser->uses_flow)
        return MF_RULE_PACKET;
    return rule->header.app != NULL ? MF_RULE_MESSAGE : MF_RULE_ADDRESS;
}

/* --- fast pattern --- */

static bool
can_be_fast(const struct mf_parser *parser, const struct mf_step *step)
{
    const struct mf_part *part = &parser->rule->parts[step->part];
    enum mf_sticky_kind kind = sticky_of(parser, part)->kind;
    bool message = (parser->rule->kinds & MF_RULE_MESSAGE) != 0;

    return step->run == mf_content_run && !step->as.content.negated && part->absent == MF_PRESENT &&
           (message ? kind == MF_STICKY_BUFFER || kind == MF_STICKY_DERIVED
                    : kind == MF_STICKY_PAYLOAD);
}

/* How much step INDEX is worth as the fast pattern, if more than THAN; 0: it cannot be it. */
static unsigned
worth_of(const struct mf_parser *parser, unsigned index, unsigned than)
{
    const struct mf_rule *rule = parser->rule;
    const struct mf_step *step = &rule->steps[index];
    bool obey = (rule->kinds & MF_RULE_STREAM) != 0;

    if (!can_be_fast(parser, step))
        return 0;
    return mf_content_worth(&step->as.content, sticky_of(parser, &rule->parts[step->part])->name,
                            obey, than);
}

/* The literal that must be there and is worth most, the first of equals. */
static int
choose_fast(const struct mf_parser *parser)
{
    const struct mf_rule *rule = parser->rule;
    unsigned most = 0;
    int best = -1;

    /* What the rule itself says comes first: the others are mostly worth less. */
    for (unsigned n = 0; n < 2 * rule->n_steps; n++) {
        unsigned i = n % rule->n_steps, worth = 0;
        bool said = n < rule->n_steps;

        if (rule->steps[i].run == mf_content_run && rule->steps[i].as.content.fast == said)
            worth = worth_of(parser, i, most);
        if (worth > most) {
            most = worth;
            best = (int)i;
        }
    }
    return best;
}

/* An offset and a depth say where the fast pattern may begin, unless they are read from the bytes.
 */
static void
bound_fast(struct mf_rule *rule)
{
    const struct mf_step *step = rule->fast >= 0 ? &rule->steps[rule->fast] : NULL;
    const struct mf_content *content = step != NULL ? &step->as.content : NULL;

    rule->fast_first = INT64_MIN;
    rule->fast_last = INT64_MAX;
    if (step == NULL || step->relative || content->variable_offset != 0)
        return;
    rule->fast_first = content->offset;
    if (content->depth >= 0 && content->variable_depth == 0)
        rule->fast_last = (int64_t)content->offset + content->depth - content->length;
}

/* base64_data reads what base64_decode makes: neither is of use alone. */
static bool
check_decoding(struct mf_parser *parser)
{
    const struct mf_rule *rule = parser->rule;
    bool makes = false, reads_it = false;

    for (unsigned i = 0; i < rule->n_steps; i++)
        makes |= rule->steps[i].run == mf_base64_run;
    for (unsigned i = 0; i < rule->n_parts; i++)
        reads_it |= rule->parts[i].nested;
    if (makes == reads_it)
        return true;
    return mf_parser_fail(parser, parser->line->text->str,
                          makes ? "base64_decode needs base64_data and conditions behind it"
                                : "base64_data needs a base64_decode before it");
}

bool
mf_parser_finish(struct mf_parser *parser)
{
    struct mf_rule *rule = parser->rule;

    if (parser->sid == NULL)
        return mf_parser_fail(parser, parser->line->text->str, "the rule has no sid");
    if (parser->slot_at != NULL && parser->slot != MF_SLOT_PAYLOAD)
        return mf_parser_fail(parser, parser->slot_at, "nothing is looked for in this buffer");
    take_parts(parser);
    take_conditions(parser);
    if (!check_decoding(parser))
        return false;
    mark_retries(rule);
    for (unsigned i = 0; i < rule->n_parts; i++)
        mark_steady(rule, &rule->parts[i]);
    rule->kinds = (uint8_t)kinds_of(parser);
    rule->fast = (int16_t)choose_fast(parser);
    bound_fast(rule);
    return true;
}
