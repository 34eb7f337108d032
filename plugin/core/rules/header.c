/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a rule applies to a session. Called for every candidate, so cheap tests come first. */
#include "rule.h"

#include <string.h>

static bool
in_range(const struct mf_range *range, const struct mf_addr *addr)
{
    return memcmp(addr->bytes, range->low.bytes, sizeof addr->bytes) >= 0 &&
           memcmp(addr->bytes, range->high.bytes, sizeof addr->bytes) <= 0;
}

static bool
set_has(const struct mf_range_set *set, const struct mf_addr *addr)
{
    bool found = set == NULL || set->n_in == 0;

    if (set == NULL)
        return true;
    for (unsigned i = 0; i < set->n_in && !found; i++)
        found = in_range(&set->ranges[i], addr);
    for (unsigned i = 0; i < set->n_out && found; i++)
        found = !in_range(&set->ranges[set->n_in + i], addr);
    return found;
}

static bool
port_fits(const struct mf_range_set *set, const struct mf_session *session, unsigned side)
{
    struct mf_addr port = {{0}};

    if (set == NULL || !mf_session_has_ports(session))
        return true;
    port.bytes[14] = (uint8_t)(session->port[side] >> 8);
    port.bytes[15] = (uint8_t)session->port[side];
    return set_has(set, &port);
}

/* Whether the rule's left side fits SENDER, and its right side the other. */
static bool
sides_fit(const struct mf_rule_header *header, const struct mf_session *session, unsigned sender)
{
    return set_has(header->addr[0], &session->addr[sender]) &&
           set_has(header->addr[1], &session->addr[sender ^ 1]) &&
           port_fits(header->port[0], session, sender) &&
           port_fits(header->port[1], session, sender ^ 1);
}

bool
mf_rule_header_fits(const struct mf_rule_header *header, const struct mf_session *session,
                    enum mf_direction direction)
{
    unsigned sender = direction;

    return (header->l4 & 1u << session->l4) != 0 && (header->directions & 1u << direction) != 0 &&
           (sides_fit(header, session, sender) ||
            (header->both_ways && sides_fit(header, session, sender ^ 1)));
}

/* Whether a part of APP ("TLS:HTTP2") begins with NAME. */
static bool
app_has(const char *app, const char *name)
{
    size_t length = strlen(name);

    while (app != NULL && g_ascii_strncasecmp(app, name, length) != 0) {
        app = strchr(app, ':');
        if (app != NULL)
            app++;
    }
    return app != NULL;
}

/* TCP payload is taken for established unless a SYN was seen and never answered. */
static bool
is_established(const struct mf_session *session)
{
    if (session->l4 != MF_L4_TCP)
        return session->packets[MF_ORIG] > 0 && session->packets[MF_RESP] > 0;
    return session->answered || (session->tcp_seen[MF_ORIG] & MF_SEEN_SYN) == 0;
}

bool
mf_rule_header_holds(const struct mf_rule_header *header, const struct mf_session *session,
                     enum mf_direction direction)
{
    return (!header->established || is_established(session)) &&
           (header->app == NULL || app_has(session->app, header->app)) &&
           mf_rule_header_fits(header, session, direction);
}

void
mf_rule_header_clear(struct mf_rule_header *header)
{
    for (unsigned side = 0; side < 2; side++) {
        g_free(header->addr[side]);
        g_free(header->port[side]);
    }
}
