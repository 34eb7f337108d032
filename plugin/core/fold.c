/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One table of purposes, each with a test of what a session is, not of what it claims: a well-known
 * name counts only at an address that a look-up gave for it, a file server only if it is a domain
 * controller, a protocol of the local network only within it. In doubt a session keeps its row.
 */
#include "fold.h"

#include "fold_facts.h"
#include "fold_names.h"

#include <string.h>

enum {
    /* Bytes of the longest NetBIOS session in which nothing was opened. */
    REFUSED_BYTES = 256,
    /* Bytes of the longest NTP packet with a signature. */
    NTP_BYTES = 128,
    /* Bytes each way of the longest connectivity check, and of the data of one echo request. */
    CHECK_BYTES = 4096,
    ECHO_BYTES = 64,
    ECHO_REQUESTS = 8,
    /* A name that is looked up again so many seconds later is no news. */
    REPEAT_S = 10,
};

/* --- what was found --- */

/* Here is the place for all that makes a session remarkable by itself: hits, and with them files;
 * stages. */
static bool
has_finding(const struct mf_session *session)
{
    return session->first_hit != 0;
}

/* How a link of each kind bears on what is folded. That a program came before something says
 * nothing yet; pages name their pictures. */
static const enum {
    IS_ORDINARY,
    IS_OF_PAGES,
    IS_OF_NOTE
} bearing[MF_LINK_KINDS] = {
    [MF_LINK_DNS] = IS_ORDINARY,      [MF_LINK_EXEC] = IS_ORDINARY,   [MF_LINK_URL] = IS_OF_PAGES,
    [MF_LINK_REDIRECT] = IS_OF_PAGES, [MF_LINK_COMMAND] = IS_OF_NOTE, [MF_LINK_DROP] = IS_OF_NOTE,
};

static bool
is_web(const struct mf_session *session)
{
    return mf_session_has_ports(session) &&
           (session->port[MF_RESP] == 80 || session->port[MF_RESP] == 443);
}

/* Whether the link comes from a page in which nothing was found. */
static bool
is_of_page(const struct mf_engine *engine, const struct mf_link *link)
{
    const struct mf_session *page = mf_engine_session(engine, link->cause_session);

    return bearing[link->kind] == IS_OF_PAGES && page != NULL && is_web(page) && !has_finding(page);
}

/* Causes from AT (index + 1) on that are no ordinary ones; those that pages are, if OF_PAGES. */
static bool
has_remarkable_cause(const struct mf_engine *engine, uint32_t at, bool of_pages)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);

    while (at != 0) {
        const struct mf_link *link = mf_correlator_link(correlator, at - 1);

        if (bearing[link->kind] != IS_ORDINARY && !(of_pages && is_of_page(engine, link)))
            return true;
        at = link->next;
    }
    return false;
}

bool
mf_fold_is_of_note(const struct mf_engine *engine, const struct mf_session *session)
{
    return has_finding(session) ||
           has_remarkable_cause(engine, mf_engine_causes(engine, session), false);
}

bool
mf_fold_is_ordinary_link(const struct mf_link *link)
{
    return bearing[link->kind] == IS_ORDINARY;
}

/* --- names --- */

bool
mf_fold_is_app(const struct mf_session *session, const char *const *apps)
{
    for (; session->app != NULL && *apps != NULL; apps++)
        if (g_ascii_strcasecmp(session->app, *apps) == 0)
            return true;
    return false;
}

bool
mf_fold_is_look_up(const struct mf_session *session)
{
    static const char *const apps[] = {"DNS", NULL};

    return session->l4 == MF_L4_UDP && session->port[MF_RESP] == 53 &&
           mf_fold_is_app(session, apps);
}

/* A name that a session gives its server, and the path that it asks for there. */
struct place {
    char *host;
    const char *path; /* NULL: unknown */
};

