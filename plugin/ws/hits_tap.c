/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -z malflow,hits: a text of our own. tshark's general tables are filled packet by packet and never
 * told of the end of the capture, so they would lack what is found late.
 */
#include "core/hits.h"
#include "tap.h"

static void
draw(const struct mf_output *output)
{
    struct mf_hit_table *table = mf_hit_table_new(output->engine, output->options);
    GString *text = g_string_new(NULL);

    for (uint32_t id = 1; id <= mf_engine_session_count(output->engine); id++)
        if (mf_output_tells(output, id))
            mf_hit_table_add(table, id);
    mf_hit_table_sort(table);
    mf_hit_table_append_text(table, text);
    mf_output_print(text);
    g_string_free(text, TRUE);
    mf_hit_table_free(table);
}

const struct mf_output_kind mf_output_hits = {
    .name = "hits",
    .draw = draw,
    .options = &mf_hit_option_list,
    .options_size = sizeof(struct mf_hit_options),
};
