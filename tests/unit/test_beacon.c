/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beacons: thresholds from both sides, what is never one, and what becomes of them. */
#include "core/beacon.h"

#define SECOND MF_NS_PER_S

struct fixture {
    struct mf_counters counters;
    struct mf_beacons *beacons;
    GPtrArray *sessions;
    double now; /* seconds */
    uint64_t bytes[2];
    enum mf_l4 l4;
    uint16_t port;
    uint8_t source, target, silent;
};

static struct mf_session *
session(void *user, uint32_t id)
{
    struct fixture *f = user;

    g_assert_cmpuint(id, >=, 1);
    g_assert_cmpuint(id, <=, f->sessions->len);
    return g_ptr_array_index(f->sessions, id - 1);
}

static void
set_up(struct fixture *f)
{
    *f = (struct fixture){
        .now = 1000, .bytes = {512, 1024}, .l4 = MF_L4_TCP, .port = 443, .source = 1, .target = 1};
    f->sessions = g_ptr_array_new_with_free_func(g_free);
    f->beacons = mf_beacons_new(&f->counters, session, f);
}

static void
tear_down(struct fixture *f)
{
    mf_beacons_free(f->beacons);
    g_ptr_array_free(f->sessions, TRUE);
}

static struct mf_session *
make(struct fixture *f)
{
    struct mf_session *s = g_new0(struct mf_session, 1);
    const uint8_t source[4] = {192, 168, 0, f->source}, target[4] = {203, 0, 113, f->target};

    g_ptr_array_add(f->sessions, s);
    s->id = f->sessions->len;
    s->start = s->last = (mf_nanoseconds)(f->now * SECOND);
    s->l4 = (uint8_t)f->l4;
    s->addr[MF_ORIG] = mf_addr_from_ipv4(source);
    s->addr[MF_RESP] = mf_addr_from_ipv4(target);
    s->port[MF_ORIG] = (uint16_t)(1024 + s->id % 50000);
    s->port[MF_RESP] = f->port;
    return s;
}

/* A contact now; its bytes come after it was opened. */
static struct mf_session *
contact(struct fixture *f)
{
    struct mf_session *s = make(f);

    mf_beacons_contact(f->beacons, s);
    s->answered = !f->silent;
    s->bytes[MF_ORIG] = f->silent ? 0 : f->bytes[MF_ORIG];
    s->bytes[MF_RESP] = f->silent ? 0 : f->bytes[MF_RESP];
    return s;
}

static void
contacts(struct fixture *f, unsigned n, double interval)
{
    for (unsigned i = 0; i < n; i++, f->now += interval)
        contact(f);
}

/* Contacts of which no two have one size. */
static void
uneven_contacts(struct fixture *f, unsigned n, double interval)
{
    for (unsigned i = 0; i < n; i++, f->now += interval) {
        f->bytes[MF_ORIG] = 100u << (i % 8);
        contact(f);
    }
}

/* Contacts at these moments (seconds), of which no two have one size. */
static void
contacts_at(struct fixture *f, const double *moments, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        f->now = moments[i];
        f->bytes[MF_ORIG] = 100u << (i % 8);
        contact(f);
    }
}

/* Beacons that are to be shown; each must have the sessions that say so, and no others. */
static unsigned
live(struct fixture *f)
{
    unsigned n = 0;

    mf_beacons_flush(f->beacons);
    for (uint32_t id = 1; id <= mf_beacons_count(f->beacons); id++) {
        const struct mf_beacon *beacon = mf_beacons_get(f->beacons, id);
        uint32_t members = 0, answered = 0, first = 0;

        for (uint32_t s = f->sessions->len; s >= 1; s--)
            if (session(f, s)->beacon == id) {
                members++;
                answered += session(f, s)->answered;
                first = s;
            }
        g_assert_cmpuint(beacon->id, ==, id);
        g_assert_cmpuint(beacon->contacts, ==, members);
        n += members > 0;
        if (members > 0) {
            g_assert_cmpuint(beacon->first_session, ==, first);
            g_assert_cmpuint(beacon->answered, ==, answered);
        }
    }
    return n;
}

