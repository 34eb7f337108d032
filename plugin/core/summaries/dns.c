/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DNS, mDNS and LLMNR: the first question and its answers, "example.org. AAAA (2001:db8::1)". There
 * are as many DNS sessions as anything else in a capture, so the answers are kept as one interned
 * text (the same answer to the same question costs nothing) instead of a list. The engine makes one
 * session per transaction; only TCP and mDNS put several questions into one, and those are counted.
 */
#include "list.h"
#include "table.h"

#include <string.h>

/* Longest text of all answers together. */
#define ANSWERS_MAX 1024

struct dns {
    const char *query;   /* NULL: none seen */
    const char *answers; /* "a, b"; NULL: none */
    uint32_t more;       /* further questions */
    uint32_t lost;       /* answers that found no room */
    uint16_t type;
    uint8_t n_answers;
    uint8_t rcode;
    bool asked, answered;
};

/* Sorted. Source: https://www.iana.org/assignments/dns-parameters/. */
static const struct {
    uint16_t type;
    const char *name;
} types[] = {
    {1, "A"},      {2, "NS"},      {5, "CNAME"},  {6, "SOA"},    {10, "NULL"},  {12, "PTR"},
    {13, "HINFO"}, {15, "MX"},     {16, "TXT"},   {24, "SIG"},   {25, "KEY"},   {28, "AAAA"},
    {33, "SRV"},   {35, "NAPTR"},  {39, "DNAME"}, {41, "OPT"},   {43, "DS"},    {46, "RRSIG"},
    {47, "NSEC"},  {48, "DNSKEY"}, {50, "NSEC3"}, {52, "TLSA"},  {64, "SVCB"},  {65, "HTTPS"},
    {99, "SPF"},   {249, "TKEY"},  {250, "TSIG"}, {251, "IXFR"}, {252, "AXFR"}, {255, "ANY"},
    {256, "URI"},  {257, "CAA"},
};

static const char *const rcodes[] = {
    [0] = "NOERROR", [1] = "FORMERR", [2] = "SERVFAIL", [3] = "NXDOMAIN",
    [4] = "NOTIMP",  [5] = "REFUSED", [6] = "YXDOMAIN", [7] = "YXRRSET",
    [8] = "NXRRSET", [9] = "NOTAUTH", [10] = "NOTZONE",
};

/* --- reading --- */

static void
take_question(struct dns *dns, const struct mf_summary_context *context,
              const struct mf_message *message, unsigned at)
{
    const char *query = mf_summary_text(context, &message->buffers[at]);
    uint16_t type = 0;

    if (at + 1 < message->n_buffers && message->buffers[at + 1].id == MF_BUF_DNS_QUERY_TYPE)
        type = (uint16_t)message->buffers[at + 1].number;
    if (dns->query != NULL) {
        dns->more += query != dns->query || type != dns->type;
        return;
    }
    dns->query = query;
    dns->type = type;
}

/* Whether the message answers the question that is told. Unasked answers (mDNS) repeat none. */
static bool
is_about(const struct dns *dns, const struct mf_message *message)
{
    const struct mf_buffer *query = mf_message_find(message, MF_BUF_DNS_QUERY);
    char room[MF_SUMMARY_ROOM];

    if (query == NULL || dns->query == NULL)
        return (query == NULL && dns->query == NULL) || !dns->asked;
    return g_ascii_strcasecmp(mf_summary_write(room, query->data, query->length), dns->query) ==
               0 &&
           mf_message_number(message, MF_BUF_DNS_QUERY_TYPE, dns->type) == dns->type;
}

static void
append_value(GString *out, const struct mf_buffer *value)
{
    struct mf_addr addr;

    if (value->id == MF_BUF_DNS_A && value->length == 4)
        addr = mf_addr_from_ipv4(value->data);
    else if (value->id == MF_BUF_DNS_AAAA && value->length == 16)
        addr = mf_addr_from_ipv6(value->data);
    else
        return;
    mf_addr_append(out, &addr);
}

/* Whether TEXT stands in LIST ("a, b"). */
static bool
is_listed(const char *list, const char *text)
{
    size_t n = strlen(text);

    for (const char *at = list; at != NULL && (at = strstr(at, text)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ','))
            return true;
    return false;
}

static void
add_answer(struct dns *dns, const struct mf_summary_context *context, GString *list,
           const struct mf_buffer *value)
{
    GString *text = g_string_new(NULL);

    if (value->id == MF_BUF_DNS_NAME || value->id == MF_BUF_DNS_TXT)
        g_string_append(text, mf_summary_text(context, value));
    else
        append_value(text, value);
    if (text->len == 0 || is_listed(list->str, text->str)) {
        g_string_free(text, TRUE);
        return;
    }
    if (dns->n_answers == MF_SUMMARY_ITEMS || list->len + text->len + 2 > ANSWERS_MAX) {
        dns->lost++;
        context->counters->summary_items_lost++;
    } else {
        mf_append_separator(list, 0);
        g_string_append_len(list, text->str, (gssize)text->len);
        dns->n_answers++;
    }
    g_string_free(text, TRUE);
}

