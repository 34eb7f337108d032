/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Made when it is shown, from sessions; a scan of a million addresses must not make a million rows,
 * so all sessions are asked first who ever did anything but fall silent under a scan. Keys of all
 * tables are addresses within sessions, which never move.
 */
#include "host_table.h"

#include "host_names.h"
#include "row_text.h"
#include "text.h"
#include "timeline_time.h"

#include <string.h>

struct mf_host_table {
    const struct mf_engine *engine;
    const struct mf_host_options *options;
    struct mf_verdicts *verdicts;
    struct mf_host_names *names;
    GHashTable *verdict_of; /* address -> struct mf_host_verdict */
    GHashTable *loud;       /* set of addresses that have rows if they are added */
    GHashTable *own;        /* set of addresses of the own network */
    GHashTable *silent;     /* set of addresses that were added and are not loud */
    GHashTable *by_addr;    /* address -> position in rows + 1 */
    GHashTable *pairs;      /* set of row << 32 | row of peers, the smaller first */
    GArray *rows;           /* struct mf_host_row */
};

/* --- options --- */

static const char *const order_names[] = {
    [MF_HOSTS_BY_FRAME] = "frame",     [MF_HOSTS_BY_VERDICT] = "verdict",
    [MF_HOSTS_BY_HITS] = "hits",       [MF_HOSTS_BY_SESSIONS] = "sessions",
    [MF_HOSTS_BY_PEERS] = "peers",     [MF_HOSTS_BY_BYTES] = "bytes",
    [MF_HOSTS_BY_ADDRESS] = "address",
};

static bool
set_sort(void *target, const char *value, struct mf_diags *diags)
{
    struct mf_host_options *options = target;

    (void)diags;
    for (unsigned i = 0; i < G_N_ELEMENTS(order_names); i++)
        if (strcmp(value, order_names[i]) == 0) {
            options->order = (enum mf_host_order)i;
            return true;
        }
    return false;
}

static bool
set_max(void *target, const char *value, struct mf_diags *diags)
{
    (void)diags;
    return mf_option_list_number(value, 1, UINT32_MAX, &((struct mf_host_options *)target)->max);
}

static bool
set_inside(void *target, const char *value, struct mf_diags *diags)
{
    (void)value;
    (void)diags;
    ((struct mf_host_options *)target)->inside = true;
    return true;
}

static bool
set_utc(void *target, const char *value, struct mf_diags *diags)
{
    (void)value;
    (void)diags;
    ((struct mf_host_options *)target)->time = MF_TIME_UTC;
    return true;
}

static const struct mf_option_row known[] = {
    {"sort", "frame, verdict, hits, sessions, peers, bytes or address", set_sort},
    {"max", "a number from 1 on", set_max},
    {"inside", NULL, set_inside},
    {"utc", NULL, set_utc},
};

const struct mf_option_list mf_host_option_list = {known, G_N_ELEMENTS(known)};

/* --- who is told --- */

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

static GHashTable *
address_table_new(void)
{
    return g_hash_table_new(hash_addr, equal_addr);
}

static bool
is_host(const struct mf_addr *addr)
{
    static const uint8_t zeros[4];
    const struct mf_addr unspecified = mf_addr_from_ipv4(zeros);

    return !mf_addr_is_none(addr) && !mf_addr_equal(addr, &unspecified) && !mf_addr_is_group(addr);
}

/* Whether all that SESSION says of SIDE is that a scan had it for a target. */
static bool
is_silent(const struct mf_session *session, enum mf_direction side)
{
    return side == MF_RESP && session->scan != 0 && !session->answered;
}

static void
ask_sessions(struct mf_host_table *table)
{
    for (uint32_t id = 1; id <= mf_engine_session_count(table->engine); id++) {
        const struct mf_session *session = mf_engine_session(table->engine, id);

        for (unsigned side = 0; side < 2; side++) {
            if (is_silent(session, (enum mf_direction)side))
                continue;
            g_hash_table_add(table->loud, (gpointer)&session->addr[side]);
            if (mf_stage_is_own(session, (enum mf_direction)side))
                g_hash_table_add(table->own, (gpointer)&session->addr[side]);
        }
    }
}

static void
find_verdicts(struct mf_host_table *table)
{
    table->verdicts = mf_verdicts_new(table->engine, NULL);
    for (uint32_t i = 0; i < mf_verdicts_count(table->verdicts); i++) {
        const struct mf_host_verdict *verdict = mf_verdicts_get(table->verdicts, i);

        g_hash_table_insert(table->verdict_of, (gpointer)&verdict->addr, (gpointer)verdict);
    }
}