static void
test_count(void)
{
    for (unsigned n = 5; n <= 7; n++) {
        struct fixture f;

        set_up(&f);
        uneven_contacts(&f, n, 60);
        g_assert_cmpuint(live(&f), ==, n >= 6 ? 1 : 0);
        if (n >= 6) {
            const struct mf_beacon *beacon = mf_beacons_get(f.beacons, 1);

            g_assert_cmpuint(beacon->contacts, ==, n);
            g_assert_cmpint(beacon->period, ==, 60 * SECOND);
            g_assert_cmpfloat(beacon->jitter, ==, 0);
            g_assert_true(beacon->regular_time);
            g_assert_false(beacon->regular_size);
            g_assert_cmpuint(beacon->port, ==, 443);
        }
        tear_down(&f);
    }
}

/* 2 s is the shortest period. */
static void
test_period(void)
{
    static const double periods[] = {1, 1.9, 2, 2.1, 86400};

    for (unsigned i = 0; i < G_N_ELEMENTS(periods); i++) {
        struct fixture f;

        set_up(&f);
        contacts(&f, 20, periods[i]);
        g_assert_cmpuint(live(&f), ==, periods[i] >= 2 ? 1 : 0);
        tear_down(&f);
    }
}

/* Sizes differ; intervals are 100 s, half of them longer or shorter by OFF. */
static unsigned
with_jitter(double off)
{
    struct fixture f;
    unsigned found;

    set_up(&f);
    for (unsigned i = 0; i < 20; i++) {
        f.bytes[MF_ORIG] = 100u << (i % 8);
        contact(&f);
        f.now += i % 4 == 0 ? 100 + off : i % 4 == 2 ? 100 - off : 100;
    }
    found = live(&f);
    tear_down(&f);
    return found;
}

static void
test_jitter(void)
{
    g_assert_cmpuint(with_jitter(0), ==, 1);
    g_assert_cmpuint(with_jitter(24), ==, 1);
    g_assert_cmpuint(with_jitter(25), ==, 1);
    g_assert_cmpuint(with_jitter(49), ==, 0);
}

static void
test_missed_beats(void)
{
    static const double moments[] = {0, 60, 180, 240, 300, 480, 540, 600, 780, 840};
    static const double irregular[] = {0, 60, 150, 240, 330, 420, 435, 600, 780, 795};
    struct fixture f;

    set_up(&f);
    contacts_at(&f, moments, G_N_ELEMENTS(moments));
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpint(mf_beacons_get(f.beacons, 1)->period, ==, 60 * SECOND);
    tear_down(&f);
    set_up(&f);
    contacts_at(&f, irregular, G_N_ELEMENTS(irregular));
    g_assert_cmpuint(live(&f), ==, 0);
    tear_down(&f);
}

/* Sizes alone: eight of them at irregular intervals of one order of magnitude. */
static unsigned
of_one_size(unsigned n, unsigned different, double longest)
{
    struct fixture f;
    unsigned found;

    set_up(&f);
    for (unsigned i = 0; i < n; i++) {
        f.bytes[MF_RESP] = i < different ? 5000 + 1000 * i : 1024 + i % 3;
        contact(&f);
        f.now += (double[]){10, 25, longest, 16, 60}[i % 5];
    }
    found = live(&f);
    if (found > 0) {
        g_assert_false(mf_beacons_get(f.beacons, 1)->regular_time);
        g_assert_true(mf_beacons_get(f.beacons, 1)->regular_size);
    }
    tear_down(&f);
    return found;
}

static void
test_size(void)
{
    g_assert_cmpuint(of_one_size(7, 0, 90), ==, 0);
    g_assert_cmpuint(of_one_size(8, 0, 90), ==, 1);
    g_assert_cmpuint(of_one_size(9, 0, 90), ==, 1);
    g_assert_cmpuint(of_one_size(8, 0, 100), ==, 1);
    g_assert_cmpuint(of_one_size(8, 0, 101), ==, 0);
    g_assert_cmpuint(of_one_size(20, 3, 90), ==, 1);
    g_assert_cmpuint(of_one_size(20, 4, 90), ==, 1);
    g_assert_cmpuint(of_one_size(20, 5, 90), ==, 0);
}

