/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which sessions are ordinary operation: each purpose from both sides of its bounds. */
#include "core/fold.h"
#include "timeline_fixture.h"

#include <string.h>

#define HOST     "192.168.0.5"
#define RESOLVER "192.168.0.1"
#define SERVER   "203.0.113.9"

static struct mf_buffer
text(enum mf_buffer_id id, const char *value)
{
    return (struct mf_buffer){
        .id = id, .data = (const uint8_t *)value, .length = (uint32_t)strlen(value)};
}

static struct mf_buffer
number(enum mf_buffer_id id, uint64_t value)
{
    return (struct mf_buffer){.id = id, .number = value};
}

/* A packet of an app with BYTES of payload; returns its session. */
static uint32_t
send(struct timeline_fixture *f, const struct timeline_tuple *tuple, enum mf_direction direction,
     struct mf_packet with)
{
    static const uint8_t zeros[8192];
    struct mf_packet packet = timeline_packet(tuple, direction, with.time);

    packet.app = with.app;
    packet.buffers = with.buffers;
    packet.n_buffers = with.n_buffers;
    packet.icmp_type = with.icmp_type;
    packet.seq = 1;
    packet.tcp_flags = with.tcp_flags;
    packet.payload = zeros;
    packet.payload_captured = packet.payload_length = with.payload_length;
    timeline_feed(f, packet);
    return mf_engine_verdict(f->engine, f->frame).session;
}

/* A look-up that gives SERVER for NAME, at MS. Each from a port of its own. */
static uint32_t
look_up(struct timeline_fixture *f, const char *name, unsigned type, int64_t ms)
{
    static const uint8_t address[] = {203, 0, 113, 9};
    const struct timeline_tuple tuple = {MF_L4_UDP, HOST, (uint16_t)(5000 + f->frame), RESOLVER,
                                         53};
    const struct mf_buffer buffers[] = {
        {.id = MF_BUF_DNS},
        number(MF_BUF_DNS_IS_RESPONSE, 1),
        text(MF_BUF_DNS_QUERY, name),
        number(MF_BUF_DNS_QUERY_TYPE, type),
        {.id = MF_BUF_DNS_A, .data = address, .length = 4},
    };

    send(f, &tuple, MF_ORIG, (struct mf_packet){.time = ms, .app = "DNS", .payload_length = 30});
    return send(f, &tuple, MF_RESP,
                (struct mf_packet){.time = ms + 1,
                                   .app = "DNS",
                                   .payload_length = 46,
                                   .buffers = buffers,
                                   .n_buffers = G_N_ELEMENTS(buffers)});
}

/* A connection from PORT, with one GET and its response. */
static uint32_t
get(struct timeline_fixture *f, uint16_t port, const char *host, const char *uri, const char *type)
{
    const struct timeline_tuple tuple = {MF_L4_TCP, HOST, port, SERVER, 80};
    const struct mf_buffer request[] = {{.id = MF_BUF_HTTP},
                                        text(MF_BUF_HTTP_METHOD, "GET"),
                                        text(MF_BUF_HTTP_URI, uri),
                                        text(MF_BUF_HTTP_HOST, host)};
    const struct mf_buffer response[] = {{.id = MF_BUF_HTTP},
                                         number(MF_BUF_HTTP_IS_RESPONSE, 1),
                                         number(MF_BUF_HTTP_STATUS, 200),
                                         text(MF_BUF_HTTP_CONTENT_TYPE, type)};

    timeline_tcp(f, &tuple, MF_ORIG, 5000, MF_TCP_SYN);
    send(f, &tuple, MF_ORIG,
         (struct mf_packet){.time = 5001,
                            .app = "HTTP",
                            .payload_length = 1,
                            .tcp_flags = MF_TCP_ACK,
                            .buffers = request,
                            .n_buffers = 4});
    return send(f, &tuple, MF_RESP,
                (struct mf_packet){.time = 5002,
                                   .app = "HTTP",
                                   .payload_length = 1,
                                   .tcp_flags = MF_TCP_ACK,
                                   .buffers = response,
                                   .n_buffers = 4});
}

/* Name of the session's purpose, or "". */
static const char *
purpose(const struct timeline_fixture *f, uint32_t id)
{
    struct mf_fold_facts *facts = mf_fold_facts_new(f->engine);
    unsigned found = mf_fold_may(facts, mf_engine_session(f->engine, id));

    mf_fold_facts_free(facts);
    return found != 0 ? mf_fold_purpose_name(found) : "";
}

