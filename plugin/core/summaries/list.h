/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A short list of interned texts, each once, as summaries keep them: nicks, channels, files. Zeroed
 * memory is an empty list. */
#ifndef MALFLOW_CORE_SUMMARIES_LIST_H
#define MALFLOW_CORE_SUMMARIES_LIST_H

#include "../summary.h"

struct mf_text_list {
    const char **items;
    uint32_t n;
    uint32_t lost; /* over MF_SUMMARY_ITEMS */
};

/* TEXT is interned. NULL, "" and what is there already are not added. */
void
mf_text_list_add(struct mf_text_list *list, const struct mf_summary_context *context,
                 const char *text);

/* "a, b, c" or, with more than MAX, "a, b, 7 more". */
void
mf_text_list_append(const struct mf_text_list *list, unsigned max, GString *out);

/* ", 7 more THINGS", or nothing when N is 0. */
void
mf_append_more(GString *out, uint64_t n, const char *thing);

/* ", " unless OUT ends where it was LONG: puts a separator before all but the first part. */
void
mf_append_separator(GString *out, size_t was_long);

/* What stands behind the last '/' or '\\' of PATH; PATH itself if that is nothing. */
const char *
mf_base_name(const char *path);

void
mf_text_list_clear(struct mf_text_list *list);

size_t
mf_text_list_size(const struct mf_text_list *list);

#endif
