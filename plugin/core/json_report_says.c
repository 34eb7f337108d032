/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a session says, in fields: names that are looked up, TLS, mail, requests. Summaries keep
 * text that is short (MF_SUMMARY_TEXT) and escaped; what is told here is as short.
 */
#include "json_report_private.h"

#include <string.h>

/* --- dns --- */

/* "example.org." -> "example.org" */
static void
append_name(GString *out, const char *key, const char *name)
{
    const size_t n = strlen(name);

    mf_json_bytes(out, key, name, n > 1 && name[n - 1] == '.' ? n - 1 : n);
}

/* Calls of APPEND with each of ANSWERS ("a, b"). */
static void
append_answers(GString *out, const char *key, const char *answers,
               void (*append)(GString *out, const char *answer))
{
    const size_t list = mf_json_open_list(out, key);
    char **each = g_strsplit(answers, ", ", -1);

    for (char **at = each; *at != NULL; at++)
        append(out, *at);
    g_strfreev(each);
    mf_json_close(out, list);
}

static void
append_data(GString *out, const char *answer)
{
    const size_t object = mf_json_open_object(out, NULL);

    append_name(out, "data", answer);
    mf_json_close(out, object);
}

static void
append_if_address(GString *out, const char *answer)
{
    if (g_hostname_is_ip_address(answer))
        mf_json_string(out, NULL, answer);
}

static void
append_dns(GString *out, const struct mf_summary_names *names)
{
    const size_t dns = mf_json_open_object(out, "dns"),
                 question = mf_json_open_object(out, "question");

    if (names->asked != NULL) {
        append_name(out, "name", names->asked);
        mf_json_string(out, "type", names->type_name);
    }
    mf_json_close(out, question);
    if (names->answers != NULL) {
        append_answers(out, "answers", names->answers, append_data);
        append_answers(out, "resolved_ip", names->answers, append_if_address);
    }
    mf_json_string(out, "response_code", names->response);
    mf_json_close(out, dns);
}

/* --- details --- */

struct collected {
    GPtrArray *texts[MF_DETAILS];
};

static void
collect(void *user, const struct mf_detail *detail)
{
    struct collected *collected = user;

    if (collected->texts[detail->kind] == NULL)
        collected->texts[detail->kind] = g_ptr_array_new();
    g_ptr_array_add(collected->texts[detail->kind], (gpointer)detail->text);
}

static const char *
first_of(const struct collected *collected, enum mf_detail_kind kind)
{
    return collected->texts[kind] != NULL ? g_ptr_array_index(collected->texts[kind], 0) : NULL;
}

static void
append_all(GString *out, const char *key, const GPtrArray *texts)
{
    const size_t list = mf_json_open_list(out, key);

    for (guint i = 0; texts != NULL && i < texts->len; i++)
        mf_json_string(out, NULL, g_ptr_array_index(texts, i));
    mf_json_close(out, list);
}

static void
append_distinguished(GString *out, const char *key, const char *name)
{
    const size_t object = mf_json_open_object(out, key);

    mf_json_string(out, "distinguished_name", name);
    mf_json_close(out, object);
}

/* ECS has fingerprints in upper case without colons. */
static void
append_fingerprint(GString *out, const char *fingerprint)
{
    const size_t hash = mf_json_open_object(out, "hash");
    char **bytes;
    char *all, *upper;

    if (fingerprint != NULL) {
        bytes = g_strsplit(fingerprint, ":", -1);
        all = g_strjoinv("", bytes);
        upper = g_ascii_strup(all, -1);
        mf_json_string(out, "sha1", upper);
        g_free(upper);
        g_free(all);
        g_strfreev(bytes);
    }
    mf_json_close(out, hash);
}