struct mf_host_table *
mf_host_table_new(const struct mf_engine *engine, const struct mf_host_options *options)
{
    static const struct mf_host_options defaults;
    struct mf_host_table *table = g_new0(struct mf_host_table, 1);

    table->engine = engine;
    table->options = options != NULL ? options : &defaults;
    table->names = mf_host_names_new(engine, MF_HOST_NAMES_ASKED);
    table->verdict_of = address_table_new();
    table->loud = address_table_new();
    table->own = address_table_new();
    table->silent = address_table_new();
    table->by_addr = address_table_new();
    table->pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    table->rows = g_array_new(FALSE, FALSE, sizeof(struct mf_host_row));
    ask_sessions(table);
    find_verdicts(table);
    return table;
}

void
mf_host_table_free(struct mf_host_table *table)
{
    if (table == NULL)
        return;
    mf_verdicts_free(table->verdicts);
    mf_host_names_free(table->names);
    g_hash_table_destroy(table->verdict_of);
    g_hash_table_destroy(table->loud);
    g_hash_table_destroy(table->own);
    g_hash_table_destroy(table->silent);
    g_hash_table_destroy(table->by_addr);
    g_hash_table_destroy(table->pairs);
    g_array_free(table->rows, TRUE);
    g_free(table);
}

/* --- rows --- */

/* Position + 1; 0: it has none. */
static uint32_t
take_row(struct mf_host_table *table, const struct mf_addr *addr)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(table->by_addr, addr));
    const struct mf_host_row fresh = {
        .addr = *addr,
        .names = mf_host_names_get(table->names, addr),
        .verdict = g_hash_table_lookup(table->verdict_of, addr),
        .first_time = MF_TIME_MAX,
        .first_frame = UINT32_MAX,
        .own = g_hash_table_contains(table->own, addr),
    };

    if (at != 0 || !is_host(addr))
        return at;
    if (!g_hash_table_contains(table->loud, addr)) {
        g_hash_table_add(table->silent, (gpointer)addr);
        return 0;
    }
    g_array_append_val(table->rows, fresh);
    g_hash_table_insert(table->by_addr, (gpointer)addr, GUINT_TO_POINTER(table->rows->len));
    return table->rows->len;
}

static uint32_t
count_hits(const struct mf_host_table *table, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(table->engine);
    uint32_t n = 0;

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        n += hit->count;
        at = hit->next_signature;
    }
    return n;
}

static struct mf_host_row *
row_at(const struct mf_host_table *table, uint32_t position)
{
    return &g_array_index(table->rows, struct mf_host_row, position);
}

static void
count_session(struct mf_host_row *row, const struct mf_session *session, enum mf_direction side,
              uint32_t hits)
{
    row->sessions++;
    row->hits += hits;
    row->sent += session->bytes[side];
    row->received += session->bytes[side ^ 1];
    row->first_time = MIN(row->first_time, session->start);
    row->first_frame = MIN(row->first_frame, session->first_frame);
}

static void
count_peers(struct mf_host_table *table, const uint32_t rows[2])
{
    const gint64 pair = (gint64)((uint64_t)MIN(rows[0], rows[1]) << 32 | MAX(rows[0], rows[1]));

    if (rows[0] == 0 || rows[1] == 0 || rows[0] == rows[1] ||
        g_hash_table_contains(table->pairs, &pair))
        return;
    g_hash_table_add(table->pairs, g_memdup2(&pair, sizeof pair));
    row_at(table, rows[0] - 1)->peers++;
    row_at(table, rows[1] - 1)->peers++;
}

void
mf_host_table_add(struct mf_host_table *table, uint32_t session, uint32_t rows[2])
{
    const struct mf_session *of = mf_engine_session(table->engine, session);
    uint32_t hits;

    rows[MF_ORIG] = rows[MF_RESP] = 0;
    if (of == NULL)
        return;
    hits = count_hits(table, of);
    for (unsigned side = 0; side < 2; side++) {
        rows[side] = take_row(table, &of->addr[side]);
        if (rows[side] != 0 && (side == 0 || rows[0] != rows[1]))
            count_session(row_at(table, rows[side] - 1), of, (enum mf_direction)side, hits);
    }
    count_peers(table, rows);
}