/* Of "GET host/uri". */
static struct place
place_of(const char *request)
{
    const char *host = strchr(request, ' ');
    size_t length;

    if (host == NULL)
        return (struct place){0};
    length = strcspn(++host, "/ ?");
    return (struct place){g_strndup(host, length), host[length] != '\0' ? host + length : NULL};
}

/* Whether SESSION names its server, and each name is one that TEST wants and a look-up gave. */
static bool
all_places(const struct mf_fold_facts *facts, const struct mf_session *session,
           bool (*test)(const char *host, const char *path))
{
    unsigned count = mf_summary_count(session);
    struct mf_summary_names names;
    bool ok;

    mf_summary_names(session, &names);
    ok = names.server == NULL ||
         (test(names.server, NULL) &&
          mf_fold_knows(facts, mf_fold_pair_text(MF_FACT_NAME, session, names.server)) != 0);
    for (unsigned i = 0; i < count && ok; i++) {
        struct mf_summary_item item;
        struct place place;

        mf_summary_item(session, i, &item);
        if (item.request == NULL)
            return false;
        place = place_of(item.request);
        ok = place.host != NULL && test(place.host, place.path) &&
             mf_fold_knows(facts, mf_fold_pair_text(MF_FACT_NAME, session, place.host)) != 0;
        g_free(place.host);
    }
    return ok && (names.server != NULL || count > 0);
}

void
mf_fold_names(const struct mf_session *session, void (*take)(void *user, const char *text),
              void *user)
{
    unsigned count = mf_summary_count(session);
    struct mf_summary_names names;

    mf_summary_names(session, &names);
    if (names.asked != NULL)
        take(user, names.asked);
    if (names.server != NULL)
        take(user, names.server);
    for (unsigned i = 0; i < count; i++) {
        struct mf_summary_item item;
        struct place place;

        mf_summary_item(session, i, &item);
        place = item.request != NULL ? place_of(item.request) : (struct place){0};
        if (place.host != NULL)
            take(user, place.host);
        g_free(place.host);
    }
}

/* --- purposes --- */

/* Whether ADDR is no host of the Internet: private, link-local, a group, unset. */
static bool
is_local(const struct mf_addr *addr)
{
    const uint8_t *b = addr->bytes;

    if (mf_addr_is_group(addr))
        return true;
    if (!mf_addr_is_ipv4(addr))
        return (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80) || b[0] == 0;
    b += 12;
    return b[0] == 0 || b[0] == 10 || (b[0] == 172 && (b[1] & 0xf0) == 16) ||
           (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254);
}

static bool
is_udp_port(const struct mf_session *session, const uint16_t *ports)
{
    for (; session->l4 == MF_L4_UDP && *ports != 0; ports++)
        if (session->port[MF_RESP] == *ports)
            return true;
    return false;
}

/* RFC 2710, 3810, 4861: membership and neighbours. */
static bool
is_neighbour_discovery(const struct mf_session *session)
{
    unsigned type = session->port[MF_RESP] >> 8;

    return session->l4 == MF_L4_ICMPV6 &&
           ((type >= 130 && type <= 137) || type == 143 || type == 151);
}

static bool
is_local_network(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    static const uint16_t dhcp[] = {67, 68, 546, 547, 0};
    static const char *const igmp[] = {"IGMP", NULL};

    (void)facts;
    return session->l4 == MF_L4_ARP || is_neighbour_discovery(session) ||
           (session->l4 == MF_L4_OTHER && mf_fold_is_app(session, igmp)) ||
           (is_udp_port(session, dhcp) && is_local(&session->addr[MF_RESP]));
}

/* A NetBIOS session that was refused, or given up, before anything was opened in it. */
static bool
is_refused_netbios(const struct mf_session *session)
{
    static const char *const apps[] = {"NBSS", NULL};

    return session->l4 == MF_L4_TCP && session->port[MF_RESP] == 139 &&
           mf_fold_is_app(session, apps) &&
           session->bytes[MF_ORIG] + session->bytes[MF_RESP] <= REFUSED_BYTES;
}

