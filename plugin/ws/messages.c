/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "messages.h"

#include "compat.h"

#include <wsutil/report_message.h>

void
mf_messages_show(const char *about, const struct mf_diags *diags)
{
    enum { SHOWN = 20 };
    unsigned count = mf_diags_count(diags);
    GString *text = g_string_new(NULL);

    for (unsigned i = 0; i < MIN(count, SHOWN); i++) {
        char *line = mf_diag_format(mf_diags_get(diags, i));

        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", line);
        g_free(line);
    }
    if (count > SHOWN)
        g_string_append_printf(text, "\n... and %u more", count - SHOWN);
    if (count > 0)
        report_warning("%s:\n%s", about, text->str);
    g_string_free(text, TRUE);
}

void
mf_messages_warn(const char *about, const char *text)
{
    report_warning("%s: %s", about, text);
}
