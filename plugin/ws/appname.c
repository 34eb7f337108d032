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
    ROLE_DETAIL,  /* part of an outer protocol's own handshake */
};

static const struct {
    const char *filter;
    enum role role;
} roles[] = {
    {"tcp", ROLE_L4},
    {"udp", ROLE_L4},
    {"ip", ROLE_IP},
    {"ipv6", ROLE_IP},
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

static GHashTable *role_of; /* proto id -> role + 1, every protocol that was met */
static GHashTable *names;   /* outer id << 16 | inner id -> char *, for the program's life */

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
    unsigned known;

    if (role_of == NULL)
        role_of = g_hash_table_new(NULL, NULL);
    known = GPOINTER_TO_UINT(g_hash_table_lookup(role_of, GINT_TO_POINTER(proto)));
    if (known == 0) {
        known = look_role_up(proto) + 1u;
        g_hash_table_insert(role_of, GINT_TO_POINTER(proto), GUINT_TO_POINTER(known));
    }
    return (enum role)(known - 1);
}

static const char *
short_name(int proto)
{
    return proto_get_protocol_short_name(find_protocol_by_id(proto));
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
        name = inner == 0 ? g_strdup(short_name(outer))
                          : g_strdup_printf("%s:%s", short_name(outer), short_name(inner));
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
mf_appname_above(const packet_info *pinfo)
{
    wmem_list_frame_t *at = last_with_role(pinfo, ROLE_L4);
    int outer = 0;

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
    return outer != 0 ? name_of(outer, 0) : NULL;
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
