/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules as data: options, payload, how often they match in a stream. Every row runs on the stream
 * whole, cut in two at every place, and byte by byte; and on a buffer, where it fires once. */
#ifndef MALFLOW_TESTS_RULES_ROWS_H
#define MALFLOW_TESTS_RULES_ROWS_H

#include "rows.h"
#include "rules_kit.h"

struct rules_row {
    const char *options, *payload;
    unsigned expected;
};

static inline void
rules_row_run(gconstpointer data)
{
    const struct rules_row *row = data;
    GByteArray *payload = kit_bytes(row->payload);
    char *options = g_strconcat("file.data; ", row->options, NULL);
    struct kit kit;

    g_test_message("%s on %s", row->options, row->payload);
    kit_open_options(&kit, row->options);
    g_assert_cmpuint(kit_stream(&kit, payload, payload->len, 1), ==, row->expected);
    g_assert_cmpuint(kit_stream(&kit, payload, 1, 1), ==, row->expected);
    for (size_t cut = 1; cut < payload->len; cut++)
        g_assert_cmpuint(kit_stream(&kit, payload, cut, payload->len), ==, row->expected);
    g_assert_cmpuint(kit.counters.rule_limits + kit.counters.pcre_limits, ==, 0);
    kit_close(&kit);
    if (*row->options != '\0') {
        kit_open_options(&kit, options);
        g_assert_cmpuint(kit_buffer(&kit, MF_BUF_FILE_DATA, payload), ==, row->expected > 0);
        g_assert_cmpuint(kit_buffer(&kit, MF_BUF_HTTP_URI, payload), ==, 0);
        kit_close(&kit);
    }
    g_free(options);
    g_byte_array_unref(payload);
}

/* Adds a test PREFIX/N for each row; the rows are kept. */
static inline void
rules_rows_add(const char *prefix, const struct rules_row *rows, unsigned n)
{
    rows_add(prefix, rows, sizeof *rows, n, rules_row_run);
}

#endif
