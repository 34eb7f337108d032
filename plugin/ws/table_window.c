/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window is filled when the capture was read to its end already, so a general table of Wireshark,
 * filled packet by packet, will do here, as it would not for tshark (hits_tap.c). It tells of the
 * sessions that have a frame that passes the display filter. Wireshark says when it begins, not
 * when it ends: rows are right at any time, and are changed in place.
 */
#include "table_window.h"

#include "capture.h"
#include "compat.h"
#include "tap.h"

#include <string.h>

/* Wireshark has one table per kind, so there is one of what fills it. */
struct window {
    stat_tap_table_ui ui; /* the first: Wireshark hands it back */
    const struct mf_table_kind *kind;
    void *table;
    const struct mf_engine *engine; /* whose table it is */
    GHashTable *sessions;           /* added */
    GArray *touched;
    GPtrArray *buried; /* elements of rows that are gone */
};

static GPtrArray *windows;

static struct window *
window_of(const stat_tap_table *table)
{
    for (guint i = 0; i < windows->len; i++)
        if (strcmp(((struct window *)windows->pdata[i])->kind->title, table->title) == 0)
            return windows->pdata[i];
    g_assert_not_reached();
}

static void
forget(struct window *window)
{
    if (window->table != NULL) {
        window->kind->free(window->table);
        g_hash_table_destroy(window->sessions);
    }
    window->table = NULL;
    window->engine = NULL;
}

static void
forget_all(void)
{
    for (guint i = 0; i < windows->len; i++)
        forget(windows->pdata[i]);
}

/* --- elements, which Wireshark's rows point at --- */

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

/* They are pointed at until the window is closed: they are emptied and kept. */
static void
reset(stat_tap_table *table)
{
    struct window *window = window_of(table);

    forget(window);
    for (guint row = 0; row < table->num_elements; row++) {
        for (guint column = 0; column < table->num_fields; column++)
            free_item(table, row, column, stat_tap_get_field_data(table, row, column));
        g_ptr_array_add(window->buried, table->elements[row]);
    }
    table->num_elements = 0;
}

static void
start(stat_tap_table_ui *ui)
{
    struct window *window = (struct window *)ui;
    stat_tap_table *table = stat_tap_find_table(ui, window->kind->title);

    forget(window);
    if (table != NULL)
        reset(table);
    else
        stat_tap_add_table(
            ui, stat_tap_init_table(window->kind->title, (int)window->kind->n_columns, 0, NULL));
}

static void
add_row(const struct window *window, stat_tap_table *table)
{
    stat_tap_table_item_type items[MF_TABLE_COLUMNS] = {0};

    for (unsigned i = 0; i < window->kind->n_columns; i++) {
        items[i].type = window->ui.fields[i].type;
        if (items[i].type == TABLE_ITEM_STRING)
            items[i].value.string_value = g_strdup("");
    }
    stat_tap_init_table_row(table, table->num_elements, window->kind->n_columns, items);
}

static void
set_item(stat_tap_table_item_type *item, double number, char *text)
{
    if (item->type == TABLE_ITEM_UINT)
        item->value.uint_value = (guint)MIN(number, (double)G_MAXUINT);
    else if (item->type == TABLE_ITEM_FLOAT)
        item->value.float_value = number;
    if (text == NULL)
        return;
    g_assert(item->type == TABLE_ITEM_STRING);
    g_free((char *)item->value.string_value);
    item->value.string_value = text;
}

static void
show_row(const struct window *window, stat_tap_table *table, guint row)
{
    struct mf_cells cells = {.texts = {NULL}};
    const bool new_row = row == table->num_elements;

    if (new_row)
        add_row(window, table);
    window->kind->set(window->table, row, new_row, &cells);
    for (unsigned i = 0; i < window->kind->n_columns; i++)
        set_item(stat_tap_get_field_data(table, row, i), cells.numbers[i], cells.texts[i]);
}

/* --- sessions --- */

static void
begin(struct window *window, stat_tap_table *table, const struct mf_engine *engine)
{
    reset(table);
    window->table = window->kind->make(engine);
    window->engine = engine;
    window->sessions = g_hash_table_new(NULL, NULL);
}