static void
test_single(void)
{
    static const struct {
        enum mf_l4 l4;
        const char *from, *to;
        uint16_t port;
        const char *app;
        unsigned bytes;
        const char *purpose;
    } rows[] = {
        {MF_L4_ARP, HOST, RESOLVER, 0, "ARP", 0, "local network"},
        {MF_L4_OTHER, HOST, "224.0.0.22", 0, "IGMP", 0, "local network"},
        {MF_L4_OTHER, HOST, SERVER, 0, "GRE", 0, ""},
        {MF_L4_UDP, HOST, "255.255.255.255", 67, "DHCP", 300, "local network"},
        {MF_L4_UDP, HOST, SERVER, 67, "DHCP", 300, ""},
        {MF_L4_UDP, HOST, "192.168.0.255", 137, "NBNS", 50, "local names"},
        {MF_L4_UDP, HOST, "192.168.0.7", 137, "NBNS", 50, "local names"},
        {MF_L4_UDP, HOST, SERVER, 137, "NBNS", 50, ""},
        {MF_L4_UDP, SERVER, HOST, 137, "NBNS", 50, ""},
        {MF_L4_UDP, HOST, "239.255.255.250", 1900, "SSDP", 120, "local names"},
        {MF_L4_UDP, "fe80::1", "ff02::fb", 5353, "MDNS", 40, "local names"},
        {MF_L4_UDP, HOST, "192.168.0.255", 139, "NBNS", 50, ""},
        {MF_L4_TCP, HOST, "192.168.0.7", 139, "NBSS", 255, "local names"},
        {MF_L4_TCP, HOST, "192.168.0.7", 139, "NBSS", 256, "local names"},
        {MF_L4_TCP, HOST, "192.168.0.7", 139, "NBSS", 257, ""},
        {MF_L4_TCP, HOST, "192.168.0.7", 139, "SMB", 100, ""},
        {MF_L4_UDP, HOST, SERVER, 123, "NTP", 48, "clock"},
        {MF_L4_UDP, HOST, SERVER, 123, "NTP", 128, "clock"},
        {MF_L4_UDP, HOST, SERVER, 123, "NTP", 129, ""},
        {MF_L4_UDP, HOST, SERVER, 123, NULL, 48, ""},
        {MF_L4_UDP, HOST, SERVER, 4000, "NTP", 48, ""},
        {MF_L4_TCP, HOST, "192.168.0.7", 445, "SMB2", 100, ""},
        {MF_L4_TCP, HOST, SERVER, 6667, "IRC", 100, ""},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct timeline_tuple tuple = {rows[i].l4, rows[i].from, 4000, rows[i].to,
                                             rows[i].port};
        struct timeline_fixture f;
        uint32_t id;

        timeline_set_up(&f, NULL);
        id =
            send(&f, &tuple, MF_ORIG,
                 (struct mf_packet){
                     .app = rows[i].app, .payload_length = rows[i].bytes, .tcp_flags = MF_TCP_SYN});
        g_assert_cmpstr(purpose(&f, id), ==, rows[i].purpose);
        timeline_tear_down(&f);
    }
}

/* SMB is ordinary only with a host that serves Kerberos or LDAP, to the same client. */
static void
test_controller(void)
{
    static const struct timeline_tuple smb = {MF_L4_TCP, HOST, 4000, "192.168.0.7", 445};
    static const struct timeline_tuple other = {MF_L4_TCP, "192.168.0.6", 4000, "192.168.0.7", 445};
    static const struct timeline_tuple krb = {MF_L4_UDP, HOST, 4001, "192.168.0.7", 88};
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    send(&f, &smb, MF_ORIG,
         (struct mf_packet){.app = "SMB2", .tcp_flags = MF_TCP_SYN, .payload_length = 90});
    send(&f, &other, MF_ORIG,
         (struct mf_packet){.app = "SMB2", .tcp_flags = MF_TCP_SYN, .payload_length = 90});
    send(&f, &krb, MF_ORIG, (struct mf_packet){.app = "KRB5", .payload_length = 90});
    g_assert_cmpstr(purpose(&f, 1), ==, "");
    send(&f, &krb, MF_RESP, (struct mf_packet){.app = "KRB5", .payload_length = 90});
    g_assert_cmpstr(purpose(&f, 1), ==, "domain controller");
    g_assert_cmpstr(purpose(&f, 2), ==, "");
    g_assert_cmpstr(purpose(&f, 3), ==, "domain controller");
    timeline_tear_down(&f);
}