static bool
is_local_names(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    static const uint16_t ports[] = {137, 138, 1900, 3702, 5353, 5355, 0};

    (void)facts;
    return is_local(&session->addr[MF_ORIG]) && is_local(&session->addr[MF_RESP]) &&
           (is_udp_port(session, ports) || is_refused_netbios(session));
}

static bool
is_clock(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    static const char *const apps[] = {"NTP", NULL};

    (void)facts;
    return session->l4 == MF_L4_UDP && session->port[MF_RESP] == 123 &&
           mf_fold_is_app(session, apps) &&
           session->bytes[MF_ORIG] <= (uint64_t)NTP_BYTES * session->packets[MF_ORIG] &&
           session->bytes[MF_RESP] <= (uint64_t)NTP_BYTES * session->packets[MF_RESP];
}

static bool
is_controller(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    static const uint16_t ports[] = {88, 135, 139, 389, 445, 464, 636, 3268, 3269};
    static const char *const apps[] = {"DCERPC", NULL};
    bool served = session->l4 == MF_L4_TCP && mf_fold_is_app(session, apps);

    for (unsigned i = 0; i < G_N_ELEMENTS(ports); i++)
        served = served || (mf_session_has_ports(session) && session->port[MF_RESP] == ports[i]);
    return served &&
           mf_fold_knows(facts, mf_fold_pair_text(MF_FACT_CONTROLLER, session, NULL)) != 0;
}

/* Types by which addresses and services are found; what else there is can carry anything. */
static bool
is_plain_type(unsigned type)
{
    static const uint16_t types[] = {0, 1, 2, 6, 12, 28, 33, 64, 65};

    for (unsigned i = 0; i < G_N_ELEMENTS(types); i++)
        if (types[i] == type)
            return true;
    return false;
}

bool
mf_fold_is_used(const struct mf_fold_facts *facts, const struct mf_session *session,
                enum mf_fact use, const char *answers)
{
    char **list = g_strsplit(answers != NULL ? answers : "", ", ", -1);
    bool used = false;

    for (char **one = list; *one != NULL && !used; one++)
        used =
            mf_fold_knows(facts, mf_fold_fact_text(use, &session->addr[MF_ORIG], *one, NULL)) != 0;
    g_strfreev(list);
    return used;
}

/* A look-up stays when its answer was used, and its name is news. */
static bool
is_idle_look_up(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    struct mf_summary_names names;
    uint32_t first;

    if (!mf_fold_is_look_up(session))
        return false;
    mf_summary_names(session, &names);
    if (names.asked == NULL || !is_plain_type(names.type))
        return false;
    if (!mf_fold_is_used(facts, session, MF_FACT_USED, names.answers)) /* a page's own are idle */
        return !mf_fold_is_of_note(facts->engine, session) ||
               mf_fold_is_used(facts, session, MF_FACT_FOLDED, names.answers);
    first = mf_fold_knows(
        facts, mf_fold_fact_text(MF_FACT_TOLD, &session->addr[MF_ORIG], NULL, names.asked));
    return first != 0 && first < session->id &&
           session->start - mf_engine_session(facts->engine, first)->start > REPEAT_S * MF_NS_PER_S;
}

/* A few echo requests, with no room for more than that, to a host that was looked up. */
static bool
is_ping(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    return session->l4 == MF_L4_ICMP && session->port[MF_RESP] >> 8 == 8 &&
           session->packets[MF_ORIG] <= ECHO_REQUESTS &&
           session->bytes[MF_ORIG] <= (uint64_t)ECHO_BYTES * session->packets[MF_ORIG] &&
           mf_fold_knows(facts, mf_fold_pair_text(MF_FACT_NAME, session, NULL)) != 0;
}

