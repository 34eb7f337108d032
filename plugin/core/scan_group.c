/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A group counts distinct targets exactly while it is open, at some 30 bytes each, and gives the
 * sets back when it closes. An IPv6 address stands in them by a 64-bit hash: a count that is off by
 * one for a crafted pair of addresses is worth less than three times the memory.
 */
#include "scan_group.h"

#include <string.h>

static uint64_t
address_key(const struct mf_addr *addr)
{
    uint64_t half[2];
    uint32_t v4;

    if (mf_addr_is_ipv4(addr)) {
        memcpy(&v4, addr->bytes + 12, sizeof v4);
        return v4;
    }
    memcpy(half, addr->bytes, sizeof half);
    half[1] = (half[1] ^ (half[0] * UINT64_C(0xff51afd7ed558ccd))) * UINT64_C(0x9e3779b97f4a7c15);
    return half[1] ^ half[1] >> 29;
}

uint64_t
mf_scan_target(enum mf_scan_kind kind, const struct mf_session *session)
{
    return kind == MF_SCAN_PORT ? session->port[MF_RESP] : address_key(&session->addr[MF_RESP]);
}

void
mf_scan_group_open(struct mf_scan_group *group, uint32_t id, enum mf_scan_kind kind,
                   const struct mf_session *member)
{
    *group = (struct mf_scan_group){
        .id = id,
        .kind = (uint8_t)kind,
        .l4 = member->l4,
        .source = member->addr[MF_ORIG],
        .first_session = member->id,
        .last_attempt = member->start,
        .target_set = g_hash_table_new(NULL, NULL),
    };
    if (kind == MF_SCAN_PORT) {
        group->target = member->addr[MF_RESP];
        group->answered_ports = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    } else {
        group->port = mf_session_has_ports(member) ? member->port[MF_RESP] : 0;
        group->answered_set = g_hash_table_new(NULL, NULL);
    }
}

void
mf_scan_group_close(struct mf_scan_group *group)
{
    g_clear_pointer(&group->target_set, g_hash_table_destroy);
    g_clear_pointer(&group->answered_set, g_hash_table_destroy);
}

void
mf_scan_group_reset(struct mf_scan_group *group)
{
    mf_scan_group_close(group);
    if (group->answered_ports != NULL)
        g_array_free(group->answered_ports, TRUE);
    *group = (struct mf_scan_group){.id = group->id};
}

static gpointer
set_key(const struct mf_scan_group *group, const struct mf_session *session)
{
    return GSIZE_TO_POINTER((gsize)mf_scan_target(group->kind, session));
}

void
mf_scan_group_add(struct mf_scan_group *group, struct mf_session *session)
{
    session->scan = group->id;
    group->sessions++;
    group->first_session = MIN(group->first_session, session->id);
    group->last_attempt = MAX(group->last_attempt, session->start);
    if (g_hash_table_add(group->target_set, set_key(group, session)))
        group->targets++;
    if (session->answered)
        mf_scan_group_answer(group, session);
}

/* Inserts PORT into the ascending array unless it is there. */
static void
add_port(GArray *ports, uint16_t port)
{
    unsigned low = 0, high = ports->len;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (g_array_index(ports, uint16_t, middle) < port)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == ports->len || g_array_index(ports, uint16_t, low) != port)
        g_array_insert_val(ports, low, port);
}

void
mf_scan_group_answer(struct mf_scan_group *group, const struct mf_session *session)
{
    if (group->kind == MF_SCAN_PORT) {
        add_port(group->answered_ports, session->port[MF_RESP]);
        group->answered = group->answered_ports->len;
    } else if (group->answered_set == NULL ||
               g_hash_table_add(group->answered_set, set_key(group, session))) {
        group->answered++; /* after the end nobody remembers who answered: better counted twice */
    }
}

size_t
mf_scan_group_memory(const struct mf_scan_group *group)
{
    /* GHashTable: a pointer and a hash per slot, slots being a power of two at most half empty. */
    const size_t slot = 2 * (sizeof(gpointer) + sizeof(guint));
    size_t size = sizeof *group;

    if (group->target_set != NULL)
        size += slot * g_hash_table_size(group->target_set);
    if (group->answered_set != NULL)
        size += slot * g_hash_table_size(group->answered_set);
    if (group->answered_ports != NULL)
        size += sizeof(uint16_t) * group->answered_ports->len;
    return size;
}
