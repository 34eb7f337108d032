/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kerberos: who asks for a ticket to what, and the answer:
 * "AS-REQ user@REALM -> krbtgt/REALM (KDC_ERR_PREAUTH_REQUIRED)". */
#include "list.h"
#include "table.h"

struct kerberos {
    const char *user, *realm, *service;
    uint32_t more; /* further requests */
    uint32_t error;
    uint8_t request, reply; /* message types; 0: none */
};

struct number_name {
    unsigned number;
    const char *name;
};

enum { AS_REQ = 10, TGS_REQ = 12, AP_REQ = 14, KRB_ERROR = 30 };

/* RFC 4120, 7.5.7. */
static const struct number_name message_types[] = {
    {10, "AS-REQ"}, {11, "AS-REP"},   {12, "TGS-REQ"},  {13, "TGS-REP"},  {14, "AP-REQ"},
    {15, "AP-REP"}, {20, "KRB-SAFE"}, {21, "KRB-PRIV"}, {22, "KRB-CRED"}, {30, "KRB-ERROR"},
};

/* RFC 4120, 7.5.9. */
static const struct number_name errors[] = {
    {3, "KDC_ERR_BAD_PVNO"},
    {6, "KDC_ERR_C_PRINCIPAL_UNKNOWN"},
    {7, "KDC_ERR_S_PRINCIPAL_UNKNOWN"},
    {9, "KDC_ERR_NULL_KEY"},
    {12, "KDC_ERR_POLICY"},
    {13, "KDC_ERR_BADOPTION"},
    {14, "KDC_ERR_ETYPE_NOSUPP"},
    {15, "KDC_ERR_SUMTYPE_NOSUPP"},
    {16, "KDC_ERR_PADATA_TYPE_NOSUPP"},
    {18, "KDC_ERR_CLIENT_REVOKED"},
    {19, "KDC_ERR_SERVICE_REVOKED"},
    {23, "KDC_ERR_KEY_EXPIRED"},
    {24, "KDC_ERR_PREAUTH_FAILED"},
    {25, "KDC_ERR_PREAUTH_REQUIRED"},
    {31, "KRB_AP_ERR_BAD_INTEGRITY"},
    {32, "KRB_AP_ERR_TKT_EXPIRED"},
    {33, "KRB_AP_ERR_TKT_NYV"},
    {34, "KRB_AP_ERR_REPEAT"},
    {37, "KRB_AP_ERR_SKEW"},
    {41, "KRB_AP_ERR_MODIFIED"},
    {52, "KRB_ERR_RESPONSE_TOO_BIG"},
    {60, "KRB_ERR_GENERIC"},
    {68, "KDC_ERR_WRONG_REALM"},
};

static bool
is_request(unsigned type)
{
    return type == AS_REQ || type == TGS_REQ || type == AP_REQ;
}

/* A TGS-REQ carries a ticket with names of its own before its body: the last group of names
 * counts, and a realm opens a group. The parts of one name are joined. */
static void
take_names(struct kerberos *kerberos, const struct mf_summary_context *context,
           const struct mf_message *message)
{
    GString *user = g_string_new(NULL), *service = g_string_new(NULL);

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];
        GString *name = buffer->id == MF_BUF_KRB5_CNAME ? user : service;

        if (buffer->id == MF_BUF_KRB5_REALM) {
            kerberos->realm = mf_summary_text(context, buffer);
            g_string_truncate(service, 0);
        } else if (buffer->id == MF_BUF_KRB5_CNAME || buffer->id == MF_BUF_KRB5_SNAME) {
            if (name->len > 0)
                g_string_append_c(name, '/');
            g_string_append_len(name, (const char *)buffer->data,
                                MIN(buffer->length, MF_SUMMARY_TEXT));
        }
    }
    if (user->len > 0)
        kerberos->user = mf_summary_intern(context, (const uint8_t *)user->str, user->len);
    if (service->len > 0)
        kerberos->service = mf_summary_intern(context, (const uint8_t *)service->str, service->len);
    g_string_free(user, TRUE);
    g_string_free(service, TRUE);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct kerberos *kerberos = state;
    const unsigned type = mf_message_number(message, MF_BUF_KRB5_MSG_TYPE, 0) & 0xff;

    if (type == 0)
        return;
    if (is_request(type)) {
        kerberos->more += kerberos->request != 0;
        if (kerberos->request == 0) {
            kerberos->request = (uint8_t)type;
            take_names(kerberos, context, message);
        }
    } else if (kerberos->reply == 0) {
        kerberos->reply = (uint8_t)type;
        kerberos->error = (uint32_t)mf_message_number(message, MF_BUF_KRB5_ERROR, 0);
        if (kerberos->request == 0)
            take_names(kerberos, context, message);
    }
}

static void
append_number(GString *out, const struct number_name *names, unsigned n, unsigned number)
{
    for (unsigned i = 0; i < n; i++)
        if (names[i].number == number) {
            g_string_append(out, names[i].name);
            return;
        }
    g_string_append_printf(out, "%u", number);
}

static void
append_reply(GString *out, const struct kerberos *kerberos)
{
    if (kerberos->reply == 0)
        g_string_append(out, "no response");
    else if (kerberos->reply == KRB_ERROR)
        append_number(out, errors, G_N_ELEMENTS(errors), kerberos->error);
    else
        append_number(out, message_types, G_N_ELEMENTS(message_types), kerberos->reply);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct kerberos *kerberos = state;

    (void)session;
    if (kerberos->request == 0 && kerberos->reply == 0)
        return;
    if (kerberos->request != 0) {
        append_number(out, message_types, G_N_ELEMENTS(message_types), kerberos->request);
        g_string_append_c(out, ' ');
    }
    if (kerberos->user != NULL)
        g_string_append(out, kerberos->user);
    if (kerberos->realm != NULL)
        g_string_append_printf(out, "@%s", kerberos->realm);
    if (kerberos->service != NULL)
        g_string_append_printf(out, " -> %s", kerberos->service);
    g_string_append(out, out->str[out->len - 1] == ' ' ? "(" : " (");
    append_reply(out, kerberos);
    g_string_append_c(out, ')');
    mf_append_more(out, kerberos->more, "request");
}

const struct mf_summary_protocol mf_summary_row_kerberos = {
    .name = "Kerberos",
    .size = sizeof(struct kerberos),
    .update = update,
    .format = format,
};