static bool
is_connectivity(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    if (is_ping(facts, session))
        return true;
    return is_web(session) && session->bytes[MF_ORIG] <= CHECK_BYTES &&
           session->bytes[MF_RESP] <= CHECK_BYTES &&
           all_places(facts, session, mf_fold_is_connectivity_check);
}

static bool
is_service_host(const char *host, const char *path)
{
    (void)path;
    return mf_fold_is_system_service(host);
}

static bool
is_system_service(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    return is_web(session) && all_places(facts, session, is_service_host);
}

bool
mf_fold_all_plain_content(const struct mf_session *session, unsigned at_least)
{
    unsigned count = mf_summary_count(session);

    for (unsigned i = 0; i < count; i++) {
        struct mf_summary_item item;

        mf_summary_item(session, i, &item);
        if (!mf_fold_is_plain_content(&item))
            return false;
    }
    return count >= at_least;
}

static bool
is_page_content(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    return is_web(session) && mf_fold_all_plain_content(session, 1) &&
           mf_fold_knows(facts, mf_fold_pair_text(MF_FACT_CONTENT, session, NULL)) != 0;
}

/* The first that holds counts. */
static const struct {
    const char *name;
    bool (*is)(const struct mf_fold_facts *facts, const struct mf_session *session);
    bool of_pages; /* may be because of a page */
} purposes[] = {
    {"local network", is_local_network, false},
    {"local names", is_local_names, false},
    {"clock", is_clock, false},
    {"domain controller", is_controller, false},
    {"name look-ups", is_idle_look_up, true},
    {"connectivity checks", is_connectivity, false},
    {"system services", is_system_service, false},
    {"page content", is_page_content, true},
};

const char *
mf_fold_purpose_name(unsigned purpose)
{
    g_assert(purpose >= 1 && purpose <= G_N_ELEMENTS(purposes));
    return purposes[purpose - 1].name;
}

unsigned
mf_fold_may(const struct mf_fold_facts *facts, const struct mf_session *session)
{
    uint32_t causes;

    if (session->scan != 0 || has_finding(session) || mf_fold_is_cause(facts, session))
        return 0;
    causes = mf_engine_causes(facts->engine, session);
    for (unsigned i = 0; i < G_N_ELEMENTS(purposes); i++)
        if (purposes[i].is(facts, session))
            return has_remarkable_cause(facts->engine, causes, purposes[i].of_pages) ? 0 : i + 1;
    return 0;
}

/* Whether what is asked for is plain content by its name: all that is known when nothing came. */
static bool
has_plain_name(const char *request)
{
    static const char *const ends[] = {".css", ".gif", ".ico", ".jpeg", ".jpg",  ".js",
                                       ".png", ".svg", ".ttf", ".webp", ".woff", ".woff2"};
    size_t length = strcspn(request, "?");

    for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
        size_t n = strlen(ends[i]);

        if (length > n && g_ascii_strncasecmp(request + length - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

static bool
is_plain_media(const char *type)
{
    static const char *const types[] = {"image/",
                                        "font/",
                                        "text/css",
                                        "text/javascript",
                                        "application/javascript",
                                        "application/x-javascript",
                                        "application/font-woff"};

    for (unsigned i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_ascii_strncasecmp(type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

bool
mf_fold_is_plain_content(const struct mf_summary_item *item)
{
    enum { OK = 200, NOT_MODIFIED = 304 };

    if (item->request == NULL || !g_str_has_prefix(item->request, "GET "))
        return false;
    if (item->status == NOT_MODIFIED)
        return has_plain_name(item->request);
    return item->status == OK && item->type != NULL && is_plain_media(item->type);
}

bool
mf_fold_may_request(const struct mf_engine *engine, const struct mf_session *session,
                    const struct mf_summary_item *item)
{
    return mf_fold_is_plain_content(item) &&
           !has_remarkable_cause(engine, mf_engine_frame_causes(engine, session, item->frame),
                                 true);
}
