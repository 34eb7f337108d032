/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests as data: one test for each row of a table. */
#ifndef MALFLOW_TESTS_ROWS_H
#define MALFLOW_TESTS_ROWS_H

#include <glib.h>

/* Adds a test PREFIX/NUMBER that gives RUN a row, for each of N ROWS of SIZE bytes; they are kept.
 */
static inline void
rows_add(const char *prefix, const void *rows, size_t size, unsigned n, GTestDataFunc run)
{
    for (unsigned i = 0; i < n; i++) {
        char *path = g_strdup_printf("%s/%u", prefix, i);

        g_test_add_data_func(path, (const char *)rows + i * size, run);
        g_free(path);
    }
}

/* The same with an array. */
#define ROWS_ADD(prefix, rows, run) rows_add(prefix, rows, sizeof *(rows), G_N_ELEMENTS(rows), run)

#endif
