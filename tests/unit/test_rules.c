/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules as data (rules_rows.h): content and pcre; and to whom a rule applies. */
#include "rules_rows.h"

static const struct rules_row rows[] = {
    /* content */
    {"content:\"abc\";", "xxabcxx", 1},
    {"content:\"abc\";", "abcabc", 2},
    {"content:\"aa\";", "aaaa", 3},
    {"content:\"abc\";", "abxc", 0},
    {"content:\"abc\";", "xABCx", 0},
    {"content:\"aBc\"; nocase;", "xAbCx abc", 2},
    {"content:\"a|00 FF|b\";", "xxa|00ff|bxx", 1},
    /* literals that begin with NULs, or are nothing else: not every libhs looks for them */
    {"content:\"|00 00|abc\";", "x|00 00|abc", 1},
    {"content:\"|00 00|abc\";", "x|01 00|abc", 0},
    {"content:\"|00 00|abc\";", "abc", 0},
    {"content:\"|00 00|abc\"; offset:1; depth:5;", "x|00 00|abc", 1},
    {"content:\"|00 00|abc\"; offset:1; depth:5;", "xx|00 00|abc", 0},
    {"content:\"|00 00 00|\";", "x|00 00 00|y", 1},
    {"content:\"|00 00 00|\";", "x|00 00 01|y", 0},
    {"content:\"|00 00 00|\"; content:\"y\"; within:1;", "x|00 00 00|y", 1},
    {"content:\"|41|B|43 44|\";", "xABCDx", 1},
    {"content:\"|4 1 42|2|4 3|\";", "AB2C", 1},
    {"content:\"a\\\"\\;\\:\\\\b\";", "a\";:\\b", 1},
    {"content:\"a\"; content:\"longest\";", "longest...a", 1},
    {"content:\"a\"; content:\"longest\";", "longest", 0},
    {"content:\"one\"; content:\"two\";", "two one", 1},
    {"content:\"one\"; content:\"one\";", "one", 1},
    {"content:\"0123456789012345678901234567890123456789\";",
     "x0123456789012345678901234567890123456789", 1},
    {"content:\"0123456789012345678901234567890123456789\";",
     "x012345678901234567890123456789012345678_", 0},

    /* negation waits until no byte can take it back */
    {"content:\"a\"; content:!\"b\";", "xax", 1},
    {"content:\"a\"; content:!\"b\";", "xaxb", 0},
    {"content:\"a\"; content:!\"b\";", "bxax", 0},
    {"content:\"a\"; content:!\"b\"; distance:0; within:2;", "axxb", 1},
    {"content:\"a\"; content:!\"b\"; distance:0; within:2;", "axbx", 0},
    {"content:\"a\"; content:!\"bc\"; distance:0; within:2;", "abc", 0},
    {"content:\"a\"; content:!\"bc\"; distance:0; within:2;", "abac", 2},

    /* offset and depth count from the start of the stream */
    {"content:\"ab\"; offset:2;", "xab", 0},
    {"content:\"ab\"; offset:2;", "xxab", 1},
    {"content:\"ab\"; depth:3;", "xab", 1},
    {"content:\"ab\"; depth:3;", "xxab", 0},
    {"content:\"ab\"; offset:1; depth:3;", "xxab", 1},
    {"content:\"ab\"; offset:1; depth:3;", "xxxab", 0},
    {"content:\"ab\"; depth:2;", "abab", 1},
    {"content:\"ab\"; startswith;", "ab..ab", 1},
    {"content:\"ab\"; startswith;", "xab", 0},
    {"content:\"ab\"; endswith;", "ab..ab", 1},
    {"content:\"ab\"; endswith;", "abx", 0},
    {"content:\"ab\"; startswith; endswith;", "ab", 1},
    {"content:\"x\"; content:!\"ab\"; startswith;", "abx", 0},
    {"content:\"x\"; content:!\"ab\"; startswith;", "xab", 1},
    {"content:\"x\"; content:!\"ab\"; endswith;", "xab", 0},
    {"content:\"x\"; content:!\"ab\"; endswith;", "xaba", 1},
    {"content:\"ab\"; depth:4; endswith;", "xxab", 1},
    {"content:\"ab\"; depth:4; endswith;", "xxabxab", 0},
    {"content:\"x\"; content:\"ab\"; distance:0; endswith;", "xabab", 1},
    {"content:\"x\"; content:\"ab\"; within:4; endswith;", "xabab", 1},
    {"content:\"x\"; content:\"ab\"; within:3; endswith;", "xabab", 0},

    /* without a match before it, relative is to the start */
    {"content:\"ab\"; within:3;", "xab", 1},
    {"content:\"ab\"; within:3;", "xxab", 0},
    {"content:\"ab\"; distance:1;", "abxab", 1},
    {"byte_test:1,=,0x61,1,relative;", "xa", 1},

    /* a part of a content may be looked for */
    {"content:\"abcdef\"; fast_pattern:2,3;", "xabcdefx", 1},
    {"content:\"abcdef\"; fast_pattern:2,3;", "xaXcdefx", 0},
    {"content:\"aBcDef\"; nocase; fast_pattern:4,2;", "AbCdEf", 1},
    {"content:\"abc\"; fast_pattern:only; content:\"xyz\";", "xyz abc abc", 2},
    {"content:\"ab\"; content:!\"longest\"; fast_pattern;", "ab", 1},
    {"content:\"ab\"; content:!\"longest\"; fast_pattern;", "ab longest", 0},
    {"content:\"ab\"; rawbytes;", "ab", 1},

    /* distance and within count from the end of the match before */
    {"content:\"a\"; content:\"b\"; distance:2;", "axxb", 1},
    {"content:\"a\"; content:\"b\"; distance:2;", "axb", 0},
    {"content:\"a\"; content:\"b\"; within:2;", "axb", 1},
    {"content:\"a\"; content:\"b\"; within:2;", "axxb", 0},
    {"content:\"a\"; content:\"b\"; distance:1; within:1;", "axb", 1},
    {"content:\"a\"; content:\"b\"; distance:1; within:1;", "abx", 0},
    {"content:\"bc\"; content:\"a\"; distance:-3; within:1;", "abc", 1},
    {"content:\"bc\"; content:\"a\"; distance:-3; within:1;", "xbca", 0},
    {"content:\"a\"; content:\"bcd\"; distance:-9;", "bcda", 1},

    /* an earlier content tries its next match when a later one fails */
    {"content:\"a\"; content:\"b\"; distance:0; within:1;", "axaxab", 1},
    {"content:\"a\"; content:\"b\"; distance:0; within:1; content:\"c\"; distance:0; within:1;",
     "abxabxabc", 1},
    {"content:\"a\"; content:\"b\"; distance:0; content:\"c\"; distance:0; within:1;", "a..b..bc",
     1},
    {"content:\"a\"; content:\"bb\"; distance:1; within:2;", "aabb", 1},
    {"content:\"a\"; fast_pattern; content:\"bb\"; distance:1; within:2;", "aabb", 1},
    {"content:\"a\"; content:\"b\"; within:1; content:\"q\";", "axab...q", 1},
    {"content:\"a\"; isdataat:3,relative; content:\"b\"; within:1;", "ab.abcd", 2},

    /* the fast pattern is where one looks; a match is told for each */
    {"content:\"ab\"; content:\"cd\"; distance:0;", "ab cd cd", 1},
    {"content:\"ab\"; content:\"cd\"; fast_pattern; distance:0;", "ab cd cd", 2},
    {"content:\"ab\"; fast_pattern; content:\"longer\"; distance:0;", "ab ab longer", 2},

    /* pcre */
    {"content:\"a\"; pcre:\"/a\\d+b/\";", "xxa123b", 1},
    {"content:\"a\"; pcre:\"/a\\d+b/\";", "xxa123c", 0},
    {"content:\"a\"; pcre:\"/A\\d+B/i\";", "xxa123b", 1},
    {"content:\"a\"; pcre:\"/^\\d+b/R\";", "xxa123b", 1},
    {"content:\"a\"; pcre:\"/^\\d+b/R\";", "xxa.123b", 0},
    {"content:\"a\"; pcre:\"/\\d+b/R\";", "xxa.123b", 1},
    {"content:\"a\"; pcre:\"/^\\d+b/R\";", "aa.a1b", 1},
    {"content:\"a\"; pcre:\"/^xx/\";", "xxa", 1},
    {"content:\"a\"; pcre:\"/^a/\";", "xxa", 0},
    {"content:\"a\"; pcre:\"/^a/m\";", "xx|0a|a", 1},
    {"content:\"a\"; pcre:\"/a.b/\";", "a|0a|b", 0},
    {"content:\"a\"; pcre:\"/a.b/s\";", "a|0a|b", 1},
    {"content:\"a\"; pcre:\"/a b/x\";", "ab", 1},
    {"content:\"a\"; pcre:!\"/b/\";", "axx", 1},
    {"content:\"a\"; pcre:!\"/b/\";", "axb", 0},
    {"content:\"a\"; pcre:\"/a+$/\";", "xaaa", 3},
    {"content:\"a\"; pcre:\"/b/R\"; content:\"c\"; within:1;", "a b bc", 1},
    {"content:\"a\"; pcre:\"/a[\\x22\\;]b/\";", "a;b", 1},
    {"content:\"a\"; pcre:\"/(a)(b)/, flow:x/y, pkt:z\";", "ab", 1},
    {"content:\"a\"; pcre:\"/(?P<flow_x>a)b/OB\";", "ab", 1},
    {"content:\"a\"; pcre:\"/a.+?,flow/G\";", "a..,flow", 1},
    {"content:\"a\"; pcre:\"/ab/A\";", "xab", 0},
    {"content:\"a\"; pcre:\"/a$/E\";", "a|0a|", 0},
    {"content:\"a\"; pcre:\"/a$/\";", "a|0a|", 1},

    /* without a literal: once, at the beginning of the stream */
    {"pcre:\"/[0-9]{4}/\";", "ab1234 5678", 1},
    {"pcre:\"/[0-9]{4}/\";", "ab123", 0},
    {"content:!\"x\";", "abc", 1},
    {"content:!\"x\";", "abcx", 0},
    {"byte_test:1,=,0x16,0;", "|16 03|", 1},
    {"byte_test:1,=,0x16,0;", "|17 16|", 0},
};

