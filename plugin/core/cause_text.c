/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause_text.h"

#include <stdbool.h>

static void
tell(const struct mf_engine *engine, uint32_t first, bool weak, const struct mf_cause_taker *taker)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    const char *before = weak ? " after " : " <= ";
    const struct mf_link *link;

    for (uint32_t at = first; at != 0; at = link->next) {
        link = mf_correlator_link(correlator, at - 1);
        if ((link->kind == MF_LINK_EXEC) != weak)
            continue;
        taker->take(taker->user, link, before);
        before = ", ";
    }
}

/* Whether something is known to have made it happen: a name that was looked up has not. */
static bool
is_explained(const struct mf_engine *engine, uint32_t first)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    const struct mf_link *best = first != 0 ? mf_correlator_link(correlator, first - 1) : NULL;

    return best != NULL && best->kind != MF_LINK_DNS && best->kind != MF_LINK_EXEC;
}

void
mf_causes_tell(const struct mf_engine *engine, uint32_t first, const struct mf_cause_taker *taker)
{
    tell(engine, first, false, taker);
    if (!is_explained(engine, first))
        tell(engine, first, true, taker);
}

static void
append(void *user, const struct mf_link *link, const char *before)
{
    g_string_append(user, before);
    mf_cause_append(link, user);
}

void
mf_cause_append(const struct mf_link *link, GString *out)
{
    g_string_append_printf(out, "[%u] frame %u %s", link->cause_session, link->cause_frame,
                           mf_link_kind_name((enum mf_link_kind)link->kind));
}

void
mf_causes_append(const struct mf_engine *engine, uint32_t first, GString *out)
{
    const struct mf_cause_taker taker = {append, out};

    mf_causes_tell(engine, first, &taker);
}

uint32_t
mf_request_causes(const struct mf_engine *engine, uint32_t frame)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);

    return correlator != NULL ? mf_correlator_request_causes(correlator, frame) : 0;
}

void
mf_request_causes_append(const struct mf_engine *engine, uint32_t frame, GString *out)
{
    mf_causes_append(engine, mf_request_causes(engine, frame), out);
}
