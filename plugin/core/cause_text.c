/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause_text.h"

#include <stdbool.h>

static void
append(const struct mf_engine *engine, uint32_t first, bool weak, GString *out)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    const char *before = weak ? " after " : " <= ";
    const struct mf_link *link;

    for (uint32_t at = first; at != 0; at = link->next) {
        link = mf_correlator_link(correlator, at - 1);
        if ((link->kind == MF_LINK_EXEC) != weak)
            continue;
        g_string_append_printf(out, "%s[%u] frame %u %s", before, link->cause_session,
                               link->cause_frame, mf_link_kind_name((enum mf_link_kind)link->kind));
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
mf_causes_append(const struct mf_engine *engine, uint32_t first, GString *out)
{
    append(engine, first, false, out);
    if (!is_explained(engine, first))
        append(engine, first, true, out);
}

void
mf_request_causes_append(const struct mf_engine *engine, uint32_t frame, GString *out)
{
    if (mf_engine_correlator(engine) != NULL)
        mf_causes_append(engine, mf_correlator_request_causes(mf_engine_correlator(engine), frame),
                         out);
}