/* --- to whom a rule applies --- */

static bool
applies(const char *header, const struct mf_session *session, enum mf_direction direction)
{
    char *rule = g_strdup_printf("alert %s content:\"a\"; sid:1;)", header);
    struct kit kit;
    struct mf_inspection *inspection;
    unsigned total;

    g_test_message("%s", rule);
    kit_open(&kit, rule);
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 0);
    inspection = mf_inspection_new(kit.inspector, session, direction);
    if (inspection != NULL)
        mf_inspection_feed(inspection, (const uint8_t *)"a", 1, false);
    total = kit.total;
    mf_inspection_free(inspection);
    kit_close(&kit);
    g_free(rule);
    return total == 1;
}

static struct mf_session
a_session(void)
{
    struct mf_session session = {.l4 = MF_L4_TCP, .answered = true, .app = "TLS:HTTP2"};

    session.addr[MF_ORIG] = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 9});
    session.addr[MF_RESP] = mf_addr_from_ipv4((const uint8_t[]){198, 51, 100, 7});
    session.port[MF_ORIG] = 40000;
    session.port[MF_RESP] = 80;
    return session;
}

/* HEADER, and whether it fits what the originator, and what the responder sends. */
static const struct {
    const char *header;
    bool fits[2];
} headers[] = {
    {"tcp any any -> any any (", {true, true}},
    {"ip any any -> any any (", {true, true}},
    {"udp any any -> any any (", {false, false}},
    {"tcp-pkt any any -> any any (", {false, false}}, /* on packets alone */
    {"http any any -> any any (", {true, true}},
    {"tls any any -> any any (", {true, true}},
    {"smtp any any -> any any (", {false, false}},
    {"tcp 192.0.2.9 any -> any any (", {true, false}},
    {"tcp 192.0.2.9 any <> any any (", {true, true}},
    {"tcp any any -> 192.0.2.9 any (", {false, true}},
    {"tcp 192.0.2.8/31 any -> any any (", {true, false}},
    {"tcp 192.0.2.10/31 any -> any any (", {false, false}},
    {"tcp 0.0.0.0/0 any -> any any (", {true, true}},
    {"tcp ::/0 any -> any any (", {false, false}},
    {"tcp 2001:db8::/32 any -> any any (", {false, false}},
    {"tcp 192.0.2.5-192.0.2.9 any -> any any (", {true, false}},
    {"tcp !192.0.2.9 any -> any any (", {false, true}},
    {"tcp [10.0.0.0/8, 192.0.2.0/24] any -> any any (", {true, false}},
    {"tcp [192.0.2.0/24,!192.0.2.9] any -> any any (", {false, false}},
    {"tcp [192.0.2.0/24,![192.0.2.8,192.0.2.10]] any -> any any (", {true, false}},
    {"tcp ![192.0.2.0/24] any -> any any (", {false, true}},
    {"tcp any 40000 -> any 80 (", {true, false}},
    {"tcp any any -> any 80:81 (", {true, false}},
    {"tcp any any -> any :80 (", {true, false}},
    {"tcp any any -> any 81: (", {false, true}},
    {"tcp any any -> any !80 (", {false, true}},
    {"tcp any any -> any [22,80] (", {true, false}},
    {"tcp any any -> any [1:1024,!80] (", {false, false}},
    {"tcp any any -> any any (flow:to_server;", {true, false}},
    {"tcp any any -> any any (flow:from_server,established;", {false, true}},
    {"tcp any any -> any any (flow:to_client,stateless;", {false, true}},
};

