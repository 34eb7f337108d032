/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Verdicts in words, and the names that hosts are known by. */
#include "verdict_private.h"

#include <string.h>

/* --- names --- */

/* "HR1-PC<00>" and "HR1-PC." are one name. The caller frees. */
static char *
bare_name(const char *name)
{
    size_t n = strcspn(name, "< ");

    while (n > 0 && name[n - 1] == '.')
        n--;
    return g_strndup(name, n);
}

/* Whether NAME stands in LIST ("a, b"), in upper or lower case. */
static bool
has_name(const char *list, const char *name)
{
    char **names = g_strsplit(list, ", ", -1);
    bool has = false;

    for (char **at = names; *at != NULL && !has; at++)
        has = g_ascii_strcasecmp(*at, name) == 0;
    g_strfreev(names);
    return has;
}

static void
add_name(struct mf_verdicts *verdicts, GHashTable *by_addr, const struct mf_addr *addr,
         const char *told)
{
    enum { LONGEST = 120 };
    const uint32_t at = GPOINTER_TO_UINT(g_hash_table_lookup(by_addr, addr));
    struct mf_host_verdict *host;
    char *name, *both;

    if (at == 0 || told == NULL)
        return;
    host = &g_array_index(verdicts->results, struct mf_host_verdict, at - 1);
    name = bare_name(told);
    if (*name != '\0' &&
        (host->names == NULL || (strlen(host->names) < LONGEST && !has_name(host->names, name)))) {
        both = host->names != NULL ? g_strconcat(host->names, ", ", name, NULL) : g_strdup(name);
        host->names = mf_interned_add(verdicts->texts, both);
        g_free(both);
    }
    g_free(name);
}

/* A host that comes up asks whether somebody has its name already (RFC 4795, 4; RFC 6762, 8.1). */
static const char *
claimed_name(const struct mf_session *session, const struct mf_summary_names *names)
{
    enum { ANY = 255 };

    return session->app != NULL && strcmp(session->app, "LLMNR") == 0 && names->type == ANY
               ? names->asked
               : NULL;
}

static void
name_hosts(struct mf_verdicts *verdicts, GHashTable *by_addr)
{
    for (uint32_t id = 1; id <= mf_engine_session_count(verdicts->engine); id++) {
        const struct mf_session *session = mf_engine_session(verdicts->engine, id);
        const struct mf_addr *orig = &session->addr[MF_ORIG];
        struct mf_summary_names names;

        if (session->summary == NULL)
            continue;
        mf_summary_names(session, &names);
        add_name(verdicts, by_addr, mf_addr_is_none(&names.host_addr) ? orig : &names.host_addr,
                 names.host);
        add_name(verdicts, by_addr, orig, claimed_name(session, &names));
    }
}

static guint
hash_addr(gconstpointer addr)
{
    return mf_addr_hash(addr);
}

static gboolean
equal_addr(gconstpointer a, gconstpointer b)
{
    return mf_addr_equal(a, b);
}

void
mf_verdict_find_names(struct mf_verdicts *verdicts)
{
    GHashTable *by_addr = g_hash_table_new(hash_addr, equal_addr);

    for (uint32_t i = 0; i < verdicts->results->len; i++)
        g_hash_table_insert(by_addr, (gpointer)&mf_verdicts_get(verdicts, i)->addr,
                            GUINT_TO_POINTER(i + 1));
    if (verdicts->results->len > 0)
        name_hosts(verdicts, by_addr);
    g_hash_table_destroy(by_addr);
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

void
mf_host_verdict_append(const struct mf_host_verdict *host, GString *out)
{
    static const char *const words[] = {
        [MF_JUDGED_POSSIBLE] = "of note",
        [MF_JUDGED_SUSPICIOUS] = "suspicious",
        [MF_JUDGED_INFECTED] = "infected",
    };
    const char *before = ": ";

    g_string_append(out, words[host->judgement]);
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
