/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Payload keywords that need more than one buffer: old modifiers, several parts, sizes, absence,
 * Wireshark's own words; and literals that cost little. */
#include "rules_kit.h"

enum { MAX_BUFFERS = 4 };

/* One HTTP request: method, URI, a line of its header; NULL: not there. */
struct request {
    const char *method, *uri, *line;
};

static unsigned
tell(struct kit *kit, const struct request *request)
{
    struct mf_buffer buffers[MAX_BUFFERS] = {{.id = MF_BUF_HTTP}};
    const char *const texts[] = {request->method, request->uri, request->line};
    static const enum mf_buffer_id ids[] = {MF_BUF_HTTP_METHOD, MF_BUF_HTTP_URI,
                                            MF_BUF_HTTP_HEADER_LINE};
    struct mf_packet packet = {.frame = 1, .buffers = buffers, .n_buffers = 1};
    const struct mf_payload_view nothing = {NULL, 0};

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] != NULL)
            buffers[packet.n_buffers++] = (struct mf_buffer){.id = ids[i],
                                                             .data = (const uint8_t *)texts[i],
                                                             .length = (uint32_t)strlen(texts[i])};
    kit_reset(kit);
    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_messages(kit->inspector, &kit->session, MF_ORIG, &nothing);
    return kit->total;
}

#define A32 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
    const char *options;
    struct request request;
    unsigned expected;
} requests[] = {
    /* many bytes that a content begins with */
    {"content:\"aab\"; http_uri;", {"GET", "/" A32 A32 "b", NULL}, 1},
    {"content:\"aab\"; http_uri;", {"GET", "/" A32 A32 "c", NULL}, 0},
    {"content:\"AAB\"; nocase; http_uri;", {"GET", "/" A32 A32 "B", NULL}, 1},
    {"content:\"a\"; http_uri; isdataat:!1,relative;", {"GET", "/" A32, NULL}, 1},

    /* a modifier moves the content before it; what is relative to it goes with it */
    {"content:\"/a\"; http_uri; content:\"POST\"; http_method;", {"POST", "/a", NULL}, 1},
    {"content:\"/a\"; http_uri; content:\"POST\"; http_method;", {"GET", "/a", NULL}, 0},
    {"content:\"/a\"; http_uri; isdataat:!1,relative;", {"GET", "/a", NULL}, 1},
    {"content:\"/a\"; http_uri; isdataat:!1,relative;", {"GET", "/ab", NULL}, 0},
    {"content:\"/a\"; http_uri; content:\"b\"; http_uri; within:1;", {"GET", "/ab", NULL}, 1},
    {"content:\"/a\"; http_uri; content:\"b\"; within:1; http_uri;", {"GET", "/a.b", NULL}, 0},
    {"content:\"/a\"; http_uri; byte_test:1,=,5,0,relative,string,dec;", {"GET", "/a5", NULL}, 1},
    {"content:\"/A\"; http_uri; nocase; depth:2;", {"GET", "/a5", NULL}, 1},
    {"uricontent:\"/a\"; nocase;", {"GET", "/A", NULL}, 1},
    {"uricontent:!\"/a\"; uricontent:\"/\";", {"GET", "/a", NULL}, 0},

    /* flags of an expression that name a buffer */
    {"pcre:\"/^.a$/U\";", {"GET", "/a", NULL}, 1},
    {"pcre:\"/^.a$/U\";", {"GET", "/ab", NULL}, 0},
    {"content:\"/\"; http_uri; pcre:\"/^a$/RU\";", {"GET", "/a", NULL}, 1},
    {"content:\"/\"; http_uri; pcre:!\"/^a$/UR\";", {"GET", "/a", NULL}, 0},
    {"pcre:\"/^P/M\"; pcre:\"/moz/Vi\";", {"POST", "/", "User-Agent: Mozilla"}, 1},

    /* sizes */
    {"http.uri; bsize:2;", {"GET", "/a", NULL}, 1},
    {"http.uri; bsize:1<>3;", {"GET", "/a", NULL}, 1},
    {"http.uri; bsize:>2;", {"GET", "/a", NULL}, 0},
    {"http.uri; content:\"/\"; bsize:<3;", {"GET", "/a", NULL}, 1},
    {"urilen:2;", {"GET", "/a", NULL}, 1},
    {"urilen:>2; content:\"/\"; http_uri;", {"GET", "/a", NULL}, 0},
    {"urilen:1<>3,norm;", {"GET", "/a", NULL}, 1},
    {"urilen:2;", {"GET", NULL, NULL}, 0},

    /* absence */
    {"http.user_agent; absent; http.uri; content:\"/a\";", {"GET", "/a", NULL}, 1},
    {"http.user_agent; absent; http.uri; content:\"/a\";", {"GET", "/a", "User-Agent: x"}, 0},
    {"http.user_agent; absent:or_else; content:!\"x\"; http.uri; content:\"/a\";",
     {"GET", "/a", NULL},
     1},
    {"http.user_agent; absent: or_else; content:!\"x\"; http.uri; content:\"/a\";",
     {"GET", "/a", "User-Agent: y"},
     1},
    {"http.user_agent; absent: or_else; content:!\"x\"; http.uri; content:\"/a\";",
     {"GET", "/a", "User-Agent: x"},
     0},

    /* a number of one buffer in another, in the order of the rule */
    {"http.uri; content:\"n=\"; byte_extract:1,0,n,relative,string,dec; http.user_agent; "
     "content:\"X\"; offset:n; depth:1;",
     {"GET", "/?n=3", "User-Agent: ...X"},
     1},
    {"http.uri; content:\"n=\"; byte_extract:1,0,n,relative,string,dec; http.user_agent; "
     "content:\"X\"; offset:n; depth:1;",
     {"GET", "/?n=2", "User-Agent: ...X"},
     0},
    {"http.uri; content:\"d=\"; base64_decode:bytes 8,relative; base64_data; content:\"hello\"; "
     "http.method; content:\"GET\";",
     {"GET", "/?d=aGVsbG8=", NULL},
     1},
    {"content:\"d=\"; http_uri; base64_decode:bytes 8,relative; base64_data; content:\"hello\";",
     {"GET", "/?d=aGVsbG8=", NULL},
     1},
};

