/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan_fixture.h"

struct mf_session *
scan_session(void *user, uint32_t id)
{
    struct scan_fixture *f = user;

    g_assert_cmpuint(id, >=, 1);
    g_assert_cmpuint(id, <=, f->sessions->len);
    return g_ptr_array_index(f->sessions, id - 1);
}

void
scan_set_up(struct scan_fixture *f)
{
    *f = (struct scan_fixture){
        .settings = {.spread_scan_hosts = 10, .port_scan_ports = 10, .scan_window = 60},
        .now = 1000 * SECOND,
        .l4 = MF_L4_TCP,
        .source = 1};
    f->sessions = g_ptr_array_new_with_free_func(g_free);
    f->scans = mf_scans_new(&f->settings, &f->counters, scan_session, f);
}

void
scan_tear_down(struct scan_fixture *f)
{
    mf_scans_free(f->scans);
    g_ptr_array_free(f->sessions, TRUE);
}

struct mf_addr
scan_host(uint32_t number)
{
    uint8_t bytes[4] = {10, (uint8_t)(number / 40000), (uint8_t)(number / 200 % 200),
                        (uint8_t)(number % 200 + 1)};

    return mf_addr_from_ipv4(bytes);
}

struct mf_session *
scan_attempt(struct scan_fixture *f, uint32_t target, uint16_t port)
{
    return scan_attempt_at(f, scan_host(target), port);
}

struct mf_session *
scan_attempt_at(struct scan_fixture *f, struct mf_addr target, uint16_t port)
{
    struct mf_session *s = g_new0(struct mf_session, 1);
    const uint8_t source[4] = {192, 168, 0, f->source};

    g_ptr_array_add(f->sessions, s);
    s->id = f->sessions->len;
    s->start = s->last = f->now;
    s->l4 = (uint8_t)f->l4;
    s->addr[MF_ORIG] = mf_addr_from_ipv4(source);
    s->addr[MF_RESP] = target;
    s->port[MF_ORIG] = (uint16_t)(1024 + s->id % 50000);
    s->port[MF_RESP] = port;
    mf_scans_attempt(f->scans, s);
    return s;
}

void
scan_answer(struct scan_fixture *f, struct mf_session *s)
{
    s->answered = true;
    mf_scans_answer(f->scans, s);
}

void
scan_close_empty(struct scan_fixture *f, struct mf_session *s)
{
    s->last = f->now;
    mf_scans_closed_empty(f->scans, s);
}

void
scan_spread(struct scan_fixture *f, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        scan_attempt(f, first + i, 139);
}

unsigned
scan_live_groups(const struct scan_fixture *f)
{
    unsigned n = 0;

    for (uint32_t id = 1; id <= mf_scans_count(f->scans); id++)
        n += mf_scans_get(f->scans, id)->sessions > 0;
    return n;
}
