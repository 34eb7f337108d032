/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window is filled when the capture was read to its end already, so a general table of Wireshark,
 * filled packet by packet, will do here, as it would not for tshark (hits_tap.c). It tells of the
 * sessions that have a frame that passes the display filter.
 */
#include "hits_window.h"

#include "capture.h"
#include "compat.h"
#include "core/hits.h"
#include "tap.h"

enum column {
    COLUMN_FRAME, /* the first: Wireshark sorts by it */
    COLUMN_SESSION,
    COLUMN_HITS,
    COLUMN_SESSIONS,
    COLUMN_PRIORITY,
    COLUMN_MESSAGE,
    COLUMN_SEVERITY,
    COLUMN_CLASS,
    COLUMN_SID,
    COLUMN_REV,
    N_COLUMNS
};

static stat_tap_table_item columns[N_COLUMNS] = {
    [COLUMN_FRAME] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "First frame", "%u"},
    [COLUMN_SESSION] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "First session", "%u"},
    [COLUMN_HITS] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Hits", "%u"},
    [COLUMN_SESSIONS] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Sessions", "%u"},
    [COLUMN_PRIORITY] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Priority", "%u"},
    [COLUMN_MESSAGE] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Message", "%s"},
    [COLUMN_SEVERITY] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Severity", "%s"},
    [COLUMN_CLASS] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Class", "%s"},
    [COLUMN_SID] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Signature", "%u"},
    [COLUMN_REV] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Rev", "%u"},
};

static const char title[] = "Malflow Hits";

/* Wireshark has one table per kind, so there is one of what fills it. */
static struct {
    struct mf_hit_table *hits;
    const struct mf_engine *engine; /* whose hits they are */
    GHashTable *sessions;           /* added */
    GPtrArray *buried;              /* elements of rows that are gone */
} window;

static void
window_clear(void)
{
    mf_hit_table_free(window.hits);
    if (window.sessions != NULL)
        g_hash_table_destroy(window.sessions);
    window.hits = NULL;
    window.engine = NULL;
    window.sessions = NULL;
}

static void
free_item(stat_tap_table *table, guint row, guint column, stat_tap_table_item_type *item)
{
    (void)table;
    (void)row;
    (void)column;
    if (item->type == TABLE_ITEM_STRING)
        g_free((char *)item->value.string_value);
    *item = (stat_tap_table_item_type){.type = TABLE_ITEM_NONE};
}

/* Wireshark's rows point at the elements until their window is closed: they are emptied and kept.
 */
static void
window_reset(stat_tap_table *table)
{
    window_clear();
    if (window.buried == NULL)
        window.buried = g_ptr_array_new();
    for (guint row = 0; row < table->num_elements; row++) {
        for (guint column = 0; column < table->num_fields; column++)
            free_item(table, row, column, stat_tap_get_field_data(table, row, column));
        g_ptr_array_add(window.buried, table->elements[row]);
    }
    table->num_elements = 0;
}

static void
window_start(stat_tap_table_ui *ui)
{
    stat_tap_table *table = stat_tap_find_table(ui, title);

    window_clear();
    if (table != NULL)
        window_reset(table);
    else
        stat_tap_add_table(ui, stat_tap_init_table(title, N_COLUMNS, 0, NULL));
}

/* Strings are copied: the window may outlive the rules. */
static void
add_row(stat_tap_table *table, const struct mf_rule_info *rule)
{
    const char *const strings[N_COLUMNS] = {
        [COLUMN_SEVERITY] = rule->severity,
        [COLUMN_MESSAGE] = rule->msg,
        [COLUMN_CLASS] = rule->classtype,
    };
    stat_tap_table_item_type items[N_COLUMNS] = {0};

    for (guint i = 0; i < N_COLUMNS; i++) {
        items[i].type = columns[i].type;
        if (columns[i].type == TABLE_ITEM_STRING)
            items[i].value.string_value = g_strdup(strings[i] != NULL ? strings[i] : "");
    }
    stat_tap_init_table_row(table, table->num_elements, N_COLUMNS, items);
}

static void
show_numbers(stat_tap_table *table, guint position)
{
    const struct mf_hit_row *row = mf_hit_table_row(window.hits, position);
    const struct {
        enum column column;
        guint value;
    } numbers[] = {
        {COLUMN_FRAME, row->first_frame},
        {COLUMN_SESSION, row->first_session},
        {COLUMN_HITS, row->hits},
        {COLUMN_SESSIONS, row->sessions},
        {COLUMN_PRIORITY, row->rule->priority},
        {COLUMN_SID, row->rule->sid},
        {COLUMN_REV, row->rule->rev},
    };

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        stat_tap_get_field_data(table, position, numbers[i].column)->value.uint_value =
            numbers[i].value;
}

/* A session is added whole when its first frame passes: the capture was read already. */
static void
add_session(stat_tap_table *table, const struct mf_session *session)
{
    mf_hit_table_add(window.hits, session->id);
    for (guint i = 0; i < mf_hit_table_count(window.hits); i++) {
        const struct mf_hit_row *row = mf_hit_table_row(window.hits, i);

        if (i == table->num_elements)
            add_row(table, row->rule);
        if (row->last_session == session->id)
            show_numbers(table, i);
    }
}

static tap_packet_status
window_packet(void *data, packet_info *pinfo, epan_dissect_t *edt, const void *tapped,
              tap_flags_t flags)
{
    const stat_data_t *stat = data;
    const struct mf_verdict *verdict = tapped;
    const struct mf_engine *engine = mf_capture_engine();
    const struct mf_session *session = mf_engine_session(engine, verdict->session);
    stat_tap_table *table = g_array_index(stat->stat_tap_data->tables, stat_tap_table *, 0);

    (void)pinfo;
    (void)edt;
    (void)flags;
    if (session == NULL || session->first_hit == 0)
        return TAP_PACKET_DONT_REDRAW;
    if (window.engine != engine) {
        window_reset(table);
        window.hits = mf_hit_table_new(engine, NULL);
        window.engine = engine;
        window.sessions = g_hash_table_new(NULL, NULL);
    }
    if (!g_hash_table_add(window.sessions, GUINT_TO_POINTER(session->id)))
        return TAP_PACKET_DONT_REDRAW;
    add_session(table, session);
    return TAP_PACKET_REDRAW;
}

void
mf_hits_window_register(void)
{
    static tap_param params[] = {{PARAM_FILTER, "filter", "Filter", NULL, TRUE}};
    static stat_tap_table_ui ui = {
        .group = REGISTER_PACKET_STAT_GROUP_UNSORTED, /* the one that the menu shows */
        .title = title,
        .tap_name = MF_TAP_NAME,
        .cli_string = MF_TAP_NAME ",hits",
        .stat_tap_init_cb = window_start,
        .packet_func = window_packet,
        .stat_tap_reset_table_cb = window_reset,
        .stat_tap_free_table_item_cb = free_item,
        .nfields = N_COLUMNS,
        .fields = columns,
        .nparams = G_N_ELEMENTS(params),
        .params = params,
    };

    register_stat_tap_table_ui(&ui);
}
