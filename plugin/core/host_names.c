/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names stand in summaries, session by session; they are gathered when somebody asks for them. A
 * host that is reached by hundreds of names (a content network) is told by the first of them.
 */
#include "host_names.h"

#include <arpa/inet.h>
#include <string.h>

struct mf_host_names {
    GHashTable *by_addr; /* struct mf_addr (owned) -> GString (owned) */
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
free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

/* --- names --- */

/* "HR1-PC<00>" and "HR1-PC." are one name. The caller frees. */
static char *
bare_name(const char *name)
{
    size_t n = strcspn(name, "< ");

    while (n > 0 && name[n - 1] == '.')
        n--;
    return g_strndup(name, n);
}

/* Whether NAME stands in LIST ("a, b"), in upper or lower case. */
static bool
has_name(const char *list, const char *name)
{
    char **names = g_strsplit(list, ", ", -1);
    bool has = false;

    for (char **at = names; *at != NULL && !has; at++)
        has = g_ascii_strcasecmp(*at, name) == 0;
    g_strfreev(names);
    return has;
}

static GString *
list_of(struct mf_host_names *names, const struct mf_addr *addr)
{
    GString *list = g_hash_table_lookup(names->by_addr, addr);

    if (list == NULL) {
        list = g_string_new(NULL);
        g_hash_table_insert(names->by_addr, g_memdup2(addr, sizeof *addr), list);
    }
    return list;
}

static void
add_name(struct mf_host_names *names, const struct mf_addr *addr, const char *told)
{
    enum { LONGEST = 120 };
    GString *list;
    char *name;

    if (told == NULL || mf_addr_is_none(addr))
        return;
    name = bare_name(told);
    list = *name != '\0' ? list_of(names, addr) : NULL;
    if (list != NULL && list->len < LONGEST && !has_name(list->str, name))
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", name);
    g_free(name);
}

/* --- who has them --- */

/* A host that comes up asks whether somebody has its name already (RFC 4795, 4; RFC 6762, 8.1). */
static const char *
claimed_name(const struct mf_session *session, const struct mf_summary_names *told)
{
    enum { ANY = 255 };

    return session->app != NULL && strcmp(session->app, "LLMNR") == 0 && told->type == ANY
               ? told->asked
               : NULL;
}

static void
add_own(struct mf_host_names *names, const struct mf_session *session,
        const struct mf_summary_names *told)
{
    const struct mf_addr *orig = &session->addr[MF_ORIG];

    add_name(names, mf_addr_is_none(&told->host_addr) ? orig : &told->host_addr, told->host);
    add_name(names, orig, claimed_name(session, told));
}

/* False: TEXT is no address. */
static bool
parse_addr(const char *text, struct mf_addr *addr)
{
    uint8_t bytes[16];

    if (inet_pton(AF_INET, text, bytes) == 1)
        *addr = mf_addr_from_ipv4(bytes);
    else if (inet_pton(AF_INET6, text, bytes) == 1)
        *addr = mf_addr_from_ipv6(bytes);
    else
        return false;
    return true;
}

/* Answers may be many, a host's names are not: no more is read than is told of one. */
static void
add_asked(struct mf_host_names *names, const struct mf_session *session,
          const struct mf_summary_names *told)
{
    struct mf_addr addr;
    char **answers;

    add_name(names, &session->addr[MF_RESP], told->server);
    if (told->asked == NULL || told->answers == NULL)
        return;
    answers = g_strsplit(told->answers, ", ", -1);
    for (char **at = answers; *at != NULL; at++)
        if (parse_addr(*at, &addr))
            add_name(names, &addr, told->asked);
    g_strfreev(answers);
}

static void
read_sessions(struct mf_host_names *names, const struct mf_engine *engine,
              void (*add)(struct mf_host_names *, const struct mf_session *,
                          const struct mf_summary_names *))
{
    for (uint32_t id = 1; id <= mf_engine_session_count(engine); id++) {
        const struct mf_session *session = mf_engine_session(engine, id);
        struct mf_summary_names told;

        if (session->summary == NULL)
            continue;
        mf_summary_names(session, &told);
        add(names, session, &told);
    }
}

struct mf_host_names *
mf_host_names_new(const struct mf_engine *engine, enum mf_host_names_of of)
{
    struct mf_host_names *names = g_new0(struct mf_host_names, 1);

    names->by_addr = g_hash_table_new_full(hash_addr, equal_addr, g_free, free_text);
    read_sessions(names, engine, add_own);
    if (of == MF_HOST_NAMES_ASKED)
        read_sessions(names, engine, add_asked);
    return names;
}

void
mf_host_names_free(struct mf_host_names *names)
{
    if (names == NULL)
        return;
    g_hash_table_destroy(names->by_addr);
    g_free(names);
}

const char *
mf_host_names_get(const struct mf_host_names *names, const struct mf_addr *addr)
{
    const GString *list = g_hash_table_lookup(names->by_addr, addr);

    return list != NULL && list->len > 0 ? list->str : NULL;
}