static void
test_requests(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(requests); i++) {
        struct kit kit;

        g_test_message("%s", requests[i].options);
        kit_open_options(&kit, requests[i].options);
        g_assert_cmpuint(tell(&kit, &requests[i].request), ==, requests[i].expected);
        kit_close(&kit);
    }
}

/* --- packets --- */

static unsigned
packet_hits(struct kit *kit, enum mf_l4 l4, const char *payload)
{
    const struct mf_packet packet = {.frame = 1,
                                     .l4 = l4,
                                     .payload = (const uint8_t *)payload,
                                     .payload_captured = (uint32_t)strlen(payload),
                                     .payload_length = (uint32_t)strlen(payload)};

    kit_reset(kit);
    kit->session.l4 = l4;
    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_packet(kit->inspector, &kit->session, MF_ORIG, &packet);
    return kit->total;
}

static void
test_dsize(void)
{
    static const struct {
        const char *options;
        unsigned expected[4]; /* for payloads of 0, 2, 3 and 5 bytes */
    } rows[] = {
        {"dsize:3;", {0, 0, 1, 0}},
        {"dsize:!3;", {1, 1, 0, 1}},
        {"dsize:<3;", {1, 1, 0, 0}},
        {"dsize:>2;", {0, 0, 1, 1}},
        {"dsize:2<>5;", {0, 0, 1, 0}},
        {"dsize:>=2;", {0, 1, 1, 1}},
        {"dsize:0;", {1, 0, 0, 0}},
        {"dsize:3; content:\"ab\";", {0, 0, 1, 0}},
        {"dsize:5; content:!\"abcde\";", {0, 0, 0, 0}},
    };
    static const char *const payloads[] = {"", "ab", "abc", "abcde"};

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct kit kit;

        g_test_message("%s", rows[i].options);
        kit_open_options(&kit, rows[i].options);
        g_assert_null(mf_inspection_new(kit.inspector, &kit.session, MF_ORIG));
        for (unsigned n = 0; n < G_N_ELEMENTS(payloads); n++)
            g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, payloads[n]), ==, rows[i].expected[n]);
        kit_close(&kit);
    }
}

/* What follows the type, the code and the checksum of ICMP: 4 more bytes of header. */
static void
test_dsize_icmp(void)
{
    struct kit kit;

    kit_open_options(&kit, "dsize:3;");
    g_assert_cmpuint(packet_hits(&kit, MF_L4_ICMP, "idsqabc"), ==, 1);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_ICMP, "abc"), ==, 0);
    kit_close(&kit);
}

