/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "list.h"

static bool
has(const struct mf_text_list *list, const char *text)
{
    for (unsigned i = 0; i < list->n; i++)
        if (list->items[i] == text)
            return true;
    return false;
}

void
mf_text_list_add(struct mf_text_list *list, const struct mf_summary_context *context,
                 const char *text)
{
    if (text == NULL || text[0] == '\0' || has(list, text))
        return;
    if (list->n == MF_SUMMARY_ITEMS) {
        list->lost++;
        context->counters->summary_items_lost++;
        return;
    }
    if ((list->n & (list->n - 1)) == 0)
        list->items = g_renew(const char *, list->items, MAX(list->n * 2, 1));
    list->items[list->n++] = text;
}

void
mf_append_more(GString *out, uint64_t n, const char *thing)
{
    if (n > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " more%s%s%s", n,
                               thing[0] != '\0' ? " " : "", thing,
                               thing[0] != '\0' && n > 1 ? "s" : "");
}

void
mf_append_separator(GString *out, size_t was_long)
{
    if (out->len > was_long)
        g_string_append(out, ", ");
}

void
mf_text_list_append(const struct mf_text_list *list, unsigned max, GString *out)
{
    unsigned n = MIN(list->n, max);
    size_t start = out->len;

    for (unsigned i = 0; i < n; i++) {
        mf_append_separator(out, start);
        g_string_append(out, list->items[i]);
    }
    mf_append_more(out, (uint64_t)list->n - n + list->lost, "");
}

const char *
mf_base_name(const char *path)
{
    const char *name = path;

    for (const char *at = path; *at != '\0'; at++)
        if ((*at == '/' || *at == '\\') && at[1] != '\0')
            name = at + 1;
    return name;
}

void
mf_text_list_clear(struct mf_text_list *list)
{
    g_clear_pointer(&list->items, g_free);
    list->n = 0;
}

size_t
mf_text_list_size(const struct mf_text_list *list)
{
    return list->n * sizeof *list->items;
}