static void
append_tls(GString *out, const struct collected *collected)
{
    const size_t tls = mf_json_open_object(out, "tls");
    size_t side = mf_json_open_object(out, "client"), x509;

    mf_json_string(out, "server_name", first_of(collected, MF_DETAIL_SERVER_NAME));
    mf_json_string(out, "ja3", first_of(collected, MF_DETAIL_JA3));
    mf_json_string(out, "ja4", first_of(collected, MF_DETAIL_JA4));
    mf_json_close(out, side);
    side = mf_json_open_object(out, "server");
    mf_json_string(out, "ja3s", first_of(collected, MF_DETAIL_JA3S));
    append_fingerprint(out, first_of(collected, MF_DETAIL_CERT_SHA1));
    x509 = mf_json_open_object(out, "x509");
    append_distinguished(out, "subject", first_of(collected, MF_DETAIL_CERT_SUBJECT));
    append_distinguished(out, "issuer", first_of(collected, MF_DETAIL_CERT_ISSUER));
    mf_json_close(out, x509);
    mf_json_close(out, side);
    mf_json_close(out, tls);
}

static void
append_email(GString *out, const struct collected *collected)
{
    const size_t email = mf_json_open_object(out, "email"), from = mf_json_open_object(out, "from");

    append_all(out, "address", collected->texts[MF_DETAIL_MAIL_FROM]);
    mf_json_close(out, from);
    append_all(out, "subject", collected->texts[MF_DETAIL_MAIL_SUBJECT]);
    mf_json_close(out, email);
}

/* --- requests --- */

/* WHERE: "host/uri", "host:port" (CONNECT), "/uri" where no host was named, "host *". */
static void
append_url(GString *out, const struct mf_session *session, const char *where)
{
    const bool tls = session->app != NULL && g_str_has_prefix(session->app, "TLS");
    const size_t host = strcspn(where, "/ ?"),
                 name = *where == '[' ? strcspn(where, "]") + 1 : strcspn(where, "/ ?:");
    const size_t url = mf_json_open_object(out, "url");
    char *full;

    mf_json_string(out, "original", where);
    if (host > 0 && name <= host) {
        mf_json_bytes(out, "domain", where, name);
        full = g_strconcat(tls ? "https://" : "http://", where, NULL);
        if (strchr(where, ' ') == NULL)
            mf_json_string(out, "full", full);
        g_free(full);
    }
    if (where[host] == '/')
        mf_json_bytes(out, "path", where + host, strcspn(where + host, "?"));
    mf_json_close(out, url);
}

static void
append_http(GString *out, const struct mf_summary_item *item, size_t method)
{
    const size_t http = mf_json_open_object(out, "http");
    size_t part = mf_json_open_object(out, "request");

    if (method > 0)
        mf_json_bytes(out, "method", item->request, method);
    mf_json_close(out, part);
    part = mf_json_open_object(out, "response");
    if (item->status != 0)
        mf_json_number(out, "status_code", item->status);
    mf_json_string(out, "mime_type", item->type);
    mf_json_close(out, part);
    mf_json_close(out, http);
}

void
mf_json_request(const struct mf_json_report *report, const struct mf_session *session,
                const struct mf_summary_item *item)
{
    const size_t method = item->request != NULL ? strcspn(item->request, " ") : 0;
    const char *where = item->request != NULL ? item->request + method : "";
    size_t agent;

    append_http(report->out, item, method);
    if (where[0] == ' ' && where[1] != '\0')
        append_url(report->out, session, where + 1);
    agent = mf_json_open_object(report->out, "user_agent");
    mf_json_string(report->out, "original",
                   g_hash_table_lookup(report->agents, GUINT_TO_POINTER(item->frame)));
    mf_json_close(report->out, agent);
}

/* --- the session --- */

static void
append_details(GString *out, const struct mf_session *session)
{
    struct collected collected = {{NULL}};
    const struct mf_detail_taker taker = {collect, &collected};

    mf_summary_details(session, &taker);
    append_tls(out, &collected);
    append_email(out, &collected);
    for (size_t i = 0; i < MF_DETAILS; i++)
        if (collected.texts[i] != NULL)
            g_ptr_array_free(collected.texts[i], TRUE);
}

void
mf_json_says(const struct mf_json_report *report, const struct mf_session *session)
{
    struct mf_summary_names names;
    struct mf_summary_item item;

    if (session->summary == NULL)
        return;
    mf_summary_names(session, &names);
    append_dns(report->out, &names);
    append_details(report->out, session);
    if (mf_summary_count(session) > 0) {
        mf_summary_item(session, 0, &item);
        mf_json_request(report, session, &item);
    }
}
