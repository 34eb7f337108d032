/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "summary_fixture.h"

#include <string.h>

enum { A = 1, NS = 2, CNAME = 5, PTR = 12, AAAA = 28 };

static const uint8_t address[] = {115, 126, 2, 120};
static const uint8_t address2[] = {115, 126, 2, 121};
static const uint8_t address6[] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

static void
add_question(struct fixture *f, bool response, const char *name, unsigned type)
{
    add_layer(f, MF_BUF_DNS);
    add_number(f, MF_BUF_DNS_ID, 7);
    add_number(f, MF_BUF_DNS_IS_RESPONSE, response);
    if (name == NULL)
        return;
    add_text(f, MF_BUF_DNS_QUERY, name);
    add_number(f, MF_BUF_DNS_QUERY_TYPE, type);
}

static void
ask(struct fixture *f, const char *name, unsigned type)
{
    add_question(f, false, name, type);
    send_buffers(f, MF_ORIG);
}

static void
test_answer(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

    ask(f, "a.example", A);
    assert_says(f, "DNS: a.example. (no response)");
    for (unsigned i = 0; i < 5; i++) { /* the same response again and again */
        add_question(f, true, "A.example", A);
        add_bytes(f, MF_BUF_DNS_A, address, 4);
        send_buffers(f, MF_RESP);
    }
    assert_says(f, "DNS: a.example. (115.126.2.120)");
    g_assert_false(mf_summary_wants_counts(&f->session));
    g_assert_cmpuint(mf_summary_memory(&f->session), <, 100);
    g_assert_cmpuint(mf_summary_count(&f->session), ==, 0);
    assert_object(f, MF_RESP, NULL, 0);
    fixture_free(f);
}

static void
test_chain(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

    ask(f, "www.a.example", AAAA);
    add_question(f, true, "www.a.example", AAAA);
    add_text(f, MF_BUF_DNS_NAME, "cdn.example");
    add_bytes(f, MF_BUF_DNS_AAAA, address6, 16);
    add_bytes(f, MF_BUF_DNS_AAAA, address6, 15); /* malformed */
    send_buffers(f, MF_RESP);
    assert_says(f, "DNS: www.a.example. AAAA (cdn.example, 2001:db8::1)");
    fixture_free(f);
}

/* What stands in the authority and additional sections is no answer. */
static void
test_sections(void)
{
    for (unsigned typed = 0; typed < 2; typed++) {
        struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

        add_question(f, true, "a.example", A);
        add_number(f, MF_BUF_DNS_ANSWERS, 2);
        if (typed)
            add_number(f, MF_BUF_DNS_ANSWER_TYPE, A);
        add_bytes(f, MF_BUF_DNS_A, address, 4);
        if (typed)
            add_number(f, MF_BUF_DNS_ANSWER_TYPE, A);
        add_bytes(f, MF_BUF_DNS_A, address2, 4);
        if (typed)
            add_number(f, MF_BUF_DNS_ANSWER_TYPE, NS);
        add_text(f, MF_BUF_DNS_NAME, "ns.example");
        send_buffers(f, MF_RESP);
        assert_says(f, "DNS: a.example. (115.126.2.120, 115.126.2.121)");
        fixture_free(f);
    }
}

static void
test_no_answers_but_authority(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

    add_question(f, true, "a.example", A);
    add_number(f, MF_BUF_DNS_ANSWERS, 0);
    add_number(f, MF_BUF_DNS_ANSWER_TYPE, NS);
    add_text(f, MF_BUF_DNS_NAME, "ns.example");
    send_buffers(f, MF_RESP);
    assert_says(f, "DNS: a.example. (empty answer)");
    fixture_free(f);
}

struct rcode {
    unsigned number;
    const char *expected;
};

static void
test_rcodes(void)
{
    static const struct rcode rcodes[] = {
        {0, "DNS: a.example. (empty answer)"}, {2, "DNS: a.example. (SERVFAIL)"},
        {3, "DNS: a.example. (NXDOMAIN)"},     {5, "DNS: a.example. (REFUSED)"},
        {10, "DNS: a.example. (NOTZONE)"},     {11, "DNS: a.example. (RCODE11)"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rcodes); i++) {
        struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

        add_question(f, true, "a.example", A);
        add_number(f, MF_BUF_DNS_RCODE, rcodes[i].number);
        send_buffers(f, MF_RESP);
        assert_says(f, rcodes[i].expected);
        fixture_free(f);
    }
}