static void
test_ftpbounce(void)
{
    struct kit kit;

    kit_open_options(&kit, "content:\"PORT\"; nocase; ftpbounce;");
    kit.session.addr[MF_ORIG] = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 9});
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "PORT 192,0,2,9,4,1\r\n"), ==, 0);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "PORT 192,0,2,8,4,1\r\n"), ==, 1);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "NOOP\r\nport 192,0,2,8,4,1\r\n"), ==, 1);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "SUPPORT 192,0,2,8,4,1\r\n"), ==, 0);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "PORT 192,0,256,8,4,1\r\n"), ==, 0);
    g_assert_cmpuint(packet_hits(&kit, MF_L4_TCP, "PORT 192,0,2"), ==, 0);
    kit_close(&kit);
}

/* --- Wireshark's words --- */

static bool
knows(const char *text, char **why)
{
    if (strncmp(text, "tcp", 3) == 0)
        return true;
    *why = g_strdup_printf("\"%s\" is not a field", text);
    return false;
}

static void
open_with_host(struct kit *kit, const char *rules)
{
    static const struct mf_rule_host host = {.check_field = knows, .check_filter = knows};
    const struct mf_rule_options options = {.host = &host};

    memset(kit, 0, sizeof *kit);
    kit->diags = mf_diags_new();
    kit->set = mf_ruleset_new(&options, NULL);
    mf_ruleset_add_text(kit->set, "test.rules", rules, kit->diags);
    g_assert_true(mf_ruleset_compile(kit->set, kit->diags));
    kit->inspector = mf_inspector_new(kit->set, &kit->counters, kit_fired, kit);
    kit->session.l4 = MF_L4_TCP;
    kit->session.answered = true;
}

#define HEAD "alert ip any any -> any any "

static void
test_filters(void)
{
    struct kit kit;
    uint8_t holds[2] = {0, 1};
    struct mf_packet packet = {.frame = 1, .l4 = MF_L4_TCP, .filters_hold = holds};
    const char *const *names;
    unsigned n;

    open_with_host(&kit, HEAD "(wireshark.filter:\"tcp.port == \\\"80\\\"\"; sid:1;)\n" HEAD
                              "(wireshark.filter:\"tcp.len > 1\"; sid:2;)\n" HEAD
                              "(wireshark.filter:!\"tcp.len > 1\"; sid:3;)\n" HEAD
                              "(wireshark.filter:\"no.field\"; sid:4;)\n");
    names = mf_ruleset_filters(kit.set, &n);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpstr(names[0], ==, "tcp.port == \"80\"");
    g_assert_cmpstr(names[1], ==, "tcp.len > 1");
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 1);
    g_assert_cmpstr(mf_diags_get(kit.diags, 0)->message, ==, "\"no.field\" is not a field");
    mf_inspector_at(kit.inspector, &packet);
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(kit.total, ==, 1);
    g_assert_cmpuint(kit.fired[1], ==, 1);
    kit_reset(&kit);
    holds[1] = 0;
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(kit.fired[2], ==, 1);
    g_assert_cmpuint(kit.total, ==, 1);
    packet.filters_hold = NULL;
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(kit.total, ==, 1);
    kit_close(&kit);
}

static void
test_fields(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("abc");
    const char *const *names;
    unsigned n;

    open_with_host(&kit, HEAD
                   "(wireshark.field:tcp.options; content:\"abc\"; sid:1;)\n" HEAD
                   "(wireshark.field:tcp.payload; content:\"abc\"; sid:2;)\n" HEAD
                   "(wireshark.field:tcp.options; to_uppercase; content:\"ABC\"; sid:3;)\n" HEAD
                   "(wireshark.field:other; content:\"a\"; sid:4;)\n");
    names = mf_ruleset_fields(kit.set, &n);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpstr(names[0], ==, "tcp.options");
    g_assert_cmpstr(names[1], ==, "tcp.payload");
    g_assert_cmpuint(mf_diags_count(kit.diags), ==, 1);
    g_assert_cmpuint(kit_buffer(&kit, MF_BUFFER_COUNT, data), ==, 2);
    g_assert_cmpuint(kit.fired[0] + kit.fired[2], ==, 2);
    g_assert_cmpuint(kit_buffer(&kit, (enum mf_buffer_id)(MF_BUFFER_COUNT + 1), data), ==, 1);
    g_byte_array_unref(data);
    kit_close(&kit);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules-payload/requests", test_requests);
    g_test_add_func("/rules-payload/dsize", test_dsize);
    g_test_add_func("/rules-payload/dsize-icmp", test_dsize_icmp);
    g_test_add_func("/rules-payload/ftpbounce", test_ftpbounce);
    g_test_add_func("/rules-payload/filters", test_filters);
    g_test_add_func("/rules-payload/fields", test_fields);
    return g_test_run();
}
