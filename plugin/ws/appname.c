/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pinfo->layers lists protocols by number, outermost first. Names are put together once per pair
 * of protocols and kept; a packet costs one short walk and one look-up.
 */
#include "appname.h"

#include <string.h>

/* What a protocol is for naming; those not listed are names of their own. */
enum role {
    ROLE_NAME,
    ROLE_L4, /* tcp, udp */
    ROLE_IP,
    ROLE_NOTHING, /* no protocol: undissected bytes, errors, notes */
    ROLE_CARRIER, /* named only when nothing is inside */
    ROLE_OUTER,   /* named together with what is inside */
    ROLE_QUOTES,  /* icmp: what follows may be a quoted packet */
    ROLE_DETAIL,  /* part of an outer protocol's own handshake */
};

static const struct {
    const char *filter;
    enum role role;
} roles[] = {
    {"tcp", ROLE_L4},
    {"udp", ROLE_L4},
    {"ip", ROLE_IP},
    {"icmp", ROLE_QUOTES},
    {"icmpv6", ROLE_QUOTES},
    {"ipv6", ROLE_IP},
    {"malflow", ROLE_NOTHING},
    {"data", ROLE_NOTHING},
    {"_ws.malformed", ROLE_NOTHING},
    {"_ws.short", ROLE_NOTHING},
    {"_ws.unreassembled", ROLE_NOTHING},
    {"tcp.segments", ROLE_NOTHING},
    {"vssmonitoring", ROLE_NOTHING},
    {"nbss", ROLE_CARRIER},
    {"nbdgm", ROLE_CARRIER},
    {"tpkt", ROLE_CARRIER},
    {"tls", ROLE_OUTER},
    {"dtls", ROLE_OUTER},
    {"quic", ROLE_OUTER},
    {"socks", ROLE_OUTER},
    {"ocsp", ROLE_DETAIL},
    {"x509af", ROLE_DETAIL},
    {"x509ce", ROLE_DETAIL},
    {"x509if", ROLE_DETAIL},
    {"x509sat", ROLE_DETAIL},
    {"pkcs1", ROLE_DETAIL},
    {"cms", ROLE_DETAIL},
    {"pkcs12", ROLE_DETAIL},
    {"pkixqualified", ROLE_DETAIL},
    {"pkix1explicit", ROLE_DETAIL},
    {"pkix1implicit", ROLE_DETAIL},
    {"pkixalgs", ROLE_DETAIL},
    {"ipv6.fraghdr", ROLE_NOTHING},
    {"ipv6.hopopts", ROLE_NOTHING},
    {"ipv6.routing", ROLE_NOTHING},
    {"ipv6.dstopts", ROLE_NOTHING},
    {"ah", ROLE_NOTHING},
};

static unsigned char *known_roles; /* by protocol id: role + 1, 0: not looked up yet */
static int n_known_roles;
static GHashTable *names; /* outer id << 16 | inner id -> char *, for the program's life */

static enum role
look_role_up(int proto)
{
    const char *filter = proto_get_protocol_filter_name(proto);

    for (size_t i = 0; filter != NULL && i < G_N_ELEMENTS(roles); i++)
        if (strcmp(filter, roles[i].filter) == 0)
            return roles[i].role;
    return ROLE_NAME;
}

static enum role
role(int proto)
{
    if (proto >= n_known_roles) {
        known_roles = g_realloc(known_roles, (gsize)proto + 1);
        memset(known_roles + n_known_roles, 0, (size_t)(proto + 1 - n_known_roles));
        n_known_roles = proto + 1;
    }
    if (known_roles[proto] == 0)
        known_roles[proto] = (unsigned char)(look_role_up(proto) + 1);
    return (enum role)(known_roles[proto] - 1);
}

/* "DHCP/BOOTP" is DHCP; mDNS is written as its siblings are. */
static char *
short_name(int proto)
{
    const char *name = proto_get_protocol_short_name(find_protocol_by_id(proto));

    return strcmp(name, "mDNS") == 0 ? g_strdup("MDNS") : g_strndup(name, strcspn(name, "/ "));
}

static char *
join_names(int outer, int inner)
{
    char *left = short_name(outer), *right = short_name(inner);
    char *joined = g_strdup_printf("%s:%s", left, right);

    g_free(left);
    g_free(right);
    return joined;
}

/* INNER: 0 for none. */
static const char *
name_of(int outer, int inner)
{
    gpointer key = GSIZE_TO_POINTER((gsize)(unsigned)outer << 32 | (unsigned)inner);
    char *name;

    if (names == NULL)
        names = g_hash_table_new(NULL, NULL);
    name = g_hash_table_lookup(names, key);
    if (name == NULL) {
        name = inner == 0 ? short_name(outer) : join_names(outer, inner);
        g_hash_table_insert(names, key, name);
    }
    return name;
}

static wmem_list_frame_t *
last_with_role(const packet_info *pinfo, enum role wanted)
{
    wmem_list_frame_t *at = wmem_list_tail(pinfo->layers);

    while (at != NULL && role(GPOINTER_TO_INT(wmem_list_frame_data(at))) != wanted)
        at = wmem_list_frame_prev(at);
    return at;
}

const char *
mf_appname_above(const packet_info *pinfo, bool *carrier)
{
    wmem_list_frame_t *at = last_with_role(pinfo, ROLE_L4);
    int outer = 0;

    *carrier = false;
    for (at = at != NULL ? wmem_list_frame_next(at) : NULL; at != NULL;
         at = wmem_list_frame_next(at)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(at));
        enum role what = role(proto);

        if (what == ROLE_NOTHING || what == ROLE_DETAIL || proto == outer)
            continue;
        if (outer != 0 && role(outer) == ROLE_OUTER)
            return name_of(outer, proto);
        if (what != ROLE_CARRIER && what != ROLE_OUTER)
            return name_of(proto, 0);
        outer = proto;
    }
    *carrier = outer != 0 && role(outer) == ROLE_CARRIER;
    return outer != 0 ? name_of(outer, 0) : NULL;
}

/* What an ICMP error quotes is no tunnel. */
bool
mf_appname_is_tunnel(const packet_info *pinfo)
{
    bool ip_inside = false;

    for (wmem_list_frame_t *at = wmem_list_tail(pinfo->layers); at != NULL;
         at = wmem_list_frame_prev(at)) {
        enum role what = role(GPOINTER_TO_INT(wmem_list_frame_data(at)));

        if (what == ROLE_QUOTES || (what == ROLE_L4 && !ip_inside))
            return false;
        if (what == ROLE_L4)
            return true;
        ip_inside = ip_inside || what == ROLE_IP;
    }
    return false;
}

const char *
mf_appname_of_ip(const packet_info *pinfo)
{
    wmem_list_frame_t *at = last_with_role(pinfo, ROLE_IP);

    for (at = at != NULL ? wmem_list_frame_next(at) : NULL; at != NULL;
         at = wmem_list_frame_next(at)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(at));

        if (role(proto) == ROLE_NAME)
            return name_of(proto, 0);
    }
    return NULL;
}
