/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gathers evidence by finders, one kind each (verdict_*.c), and judges by BotHunter's rule (Gu et
 * al., USENIX Security 2007). Made anew from the engine's final state whenever it is asked for:
 * most of what is judged (was a list of programs told? does a host go on to talk to someone new?)
 * can only be known afterwards, and the engine has nothing to keep for it.
 */
#include "chosen.h"
#include "moments.h"
#include "verdict_private.h"

#include <string.h>

/* --- gathering --- */

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

struct mf_verdict_host *
mf_verdict_host_at(const struct mf_verdicts *verdicts, uint32_t index)
{
    return &g_array_index(verdicts->hosts, struct mf_verdict_host, index);
}

uint32_t
mf_verdict_find_host(const struct mf_verdicts *verdicts, const struct mf_addr *addr)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(verdicts->by_addr, addr));
}

static uint32_t
take_host(struct mf_verdicts *verdicts, const struct mf_addr *addr)
{
    const struct mf_verdict_host host = {.addr = *addr};
    uint32_t known = mf_verdict_find_host(verdicts, addr);

    if (known != 0)
        return known;
    g_array_append_val(verdicts->hosts, host);
    known = verdicts->hosts->len;
    g_hash_table_insert(verdicts->by_addr, g_memdup2(addr, sizeof *addr), GUINT_TO_POINTER(known));
    return known;
}

uint32_t
mf_verdict_add(struct mf_verdicts *verdicts, const struct mf_addr *addr,
               const struct mf_evidence *evidence)
{
    struct mf_verdict_row row = {.evidence = *evidence};

    if (!mf_is_chosen(verdicts->chosen, evidence->session))
        return 0;
    row.host = take_host(verdicts, addr) - 1;
    if (row.evidence.time == 0)
        row.evidence.time = mf_moment_of_frame(
            verdicts->engine, mf_engine_session(verdicts->engine, evidence->session),
            evidence->frame);
    row.evidence.text = mf_interned_add(verdicts->texts, evidence->text);
    g_array_append_val(verdicts->rows, row);
    verdicts->stages[evidence->session] |= (uint8_t)(1u << evidence->stage);
    return row.host + 1;
}

/* --- judging --- */

static gint
compare_rows(gconstpointer pa, gconstpointer pb)
{
    const struct mf_verdict_row *a = pa, *b = pb;
    const struct mf_evidence *x = &a->evidence, *y = &b->evidence;

    if (a->host != b->host)
        return a->host < b->host ? -1 : 1;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->frame != y->frame)
        return x->frame < y->frame ? -1 : 1;
    if (x->stage != y->stage)
        return x->stage < y->stage ? -1 : 1;
    return strcmp(x->text, y->text);
}

static enum mf_judgement
judge(const struct mf_host_verdict *host)
{
    if (mf_stage_is_infection(host->stages))
        return MF_JUDGED_INFECTED;
    if ((host->stages & ~(1u << MF_STAGE_INBOUND_SCAN)) != 0 ||
        mf_stage_is_infection(host->stages | host->suspected))
        return MF_JUDGED_SUSPICIOUS;
    return MF_JUDGED_POSSIBLE; /* who is scanned did nothing */
}

static void
add_result(struct mf_verdicts *verdicts, uint32_t first, uint32_t n)
{
    const struct mf_evidence *rows = &g_array_index(verdicts->evidence, struct mf_evidence, first);
    const uint32_t host = g_array_index(verdicts->rows, struct mf_verdict_row, first).host;
    struct mf_host_verdict result = {
        .addr = mf_verdict_host_at(verdicts, host)->addr, .evidence = rows, .n_evidence = n};

    for (uint32_t i = 0; i < n; i++)
        *(rows[i].suspected ? &result.suspected : &result.stages) |= 1u << rows[i].stage;
    result.suspected &= ~result.stages;
    result.judgement = judge(&result);
    g_array_append_val(verdicts->results, result);
}

static void
judge_all(struct mf_verdicts *verdicts)
{
    uint32_t first = 0;

    g_array_sort(verdicts->rows, compare_rows);
    for (uint32_t i = 0; i < verdicts->rows->len; i++)
        g_array_append_val(verdicts->evidence,
                           g_array_index(verdicts->rows, struct mf_verdict_row, i).evidence);
    for (uint32_t i = 1; i <= verdicts->rows->len; i++)
        if (i == verdicts->rows->len ||
            g_array_index(verdicts->rows, struct mf_verdict_row, i).host !=
                g_array_index(verdicts->rows, struct mf_verdict_row, first).host) {
            add_result(verdicts, first, i - first);
            first = i;
        }
}

static gint
compare_first(gconstpointer pa, gconstpointer pb)
{
    const struct mf_evidence *a = ((const struct mf_host_verdict *)pa)->evidence;
    const struct mf_evidence *b = ((const struct mf_host_verdict *)pb)->evidence;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->frame != b->frame)
        return a->frame < b->frame ? -1 : 1;
    return mf_addr_compare(&((const struct mf_host_verdict *)pa)->addr,
                           &((const struct mf_host_verdict *)pb)->addr);
}