/* --- order --- */

static int
compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_verdicts(const struct mf_host_verdict *a, const struct mf_host_verdict *b)
{
    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    return mf_host_verdict_compare(a, b);
}

static gint
compare_rows(gconstpointer pa, gconstpointer pb, gpointer options)
{
    const struct mf_host_row *a = pa, *b = pb;
    const int by[] = {
        [MF_HOSTS_BY_FRAME] = 0,
        [MF_HOSTS_BY_VERDICT] = compare_verdicts(a->verdict, b->verdict),
        [MF_HOSTS_BY_HITS] = compare(b->hits, a->hits),
        [MF_HOSTS_BY_SESSIONS] = compare(b->sessions, a->sessions),
        [MF_HOSTS_BY_PEERS] = compare(b->peers, a->peers),
        [MF_HOSTS_BY_BYTES] = compare(b->sent + b->received, a->sent + a->received),
        [MF_HOSTS_BY_ADDRESS] = mf_addr_compare(&a->addr, &b->addr),
    };
    int order = by[((const struct mf_host_options *)options)->order];

    if (a->own != b->own)
        return a->own ? -1 : 1;
    if (order == 0)
        order = compare(a->first_frame, b->first_frame);
    return order != 0 ? order : mf_addr_compare(&a->addr, &b->addr);
}

void
mf_host_table_sort(struct mf_host_table *table)
{
    guint own = 0;

    g_array_sort_with_data(table->rows, compare_rows, (gpointer)table->options);
    while (own < table->rows->len && row_at(table, own)->own)
        own++;
    if (table->options->inside)
        g_array_set_size(table->rows, own);
}

const char *
mf_host_row_where(const struct mf_host_row *row)
{
    return row->own ? "inside" : "outside";
}

uint32_t
mf_host_table_count(const struct mf_host_table *table)
{
    return table->rows->len;
}

const struct mf_host_row *
mf_host_table_row(const struct mf_host_table *table, uint32_t index)
{
    return row_at(table, index);
}

uint32_t
mf_host_table_silent(const struct mf_host_table *table)
{
    return g_hash_table_size(table->silent);
}

/* --- text --- */

#define RULER                                                                                      \
    "====================================================================================="        \
    "===============\n"

static void
append_row(const struct mf_host_table *table, const struct mf_host_row *row, GString *out)
{
    size_t before;

    g_string_append_printf(out, "%7u ", row->first_frame);
    if (table->options->time == MF_TIME_UTC)
        mf_timeline_append_utc(out, row->first_time);
    else
        mf_timeline_append_seconds(
            out, mf_timeline_distance(mf_engine_first_time(table->engine), row->first_time));
    g_string_append_printf(
        out, " %-7s %8u %6u %12" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT " %6u  ",
        mf_host_row_where(row), row->sessions, row->peers, row->sent, row->received, row->hits);
    mf_addr_append(out, &row->addr);
    before = out->len;
    if (row->names != NULL)
        g_string_append_printf(out, " (%s)", row->names);
    if (row->verdict != NULL) {
        g_string_append(out, ": ");
        mf_host_verdict_append(row->verdict, out);
    }
    mf_row_make_printable(out, before);
    g_string_append_c(out, '\n');
}

static void
append_head(const struct mf_host_table *table, GString *out)
{
    const char *pad = table->options->time == MF_TIME_UTC ? "               " : "";
    uint32_t own = 0;

    while (own < table->rows->len && row_at(table, own)->own)
        own++;
    g_string_append_printf(out,
                           RULER "malflow hosts: %u inside, %u outside\n"
                                 "  first %s   first\n"
                                 "  frame %s    time where   sessions  peers    byte sent "
                                 "byte received   hits  host (names): verdict\n",
                           own, table->rows->len - own, pad, pad);
}

void
mf_host_table_append_text(const struct mf_host_table *table, GString *out)
{
    const uint32_t n = table->rows->len,
                   told = table->options->max != 0 ? MIN(n, table->options->max) : n,
                   silent = mf_host_table_silent(table);

    append_head(table, out);
    for (uint32_t i = 0; i < told; i++)
        append_row(table, row_at(table, i), out);
    if (told < n)
        g_string_append_printf(out, "and %u more hosts\n", n - told);
    if (silent > 0 && !table->options->inside)
        g_string_append_printf(
            out, "and %u targets of scans that never answered and did nothing else\n", silent);
    g_string_append(out, RULER);
}
