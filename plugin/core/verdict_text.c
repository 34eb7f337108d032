/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Verdicts in words, and the names that hosts are known by. */
#include "host_names.h"
#include "verdict_private.h"

void
mf_verdict_find_names(struct mf_verdicts *verdicts)
{
    struct mf_host_names *names;

    if (verdicts->results->len == 0)
        return;
    names = mf_host_names_new(verdicts->engine, MF_HOST_NAMES_OWN);
    for (uint32_t i = 0; i < verdicts->results->len; i++) {
        struct mf_host_verdict *host = &g_array_index(verdicts->results, struct mf_host_verdict, i);
        const char *known = mf_host_names_get(names, &host->addr);

        host->names = known != NULL ? mf_interned_add(verdicts->texts, known) : NULL;
    }
    mf_host_names_free(names);
}

/* --- words --- */

static const char *
append_stages(GString *out, unsigned stages, const char *before, const char *adverb)
{
    for (unsigned stage = 0; stage < MF_STAGES; stage++)
        if (stages & 1u << stage) {
            g_string_append_printf(out, "%s%s%s", before, adverb,
                                   mf_stage_name((enum mf_stage)stage));
            before = ", ";
        }
    return before;
}

static bool
is_single(unsigned stages)
{
    return (stages & (stages - 1)) == 0;
}

const char *
mf_judgement_name(enum mf_judgement judgement)
{
    static const char *const words[] = {
        [MF_JUDGED_POSSIBLE] = "of note",
        [MF_JUDGED_SUSPICIOUS] = "suspicious",
        [MF_JUDGED_INFECTED] = "infected",
    };

    return words[judgement];
}

void
mf_host_verdict_append(const struct mf_host_verdict *host, GString *out)
{
    const char *before = ": ";

    g_string_append(out, mf_judgement_name(host->judgement));
    before = append_stages(out, host->stages, before, "");
    append_stages(out, host->suspected, before, "suspected ");
    if (is_single(host->stages | host->suspected))
        g_string_append(out, " only");
}

void
mf_host_verdict_append_line(const struct mf_host_verdict *host, GString *out)
{
    mf_addr_append(out, &host->addr);
    if (host->names != NULL)
        g_string_append_printf(out, " (%s)", host->names);
    g_string_append(out, ": ");
    mf_host_verdict_append(host, out);
}

void
mf_verdicts_append(const struct mf_verdicts *verdicts, uint32_t max, GString *out)
{
    const uint32_t n = mf_verdicts_count(verdicts);

    if (n == 0)
        g_string_append(out, "no stage of an infection was found on any host\n");
    for (uint32_t i = 0; i < MIN(n, max); i++) {
        mf_host_verdict_append_line(mf_verdicts_worst(verdicts, i), out);
        g_string_append_c(out, '\n');
    }
    if (n > max)
        g_string_append_printf(out, "and %u more hosts\n", n - max);
}
