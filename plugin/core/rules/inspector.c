/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inspector, and the inspection of whole buffers. */
#include "set.h"

#include <string.h>

struct mf_inspector *
mf_inspector_new(const struct mf_ruleset *set, struct mf_counters *counters, mf_rule_fired fired,
                 void *user)
{
    struct mf_inspector *inspector = g_new0(struct mf_inspector, 1);

    inspector->set = set;
    inspector->counters = counters;
    inspector->fired = fired;
    inspector->user = user;
    if (set == NULL)
        return inspector;
    inspector->tools = mf_match_tools_new();
    inspector->tried = g_new0(uint32_t, set->rules->len);
    for (unsigned slot = 0; slot < MF_SLOT_COUNT; slot++)
        if (set->slots[slot] != NULL)
            mf_prefilter_grow_scratch(set->slots[slot], &inspector->scratch);
    return inspector;
}

void
mf_inspector_free(struct mf_inspector *inspector)
{
    if (inspector == NULL)
        return;
    mf_prefilter_free_scratch(inspector->scratch);
    mf_match_tools_free(inspector->tools);
    g_free(inspector->tried);
    g_free(inspector);
}

bool
mf_inspector_wants_stream(const struct mf_inspector *inspector)
{
    return inspector->set != NULL && inspector->set->slots[MF_SLOT_STREAM] != NULL;
}

/* A buffer under inspection. */
struct whole {
    struct mf_inspector *inspector;
    const struct mf_session *session;
    enum mf_direction direction;
    struct mf_view view;
};

/* A rule is tried once, however often its literal stands there: it looks at the whole anyway. */
static void
try_once(void *user, unsigned index, size_t at)
{
    struct whole *whole = user;
    struct mf_inspector *inspector = whole->inspector;
    const struct mf_rule *rule = mf_ruleset_rule(inspector->set, index);
    struct mf_matcher matcher = {.rule = rule,
                                 .tools = inspector->tools,
                                 .counters = inspector->counters,
                                 .view = whole->view,
                                 .pin = -1};

    (void)at;
    if (inspector->tried[index] == inspector->call)
        return;
    inspector->tried[index] = inspector->call;
    if (mf_rule_header_holds(&rule->header, whole->session, whole->direction) &&
        mf_match_rule(&matcher) == MF_MATCH_YES)
        inspector->fired(inspector->user, index);
}

void
mf_inspect_buffer(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction, const struct mf_buffer *buffer)
{
    const struct mf_prefilter *prefilter =
        inspector->set != NULL ? inspector->set->slots[buffer->id] : NULL;
    struct whole whole = {.inspector = inspector, .session = session, .direction = direction};
    const unsigned *always;
    unsigned n;

    if (prefilter == NULL)
        return;
    if (++inspector->call == 0) { /* after 2^32 calls, the marks mean nothing */
        memset(inspector->tried, 0, inspector->set->rules->len * sizeof *inspector->tried);
        inspector->call = 1;
    }
    whole.view = (struct mf_view){.data = buffer->length > 0 ? buffer->data : (const uint8_t *)"",
                                  .length = buffer->length,
                                  .complete = true,
                                  .ended = true};
    mf_prefilter_scan(prefilter, inspector->scratch, &whole.view, try_once, &whole);
    always = mf_prefilter_always(prefilter, &n);
    for (unsigned i = 0; i < n; i++)
        try_once(&whole, always[i], 0);
}
