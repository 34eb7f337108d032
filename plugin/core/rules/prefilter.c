/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evaluating 34,000 rules on every byte is out of the question; looking for one literal of each is
 * what libhs (Hyperscan or Vectorscan) does at memory speed. Equal literals of several rules are
 * looked for once. Block mode: the few bytes that a literal may reach back are scanned again,
 * which is cheaper than keeping libhs's stream state for a million streams.
 */
#include "prefilter.h"

#include <hs/hs.h>
#include <stdlib.h>
#include <string.h>

struct mf_prefilter {
    hs_database_t *database; /* NULL: no literals */
    GArray *literals; /* struct mf_literal, sorted; the id of a run is the index of its first */
    uint32_t longest;
};

struct mf_prefilter *
mf_prefilter_new(void)
{
    struct mf_prefilter *prefilter = g_new0(struct mf_prefilter, 1);

    prefilter->literals = g_array_new(FALSE, FALSE, sizeof(struct mf_literal));
    return prefilter;
}

void
mf_prefilter_free(struct mf_prefilter *prefilter)
{
    if (prefilter == NULL)
        return;
    hs_free_database(prefilter->database);
    g_array_free(prefilter->literals, TRUE);
    g_free(prefilter);
}

/* Vectorscan takes a literal that begins with a NUL for an empty one, and gives up on all. */
static bool
takes_nul_first(void)
{
    static gsize once;
    static bool takes;

    if (g_once_init_enter(&once)) {
        const char *const bytes = "\0a";
        const size_t length = 2;
        const unsigned flags = 0, id = 0;
        hs_database_t *database = NULL;
        hs_compile_error_t *error = NULL;

        takes = hs_compile_lit_multi(&bytes, &flags, &id, &length, 1, HS_MODE_BLOCK, NULL,
                                     &database, &error) == HS_SUCCESS;
        hs_free_compile_error(error);
        hs_free_database(database);
        g_once_init_leave(&once, 1);
    }
    return takes;
}

/* Leaves out NULs in front, where it must be: of "|00 02|" a byte remains that stands everywhere.
 * What was left out at the end comes back in their place; ROOM bytes were to be had. */
static void
skip_nuls(struct mf_literal *literal, uint32_t room)
{
    while (literal->length > 1 && literal->bytes[0] == '\0') {
        literal->bytes++;
        literal->length--;
        literal->before++;
        room--;
    }
    literal->length = MAX(literal->length, MIN(room, MF_LITERAL_ENOUGH));
}

static struct mf_literal
literal_of(const struct mf_rule *rule, unsigned index)
{
    const struct mf_content *content = &rule->steps[rule->fast].as.content;
    struct mf_literal literal = {
        .bytes = (const char *)content->bytes + content->fast_offset,
        .rule = index,
        .header = rule->header.number,
        .first = (int32_t)MAX(rule->fast_first, INT32_MIN),
        .last = (int32_t)MIN(rule->fast_last, INT32_MAX),
        .before = content->fast_offset,
        .length = (uint8_t)mf_content_literal_length(content),
        .kinds = rule->kinds,
        .nocase = content->nocase,
    };

    if (literal.bytes[0] == '\0' && !takes_nul_first())
        skip_nuls(&literal, mf_content_literal_room(content));
    return literal;
}

bool
mf_prefilter_is_of_use(const struct mf_rule *rule)
{
    return literal_of(rule, 0).length > 1;
}

void
mf_prefilter_add(struct mf_prefilter *prefilter, unsigned index, const struct mf_rule *rule)
{
    const struct mf_literal literal = literal_of(rule, index);

    prefilter->longest = MAX(prefilter->longest, literal.length);
    g_array_append_val(prefilter->literals, literal);
}

static int
compare_bytes(const struct mf_literal *a, const struct mf_literal *b)
{
    if (a->nocase != b->nocase)
        return a->nocase ? 1 : -1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->length);
}