static void
test_headers(void)
{
    struct mf_session session = a_session();

    for (unsigned i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_assert_true(applies(headers[i].header, &session, MF_ORIG) == headers[i].fits[MF_ORIG]);
        g_assert_true(applies(headers[i].header, &session, MF_RESP) == headers[i].fits[MF_RESP]);
    }
}

static void
test_established(void)
{
    struct mf_session session = a_session();
    const char *rule = "tcp any any -> any any (flow:established;";

    session.answered = false;
    g_assert_true(applies(rule, &session, MF_ORIG)); /* mid-stream */
    session.tcp_seen[MF_ORIG] = MF_SEEN_SYN;
    g_assert_false(applies(rule, &session, MF_ORIG));
    session.answered = true;
    g_assert_true(applies(rule, &session, MF_ORIG));
}

static void
test_buffers(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("evil.example");

    kit_open(&kit, "alert dns any any -> any any (dns_query; content:\"evil\"; sid:1;)\n"
                   "alert ip any any -> any any (dns.query; content:\"EVIL\"; nocase; sid:2;)\n"
                   "alert ip any any -> any any (tls.sni; content:\"evil\"; sid:3;)\n"
                   "alert ip any any -> any any (dns.query; content:\"e\"; startswith; sid:4;)\n");
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 0);
    g_assert_null(mf_inspection_new(kit.inspector, &kit.session, MF_ORIG));
    g_assert_cmpuint(kit_message(&kit, MF_BUF_DNS, MF_BUF_DNS_QUERY, data), ==,
                     2); /* not DNS, as far as known */
    kit.session.app = "DNS";
    g_assert_cmpuint(kit_message(&kit, MF_BUF_DNS, MF_BUF_DNS_QUERY, data), ==, 3);
    g_assert_cmpuint(kit_buffer(&kit, MF_BUF_TLS_SNI, data), ==, 1);
    g_assert_cmpuint(kit.fired[2], ==, 1);
    g_byte_array_set_size(data, 0);
    g_assert_cmpuint(kit_message(&kit, MF_BUF_DNS, MF_BUF_DNS_QUERY, data), ==, 0);
    g_byte_array_unref(data);
    kit_close(&kit);
}

static void
test_no_rules(void)
{
    struct mf_counters counters = {0};
    struct mf_session session = a_session();
    struct mf_buffer buffer = {.id = MF_BUF_HTTP_URI};
    const struct mf_packet packet = {.frame = 1, .buffers = &buffer, .n_buffers = 1};
    const struct mf_payload_view nothing = {NULL, 0};
    struct mf_inspector *inspector = mf_inspector_new(NULL, &counters, NULL, NULL);

    g_assert_null(mf_inspection_new(inspector, &session, MF_ORIG));
    mf_inspector_at(inspector, &packet);
    mf_inspect_packet(inspector, &session, MF_ORIG, &packet);
    mf_inspect_messages(inspector, &session, MF_ORIG, &nothing);
    mf_inspection_free(NULL);
    mf_inspection_finish(NULL);
    mf_inspector_free(inspector);
    mf_inspector_free(NULL);
    mf_ruleset_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    rules_rows_add("/rules/row", rows, G_N_ELEMENTS(rows));
    g_test_add_func("/rules/headers", test_headers);
    g_test_add_func("/rules/established", test_established);
    g_test_add_func("/rules/buffers", test_buffers);
    g_test_add_func("/rules/no-rules", test_no_rules);
    return g_test_run();
}
