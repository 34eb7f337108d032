/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows that stand for sessions of ordinary operation: one per host and purpose. One session alone
 * keeps its row, which says more than a folded one would. */
#include "fold.h"
#include "timeline_private.h"

#include <string.h>

enum { NAMES_TOLD = 8 };

struct row {
    struct mf_addr host;
    unsigned purpose;
    uint32_t number; /* from 1 */
    uint32_t first_session, sessions;
    mf_nanoseconds last;
    GHashTable *names; /* set, lower case, owned */
    GPtrArray *told;   /* the first of them, borrowed */
};

struct mf_folds {
    struct mf_fold_facts *facts;
    GPtrArray *rows;   /* struct row */
    GHashTable *table; /* set of the same, by host and purpose */
    uint32_t *row_of;  /* index: session id; number of its row, 0: none */
};

static guint
row_hash(gconstpointer p)
{
    const struct row *row = p;

    return mf_addr_hash(&row->host) ^ mf_hash_mix(row->purpose);
}

static gboolean
row_equal(gconstpointer pa, gconstpointer pb)
{
    const struct row *a = pa, *b = pb;

    return a->purpose == b->purpose && mf_addr_equal(&a->host, &b->host);
}

static void
row_free(gpointer p)
{
    struct row *row = p;

    g_hash_table_destroy(row->names);
    g_ptr_array_free(row->told, TRUE);
    g_free(row);
}

static struct row *
find_row(struct mf_folds *folds, const struct mf_session *session, unsigned purpose)
{
    const struct row wanted = {.host = session->addr[MF_ORIG], .purpose = purpose};
    struct row *row = g_hash_table_lookup(folds->table, &wanted);

    if (row != NULL)
        return row;
    row = g_new0(struct row, 1);
    row->host = wanted.host;
    row->purpose = purpose;
    row->first_session = session->id;
    row->last = INT64_MIN;
    row->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    row->told = g_ptr_array_new();
    g_hash_table_add(folds->table, row);
    g_ptr_array_add(folds->rows, row);
    row->number = folds->rows->len;
    return row;
}

static void
take_name(void *user, const char *text)
{
    struct row *row = user;
    char *name = g_ascii_strdown(text, -1);

    if (g_str_has_suffix(name, "."))
        name[strlen(name) - 1] = '\0';
    if (g_hash_table_contains(row->names, name)) {
        g_free(name);
        return;
    }
    g_hash_table_add(row->names, name);
    if (row->told->len < NAMES_TOLD)
        g_ptr_array_add(row->told, name);
}

static void
fold(struct mf_folds *folds, const struct mf_session *session, unsigned purpose)
{
    struct row *row = find_row(folds, session, purpose);

    row->sessions++;
    row->last = MAX(row->last, session->last);
    mf_fold_names(session, take_name, row);
    folds->row_of[session->id] = row->number;
}

struct mf_folds *
mf_timeline_folds_new(const struct mf_timeline *timeline)
{
    uint32_t count = mf_engine_session_count(timeline->engine);
    struct mf_folds *folds;

    if (!timeline->options->fold)
        return NULL;
    folds = g_new0(struct mf_folds, 1);
    folds->facts = mf_fold_facts_new(timeline->engine);
    folds->rows = g_ptr_array_new_with_free_func(row_free);
    folds->table = g_hash_table_new(row_hash, row_equal);
    folds->row_of = g_new0(uint32_t, (size_t)count + 1);
    for (uint32_t id = 1; id <= count; id++) {
        const struct mf_session *session = mf_engine_session(timeline->engine, id);
        unsigned purpose = timeline->rowless[id] ? 0 : mf_fold_may(folds->facts, session);

        if (purpose != 0)
            fold(folds, session, purpose);
    }
    return folds;
}

void
mf_timeline_folds_free(struct mf_folds *folds)
{
    if (folds == NULL)
        return;
    mf_fold_facts_free(folds->facts);
    g_hash_table_destroy(folds->table);
    g_ptr_array_free(folds->rows, TRUE);
    g_free(folds->row_of);
    g_free(folds);
}

static const struct row *
row_at(const struct mf_folds *folds, uint32_t number)
{
    return g_ptr_array_index(folds->rows, number - 1);
}

uint32_t
mf_timeline_fold_number(const struct mf_timeline *timeline, const struct mf_session *session)
{
    const struct mf_folds *folds = timeline->folds;
    uint32_t number = folds != NULL ? folds->row_of[session->id] : 0;

    return number != 0 && row_at(folds, number)->sessions > 1 ? number : 0;
}

bool
mf_timeline_is_folded(const struct mf_timeline *timeline, const struct mf_session *session)
{
    return mf_timeline_fold_number(timeline, session) != 0;
}

uint32_t
mf_timeline_fold_count(const struct mf_timeline *timeline)
{
    return timeline->folds != NULL ? timeline->folds->rows->len : 0;
}

uint32_t
mf_timeline_fold_first(const struct mf_timeline *timeline, uint32_t number)
{
    const struct row *row = row_at(timeline->folds, number);

    return row->sessions > 1 ? row->first_session : 0;
}

struct mf_timeline_fold
mf_timeline_fold_get(const struct mf_timeline *timeline, uint32_t number)
{
    const struct row *row = row_at(timeline->folds, number);

    return (struct mf_timeline_fold){
        .host = &row->host,
        .purpose = mf_fold_purpose_name(row->purpose),
        .sessions = row->sessions,
        .last = row->last,
        .names = row->told,
        .n_names = g_hash_table_size(row->names),
    };
}

static void
append_names(const struct mf_timeline_fold *fold, GString *out)
{
    const char *before = ":";

    if (fold->n_names == 0)
        return;
    g_string_append_printf(out, " %u %s", fold->n_names, fold->n_names == 1 ? "name" : "names");
    for (guint i = 0; i < fold->names->len; i++) {
        g_string_append_printf(out, "%s %s", before,
                               (const char *)g_ptr_array_index(fold->names, i));
        before = ",";
    }
    if (fold->n_names > fold->names->len)
        g_string_append(out, ", ...");
}

void
mf_timeline_append_fold_text(const struct mf_timeline *timeline, uint32_t number, GString *out)
{
    const struct mf_timeline_fold fold = mf_timeline_fold_get(timeline, number);

    g_string_append_printf(out, " === Folded: %u sessions (%s) ===", fold.sessions, fold.purpose);
    append_names(&fold, out);
}

void
mf_timeline_append_fold(const struct mf_timeline *timeline, uint32_t number,
                        const struct mf_session *first, GString *out)
{
    const struct mf_timeline_fold fold = mf_timeline_fold_get(timeline, number);
    size_t before;

    mf_timeline_append_duration(out, mf_timeline_distance(first->start, fold.last));
    g_string_append(out, " ] ");
    mf_addr_append(out, fold.host);
    before = out->len;
    mf_timeline_append_fold_text(timeline, number, out);
    mf_timeline_style(timeline, MF_STYLE_GROUP, before, out);
}
