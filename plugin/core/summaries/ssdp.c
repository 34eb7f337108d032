/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SSDP: searches, announcements and answers, each kind once with its count: "M-SEARCH * (3)". */
#include "list.h"
#include "table.h"

/* Kinds of request told. */
#define KINDS 4

struct ssdp {
    const char *request[KINDS]; /* "NOTIFY *" */
    uint32_t n[KINDS];
    uint32_t responses, other;
};

static void
take_request(struct ssdp *ssdp, const char *request)
{
    for (unsigned i = 0; i < KINDS; i++) {
        if (ssdp->request[i] == NULL)
            ssdp->request[i] = request;
        if (ssdp->request[i] == request) {
            ssdp->n[i]++;
            return;
        }
    }
    ssdp->other++;
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    const struct mf_buffer *method = mf_message_find(message, MF_BUF_HTTP_METHOD);
    const struct mf_buffer *uri = mf_message_find(message, MF_BUF_HTTP_URI);
    struct ssdp *ssdp = state;
    GString *text;

    if (method == NULL) {
        ssdp->responses += mf_message_find(message, MF_BUF_HTTP_STATUS) != NULL;
        return;
    }
    text = g_string_new_len((const char *)method->data, MIN(method->length, 32));
    if (uri != NULL) {
        g_string_append_c(text, ' ');
        g_string_append_len(text, (const char *)uri->data, MIN(uri->length, MF_SUMMARY_TEXT));
    }
    take_request(ssdp, mf_summary_intern(context, (const uint8_t *)text->str, text->len));
    g_string_free(text, TRUE);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct ssdp *ssdp = state;
    size_t start = out->len;

    (void)session;
    for (unsigned i = 0; i < KINDS && ssdp->request[i] != NULL; i++) {
        mf_append_separator(out, start);
        g_string_append(out, ssdp->request[i]);
        if (ssdp->n[i] > 1)
            g_string_append_printf(out, " (%u)", ssdp->n[i]);
    }
    if (ssdp->responses > 0) {
        mf_append_separator(out, start);
        g_string_append_printf(out, "response (%u)", ssdp->responses);
    }
    mf_append_more(out, ssdp->other, "");
}

const struct mf_summary_protocol mf_summary_row_ssdp = {
    .name = "SSDP",
    .size = sizeof(struct ssdp),
    .update = update,
    .format = format,
};