static void
test_types(void)
{
    static const struct rcode types[] = {
        {15, "DNS: a.example. MX (no response)"},   {16, "DNS: a.example. TXT (no response)"},
        {33, "DNS: a.example. SRV (no response)"},  {65, "DNS: a.example. HTTPS (no response)"},
        {255, "DNS: a.example. ANY (no response)"}, {123, "DNS: a.example. TYPE123 (no response)"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(types); i++) {
        struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

        ask(f, "a.example", types[i].number);
        assert_says(f, types[i].expected);
        fixture_free(f);
    }
}

static void
test_root(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");

    ask(f, "<Root>", NS);
    assert_says(f, "DNS: . NS (no response)");
    fixture_free(f);
}

/* DNS over TCP: further questions are counted, the first one's answer is told. */
static void
test_more_queries(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "DNS");

    ask(f, "a.example", A);
    ask(f, "a.example", A);
    ask(f, "a.example", AAAA);
    assert_says(f, "DNS: a.example. (no response), 1 more query");
    ask(f, "b.example", A);
    add_question(f, true, "b.example", A);
    add_bytes(f, MF_BUF_DNS_A, address2, 4);
    add_question(f, true, "a.example", A);
    add_bytes(f, MF_BUF_DNS_A, address, 4);
    send_buffers(f, MF_RESP);
    assert_says(f, "DNS: a.example. (115.126.2.120), 2 more queries");
    fixture_free(f);
}

static void
test_multicast(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "MDNS");

    f->session.addr[MF_RESP] = mf_addr_from_ipv4((const uint8_t[]){224, 0, 0, 251});
    ask(f, "_http._tcp.local", PTR);
    assert_says(f, "MDNS: _http._tcp.local. PTR");
    fixture_free(f);

    f = fixture_new(MF_L4_UDP, "LLMNR");
    ask(f, "wpad", A);
    assert_says(f, "LLMNR: wpad. (no response)");
    fixture_free(f);

    f = fixture_new(MF_L4_UDP, "MDNS");
    add_question(f, true, NULL, 0);
    add_text(f, MF_BUF_DNS_NAME, "host.local");
    send_buffers(f, MF_ORIG);
    assert_says(f, "MDNS: announcement (host.local)");
    fixture_free(f);
}

static void
test_hostile_text(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");
    char name[1000];

    memset(name, '\x1b', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ask(f, name, A);
    memset(name, '.', MF_SUMMARY_TEXT);
    strcpy(name + MF_SUMMARY_TEXT, " (no response)");
    memmove(name + 5, name, strlen(name) + 1);
    memcpy(name, "DNS: ", 5);
    assert_says(f, name);
    fixture_free(f);
}

/* Answers are bounded in number and in bytes; what is left out is counted and told. */
static void
test_bound(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DNS");
    uint8_t addresses[MF_SUMMARY_ITEMS + 12][4];
    GString *text = g_string_new(NULL);

    add_question(f, true, "a.example", A);
    for (unsigned i = 0; i < G_N_ELEMENTS(addresses); i++) {
        memcpy(addresses[i], (const uint8_t[]){10, 0, 0, (uint8_t)i}, 4);
        add_bytes(f, MF_BUF_DNS_A, addresses[i], 4);
    }
    send_buffers(f, MF_RESP);
    mf_summary_append(&f->session, text);
    g_assert_true(g_str_has_suffix(text->str, ", 10.0.0.31, 12 more)"));
    g_assert_cmpuint(f->counters.summary_items_lost, ==, 12);
    g_string_free(text, TRUE);
    fixture_free(f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/dns/answer", test_answer);
    g_test_add_func("/summary/dns/chain", test_chain);
    g_test_add_func("/summary/dns/sections", test_sections);
    g_test_add_func("/summary/dns/no-answers-but-authority", test_no_answers_but_authority);
    g_test_add_func("/summary/dns/rcodes", test_rcodes);
    g_test_add_func("/summary/dns/types", test_types);
    g_test_add_func("/summary/dns/root", test_root);
    g_test_add_func("/summary/dns/more-queries", test_more_queries);
    g_test_add_func("/summary/dns/multicast", test_multicast);
    g_test_add_func("/summary/dns/hostile-text", test_hostile_text);
    g_test_add_func("/summary/dns/bound", test_bound);
    return g_test_run();
}
