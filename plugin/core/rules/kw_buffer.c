/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sticky buffers: the name of a buffer (core/buffers.h) says where the next conditions look. */
#include "keyword.h"

/* Names that older rules use. */
static const struct {
    const char *name;
    enum mf_buffer_id id;
} aliases[] = {
    {"file_data", MF_BUF_FILE_DATA},
    {"dns_query", MF_BUF_DNS_QUERY},
    {"tls_sni", MF_BUF_TLS_SNI},
};

static void
add_name(GHashTable *names, const char *name, int slot)
{
    g_hash_table_insert(names, (gpointer)(uintptr_t)name, GINT_TO_POINTER(slot + 1));
}

GHashTable *
mf_keyword_buffers(void)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);

    for (int id = 0; id < MF_BUFFER_COUNT; id++)
        add_name(names, mf_buffer_name((enum mf_buffer_id)id), id);
    for (unsigned i = 0; i < G_N_ELEMENTS(aliases); i++)
        add_name(names, aliases[i].name, (int)aliases[i].id);
    return names;
}

bool
mf_keyword_buffer(struct mf_parser *parser, const struct mf_option *option, int slot)
{
    enum mf_buffer_kind kind =
        slot < MF_SLOT_STREAM ? mf_buffer_kind((enum mf_buffer_id)slot) : MF_KIND_BYTES;

    if (option->value.text != NULL)
        return mf_parser_fail(parser, option->value.text, "a buffer's name takes no value");
    if (kind != MF_KIND_TEXT && kind != MF_KIND_BYTES)
        return mf_parser_fail(parser, option->name.text,
                              "'%.*s' holds no bytes that could be searched",
                              (int)option->name.length, option->name.text);
    parser->slot = slot;
    parser->slot_at = option->name.text;
    return true;
}

bool
mf_keyword_pkt_data(struct mf_parser *parser, const struct mf_option *option)
{
    return mf_keyword_buffer(parser, option, MF_SLOT_STREAM);
}