static void
test_look_ups(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    look_up(&f, "a.example", 1, 0);
    look_up(&f, "a.example", 16, 10);    /* TXT can carry anything */
    look_up(&f, "A.example.", 1, 10000); /* not later than 10 s */
    look_up(&f, "a.example", 1, 10001);  /* later */
    look_up(&f, "b.example", 28, 10002); /* another name */
    g_assert_cmpstr(purpose(&f, 1), ==, "name look-ups");
    g_assert_cmpstr(purpose(&f, 2), ==, "");
    get(&f, 4000, "a.example", "/", "text/html");
    g_assert_cmpstr(purpose(&f, 1), ==, "");
    g_assert_cmpstr(purpose(&f, 3), ==, "");
    g_assert_cmpstr(purpose(&f, 4), ==, "name look-ups");
    g_assert_cmpstr(purpose(&f, 5), ==, "");
    g_assert_cmpstr(purpose(&f, 6), ==, "");
    timeline_tear_down(&f);
}

/* A well-known name is believed at addresses that a look-up gave for it. */
static void
test_services(void)
{
    struct timeline_fixture f;
    uint32_t id;

    timeline_set_up(&f, NULL);
    id = get(&f, 4000, "ctldl.windowsupdate.com", "/a.cab", "application/octet-stream");
    g_assert_cmpstr(purpose(&f, id), ==, "");
    look_up(&f, "www.example", 1, 0);
    g_assert_cmpstr(purpose(&f, id), ==, "");
    look_up(&f, "ctldl.windowsupdate.com", 1, 0);
    g_assert_cmpstr(purpose(&f, id), ==, "system services");
    g_assert_cmpstr(purpose(&f, 3), ==, "name look-ups");
    get(&f, 4000, "www.example", "/", "text/html"); /* on the same connection */
    g_assert_cmpstr(purpose(&f, id), ==, "");
    look_up(&f, "fakewindowsupdate.com", 1, 0);
    g_assert_cmpstr(purpose(&f, get(&f, 4001, "fakewindowsupdate.com", "/", "text/html")), ==, "");
    timeline_tear_down(&f);
}

static void
test_connectivity(void)
{
    struct timeline_fixture f;

    timeline_set_up(&f, NULL);
    look_up(&f, "www.msftncsi.com", 1, 0);
    look_up(&f, "www.google.com", 1, 0);
    g_assert_cmpstr(purpose(&f, get(&f, 4000, "www.msftncsi.com", "/ncsi.txt", "text/plain")), ==,
                    "connectivity checks");
    g_assert_cmpstr(purpose(&f, get(&f, 4001, "www.google.com", "/generate_204", "text/html")), ==,
                    "connectivity checks");
    g_assert_cmpstr(purpose(&f, get(&f, 4002, "www.google.com", "/search?q=x", "text/html")), ==,
                    "");
    timeline_tear_down(&f);
}

/* REQUESTS echo requests with BYTES of data each, to an address that was looked up. */
static const char *
ping(unsigned requests, unsigned bytes, bool looked_up)
{
    static const struct timeline_tuple tuple = {MF_L4_ICMP, HOST, 7, SERVER, 8 << 8};
    struct timeline_fixture f;
    const char *found;
    uint32_t id = 0;

    timeline_set_up(&f, NULL);
    for (unsigned i = 0; i < requests; i++)
        id = send(&f, &tuple, MF_ORIG,
                  (struct mf_packet){.time = i, .icmp_type = 8, .payload_length = bytes});
    if (looked_up)
        look_up(&f, "a.example", 1, 0);
    found = purpose(&f, id);
    timeline_tear_down(&f);
    return found;
}

static void
test_ping(void)
{
    g_assert_cmpstr(ping(8, 64, true), ==, "connectivity checks");
    g_assert_cmpstr(ping(1, 32, true), ==, "connectivity checks");
    g_assert_cmpstr(ping(8, 64, false), ==, "");
    g_assert_cmpstr(ping(9, 64, true), ==, "");
    g_assert_cmpstr(ping(8, 65, true), ==, "");
}

