/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "diag.h"

#include "text.h"

struct mf_diags {
    GArray *list;
};

static void
diag_clear(gpointer item)
{
    struct mf_diag *diag = item;

    g_free(diag->file);
    g_free(diag->message);
}

struct mf_diags *
mf_diags_new(void)
{
    struct mf_diags *diags = g_new(struct mf_diags, 1);

    diags->list = g_array_new(FALSE, FALSE, sizeof(struct mf_diag));
    g_array_set_clear_func(diags->list, diag_clear);
    return diags;
}

void
mf_diags_free(struct mf_diags *diags)
{
    if (diags == NULL)
        return;
    g_array_free(diags->list, TRUE);
    g_free(diags);
}

void
mf_diags_add(struct mf_diags *diags, const char *file, unsigned line, unsigned column,
             const char *format, ...)
{
    struct mf_diag diag = {.file = g_strdup(file), .line = line, .column = column};
    va_list args;

    va_start(args, format);
    diag.message = g_strdup_vprintf(format, args);
    va_end(args);
    g_array_append_val(diags->list, diag);
}

unsigned
mf_diags_count(const struct mf_diags *diags)
{
    return diags->list->len;
}

const struct mf_diag *
mf_diags_get(const struct mf_diags *diags, unsigned index)
{
    return &g_array_index(diags->list, struct mf_diag, index);
}

char *
mf_diag_format(const struct mf_diag *diag)
{
    GString *out = g_string_new(NULL);

    if (diag->file != NULL) {
        mf_text_append_string(out, diag->file);
        if (diag->line != 0)
            g_string_append_printf(out, ":%u", diag->line);
        if (diag->line != 0 && diag->column != 0)
            g_string_append_printf(out, ":%u", diag->column);
        g_string_append(out, ": ");
    }
    mf_text_append_string(out, diag->message);
    return g_string_free(out, FALSE);
}
