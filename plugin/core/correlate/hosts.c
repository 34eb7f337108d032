/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Few hosts of a capture are ever ordered about, so only those have an entry. The set of a host's
 * contacts is made when it is asked for the first time - after an executable arrived - by reading
 * the sessions so far, and carried on from there: a capture without one pays nothing.
 */
#include "hosts.h"

struct mf_host {
    struct mf_addr addr;
    GArray *orders;                   /* struct mf_scan_order, oldest first */
    GArray *intrusions, *executables; /* struct mf_host_event, oldest first */
    GHashTable *contacts;             /* set of struct mf_addr; NULL: not asked for yet */
    uint32_t contacts_to;             /* sessions up to this one were read */
};

struct mf_hosts {
    GHashTable *table; /* set of struct mf_host by addr */
};

static guint
hash_addr(gconstpointer addr)
{
    return mf_addr_hash(addr);
}

static gboolean
equal_addr(gconstpointer a, gconstpointer b)
{
    return mf_addr_equal(a, b);
}

static void
free_host(gpointer pointer)
{
    struct mf_host *host = pointer;

    g_array_free(host->orders, TRUE);
    g_array_free(host->intrusions, TRUE);
    g_array_free(host->executables, TRUE);
    g_clear_pointer(&host->contacts, g_hash_table_destroy);
    g_free(host);
}

struct mf_hosts *
mf_hosts_new(void)
{
    struct mf_hosts *hosts = g_new0(struct mf_hosts, 1);

    hosts->table = g_hash_table_new_full(hash_addr, equal_addr, free_host, NULL);
    return hosts;
}

void
mf_hosts_free(struct mf_hosts *hosts)
{
    if (hosts == NULL)
        return;
    g_hash_table_destroy(hosts->table);
    g_free(hosts);
}

struct mf_host *
mf_hosts_find(const struct mf_hosts *hosts, const struct mf_addr *addr)
{
    return g_hash_table_lookup(hosts->table, addr);
}

static struct mf_host *
make(struct mf_hosts *hosts, const struct mf_addr *addr)
{
    struct mf_host *host = mf_hosts_find(hosts, addr);

    if (host != NULL)
        return host;
    host = g_new0(struct mf_host, 1);
    host->addr = *addr;
    host->orders = g_array_new(FALSE, FALSE, sizeof(struct mf_scan_order));
    host->intrusions = g_array_new(FALSE, FALSE, sizeof(struct mf_host_event));
    host->executables = g_array_new(FALSE, FALSE, sizeof(struct mf_host_event));
    g_hash_table_add(hosts->table, host);
    return host;
}

static void
keep(GArray *events, gconstpointer event)
{
    if (events->len == MF_HOST_EVENTS)
        g_array_remove_index(events, 0);
    g_array_append_vals(events, event, 1);
}

void
mf_hosts_order(struct mf_hosts *hosts, const struct mf_addr *addr,
               const struct mf_scan_order *order)
{
    GArray *orders = make(hosts, addr)->orders;
    struct mf_scan_order *last =
        orders->len > 0 ? &g_array_index(orders, struct mf_scan_order, orders->len - 1) : NULL;

    if (last != NULL && last->open && last->session == order->session)
        *last = *order;
    else
        keep(orders, order);
}

void
mf_hosts_intrusion(struct mf_hosts *hosts, const struct mf_addr *addr,
                   const struct mf_host_event *event)
{
    keep(make(hosts, addr)->intrusions, event);
}

void
mf_hosts_executable(struct mf_hosts *hosts, const struct mf_addr *addr,
                    const struct mf_host_event *event)
{
    keep(make(hosts, addr)->executables, event);
}

const struct mf_scan_order *
mf_host_order(const struct mf_host *host, unsigned age)
{
    const GArray *orders = host->orders;

    return age < orders->len ? &g_array_index(orders, struct mf_scan_order, orders->len - 1 - age)
                             : NULL;
}

static const struct mf_host_event *
event_at(const GArray *events, unsigned age)
{
    return age < events->len ? &g_array_index(events, struct mf_host_event, events->len - 1 - age)
                             : NULL;
}

const struct mf_host_event *
mf_host_intrusion(const struct mf_host *host, unsigned age)
{
    return event_at(host->intrusions, age);
}

const struct mf_host_event *
mf_host_executable(const struct mf_host *host, unsigned age)
{
    return event_at(host->executables, age);
}

bool
mf_host_is_first_contact(struct mf_host *host, const struct mf_session *session,
                         struct mf_session *(*lookup)(void *user, uint32_t id), void *user)
{
    if (host->contacts == NULL)
        host->contacts = g_hash_table_new_full(hash_addr, equal_addr, g_free, NULL);
    while (host->contacts_to + 1 < session->id) {
        const struct mf_session *other = lookup(user, ++host->contacts_to);

        for (unsigned side = 0; other != NULL && side < 2; side++)
            if (mf_addr_equal(&other->addr[side], &host->addr) &&
                !g_hash_table_contains(host->contacts, &other->addr[side ^ 1]))
                g_hash_table_add(host->contacts,
                                 g_memdup2(&other->addr[side ^ 1], sizeof other->addr[0]));
    }
    return !g_hash_table_contains(host->contacts, &session->addr[MF_RESP]);
}

size_t
mf_hosts_memory(const struct mf_hosts *hosts)
{
    enum { CONTACT = 48 }; /* an address as malloc keeps it, and its place in the set */
    size_t size = sizeof *hosts;
    GHashTableIter iter;
    gpointer at;

    g_hash_table_iter_init(&iter, hosts->table);
    while (g_hash_table_iter_next(&iter, &at, NULL)) {
        const struct mf_host *host = at;

        size += sizeof *host + host->orders->len * sizeof(struct mf_scan_order) +
                (host->intrusions->len + host->executables->len) * sizeof(struct mf_host_event);
        if (host->contacts != NULL)
            size += g_hash_table_size(host->contacts) * CONTACT;
    }
    return size;
}
