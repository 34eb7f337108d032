/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark puts statistics of plugins right into its menu, of which malflow would take up a third;
 * only this interface makes a menu of one's own there.
 */
#include "menu.h"

#include "compat.h"
#include "table_window.h"
#include "window.h"

#include <epan/plugin_if.h>

static void
open_table(ext_menubar_gui_type type, gpointer gui, gpointer window)
{
    (void)type;
    (void)gui;
    mf_table_window_open(window);
}

static void
add_table(void *menu, const struct mf_table_kind *kind, void *window)
{
    ext_menubar_add_entry(menu, kind->label, kind->tip, open_table, window);
}

void
mf_menu_register(int proto)
{
    ext_menu_t *menu = ext_menubar_register_menu(proto, "Malflow", TRUE);

    ext_menubar_set_parentmenu(menu, "Statistics");
    mf_window_register(menu);
    ext_menubar_add_separator(menu);
    mf_table_windows_each(add_table, menu);
}
