/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a rule applies to a session. Called for every candidate, so cheap tests come first. */
#include "rule.h"

#include <string.h>

/* Whether one of N ranges, ascending and apart, has ADDR. */
static bool
any_has(const struct mf_range *ranges, unsigned n, const struct mf_addr *addr)
{
    unsigned low = 0, high = n;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (mf_addr_before(&ranges[middle].high, addr))
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && !mf_addr_before(addr, &ranges[low].low);
}

bool
mf_range_set_has(const struct mf_range_set *set, const struct mf_addr *addr)
{
    if (set == NULL)
        return true;
    return (set->n_in == 0 || any_has(set->ranges, set->n_in, addr)) &&
           (set->n_out == 0 || !any_has(set->ranges + set->n_in, set->n_out, addr));
}

static bool
port_fits(const struct mf_range_set *set, const struct mf_session *session, unsigned side)
{
    struct mf_addr port;

    if (set == NULL || !mf_session_has_ports(session))
        return set == NULL;
    port = mf_addr_of_port(session->port[side]);
    return mf_range_set_has(set, &port);
}

/* Whether the rule's left side fits SENDER, and its right side the other. Ports tell more rules
 * apart than addresses do. */
static bool
sides_fit(const struct mf_rule_header *header, const struct mf_session *session, unsigned sender)
{
    return port_fits(header->port[1], session, sender ^ 1) &&
           port_fits(header->port[0], session, sender) &&
           mf_range_set_has(header->addr[0], &session->addr[sender]) &&
           mf_range_set_has(header->addr[1], &session->addr[sender ^ 1]);
}

bool
mf_rule_header_fits(const struct mf_rule_header *header, const struct mf_session *session,
                    enum mf_direction direction)
{
    unsigned sender = direction;

    if (header->address_family != 0 &&
        mf_addr_is_ipv4(&session->addr[0]) != (header->address_family == 4))
        return false;
    return (header->l4 & 1u << session->l4) != 0 && (header->directions & 1u << direction) != 0 &&
           (sides_fit(header, session, sender) ||
            (header->both_ways && sides_fit(header, session, sender ^ 1)));
}

static bool
is_same_letter(char a, char b)
{
    return a == b || g_ascii_tolower(a) == g_ascii_tolower(b);
}

/* Whether one of NAMES ("HTTP|HTTP2") is the LENGTH bytes at PART. Asked for each candidate; most
 * names differ in their first letter. */
static bool
is_one_of(const char *names, const char *part, size_t length)
{
    while (names != NULL) {
        size_t n = 0;

        while (n < length && names[n] != '|' && is_same_letter(names[n], part[n]))
            n++;
        if (n == length && (names[n] == '|' || names[n] == '\0'))
            return true;
        names = strchr(names + n, '|');
        names = names != NULL ? names + 1 : NULL;
    }
    return false;
}

bool
mf_app_is_one_of(const char *app, const char *names)
{
    while (app != NULL) {
        size_t length = strcspn(app, ":");

        if (is_one_of(names, app, length))
            return true;
        app = app[length] == ':' ? app + length + 1 : NULL;
    }
    return false;
}

/* TCP payload is taken for established unless a SYN was seen and never answered. */
static bool
is_established(const struct mf_session *session)
{
    if (session->l4 != MF_L4_TCP)
        return session->packets[MF_ORIG] > 0 && session->packets[MF_RESP] > 0;
    return session->answered || (session->tcp_seen[MF_ORIG] & MF_SEEN_SYN) == 0;
}

enum mf_match
mf_rule_header_holds(const struct mf_rule_header *header, const struct mf_session *session,
                     const char *app)
{
    if ((header->established && !is_established(session)) ||
        (header->not_established && is_established(session)))
        return MF_MATCH_NO;
    if (header->app == NULL || mf_app_is_one_of(app, header->app))
        return MF_MATCH_YES;
    return app == NULL || session->app_is_carrier ? MF_MATCH_MAYBE : MF_MATCH_NO;
}