/* A browser opens six connections at once, reads, and opens six more. */
static void
test_bursts(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 30, 0.1);
    g_assert_cmpuint(live(&f), ==, 0);
    for (unsigned i = 0; i < 4; i++) {
        f.now += (double[]){7, 90, 3, 41}[i];
        contacts(&f, 6, 0.02);
    }
    g_assert_cmpuint(live(&f), ==, 0);
    tear_down(&f);
}

/* Two connections at each beat are one beat. */
static void
test_pairs(void)
{
    struct fixture f;

    set_up(&f);
    for (unsigned i = 0; i < 6; i++) {
        contact(&f);
        f.now += 0.3;
        contact(&f);
        f.now += 59.7;
    }
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->contacts, ==, 12);
    g_assert_cmpint(mf_beacons_get(f.beacons, 1)->period, ==, 60 * SECOND);
    tear_down(&f);
}

/* A client that nobody answers tries again at doubled intervals; a bot at equal ones. */
static void
test_unanswered(void)
{
    struct fixture f;

    set_up(&f);
    f.silent = true;
    for (unsigned i = 0; i < 10; i++, f.now += 3u << i)
        contact(&f);
    g_assert_cmpuint(live(&f), ==, 0);
    f.target = 2;
    contacts(&f, 10, 30);
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->answered, ==, 0);
    tear_down(&f);
}

static void
test_never(void)
{
    static const struct {
        enum mf_l4 l4;
        uint16_t port;
        const char *app;
        uint8_t target;
        uint32_t scan;
        unsigned beacons;
    } rows[] = {
        {MF_L4_UDP, 53, NULL, 1, 0, 0},     {MF_L4_UDP, 123, NULL, 1, 0, 0},
        {MF_L4_UDP, 137, NULL, 1, 0, 0},    {MF_L4_UDP, 67, NULL, 1, 0, 0},
        {MF_L4_UDP, 5355, NULL, 1, 0, 0},   {MF_L4_UDP, 4000, "DNS", 1, 0, 0},
        {MF_L4_TCP, 53, "DNS", 1, 0, 0},    {MF_L4_ICMP, 8 << 8, NULL, 1, 0, 0},
        {MF_L4_ARP, 0, NULL, 1, 0, 0},      {MF_L4_OTHER, 0, NULL, 1, 0, 0},
        {MF_L4_UDP, 4000, NULL, 255, 0, 0}, {MF_L4_TCP, 443, "TLS", 1, 3, 0},
        {MF_L4_TCP, 53, NULL, 1, 0, 1},     {MF_L4_UDP, 4000, NULL, 1, 0, 1},
        {MF_L4_TCP, 443, "TLS", 1, 0, 1},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct fixture f;

        set_up(&f);
        f.l4 = rows[i].l4;
        f.port = rows[i].port;
        f.target = rows[i].target;
        for (unsigned n = 0; n < 20; n++, f.now += 60) {
            struct mf_session *s = make(&f);

            s->app = rows[i].app;
            s->scan = rows[i].scan;
            mf_beacons_contact(f.beacons, s);
        }
        g_assert_cmpuint(live(&f), ==, rows[i].beacons);
        tear_down(&f);
    }
}

/* A contact that a scan took later is none. */
static void
test_scan_takes_members(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 8, 60);
    g_assert_cmpuint(live(&f), ==, 1);
    session(&f, 3)->scan = 1;
    contact(&f);
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(session(&f, 3)->beacon, ==, 0);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->contacts, ==, 8);
    tear_down(&f);
}

/* Two hosts, two ports, two targets, between each other. */
static void
test_apart(void)
{
    struct fixture f;

    set_up(&f);
    for (unsigned i = 0; i < 6; i++, f.now += 60)
        for (unsigned which = 0; which < 8; which++) {
            f.source = which & 1;
            f.target = which >> 1 & 1;
            f.port = which & 4 ? 443 : 80;
            contact(&f);
        }
    g_assert_cmpuint(live(&f), ==, 8);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 8)->contacts, ==, 6);
    tear_down(&f);
}

