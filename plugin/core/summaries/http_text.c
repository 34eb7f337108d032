/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "http.h"
#include "list.h"

/* ", 37974 byte", ", 105472 byte announced, 1448 received, incomplete". */
static void
append_size(const struct mf_http_exchange *exchange, GString *out)
{
    const bool sized = (exchange->flags & MF_HTTP_SIZED) != 0;
    const bool provisional = (exchange->flags & MF_HTTP_PROVISIONAL) != 0;

    if (!sized && !provisional)
        return;
    if (!sized) {
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " byte received, incomplete",
                               exchange->received);
        return;
    }
    g_string_append_printf(out, ", %" G_GUINT64_FORMAT " byte", exchange->size);
    if (provisional && exchange->received < exchange->size)
        g_string_append_printf(out, " announced, %" G_GUINT64_FORMAT " received, incomplete",
                               exchange->received);
    else if ((exchange->flags & MF_HTTP_ANNOUNCED) != 0)
        g_string_append(out, " announced, incomplete");
}

static void
append_response(const struct mf_http_exchange *exchange, GString *out)
{
    g_string_append_printf(out, "%u", exchange->status);
    if (exchange->type != NULL)
        g_string_append_printf(out, " %s", exchange->type);
    if (!mf_http_is_bodiless(exchange) ||
        (exchange->flags & (MF_HTTP_SIZED | MF_HTTP_PROVISIONAL)) == MF_HTTP_SIZED)
        append_size(exchange, out);
}

static void
append_exchange(const struct mf_http_exchange *exchange, GString *out)
{
    if (exchange->request == NULL) {
        g_string_append(out, "response ");
        append_response(exchange, out);
        return;
    }
    g_string_append_printf(out, "%s (", exchange->request);
    if (exchange->status != 0)
        append_response(exchange, out);
    else
        g_string_append(out, "no response");
    g_string_append_c(out, ')');
}

void
mf_http_format(const void *state, const struct mf_session *session, GString *out)
{
    const struct mf_http *http = state;

    (void)session;
    if (http->n == 0)
        return;
    append_exchange(&http->items[0], out);
    mf_append_more(out, (uint64_t)http->n - 1 + http->lost, "request");
}

void
mf_http_format_item(const void *state, unsigned index, GString *out)
{
    append_exchange(&((const struct mf_http *)state)->items[index], out);
}
