/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list itself: what makes a value an indicator, and what it has in common with the one that is
 * there already. Values are compared as they are written, names in lower case.
 */
#include "indicators_private.h"

#include "fold_names.h"
#include "moments.h"
#include "text.h"

#include <arpa/inet.h>
#include <string.h>

/* --- what is kept apart --- */

/* Whom everybody asks for names; vendors publish these addresses. */
static const char *const resolvers[] = {
    "8.8.8.8",
    "8.8.4.4",
    "1.1.1.1",
    "1.0.0.1",
    "9.9.9.9",
    "149.112.112.112",
    "208.67.222.222",
    "208.67.220.220",
    "64.6.64.6",
    "64.6.65.6",
    "94.140.14.14",
    "2001:4860:4860::8888",
    "2001:4860:4860::8844",
    "2606:4700:4700::1111",
    "2606:4700:4700::1001",
    "2620:fe::fe",
};

/* Names that no name server of the Internet knows: RFC 6761, 6762, 8375, ICANN's .internal. */
static const char *const private_ends[] = {".local",        ".localdomain", ".lan",  ".internal",
                                           ".home.arpa",    ".localhost",   ".home", ".corp",
                                           ".in-addr.arpa", ".ip6.arpa"};

static bool
has_end(const char *name, const char *const *ends, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (g_str_has_suffix(name, ends[i]))
            return true;
    return false;
}

static enum mf_apart
apart_of_name(const char *name)
{
    if (strchr(name, '.') == NULL || has_end(name, private_ends, G_N_ELEMENTS(private_ends)))
        return MF_APART_PRIVATE;
    return mf_fold_is_system_service(name) || mf_fold_is_connectivity_check(name, NULL)
               ? MF_APART_WELL_KNOWN
               : MF_APART_NOT;
}

static enum mf_apart
apart_of_address(const struct mf_addr *addr, const char *text)
{
    if (mf_addr_is_private(addr) || mf_addr_is_group(addr) || mf_addr_is_none(addr))
        return MF_APART_PRIVATE;
    for (unsigned i = 0; i < G_N_ELEMENTS(resolvers); i++)
        if (strcmp(text, resolvers[i]) == 0)
            return MF_APART_WELL_KNOWN;
    return MF_APART_NOT;
}

/* --- adding --- */

static void
merge(struct mf_indicator *there, const struct mf_indicator *more)
{
    there->roles |= more->roles;
    there->suspected = there->suspected && more->suspected;
    if (more->frame >= there->frame)
        return;
    there->time = more->time;
    there->session = more->session;
    there->frame = more->frame;
    there->why = more->why;
}

static void
add(struct mf_indicators *indicators, const struct mf_indicator_context *context,
    enum mf_indicator_kind kind, const char *value, enum mf_apart apart)
{
    const struct mf_session *session = context->session;
    const uint32_t frame = context->frame != 0 ? context->frame : session->first_frame;
    struct mf_indicator indicator = {
        .time = context->time != 0 ? context->time
                                   : mf_moment_of_frame(indicators->engine, session, frame),
        .session = session->id,
        .frame = frame,
        .kind = (uint8_t)kind,
        .apart = (uint8_t)apart,
        .suspected = context->suspected,
        .roles = 1u << context->role,
        .why = mf_interned_add(indicators->texts, context->why)};
    char *key = g_strdup_printf("%u %s", kind, value);
    const guint at = GPOINTER_TO_UINT(g_hash_table_lookup(indicators->known, key));

    if (at != 0) {
        merge(&g_array_index(indicators->list, struct mf_indicator, at - 1), &indicator);
        g_free(key);
        return;
    }
    indicator.value = mf_interned_add(indicators->texts, value);
    g_array_append_val(indicators->list, indicator);
    g_hash_table_insert(indicators->known, key, GUINT_TO_POINTER(indicators->list->len));
}

void
mf_indicator_add(struct mf_indicators *indicators, const struct mf_indicator_context *context,
                 enum mf_indicator_kind kind, const char *value)
{
    if (value != NULL && *value != '\0')
        add(indicators, context, kind, value, MF_APART_NOT);
}

void
mf_indicator_add_address(struct mf_indicators *indicators,
                         const struct mf_indicator_context *context, const struct mf_addr *addr)
{
    GString *text = g_string_new(NULL);

    mf_addr_append(text, addr);
    add(indicators, context, MF_INDICATOR_ADDRESS, text->str, apart_of_address(addr, text->str));
    g_string_free(text, TRUE);
}

/* --- hosts --- */