/* N requests for images on one connection make its server one of content. */
static void
test_page_content(void)
{
    for (unsigned n = 2; n <= 4; n++) {
        struct timeline_fixture f;
        uint32_t id = 0, other;

        timeline_set_up(&f, NULL);
        for (unsigned i = 0; i < n; i++)
            id = get(&f, 4000, "img.example", "/a.gif", "image/gif");
        other = get(&f, 4001, "img.example", "/b", "text/css");
        g_assert_cmpstr(purpose(&f, id), ==, n >= 3 ? "page content" : "");
        g_assert_cmpstr(purpose(&f, other), ==, n >= 3 ? "page content" : "");
        get(&f, 4001, "img.example", "/b", "text/html");
        g_assert_cmpstr(purpose(&f, other), ==, "");
        timeline_tear_down(&f);
    }
}

static void
test_plain_content(void)
{
    static const struct {
        const char *request, *type;
        uint16_t status;
        bool plain;
    } rows[] = {
        {"GET a/b.gif", "image/gif", 200, true},  {"GET a/b", "text/css", 200, true},
        {"GET a/b.exe", "image/png", 200, true},  {"GET a/b.gif", "text/html", 200, false},
        {"GET a/b.gif", NULL, 304, true},         {"GET a/b.js?v=1", NULL, 304, true},
        {"GET a/b?c=.gif", NULL, 304, false},     {"GET a/b.gif", NULL, 200, false},
        {"GET a/b.gif", "image/gif", 404, false}, {"POST a/b.gif", "image/gif", 200, false},
        {NULL, "image/gif", 200, false},          {"GET a/b.gif", NULL, 0, false},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct mf_summary_item item = {
            .request = rows[i].request, .type = rows[i].type, .status = rows[i].status};

        g_assert_cmpint(mf_fold_is_plain_content(&item), ==, rows[i].plain);
    }
}

/* Two sessions fold, one does not; a hit keeps its row. */
static void
test_rows(void)
{
    static const struct timeline_tuple tuple = {MF_L4_UDP, HOST, 123, "203.0.113.7", 123};
    struct timeline_fixture f;

    timeline_set_up(&f, "alert udp any any -> any any (msg:\"odd\"; dsize:99; sid:1;)\n");
    f.options.fold = true;
    send(&f, &tuple, MF_ORIG, (struct mf_packet){.app = "NTP", .payload_length = 48});
    send(&f, &tuple, MF_ORIG,
         (struct mf_packet){.time = 100000, .app = "NTP", .payload_length = 99});
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  0:00.00 ] 192.168.0.5:123 -> 203.0.113.7:123 (UDP:NTP)...\n"
        "[  2 |  100.000 |  0:00.00 ] 192.168.0.5:123 -> 203.0.113.7:123 (UDP:NTP)...\n");
    send(&f, &tuple, MF_ORIG,
         (struct mf_packet){.time = 200000, .app = "NTP", .payload_length = 48});
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  3:20.00 ] 192.168.0.5 === Folded: 2 sessions (clock) ===\n"
        "[  2 |  100.000 |  0:00.00 ] 192.168.0.5:123 -> 203.0.113.7:123 (UDP:NTP)...\n");
    look_up(&f, "a.example", 1, 0);
    look_up(&f, "B.example.", 1, 3000);
    look_up(&f, "b.example", 1, 4000);
    f.options.hits = MF_HITS_ALL;
    timeline_expect(
        &f, NULL,
        "[  1 |    0.000 |  3:20.00 ] 192.168.0.5 === Folded: 2 sessions (clock) ===\n"
        "[  4 |    0.000 |  0:04.00 ] 192.168.0.5 === Folded: 3 sessions (name look-ups) "
        "=== 2 names: a.example, b.example\n"
        "[  2 |  100.000 |  0:00.00 ] 192.168.0.5:123 -> 203.0.113.7:123 (UDP:NTP)...\n");
    f.options.hits = MF_HITS_ONLY;
    timeline_expect(
        &f, NULL, "[  2 |  100.000 |  0:00.00 ] 192.168.0.5:123 -> 203.0.113.7:123 (UDP:NTP)...\n");
    timeline_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fold/single", test_single);
    g_test_add_func("/fold/controller", test_controller);
    g_test_add_func("/fold/look-ups", test_look_ups);
    g_test_add_func("/fold/services", test_services);
    g_test_add_func("/fold/connectivity", test_connectivity);
    g_test_add_func("/fold/ping", test_ping);
    g_test_add_func("/fold/page-content", test_page_content);
    g_test_add_func("/fold/plain-content", test_plain_content);
    g_test_add_func("/fold/rows", test_rows);
    return g_test_run();
}