static int
compare_literals(const void *x, const void *y)
{
    const struct mf_literal *a = x, *b = y;
    int order = compare_bytes(a, b);

    if (order != 0)
        return order;
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

/* What libhs wants: parallel arrays, one entry per run of equal literals. */
struct request {
    const char **bytes;
    size_t *lengths;
    unsigned *flags, *ids;
    unsigned n;
};

static void
mark_runs(GArray *literals)
{
    struct mf_literal *all = (struct mf_literal *)(void *)literals->data;

    for (unsigned i = 0; i < literals->len; i++)
        all[i].is_last = i + 1 == literals->len || compare_bytes(&all[i], &all[i + 1]) != 0;
}

static void
collect(const GArray *literals, struct request *request)
{
    const struct mf_literal *all = (const struct mf_literal *)(const void *)literals->data;

    for (unsigned i = 0; i < literals->len; i++) {
        if (i > 0 && !all[i - 1].is_last)
            continue;
        request->bytes[request->n] = all[i].bytes;
        request->lengths[request->n] = all[i].length;
        request->flags[request->n] = all[i].nocase ? HS_FLAG_CASELESS : 0;
        request->ids[request->n] = i;
        request->n++;
    }
}

void
mf_prefilter_prepare(struct mf_prefilter *prefilter, GChecksum *key)
{
    GArray *literals = prefilter->literals;

    if (literals->len > 0)
        qsort(literals->data, literals->len, sizeof(struct mf_literal), compare_literals);
    for (guint i = 0; i <= literals->len; i++) {
        const struct mf_literal end = {.bytes = ""};
        const struct mf_literal *literal =
            i < literals->len ? &g_array_index(literals, struct mf_literal, i) : &end;
        const guchar form[] = {literal->length, literal->nocase};

        g_checksum_update(key, form, sizeof form);
        g_checksum_update(key, (const guchar *)literal->bytes, literal->length);
    }
    mark_runs(literals);
}

void
mf_prefilter_key_platform(GChecksum *key)
{
    hs_platform_info_t platform;

    g_checksum_update(key, (const guchar *)hs_version(), -1);
    memset(&platform, 0, sizeof platform);
    if (hs_populate_platform(&platform) == HS_SUCCESS)
        g_checksum_update(key, (const guchar *)&platform, sizeof platform);
}

char *
mf_prefilter_compile(struct mf_prefilter *prefilter)
{
    GArray *literals = prefilter->literals;
    struct request request = {.n = 0};
    hs_compile_error_t *error = NULL;
    char *why = NULL;

    if (literals->len == 0)
        return NULL;
    request.bytes = g_new(const char *, literals->len);
    request.lengths = g_new(size_t, literals->len);
    request.flags = g_new(unsigned, literals->len);
    request.ids = g_new(unsigned, literals->len);
    collect(literals, &request);
    if (hs_compile_lit_multi(request.bytes, request.flags, request.ids, request.lengths, request.n,
                             HS_MODE_BLOCK, NULL, &prefilter->database, &error) != HS_SUCCESS) {
        why = g_strdup(error != NULL ? error->message : "out of memory");
        hs_free_compile_error(error);
    }
    g_free(request.bytes);
    g_free(request.lengths);
    g_free(request.flags);
    g_free(request.ids);
    return why;
}

bool
mf_prefilter_load(struct mf_prefilter *prefilter, const char *data, size_t length)
{
    return hs_deserialize_database(data, length, &prefilter->database) == HS_SUCCESS;
}

char *
mf_prefilter_save(const struct mf_prefilter *prefilter, size_t *length)
{
    char *bytes = NULL;

    if (prefilter->database == NULL ||
        hs_serialize_database(prefilter->database, &bytes, length) != HS_SUCCESS)
        return NULL;
    return bytes;
}

unsigned
mf_prefilter_count(const struct mf_prefilter *prefilter)
{
    return prefilter->literals->len;
}

void
mf_prefilter_grow_scratch(const struct mf_prefilter *prefilter, struct hs_scratch **scratch)
{
    hs_error_t rc = HS_SUCCESS;

    if (prefilter->database != NULL)
        rc = hs_alloc_scratch(prefilter->database, scratch);
    g_assert(rc == HS_SUCCESS); /* else out of memory */
}

void
mf_prefilter_free_scratch(struct hs_scratch *scratch)
{
    hs_free_scratch(scratch);
}

size_t
mf_prefilter_overlap(const struct mf_prefilter *prefilter)
{
    return prefilter->longest > 0 ? prefilter->longest - 1 : 0;
}

struct scan {
    int64_t base;
    const struct mf_literal *literals;
    mf_prefilter_found found;
    void *user;
};

static int
on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    const struct scan *scan = context;
    const struct mf_literal *literal = &scan->literals[id];

    (void)from;
    (void)flags;
    for (;; literal++) {
        scan->found(scan->user, literal,
                    scan->base + (int64_t)to - literal->length - literal->before);
        if (literal->is_last)
            return 0;
    }
}

void
mf_prefilter_scan(const struct mf_prefilter *prefilter, struct hs_scratch *scratch,
                  const struct mf_view *view, mf_prefilter_found found, void *user)
{
    struct scan scan = {
        .base = view->base,
        .literals = (const struct mf_literal *)(const void *)prefilter->literals->data,
        .found = found,
        .user = user,
    };

    if (prefilter->database != NULL && view->length > 0)
        hs_scan(prefilter->database, (const char *)view->data, (unsigned)view->length, 0, scratch,
                on_match, &scan);
}