/* What looked regular and was not, is dissolved; its id is used again. */
static void
test_dissolved(void)
{
    static const double moments[] = {0, 60, 120, 180, 240, 300, 301.5, 303, 307, 318, 700, 703};
    struct fixture f;

    set_up(&f);
    contacts_at(&f, moments, 6);
    g_assert_cmpuint(live(&f), ==, 1);
    contacts_at(&f, moments + 6, 6);
    g_assert_cmpuint(live(&f), ==, 0);
    for (uint32_t id = 1; id <= f.sessions->len; id++)
        g_assert_cmpuint(session(&f, id)->beacon, ==, 0);
    f.target = 2;
    contacts(&f, 6, 60);
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(mf_beacons_count(f.beacons), ==, 1);
    tear_down(&f);
}

/* One that was regular for long stays what it was when other contacts follow it. */
static void
test_ended(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 30, 60);
    g_assert_cmpuint(live(&f), ==, 1);
    for (unsigned i = 0; i < 60; i++) {
        f.bytes[MF_ORIG] = 100u << (i % 8);
        f.now += (double[]){3, 400, 7, 1100, 25, 90}[i % 6];
        contact(&f);
    }
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->contacts, >=, 30);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->contacts, <, 40);
    g_assert_cmpint(mf_beacons_get(f.beacons, 1)->period, ==, 60 * SECOND);
    tear_down(&f);
}

/* More contacts than are held. */
static void
test_long(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 1000, 60);
    g_assert_cmpuint(live(&f), ==, 1);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->contacts, ==, 1000);
    g_assert_cmpuint(mf_beacons_get(f.beacons, 1)->first_session, ==, 1);
    g_assert_cmpuint(mf_beacons_memory(f.beacons), <, 2000);
    tear_down(&f);
}

/* Known while the packets pass, not only at the end. */
static void
test_on_line(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 5, 60);
    g_assert_cmpuint(session(&f, 1)->beacon, ==, 0);
    contact(&f);
    g_assert_cmpuint(session(&f, 1)->beacon, ==, 1);
    g_assert_cmpuint(session(&f, 6)->beacon, ==, 1);
    f.now += 60;
    g_assert_cmpuint(contact(&f)->beacon, ==, 1);
    tear_down(&f);
}

/* Destinations that are contacted once do not push out those that are contacted again. */
static void
test_bounded(void)
{
    struct fixture f;

    set_up(&f);
    contacts(&f, 3, 60);
    f.l4 = MF_L4_UDP;
    for (uint32_t i = 0; i < 2 * MF_BEACON_TRACKERS; i++) {
        struct mf_session *s = make(&f);

        s->addr[MF_RESP].bytes[13] = (uint8_t)(i >> 16);
        s->port[MF_RESP] = (uint16_t)(10000 + i % 50000);
        s->addr[MF_RESP].bytes[14] = (uint8_t)(i / 50000);
        mf_beacons_contact(f.beacons, s);
    }
    g_assert_cmpuint(f.counters.beacon_trackers_lost, ==, 0);
    g_assert_cmpuint(mf_beacons_memory(f.beacons), <, 20 * 1024 * 1024);
    f.l4 = MF_L4_TCP;
    contacts(&f, 3, 60);
    mf_beacons_flush(f.beacons);
    g_assert_cmpuint(mf_beacons_count(f.beacons), ==, 1);
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/beacon/count", test_count);
    g_test_add_func("/beacon/period", test_period);
    g_test_add_func("/beacon/jitter", test_jitter);
    g_test_add_func("/beacon/missed-beats", test_missed_beats);
    g_test_add_func("/beacon/size", test_size);
    g_test_add_func("/beacon/bursts", test_bursts);
    g_test_add_func("/beacon/pairs", test_pairs);
    g_test_add_func("/beacon/unanswered", test_unanswered);
    g_test_add_func("/beacon/never", test_never);
    g_test_add_func("/beacon/scan-takes-members", test_scan_takes_members);
    g_test_add_func("/beacon/apart", test_apart);
    g_test_add_func("/beacon/dissolved", test_dissolved);
    g_test_add_func("/beacon/ended", test_ended);
    g_test_add_func("/beacon/long", test_long);
    g_test_add_func("/beacon/on-line", test_on_line);
    g_test_add_func("/beacon/bounded", test_bounded);
    return g_test_run();
}
