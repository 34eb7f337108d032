/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Not every dissector is registered by name, so handles are taken from the port tables. Wireshark
 * asks heuristics only where no dissector claimed the port, which is where this is needed; what a
 * port claims wrongly is still named right by the engine.
 */
#include "heuristics.h"

#include "compat.h"
#include "core/app.h"

enum { LOOKED_AT = 512 };

static struct {
    const char *app;
    const char *table; /* port 0: the dissector itself */
    uint32_t port;
    dissector_handle_t handle;
} rows[] = {
    {"IRC", "tcp.port", 6667, NULL}, {"HTTP", "tcp.port", 80, NULL},
    {"FTP", "tcp.port", 21, NULL},   {"SMTP", "tcp.port", 25, NULL},
    {"POP3", "tcp.port", 110, NULL}, {"SOCKS", "tcp.port", 1080, NULL},
    {"TFTP", "udp.port", 69, NULL},  {"HTTP2", "http2", 0, NULL},
};

static dissector_handle_t
handle_of(const char *app)
{
    for (size_t i = 0; app != NULL && i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].app, app) == 0)
            return rows[i].handle;
    return NULL;
}

static mf_ws_bool
recognise(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, enum mf_l4 l4)
{
    int length = MIN(tvb_captured_length(tvb), LOOKED_AT);
    dissector_handle_t found;

    if (length <= 0)
        return FALSE;
    found = handle_of(mf_app_recognise(l4, tvb_get_ptr(tvb, 0, length), (size_t)length));
    if (found == NULL)
        return FALSE;
    conversation_set_dissector(find_or_create_conversation(pinfo), found);
    call_dissector(found, tvb, pinfo, tree);
    return TRUE;
}

static mf_ws_bool
recognise_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    return recognise(tvb, pinfo, tree, MF_L4_TCP);
}

static mf_ws_bool
recognise_udp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    return recognise(tvb, pinfo, tree, MF_L4_UDP);
}

void
mf_heuristics_register(int proto)
{
    heur_dissector_add("tcp", recognise_tcp, "Malflow: protocol by content over TCP", "malflow_tcp",
                       proto, HEURISTIC_ENABLE);
    heur_dissector_add("udp", recognise_udp, "Malflow: protocol by content over UDP", "malflow_udp",
                       proto, HEURISTIC_ENABLE);
}

void
mf_heuristics_init(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        rows[i].handle =
            rows[i].port != 0
                ? dissector_get_uint_handle(find_dissector_table(rows[i].table), rows[i].port)
                : find_dissector(rows[i].table);
}