static bool
is_value(enum mf_buffer_id id)
{
    return id == MF_BUF_DNS_A || id == MF_BUF_DNS_AAAA || id == MF_BUF_DNS_NAME ||
           id == MF_BUF_DNS_TXT;
}

/* Authority and additional records follow the answers and answer nothing: only the records that
 * the header counts as answers are taken. */
static void
take_answers(struct dns *dns, const struct mf_summary_context *context,
             const struct mf_message *message)
{
    uint64_t limit = mf_message_number(message, MF_BUF_DNS_ANSWERS, UINT64_MAX), records = 0;
    bool typed = mf_message_find(message, MF_BUF_DNS_ANSWER_TYPE) != NULL;
    GString *list = g_string_new(dns->answers);

    for (unsigned i = 0; i < message->n_buffers && records <= limit; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (typed ? buffer->id == MF_BUF_DNS_ANSWER_TYPE : is_value(buffer->id))
            records++;
        if (is_value(buffer->id) && records <= limit)
            add_answer(dns, context, list, buffer);
    }
    if (list->len > 0)
        dns->answers = mf_interned_add(context->strings, list->str);
    g_string_free(list, TRUE);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct dns *dns = state;
    bool response = mf_message_number(message, MF_BUF_DNS_IS_RESPONSE, 0) != 0;

    if (response && !is_about(dns, message))
        return;
    for (unsigned i = 0; i < message->n_buffers; i++)
        if (message->buffers[i].id == MF_BUF_DNS_QUERY && (!response || dns->query == NULL))
            take_question(dns, context, message, i);
    if (!response) {
        dns->asked = true;
        return;
    }
    dns->answered = true;
    dns->rcode = (uint8_t)(mf_message_number(message, MF_BUF_DNS_RCODE, 0) & 0xff);
    take_answers(dns, context, message);
}

/* --- telling --- */

/* NULL: it has none. */
static const char *
type_name(unsigned type)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(types); i++)
        if (types[i].type == type)
            return types[i].name;
    return NULL;
}

static void
append_type(GString *out, unsigned type)
{
    const char *name = type_name(type);

    if (type == 0 || type == 1)
        return;
    if (name != NULL)
        g_string_append_printf(out, " %s", name);
    else
        g_string_append_printf(out, " TYPE%u", type);
}

static void
append_query(GString *out, const struct dns *dns)
{
    bool root = g_ascii_strcasecmp(dns->query, "<root>") == 0;

    g_string_append(out, root ? "" : dns->query);
    if (!g_str_has_suffix(dns->query, "."))
        g_string_append_c(out, '.');
    append_type(out, dns->type);
}

static void
append_rcode(GString *out, unsigned rcode)
{
    if (rcode < G_N_ELEMENTS(rcodes))
        g_string_append(out, rcodes[rcode]);
    else
        g_string_append_printf(out, "RCODE%u", rcode);
}

static void
append_answers(GString *out, const struct dns *dns)
{
    size_t start = out->len;

    if (dns->answers != NULL)
        g_string_append(out, dns->answers);
    mf_append_more(out, dns->lost, "");
    if (dns->rcode != 0) {
        mf_append_separator(out, start);
        append_rcode(out, dns->rcode);
    }
    if (out->len == start)
        g_string_append(out, dns->answered ? "empty answer" : "no response");
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct dns *dns = state;

    if (dns->query == NULL && dns->answers == NULL)
        return;
    if (dns->query != NULL)
        append_query(out, dns);
    else
        g_string_append(out, "announcement");
    /* Answers to a multicast question come on sessions of their own. */
    if (dns->answered || !mf_addr_is_group(&session->addr[MF_RESP])) {
        g_string_append(out, " (");
        append_answers(out, dns);
        g_string_append_c(out, ')');
    }
    if (dns->more > 0)
        g_string_append_printf(out, ", %u more %s", dns->more,
                               dns->more == 1 ? "query" : "queries");
}

static void
names(const void *state, struct mf_summary_names *out)
{
    const struct dns *dns = state;

    out->asked = dns->query;
    out->answers = dns->answers;
    out->type = dns->type;
    out->type_name = type_name(dns->type);
    if (dns->answered && dns->rcode < G_N_ELEMENTS(rcodes))
        out->response = rcodes[dns->rcode];
    out->failed = dns->rcode != 0;
}

static const char *const aliases[] = {"MDNS", "LLMNR", NULL};

const struct mf_summary_protocol mf_summary_row_dns = {
    .name = "DNS",
    .aliases = aliases,
    .size = sizeof(struct dns),
    .update = update,
    .format = format,
    .names = names,
};