/* A session is added whole when its first frame passes: the capture was read already. */
static void
add_session(struct window *window, stat_tap_table *table, uint32_t session)
{
    g_array_set_size(window->touched, 0);
    window->kind->add(window->table, session, window->touched);
    for (guint i = 0; i < window->touched->len; i++)
        show_row(window, table, g_array_index(window->touched, uint32_t, i));
}

static tap_packet_status
packet_passed(void *data, packet_info *pinfo, epan_dissect_t *edt, const void *tapped,
              tap_flags_t flags)
{
    const stat_data_t *stat = data;
    struct window *window = (struct window *)stat->stat_tap_data;
    const struct mf_verdict *verdict = tapped;
    const struct mf_engine *engine = mf_capture_engine();
    stat_tap_table *table = g_array_index(stat->stat_tap_data->tables, stat_tap_table *, 0);

    (void)pinfo;
    (void)edt;
    (void)flags;
    if (verdict->session == 0)
        return TAP_PACKET_DONT_REDRAW;
    if (window->engine != engine)
        begin(window, table, engine);
    if (!g_hash_table_add(window->sessions, GUINT_TO_POINTER(verdict->session)))
        return TAP_PACKET_DONT_REDRAW;
    add_session(window, table, verdict->session);
    return TAP_PACKET_REDRAW;
}

/* --- registration --- */

static stat_tap_table_item *
fields_of(const struct mf_table_kind *kind)
{
    static const stat_tap_table_item forms[] = {
        [MF_CELL_COUNT] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, NULL, "%u"},
        [MF_CELL_SECONDS] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, NULL, "%.3f"},
        [MF_CELL_TEXT] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, NULL, "%s"},
    };
    stat_tap_table_item *fields = g_new0(stat_tap_table_item, kind->n_columns);

    g_assert(kind->n_columns <= MF_TABLE_COLUMNS);
    for (unsigned i = 0; i < kind->n_columns; i++) {
        fields[i] = forms[kind->columns[i].kind];
        fields[i].column_name = kind->columns[i].name;
    }
    /* Its width is chosen before it gets the arrow that tells the order, which takes the place of
     * the beginning of a right-aligned name. */
    if (fields[0].align == TAP_ALIGN_RIGHT)
        fields[0].column_name = g_strconcat("   ", kind->columns[0].name, NULL);
    return fields;
}

void
mf_table_window_register(const char *name, const struct mf_table_kind *kind)
{
    static tap_param params[] = {{PARAM_FILTER, "filter", "Filter", NULL, TRUE}};
    struct window *window = g_new0(struct window, 1);

    if (windows == NULL) {
        windows = g_ptr_array_new();
        register_cleanup_routine(forget_all);
    }
    g_ptr_array_add(windows, window);
    window->kind = kind;
    window->touched = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    window->buried = g_ptr_array_new();
    window->ui = (stat_tap_table_ui){
        .group =
            REGISTER_STAT_GROUP_ENDPOINT_LIST, /* that no Wireshark has a menu for: see menu.c */
        .title = kind->title,
        .tap_name = MF_TAP_NAME,
        .cli_string = g_strconcat(MF_TAP_NAME ",", name, NULL),
        .stat_tap_init_cb = start,
        .packet_func = packet_passed,
        .stat_tap_reset_table_cb = reset,
        .stat_tap_free_table_item_cb = free_item,
        .nfields = kind->n_columns,
        .fields = fields_of(kind),
        .nparams = G_N_ELEMENTS(params),
        .params = params,
    };
    register_stat_tap_table_ui(&window->ui);
}

bool
mf_table_windows_are_shown(void)
{
    const char *program = g_get_prgname(); /* set by ws_log_init() */

    return program != NULL && strcmp(program, "wireshark") == 0;
}

void
mf_table_windows_each(void (*add)(void *user, const struct mf_table_kind *kind, void *window),
                      void *user)
{
    for (guint i = 0; i < windows->len; i++)
        add(user, ((struct window *)windows->pdata[i])->kind, windows->pdata[i]);
}

/* Wireshark opens it as if it had been asked to on its command line. */
void
mf_table_window_open(void *window)
{
    if (process_stat_cmd_arg(((struct window *)window)->ui.cli_string))
        start_requested_stats();
}
