/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a display filter chose. */
#ifndef MALFLOW_CORE_CHOSEN_H
#define MALFLOW_CORE_CHOSEN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Whether NUMBER is in CHOSEN, a set of GUINT_TO_POINTER(number); NULL: all are. Sets of GLib take
 * no const. */
static inline bool
mf_is_chosen(const GHashTable *chosen, uint32_t number)
{
    return chosen == NULL || g_hash_table_contains((GHashTable *)chosen, GUINT_TO_POINTER(number));
}

#endif