static int
count_bits(unsigned bits)
{
    int n = 0;

    for (; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

int
mf_host_verdict_compare(const struct mf_host_verdict *a, const struct mf_host_verdict *b)
{
    int order = (int)b->judgement - (int)a->judgement;

    if (order == 0)
        order = count_bits(b->stages) - count_bits(a->stages);
    return order != 0 ? order : count_bits(b->suspected) - count_bits(a->suspected);
}

static gint
compare_severity(gconstpointer pa, gconstpointer pb, gpointer user)
{
    const uint32_t ia = *(const uint32_t *)pa, ib = *(const uint32_t *)pb;
    const int order = mf_host_verdict_compare(mf_verdicts_get(user, ia), mf_verdicts_get(user, ib));

    return order != 0 ? order : (ia > ib) - (ia < ib);
}

static void
put_in_order(struct mf_verdicts *verdicts)
{
    g_array_sort(verdicts->results, compare_first);
    for (uint32_t i = 0; i < verdicts->results->len; i++)
        g_array_append_val(verdicts->worst, i);
    g_array_sort_with_data(verdicts->worst, compare_severity, verdicts);
}

/* --- life --- */

struct mf_verdicts *
mf_verdicts_new(const struct mf_engine *engine, const GHashTable *chosen)
{
    static void (*const finders[])(struct mf_verdicts * verdicts) = {
        mf_verdict_find_hits,   mf_verdict_find_programs, mf_verdict_find_scans,
        mf_verdict_find_orders, mf_verdict_find_lists,    mf_verdict_find_reports,
        mf_verdict_find_mail,
    };
    struct mf_verdicts *verdicts = g_new0(struct mf_verdicts, 1);

    verdicts->engine = engine;
    verdicts->chosen = chosen;
    verdicts->texts = mf_interned_new();
    verdicts->by_addr = g_hash_table_new_full(hash_addr, equal_addr, g_free, NULL);
    verdicts->hosts = g_array_new(FALSE, FALSE, sizeof(struct mf_verdict_host));
    verdicts->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_verdict_row));
    verdicts->evidence = g_array_new(FALSE, FALSE, sizeof(struct mf_evidence));
    verdicts->arrivals = g_array_new(FALSE, FALSE, sizeof(struct mf_arrival));
    verdicts->results = g_array_new(FALSE, FALSE, sizeof(struct mf_host_verdict));
    verdicts->worst = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    verdicts->n_sessions = mf_engine_session_count(engine);
    verdicts->n_scans = mf_engine_scan_count(engine);
    verdicts->stages = g_malloc0(mf_engine_session_count(engine) + 1);
    verdicts->scan_stages = g_malloc0(mf_engine_scan_count(engine) + 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(finders); i++)
        finders[i](verdicts);
    judge_all(verdicts);
    put_in_order(verdicts);
    mf_verdict_find_names(verdicts);
    verdicts->chosen = NULL;
    return verdicts;
}

void
mf_verdicts_free(struct mf_verdicts *verdicts)
{
    if (verdicts == NULL)
        return;
    mf_interned_free(verdicts->texts);
    g_hash_table_destroy(verdicts->by_addr);
    g_array_free(verdicts->hosts, TRUE);
    g_array_free(verdicts->rows, TRUE);
    g_array_free(verdicts->evidence, TRUE);
    g_array_free(verdicts->arrivals, TRUE);
    g_array_free(verdicts->results, TRUE);
    g_array_free(verdicts->worst, TRUE);
    g_free(verdicts->stages);
    g_free(verdicts->scan_stages);
    g_free(verdicts);
}

/* --- answers --- */

uint32_t
mf_verdicts_count(const struct mf_verdicts *verdicts)
{
    return verdicts->results->len;
}

const struct mf_host_verdict *
mf_verdicts_get(const struct mf_verdicts *verdicts, uint32_t index)
{
    return &g_array_index(verdicts->results, struct mf_host_verdict, index);
}

const struct mf_host_verdict *
mf_verdicts_worst(const struct mf_verdicts *verdicts, uint32_t position)
{
    return mf_verdicts_get(verdicts, g_array_index(verdicts->worst, uint32_t, position));
}

uint32_t
mf_verdicts_judged(const struct mf_verdicts *verdicts, enum mf_judgement judgement)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < mf_verdicts_count(verdicts); i++)
        n += mf_verdicts_get(verdicts, i)->judgement == judgement;
    return n;
}

unsigned
mf_verdicts_session_stages(const struct mf_verdicts *verdicts, const struct mf_session *session)
{
    unsigned stages = 0;

    if (session->id <= verdicts->n_sessions)
        stages |= verdicts->stages[session->id];
    if (session->scan != 0 && session->scan <= verdicts->n_scans)
        stages |= verdicts->scan_stages[session->scan];
    return stages;
}