/* Whether NAME can be one of DNS. What is not looks like nothing that could be blocked. */
static bool
is_name(const char *name)
{
    return *name != '\0' && *name != '.' && *name != '-' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.")] == '\0';
}

static bool
read_address(const char *host, struct mf_addr *addr)
{
    uint8_t bytes[16];

    if (inet_pton(AF_INET, host, bytes) == 1)
        *addr = mf_addr_from_ipv4(bytes);
    else if (inet_pton(AF_INET6, host, bytes) == 1)
        *addr = mf_addr_from_ipv6(bytes);
    else
        return false;
    return true;
}

/* HOST without a port, brackets and a dot at the end, in lower case. The caller frees. */
static char *
bare_host(const char *host)
{
    const size_t length = *host == '[' ? strcspn(host, "]") : strcspn(host, ":");
    char *bare = g_ascii_strdown(host + (*host == '['), (gssize)(length - (*host == '[')));
    size_t n = strlen(bare);

    while (n > 0 && bare[n - 1] == '.')
        bare[--n] = '\0';
    return bare;
}

/* How HOST is to be taken; an address is read into ADDR. */
static enum mf_apart
apart_of_host(const char *bare, struct mf_addr *addr, bool *is_address)
{
    *is_address = read_address(bare, addr);
    return *is_address ? apart_of_address(addr, bare) : apart_of_name(bare);
}

void
mf_indicator_add_host(struct mf_indicators *indicators, const struct mf_indicator_context *context,
                      const char *host)
{
    char *bare = bare_host(host);
    struct mf_addr addr;
    bool is_address;
    const enum mf_apart apart = apart_of_host(bare, &addr, &is_address);

    if (is_address)
        mf_indicator_add_address(indicators, context, &addr);
    else if (is_name(bare))
        add(indicators, context, MF_INDICATOR_DOMAIN, bare, apart);
    g_free(bare);
}

/* --- requests --- */

static bool
is_inside_tls(const struct mf_session *session)
{
    return session->app != NULL && strstr(session->app, "TLS:") != NULL;
}

/* REQUEST is "GET host/uri"; a text of the full length was cut. */
static void
add_url(struct mf_indicators *indicators, const struct mf_indicator_context *context,
        const char *request)
{
    const char *place = strchr(request, ' ');
    char *url, *host, *bare;
    struct mf_addr addr;
    bool is_address;

    if (place == NULL || g_str_has_prefix(request, "CONNECT "))
        return;
    if (strlen(request) >= MF_SUMMARY_TEXT || strchr(place + 1, ' ') != NULL) {
        indicators->cut++;
        return;
    }
    host = g_strndup(place + 1, strcspn(place + 1, "/?"));
    bare = bare_host(host);
    url = g_strconcat(is_inside_tls(context->session) ? "https://" : "http://", place + 1, NULL);
    add(indicators, context, MF_INDICATOR_URL, url, apart_of_host(bare, &addr, &is_address));
    g_free(url);
    g_free(bare);
    g_free(host);
}

struct agent_search {
    uint32_t frame;
    const char *agent;
};

static void
take_agent(void *user, const struct mf_detail *detail)
{
    struct agent_search *search = user;

    if (detail->kind == MF_DETAIL_USER_AGENT && detail->frame == search->frame)
        search->agent = detail->text;
}

void
mf_indicator_add_request(struct mf_indicators *indicators,
                         const struct mf_indicator_context *context, unsigned index)
{
    struct mf_indicator_context of = *context;
    struct agent_search search = {0};
    struct mf_summary_item item;
    const char *place;
    char *host;

    mf_summary_item(context->session, index, &item);
    place = item.request != NULL ? strchr(item.request, ' ') : NULL;
    if (place == NULL)
        return;
    of.frame = search.frame = item.frame;
    of.time = item.time;
    host = g_strndup(place + 1, strcspn(place + 1, "/? "));
    mf_indicator_add_host(indicators, &of, host);
    g_free(host);
    add_url(indicators, &of, item.request);
    mf_summary_details(context->session, &(struct mf_detail_taker){take_agent, &search});
    mf_indicator_add(indicators, &of, MF_INDICATOR_USER_AGENT, search.agent);
}

/* --- what others ask --- */

uint32_t
mf_indicators_count(const struct mf_indicators *indicators)
{
    return indicators->list->len;
}

const struct mf_indicator *
mf_indicators_get(const struct mf_indicators *indicators, uint32_t index)
{
    return &g_array_index(indicators->list, struct mf_indicator, index);
}

uint32_t
mf_indicators_cut(const struct mf_indicators *indicators)
{
    return indicators->cut;
}
